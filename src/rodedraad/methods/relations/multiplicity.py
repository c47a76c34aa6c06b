"""Which of many tests still say something when chance had as many goes?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.relations.association import Measure
from rodedraad.methods.relations.exact import null_variance, statistic
from rodedraad.methods.relations.resampling import permuted_statistics, random_orders

Floats = npt.NDArray[np.float64]


def holm(p: npt.ArrayLike) -> Floats:
    """Adjusted p values that bound the chance of *any* false finding (Holm 1979).

    The smallest p times m, the next times m - 1, and so on; never below the one before it, at
    most 1. Holds for any dependence between the tests. Checked against R's ``p.adjust``.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03]).tolist()]
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    raised = values[order] * np.arange(values.size, 0, -1)
    return _placed(np.minimum(1.0, np.maximum.accumulate(raised)), order)


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """Adjusted p values that bound the *share* of false findings among the findings (1995).

    The i-th smallest p times m / i; never above the one after it. Holds for independent tests
    and those that depend positively. Checked against R's ``p.adjust``.

    >>> [round(p, 3) for p in benjamini_hochberg([0.01, 0.04, 0.03]).tolist()]
    [0.03, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    raised = values[order] * values.size / np.arange(1, values.size + 1)
    lowered = np.minimum.accumulate(raised[::-1])[::-1]
    return _placed(np.minimum(1.0, lowered), order)


def max_t(
    factors: Floats, outcomes: Floats, measure: Measure, *, permutations: int, seed: int
) -> Floats:
    """Adjusted p values from the largest of all associations, step by step downwards.

    The outcomes of a case are dealt together to another case, so factors keep their relations
    to each other and outcomes theirs: with related columns this loses less than Holm (Westfall &
    Young 1993, free step-down). Associations are compared in units of their own standard
    deviation over all orders. (b + 1) / (n + 1), never below the p of a stronger association.

    Parameters
    ----------
    factors, outcomes: arrays of shape (n_cases, n_factors) and (n_cases, n_outcomes), no gaps.

    Returns
    -------
    Array of shape (n_factors, n_outcomes).
    """
    observed = np.array(
        [[statistic(x, y, measure) for y in outcomes.T] for x in factors.T], dtype=np.float64
    ).ravel()
    dealt = np.concatenate(
        [
            np.stack(
                [permuted_statistics(factors, y, orders, measure) for y in outcomes.T], axis=2
            ).reshape(len(orders), -1)
            for orders in random_orders(len(factors), seed, permutations)
        ]
    ).astype(np.float64)
    spread = np.sqrt([null_variance(x, y, measure) for x in factors.T for y in outcomes.T])
    strength = np.abs(observed) / spread
    order = np.argsort(-strength, kind="stable")
    weaker = np.abs(dealt / spread)[:, order]
    largest = np.maximum.accumulate(weaker[:, ::-1], axis=1)[:, ::-1]
    reached = (largest >= strength[order] - 1e-9).sum(axis=0)
    adjusted = np.maximum.accumulate((reached + 1) / (permutations + 1))
    return _placed(adjusted, order).reshape(factors.shape[1], outcomes.shape[1])


def _placed(values: Floats, order: npt.NDArray[np.intp]) -> Floats:
    placed = np.empty_like(values)
    placed[order] = values
    return placed
