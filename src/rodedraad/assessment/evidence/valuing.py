"""What value from 0 to 1 does a raw answer, score or status get, by the rule of its kind?"""

import polars as pl

from rodedraad.assessment.evidence.facts import PRESENCE, Kind
from rodedraad.assessment.evidence.known import Known, scale_of
from rodedraad.methods.rulesets.measures import WEIGHTS
from rodedraad.methods.scales import item_answers, score_items

STATUS_UNIT = "status"


def facts_valued(facts: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Return the facts with ``value``, ``unit`` and, of answers, the construct of their item."""
    items = facts.join(known.items, on="about", how="left", maintain_order="left")
    is_answer, is_rubric = (pl.col("kind") == kind for kind in (Kind.ANSWER, Kind.RUBRIC))
    is_measure, is_coding = (pl.col("kind") == kind for kind in (Kind.MEASURE, Kind.CODING))
    highest = pl.when(pl.col("unit").str.starts_with(PRESENCE)).then(1)
    weights = {float(status): weight for status, weight in WEIGHTS.items()}
    valued = items.with_columns(
        construct=pl.when(is_answer).then("of_construct").otherwise("construct"),
        unit=pl.when(is_measure)
        .then(pl.lit(STATUS_UNIT))
        .when(is_coding)
        .then("unit")
        .otherwise(pl.lit("")),
        value=pl.when(is_rubric)
        .then(pl.col("raw") / scale_of(Kind.RUBRIC)[1])
        .when(is_coding)
        .then(pl.col("raw") / highest.otherwise(scale_of(Kind.CODING)[1]))
        .when(is_measure)
        .then(pl.col("raw").replace_strict(weights, default=None, return_dtype=pl.Float64)),
    ).with_row_index("place")
    answered = [valued.filter(~is_answer)]
    for turned in (False, True):
        some = valued.filter(is_answer & (pl.col("is_reversed") == turned))
        answered.append(some.with_columns(value=_answer_values(some["raw"], turned=turned)))
    return pl.concat(answered).sort("place").drop("place", "of_construct", "is_reversed")


def _answer_values(raw: pl.Series, *, turned: bool) -> pl.Series:
    """Return what one item, answered by everyone of ``raw``, gives each of them on its scale."""
    if raw.is_empty():
        return pl.Series("value", [], pl.Float64)
    low, high = scale_of(Kind.ANSWER)
    read = item_answers(
        raw.to_frame("item"), low=low, high=high, reversed_items=("item",) if turned else ()
    )
    return pl.Series("value", score_items(read).scores).fill_nan(None)
