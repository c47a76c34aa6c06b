"""How would people answer who do not agree at all: which variance is that?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rodedraad.methods.aggregation.refusals import AggregationRefusal

NullName = Literal["uniform", "slight_skew", "moderate_skew", "strong_skew", "triangular"]

NULL_NAMES: tuple[NullName, ...] = (
    "uniform",
    "slight_skew",
    "moderate_skew",
    "strong_skew",
    "triangular",
)

# Shares of the five answers, from the lowest: James, Demaree & Wolf (1984).
FIVE_POINT_SKEW: dict[str, tuple[float, ...]] = {
    "slight_skew": (0.05, 0.15, 0.20, 0.35, 0.25),
    "moderate_skew": (0.00, 0.10, 0.15, 0.40, 0.35),
    "strong_skew": (0.00, 0.00, 0.10, 0.40, 0.50),
}


@dataclass(frozen=True, slots=True)
class NullDistribution:
    """Answers without agreement: a name, the share of each answer, and their variance."""

    name: str
    shares: tuple[float, ...]
    variance: float


def null_distribution(name: NullName, n_answers: int) -> NullDistribution:
    """A null distribution for a scale of ``n_answers`` whole answers.

    ``uniform``: each answer as likely, variance (A^2 - 1) / 12. ``triangular``: the middle most
    likely, falling off evenly (central tendency). The three skews (leniency, social
    desirability) are published for five answers only; for others give your own shares with
    :func:`own_null`. A skew says which way people lean, yet its variance is the same mirrored.

    >>> [round(null_distribution(name, 5).variance, 2) for name in NULL_NAMES]
    [2.0, 1.34, 0.9, 0.44, 1.33]
    """
    if n_answers < 2:
        raise AggregationRefusal(
            f"A scale has at least two answers. Got {n_answers}.", code="aggregation_null_answers"
        )
    if name == "uniform":
        return own_null(name, [1 / n_answers] * n_answers)
    if name == "triangular":
        weights = [min(i, n_answers + 1 - i) for i in range(1, n_answers + 1)]
        return own_null(name, [weight / sum(weights) for weight in weights])
    if name not in FIVE_POINT_SKEW:
        raise AggregationRefusal(
            f"There is no null distribution {name!r}. Choose from {', '.join(NULL_NAMES)}.",
            code="aggregation_null_unknown",
            name=name,
        )
    if n_answers != 5:
        raise AggregationRefusal(
            f"The null distribution {name!r} is published for five answers, not for {n_answers}. "
            "Choose uniform or triangular, or give the share of each answer yourself.",
            code="aggregation_null_answers",
            name=name,
            n_answers=n_answers,
        )
    return own_null(name, FIVE_POINT_SKEW[name])


def own_null(name: str, shares: Sequence[float]) -> NullDistribution:
    """A null distribution from the share of each answer, lowest first; they add up to 1."""
    chances = np.asarray(shares, dtype=np.float64)
    if chances.size < 2 or (chances < 0).any() or abs(chances.sum() - 1) > 1e-6:
        raise AggregationRefusal(
            f"The shares of null distribution {name!r} must be 0 or more and add up to 1. They "
            f"add up to {chances.sum():g}.",
            code="aggregation_null_shares",
            name=name,
        )
    answers = np.arange(1, chances.size + 1)
    mean = float(answers @ chances)
    variance = float((answers - mean) ** 2 @ chances)
    if variance == 0:
        raise AggregationRefusal(
            f"Null distribution {name!r} puts everyone on one answer, so it has no variance. "
            "Spread the shares.",
            code="aggregation_null_shares",
            name=name,
        )
    return NullDistribution(name, tuple(float(x) for x in chances), variance)
