"""What would taking over change: what texts say now beside what the evidence has of them."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from rodedraad.assessment.evidence.facts import FACT_SCHEMA, FROM_SCORE, Kind
from rodedraad.assessment.evidence.valuing import STATUS_UNIT
from rodedraad.assessment.evidence.withdrawing import OF_A_SCORE
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import EVIDENCE_SCHEMA, rows_frame
from rodedraad.scoring.models import Score
from rodedraad.scoring.texts import texts_facts
from rodedraad.studies.models import Study

COMPARED = (
    "wave", "case", "construct", "about", "role", "respondent", "raw", "missing", "source", "unit",
)  # fmt: skip
RECORD = ["kind", "source_id"]
SAME_THING = ["kind", "case", "construct", "about", "source"]
STATES = ("new", "changed", "kept", "gone", "left_out")


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What texts say and what the evidence has.

    ``facts`` has what texts say, with ``state``: new, changed, kept, or left_out with ``why``.
    ``stored`` has the rows of evidence that came from texts, with ``state``: changed, kept or gone.
    """

    facts: pl.DataFrame
    stored: pl.DataFrame

    @property
    def to_add(self) -> pl.DataFrame:
        """The facts that are to become rows."""
        return self.facts.filter(pl.col("state").is_in(["new", "changed"]))

    def pks(self, state: str) -> list[int]:
        """The numbers of the rows of evidence that are to be taken back."""
        return self.stored.filter(pl.col("state") == state)["id"].to_list()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return self.to_add.is_empty() and self.stored.filter(pl.col("state") != "kept").is_empty()

    def counts(self) -> dict[str, Any]:
        """Return how many rows there are of each state, and why how many are left out."""
        by_state = dict(self.facts.group_by("state").len().iter_rows())
        left = self.facts.filter(pl.col("state") == "left_out")
        why = dict(sorted(left.group_by("why").len().iter_rows()))
        gone = self.stored.filter(pl.col("state") == "gone").height
        return {
            **{state: by_state.get(state, 0) for state in STATES},
            "gone": gone,
            "left_out_why": why,
        }


def texts_difference(study: Study) -> Difference:
    """Return what taking over would change now."""
    facts, stored = texts_facts(study), _stored(study)
    there = stored.select(
        *RECORD, "id", *(pl.col(name).alias(f"{name}_there") for name in COMPARED)
    )
    both = facts.join(there, on=RECORD, how="left", maintain_order="left")
    same = pl.all_horizontal(pl.col(n).eq_missing(pl.col(f"{n}_there")) for n in COMPARED)
    both = both.with_columns(
        state=pl.when(pl.col("why").is_not_null())
        .then(pl.lit("left_out"))
        .when(pl.col("id").is_null())
        .then(pl.lit("new"))
        .when(same)
        .then(pl.lit("kept"))
        .otherwise(pl.lit("changed"))
    )
    held = both.filter(pl.col("state").is_in(["kept", "changed"])).select("id", "state")
    stored = stored.join(held, on="id", how="left").with_columns(pl.col("state").fill_null("gone"))
    return Difference(*_redone(both.select(*facts.columns, "state"), stored))


def _redone(facts: pl.DataFrame, stored: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Call a score that was given anew changed, not gone and new."""
    gone = stored.filter((pl.col("state") == "gone") & (pl.col("kind") != Kind.CODING))
    new = facts.filter((pl.col("state") == "new") & (pl.col("kind") != Kind.CODING))
    if gone.is_empty() or new.is_empty():
        return facts, stored
    again = new.join(gone.select(*SAME_THING, "id"), on=SAME_THING, how="inner")
    is_again = pl.col("source_id").is_in(again["source_id"].to_list())
    was_again = pl.col("id").is_in(again["id"].to_list())
    changed = pl.lit("changed")
    return (
        facts.with_columns(state=pl.when(is_again).then(changed).otherwise("state")),
        stored.with_columns(state=pl.when(was_again).then(changed).otherwise("state")),
    )


def _stored(study: Study) -> pl.DataFrame:
    """Return the rows of evidence that came from texts; an import may call its records alike."""
    rows = Evidence.objects.filter(study=study)
    codings = rows.filter(kind=Kind.CODING)
    scores = rows.filter(kind__in=(Kind.RUBRIC, Kind.MEASURE), source_id__regex=OF_A_SCORE)
    columns = ["id", "wave", *(name for name in EVIDENCE_SCHEMA if name in FACT_SCHEMA)]
    found = rows_frame(scores, columns)
    if found.height:
        known = Score.objects.filter(study=study).values_list("uuid", flat=True).distinct()
        found = found.filter(pl.col("source_id").is_in([f"{FROM_SCORE}{uuid}" for uuid in known]))
    is_status = pl.col("unit") == STATUS_UNIT
    plain = pl.when(is_status).then(pl.lit("")).otherwise("unit")
    return pl.concat([rows_frame(codings, columns), found]).with_columns(unit=plain)
