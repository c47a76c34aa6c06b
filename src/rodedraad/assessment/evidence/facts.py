"""What does one answer, one rubric score or one status of a measure say, before it is valued?"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import polars as pl

from rodedraad.assessment.models import Evidence

Kind, Missing = Evidence.Kind, Evidence.Missing

FACT_SCHEMA = pl.Schema(
    {
        "kind": pl.String(),
        "case": pl.String(),
        "construct": pl.String(),
        "about": pl.String(),
        "role": pl.String(),
        "respondent": pl.String(),
        "raw": pl.Float64(),
        "missing": pl.String(),
        "source": pl.String(),
        "source_id": pl.String(),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact:
    """One answer of one person to one item, as it was given; a reversed item is not turned yet.

    ``case`` is the code of the unit, ``respondent`` a pseudonym. ``raw`` is null when there is no
    answer, and ``missing`` says why. A question that was not asked is no fact.
    """

    case: str
    item: str
    role: str
    respondent: str
    raw: float | None
    missing: str = ""
    source: str
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricFact:
    """How a researcher scored one source on one construct, on the rubric of the framework.

    ``source_type`` is document, interview or session; ``role`` that of who speaks in it.
    """

    case: str
    construct: str
    source_type: str
    raw: float
    source: str
    source_id: str
    role: str = ""
    respondent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFact:
    """How far a measure is according to one source; null when ``missing`` says why.

    ``source_type`` is document, interview or survey.
    """

    case: str
    measure: str
    source_type: str
    raw: float | None
    missing: str = ""
    source: str
    source_id: str
    role: str = ""
    respondent: str | None = None


Facts = Iterable[AnswerFact] | Iterable[RubricFact] | Iterable[MeasureFact]
CALLED = {"item": "about", "source_type": "about", "measure": "construct"}


def facts_frame(kind: str, facts: Facts | pl.DataFrame) -> pl.DataFrame:
    """Return facts of one kind as a frame with ``FACT_SCHEMA``; a frame gets what it lacks."""
    if not isinstance(facts, pl.DataFrame):
        rows: Sequence[dict[str, object]] = [asdict(fact) for fact in facts]
        # The schema is inferred from all rows: a raw of 4 and one of 3.5 may follow each other.
        facts = pl.DataFrame(rows, infer_schema_length=None)
    facts = facts.rename({a: b for a, b in CALLED.items() if a in facts.columns})
    lacking = {
        "kind": pl.lit(kind),
        "construct": pl.lit(""),
        "role": pl.lit(""),
        "respondent": pl.lit(None, pl.String),
        "missing": pl.lit(""),
    }
    extra = [value.alias(name) for name, value in lacking.items() if name not in facts.columns]
    if facts.is_empty() and not facts.columns:
        return pl.DataFrame(schema=FACT_SCHEMA)
    return facts.with_columns(extra).select(
        pl.col(name).cast(dtype) for name, dtype in FACT_SCHEMA.items()
    )
