"""How strongly do two columns rise together, on all cases and on any reweighting of them?"""

from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Measure = Literal["kendall", "spearman"]


def association(x: Floats, y: Floats, measure: Measure) -> float:
    """Kendall's tau-b or Spearman's rho of two columns without gaps; NaN when one is constant."""
    return float(weighted_associations(x, y, np.ones((1, x.size)), measure)[0])


def weighted_associations(x: Floats, y: Floats, weights: Floats, measure: Measure) -> Floats:
    """The association for each row of ``weights``, array of shape (n_rows, n_cases).

    A weight says how often a case counts, a whole number: a bootstrap draw has counts, leaving a
    case out has a 0. Ties that arise by repetition are ties. NaN where the cases that count do
    not vary.

    tau-b = sum of sign(dx) * sign(dy) over pairs / sqrt(pairs untied in x * pairs untied in y).
    rho = Pearson's correlation of mid-ranks, ranked anew for each row.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return (_taus if measure == "kendall" else _rhos)(x, y, weights)


def _taus(x: Floats, y: Floats, weights: Floats) -> Floats:
    signs = np.sign(x[:, None] - x) * np.sign(y[:, None] - y)
    # Signs and counts are whole numbers: half the digits add them up as exactly, twice as fast.
    sums = weights.astype(np.float32) @ signs.astype(np.float32)
    concordant = np.einsum("bi,bi->b", sums.astype(np.float64), weights)
    untied = _untied(x, weights) * _untied(y, weights)
    return np.where(untied > 0, np.clip(concordant / np.sqrt(untied), -1, 1), np.nan)


def _untied(column: Floats, weights: Floats) -> Floats:
    """Weighted number of ordered pairs that differ: all pairs minus those inside a value."""
    order = np.argsort(column, kind="stable")
    first = np.unique(column[order], return_index=True)[1]
    per_level = np.add.reduceat(weights[:, order], first, axis=1)
    return weights.sum(axis=1) ** 2 - np.einsum("bl,bl->b", per_level, per_level)


def _rhos(x: Floats, y: Floats, weights: Floats) -> Floats:
    n = weights.sum(axis=1, keepdims=True)

    def centred_ranks(column: Floats) -> Floats:
        below = (column[:, None] < column) + 0.5 * (column[:, None] == column)
        return weights @ below - n / 2

    rank_x, rank_y = centred_ranks(x), centred_ranks(y)

    def products(left: Floats, right: Floats) -> Floats:
        return np.einsum("bi,bi,bi->b", weights, left, right)

    spread = products(rank_x, rank_x) * products(rank_y, rank_y)
    return np.where(
        spread > 1e-9, np.clip(products(rank_x, rank_y) / np.sqrt(spread), -1, 1), np.nan
    )


def doubled_ranks(values: Floats) -> npt.NDArray[np.int64]:
    """Twice the mid-rank minus (n + 1): whole numbers that add up to zero."""
    _, level, sizes = np.unique(values, return_inverse=True, return_counts=True)
    doubled = 2 * np.cumsum(sizes) - sizes - values.size
    return doubled[level].astype(np.int64)
