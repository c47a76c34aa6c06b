"""How firm is a score: does the scale measure one thing, and do cases differ at all?"""

from typing import Any

from rodedraad.assessment.conclusions.answers import AnswerMatrix
from rodedraad.methods.aggregation import AggregationRefusal, intraclass
from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice
from rodedraad.methods.scales import (
    ScaleRefusal,
    ScaleReliability,
    ScaleScores,
    scale_reliability,
)

CASES_TO_DRAW = 10
"""From so many cases on, the bootstrap draws whole cases: colleagues answer alike."""

Told = tuple[dict[str, Any], tuple[Notice, ...]]


def score_intraclass(matrix: AnswerMatrix, scored: ScaleScores, construct: str) -> Told:
    """Return ICC(1) and ICC(2) of the scores with intervals; empty when these do not exist."""
    try:
        (found,) = intraclass(scored.scores, matrix.cases, names=[construct])
    except AggregationRefusal as refusal:
        return {}, (refused(refusal),)
    return {
        "icc1": found.icc1,
        "icc1_interval": _limits(found.icc1_interval),
        "icc2": found.icc2,
        "icc2_interval": _limits(found.icc2_interval),
        "n_cases": found.n_cases,
        "n_respondents": found.n_respondents,
        "case_size": found.case_size,
    }, found.notices


def score_reliability(
    matrix: AnswerMatrix, scored: ScaleScores, *, seed: int, bootstraps: int
) -> Told:
    """Return alpha and omega with intervals, and a row per item also when these do not exist.

    ``draws_cases``: whether the bootstrap drew whole cases or single people.
    """
    draws_cases = matrix.cases.n_unique() >= CASES_TO_DRAW
    clusters = matrix.cases.rank("dense").to_numpy() if draws_cases else None
    try:
        found = scale_reliability(
            matrix.answers, seed=seed, bootstraps=bootstraps, clusters=clusters
        )
    except ScaleRefusal as refusal:
        return {"items": _items(scored, None), "n": 0}, (refused(refusal),)
    return {
        "alpha": found.alpha,
        "alpha_interval": _limits(found.alpha_interval),
        "omega": found.omega,
        "omega_interval": _limits(found.omega_interval),
        "items": _items(scored, found),
        "n": found.n_used,
        "n_complete": found.n_complete,
        "draws_cases": draws_cases,
        "bootstraps": bootstraps,
    }, found.notices


def refused(refusal: AggregationRefusal | ScaleRefusal) -> Notice:
    """Return why a statistic is not there, as a notice."""
    return Notice(refusal.code, dict(refusal.context))


def _items(scored: ScaleScores, found: ScaleReliability | None) -> list[dict[str, Any]]:
    firm = {item.name: item for item in found.items} if found else {}
    return [
        {
            "item": item.name,
            "n": item.n_answered,
            "n_without_answer": item.n_skipped,
            "n_dont_know": item.n_dont_know,
            "dont_know_share": item.dont_know_share,
            "mean": None if item.mean is None else (item.mean - 1) / 4,
            "item_rest": each.item_rest if (each := firm.get(item.name)) else None,
            "alpha_if_dropped": each.alpha_if_dropped if each else None,
        }
        for item in scored.items
    ]


def _limits(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]
