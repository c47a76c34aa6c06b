"""How a file from outside becomes evidence: answers, rubric scores and measures in CSV or Parquet.

A file is read whole, checked whole, and added whole or not at all.
"""

from rodedraad.assessment.evidence_file.adding import FileAdded, file_add, file_check
from rodedraad.assessment.evidence_file.examples import FORMS, example_rows

__all__ = ["FORMS", "FileAdded", "example_rows", "file_add", "file_check"]
