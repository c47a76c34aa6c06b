"""At which address does one read the record behind a row of evidence? The room that wrote it says.

The room that turns answers into evidence lies above this one. In ``ready`` of its ``AppConfig``::

    records_register("rodedraad.surveys.results.records.records_of")
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # this is imported before Django knows its models
    from rodedraad.assessment.models import Evidence
    from rodedraad.studies.access import StudyAccess

FINDERS: list[str] = []
"""Dotted names of functions of an access and rows that return addresses by key of the row."""


def records_register(finder: str) -> None:
    """Add a function that knows where the records behind rows are read."""
    if finder not in FINDERS:
        FINDERS.append(finder)


def records_of(access: "StudyAccess", rows: Iterable["Evidence"]) -> dict[int, str]:
    """Return where the records behind rows are read, by key of the row, as far as one may."""
    given = list(rows)
    found: dict[int, str] = {}
    for finder in FINDERS:
        found |= import_string(finder)(access, given)
    return found
