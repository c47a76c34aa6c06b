"""Which words stand behind a row of evidence? Whoever wrote the row from a text tells."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from rodedraad.assessment.models import Evidence
from rodedraad.assessment.passage_finders import FINDERS
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.access import StudyAccess


@dataclass(frozen=True, slots=True)
class Passage:
    """The words behind a row, with what stands beside them, and where they are read.

    Without a quote the row is about the whole source. ``what`` is the code of a coding,
    ``reason`` that of a score.
    """

    source: Source
    version: SourceVersion
    address: str
    before: str
    quote: str
    after: str
    is_lost: bool
    by: str
    what: str = ""
    reason: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether reading it is written in the audit log."""
        return self.source.confidentiality == Source.Confidentiality.PERSONAL


def passages_of(access: StudyAccess, rows: Iterable[Evidence]) -> dict[int, Passage]:
    """Return the words behind rows, by key of the row, as far as this person may see them."""
    given = list(rows)
    found: dict[int, Passage] = {}
    for finder in FINDERS:
        found |= import_string(finder)(access, given)
    return found
