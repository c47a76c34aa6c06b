"""What does one answer, score, status of a measure or coded passage say, before it is valued?"""

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
        "unit": pl.String(),
    }
)
FROM_CODING, FROM_SCORE = "coding:", "score:"
"""How the record begins of a row that a text of the study gave; the uuid follows."""

PRESENCE, STRENGTH = "presence", "strength"
CODED_UNIT = {None: "", -1: " against", 0: " neither", 1: " for"}
"""What the direction of a coding adds to its unit: what is said for and against never mixes."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingFact:
    """That a passage of one source speaks of a construct, how strongly, and for or against it.

    ``source_type`` is document, interview, session or survey; ``strength`` 0 to 3 or null;
    ``valence`` -1, 0, 1 or null. The record ``source_id`` leads back to the words.
    """

    case: str
    construct: str
    source_type: str
    strength: int | None
    valence: int | None = None
    source: str
    source_id: str
    role: str = ""
    respondent: str | None = None

    def row(self) -> dict[str, object]:
        """Return it as a row of ``FACT_SCHEMA``: presence counts 1, as that of a tie does."""
        row: dict[str, object] = asdict(self)
        strength, valence = row.pop("strength"), row.pop("valence")
        sort = PRESENCE if strength is None else STRENGTH
        raw = 1 if strength is None else strength
        return row | {"raw": raw, "unit": f"{sort}{CODED_UNIT[valence]}"}  # type: ignore[index]


Facts = Iterable[AnswerFact] | Iterable[RubricFact] | Iterable[MeasureFact] | Iterable[CodingFact]
CALLED = {"item": "about", "source_type": "about", "measure": "construct"}


def facts_frame(kind: str, facts: Facts | pl.DataFrame) -> pl.DataFrame:
    """Return facts of one kind as a frame with ``FACT_SCHEMA``; a frame gets what it lacks."""
    if not isinstance(facts, pl.DataFrame):
        rows: Sequence[dict[str, object]] = [
            fact.row() if isinstance(fact, CodingFact) else asdict(fact) for fact in facts
        ]
        # The schema is inferred from all rows: a raw of 4 and one of 3.5 may follow each other.
        facts = pl.DataFrame(rows, infer_schema_length=None)
    facts = facts.rename({a: b for a, b in CALLED.items() if a in facts.columns})
    lacking = {
        "kind": pl.lit(kind),
        "construct": pl.lit(""),
        "role": pl.lit(""),
        "respondent": pl.lit(None, pl.String),
        "missing": pl.lit(""),
        "unit": pl.lit(""),
    }
    extra = [value.alias(name) for name, value in lacking.items() if name not in facts.columns]
    if facts.is_empty() and not facts.columns:
        return pl.DataFrame(schema=FACT_SCHEMA)
    return facts.with_columns(extra).select(
        pl.col(name).cast(dtype) for name, dtype in FACT_SCHEMA.items()
    )
