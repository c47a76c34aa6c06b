"""What would a file add to the evidence, and how is it added: whole or not at all?"""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace

import polars as pl
from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.assessment.evidence import Added, EvidenceRefusal, rows_add, rows_check
from rodedraad.assessment.evidence_file.forms import FileFacts, file_facts
from rodedraad.assessment.evidence_file.reading import table_read
from rodedraad.studies.models import Wave


@dataclass(frozen=True, slots=True, eq=False)
class FileAdded:
    """What a file adds: its form, rows, how many were known, and headings that hold no fact.

    ``rows`` are the new rows as they are stored, with ``row`` of the file.
    """

    form: str
    rows: pl.DataFrame
    known: int
    unused: tuple[str, ...]

    @property
    def new(self) -> int:
        """How many rows are new."""
        return self.rows.height

    @property
    def by_kind(self) -> dict[str, int]:
        """How many new rows of each kind."""
        return dict(sorted(Counter(self.rows["kind"]).items()))

    @property
    def n_cases(self) -> int:
        """How many cases the new rows are about."""
        return self.rows["case"].n_unique()

    @property
    def n_respondents(self) -> int:
        """How many respondents the new rows have."""
        return self.rows["respondent"].drop_nulls().n_unique()

    @property
    def by_missing(self) -> dict[str, int]:
        """How many new rows have no value, by the reason why."""
        reasons = Counter(self.rows["missing"])
        return {reason: n for reason, n in sorted(reasons.items()) if reason}


def file_check(wave: Wave, content: bytes, *, source: str = "") -> FileAdded:
    """Return what ``file_add`` would add, and add nothing. Raises as it does."""
    found = _facts(wave, content, source)
    try:
        return _added(found, rows_check(wave, found.facts))
    except EvidenceRefusal as refusal:
        raise _as_in_file(refusal, found) from refusal


@transaction.atomic
def file_add(
    wave: Wave, content: bytes, *, source: str = "", person: Person | None, origin: str
) -> FileAdded:
    """Add the facts of a file to the evidence of ``wave``, and write that down.

    ``source`` names the survey or document of the rows that do not name one. The file is
    remembered by its digest only: its name and content may tell of people.

    Raises
    ------
    EvidenceRefusal
        With every fault of the file, by row and column; then nothing is added.
    """
    found = _facts(wave, content, source)
    try:
        added = _added(found, rows_add(wave, found.facts))
    except EvidenceRefusal as refusal:
        raise _as_in_file(refusal, found) from refusal
    digest = hashlib.sha256(content).hexdigest()[:12]
    audit_record(
        person=person,
        action="evidence_added",
        object=f"study:{wave.study.slug} {added.new} rows file {digest}",
        origin=origin,
    )
    return added


def _facts(wave: Wave, content: bytes, source: str) -> FileFacts:
    return file_facts(wave, table_read(content), source.strip())


def _added(found: FileFacts, added: Added) -> FileAdded:
    return FileAdded(found.form, added.rows, added.known, found.unused)


def _as_in_file(refusal: EvidenceRefusal, found: FileFacts) -> EvidenceRefusal:
    """Return the same refusal with the columns called as the file calls them."""
    faults = [
        replace(fault, column=found.headings.get(fault.column, fault.column))
        for fault in refusal.faults
    ]
    return EvidenceRefusal(faults, refusal.n)
