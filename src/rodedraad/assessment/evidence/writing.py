"""How do answers, scores, measures and passages become rows: checked, valued, once, and quickly?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction

from rodedraad.assessment.evidence.checking import KEY, rows_faults
from rodedraad.assessment.evidence.facts import (
    AnswerFact,
    CodingFact,
    Kind,
    MeasureFact,
    RubricFact,
    facts_frame,
)
from rodedraad.assessment.evidence.faults import TOLD, EvidenceFault, EvidenceRefusal
from rodedraad.assessment.evidence.known import BROUGHT_IN, Known, known_in
from rodedraad.assessment.evidence.valuing import facts_valued
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import rows_frame
from rodedraad.studies.models import Study, Wave

ROWS_AT_ONCE = 100_000
COLUMNS = (
    "study_id", "wave_id", "case_id", "construct", "kind", "about", "source", "source_id",
    "role", "respondent", "value", "weight", "raw", "unit", "missing",
)  # fmt: skip
SAID = ("role", "raw", "missing", "unit")


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """The rows that are new and how many were there already; ``rows`` are valued facts."""

    rows: pl.DataFrame
    known: int

    @property
    def new(self) -> int:
        """How many rows are new."""
        return self.rows.height


def answer_rows_write(wave: Wave, facts: Iterable[AnswerFact] | pl.DataFrame) -> Added:
    """Add the answers that are not there yet; see ``rows_add``. A frame names ``about`` ``item``.

    The value is where the answer stands on the scale, with reversed items turned round.
    """
    return rows_add(wave, facts_frame(Kind.ANSWER, facts))


def rubric_rows_write(wave: Wave, facts: Iterable[RubricFact] | pl.DataFrame) -> Added:
    """Add the rubric scores that are not there yet; see ``rows_add``."""
    return rows_add(wave, facts_frame(Kind.RUBRIC, facts))


def measure_rows_write(wave: Wave, facts: Iterable[MeasureFact] | pl.DataFrame) -> Added:
    """Add the statuses of measures that are not there yet; see ``rows_add``."""
    return rows_add(wave, facts_frame(Kind.MEASURE, facts))


def coding_rows_write(wave: Wave, facts: Iterable[CodingFact] | pl.DataFrame) -> Added:
    """Add coded passages that are not there yet; see ``rows_add``.

    A passage with a strength counts strength / 3, one without counts 1: it is there, as a tie is.
    The unit tells which of the two, and whether it speaks for or against; rows of different
    units are never averaged.
    """
    return rows_add(wave, facts_frame(Kind.CODING, facts), kinds=(Kind.CODING,))


@transaction.atomic
def rows_add(wave: Wave, facts: pl.DataFrame, *, kinds: Sequence[str] = BROUGHT_IN) -> Added:
    """Add facts (``FACT_SCHEMA``, and ``row`` when they have numbers of their own), all or none.

    A fact whose record (kind, case, construct, about, respondent, source, source_id) is there
    already, with the same answer, is counted and left as it is. A frozen wave takes facts too:
    freezing fixes what is asked, not what was answered.

    Raises
    ------
    EvidenceRefusal
        With every fault of every row, when something in them is not known or not allowed.
    """
    Study.objects.select_for_update().get(pk=wave.study_id)
    known = known_in(wave)
    added = _checked(wave, facts, known, kinds)
    _copy(wave, added.rows, known)
    return added


def rows_check(wave: Wave, facts: pl.DataFrame) -> Added:
    """Return what ``rows_add`` would add, and add nothing. Raises as it does."""
    return _checked(wave, facts, known_in(wave))


def _checked(
    wave: Wave, facts: pl.DataFrame, known: Known, kinds: Sequence[str] = BROUGHT_IN
) -> Added:
    if "row" not in facts.columns:
        facts = facts.with_row_index("row", offset=1)
    faults, n = rows_faults(facts, known, kinds)
    if faults:
        raise EvidenceRefusal(faults, n)
    valued = facts_valued(facts, known)
    stored = _stored(wave, valued)
    both = valued.join(
        stored.rename({name: f"{name}_stored" for name in SAID}),
        on=KEY,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    is_known = pl.col("role_stored").is_not_null()
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_stored")) for name in SAID)
    changed = both.filter(is_known & ~same)
    if changed.height:
        column = "heading" if "heading" in changed.columns else None
        told = [
            EvidenceFault(row["row"], (row[column] if column else "") or "raw", "changed")
            for row in changed.head(TOLD).iter_rows(named=True)
        ]
        raise EvidenceRefusal(told, changed.height)
    new = both.filter(~is_known).select(valued.columns)
    return Added(rows=new, known=both.height - new.height)


def _stored(wave: Wave, facts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are there already of the sources that ``facts`` come from."""
    rows = Evidence.objects.filter(
        study=wave.study_id,
        wave=wave,
        kind__in=facts["kind"].unique().to_list(),
        source__in=facts["source"].unique().to_list(),
    )
    return rows_frame(rows, (*KEY, *SAID)).unique(KEY)


def _copy(wave: Wave, rows: pl.DataFrame, known: Known) -> None:
    """Write rows as the database takes them fastest: a stream of CSV in which only null is bare."""
    stored = rows.with_columns(
        study_id=pl.lit(wave.study_id),
        wave_id=pl.lit(wave.pk),
        weight=pl.lit(1.0),
        case_id=pl.col("case").replace_strict(known.case_of, return_dtype=pl.Int64),
    ).select(COLUMNS)
    table, columns = Evidence._meta.db_table, ", ".join(COLUMNS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({columns}) from stdin (format csv)") as copy,
    ):
        for part in stored.iter_slices(ROWS_AT_ONCE):
            copy.write(part.write_csv(include_header=False).encode())
