"""How facts enter the evidence table: one function per kind of evidence, and no other way."""

from rodedraad.assessment.evidence.facts import (
    AnswerFact,
    CodingFact,
    MeasureFact,
    RubricFact,
)
from rodedraad.assessment.evidence.faults import EvidenceFault, EvidenceRefusal
from rodedraad.assessment.evidence.register import (
    TIE_CONSTRUCT,
    FigureFact,
    figure_rows_write,
    tie_rows_write,
)
from rodedraad.assessment.evidence.writing import (
    Added,
    answer_rows_write,
    coding_rows_write,
    measure_rows_write,
    rows_add,
    rows_check,
    rubric_rows_write,
)

__all__ = [
    "TIE_CONSTRUCT",
    "Added",
    "AnswerFact",
    "CodingFact",
    "EvidenceFault",
    "EvidenceRefusal",
    "FigureFact",
    "MeasureFact",
    "RubricFact",
    "answer_rows_write",
    "coding_rows_write",
    "figure_rows_write",
    "measure_rows_write",
    "rows_add",
    "rows_check",
    "rubric_rows_write",
    "tie_rows_write",
]
