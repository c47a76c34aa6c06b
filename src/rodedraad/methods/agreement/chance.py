"""What agreement does chance explain, by each of the answers given to that question?

All coefficients are (observed - expected) / (1 - expected); they differ in what they expect. All
follow from columns added up over units (:class:`Sufficient`), so that one piece of code serves
estimates and resamples.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rodedraad.methods.agreement.ratings import FloatArray, Ratings

Name = Literal[
    "percent",
    "cohen",
    "scott",
    "conger",
    "fleiss",
    "gwet",
    "brennan-prediger",
    "krippendorff",
]

BOTH: tuple[Name, ...] = ("gwet", "brennan-prediger", "krippendorff")
TWO_CODERS: tuple[Name, ...] = ("percent", "cohen", "scott", *BOTH)
MORE_CODERS: tuple[Name, ...] = ("percent", "conger", "fleiss", *BOTH)


@dataclass(frozen=True, slots=True, eq=False)
class Sufficient:
    """Per unit with a rating what coefficients need.

    ``agreement`` (n_units,): agreeing share of the pairs of ratings, 0 where there is no pair;
    ``paired``: 1 where there is one; ``shares`` (n_units, n_categories): of the ratings;
    ``by_coder`` (n_units, n_coders * n_categories): 1 where the coder gave the category;
    ``within`` and ``counts``: agreement by rating and ratings per category, of paired units.
    """

    weights: FloatArray
    n_coders: int
    agreement: FloatArray
    paired: FloatArray
    shares: FloatArray
    by_coder: FloatArray
    within: FloatArray
    counts: FloatArray

    def columns(self) -> FloatArray:
        """Everything side by side, (n_units, n_columns), as :func:`agreements` takes it apart."""
        return np.column_stack(
            (
                self.agreement,
                self.paired,
                np.ones_like(self.paired),
                self.within,
                self.shares,
                self.counts,
                self.by_coder,
            )
        )


def sufficient_of(ratings: Ratings, weights: FloatArray) -> Sufficient:
    """Gather the columns; units that nobody rated are left out."""
    counts = ratings.counts()
    kept = counts.sum(axis=1) > 0
    counts, codes = counts[kept], ratings.codes[kept]
    n_rated = counts.sum(axis=1)
    paired = n_rated > 1
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1)
    by_coder = np.stack([codes == k for k in range(counts.shape[1])], axis=2)
    return Sufficient(
        weights=weights,
        n_coders=ratings.n_coders,
        agreement=np.where(paired, agreeing / np.maximum(n_rated * (n_rated - 1), 1), 0.0),
        paired=paired.astype(np.float64),
        shares=counts / n_rated[:, None],
        by_coder=by_coder.reshape(codes.shape[0], -1).astype(np.float64),
        within=np.where(paired, agreeing / np.maximum(n_rated - 1, 1), 0.0),
        counts=counts * paired[:, None],
    )


def agreements(name: Name, data: Sufficient, sums: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Observed and expected agreement, each (n_draws,), from sums (n_draws, n_columns)."""
    q = data.weights.shape[0]
    agreement, n_paired, n, within = sums[:, :4].T
    if name == "krippendorff":
        counts = sums[:, 4 + q : 4 + 2 * q]
        total = counts.sum(axis=1)
        adjusted = (1 - 1 / total) * within / total + 1 / total
        return adjusted, _shared(counts / total[:, None], data.weights)
    observed = agreement / n_paired
    if name in ("cohen", "conger"):
        coders = _coder_shares(data, sums)
        own = _shared(coders, data.weights).sum(axis=1)
        pairs = data.n_coders * (data.n_coders - 1)
        return observed, (_shared(coders.sum(axis=1), data.weights) - own) / pairs
    return observed, _expected(name, sums[:, 4 : 4 + q] / n[:, None], data.weights)


def _expected(name: Name, shares: FloatArray, weights: FloatArray) -> FloatArray:
    """Of coefficients that look at the shares of categories (n_draws, n_categories) only."""
    n_draws, q, total = int(shares.shape[0]), int(weights.shape[0]), float(weights.sum())
    if name == "percent":
        return np.zeros(n_draws)
    if name == "brennan-prediger":
        return np.full(n_draws, total / q**2)
    if name == "gwet" and q < 2:
        return np.ones(n_draws)
    if name == "gwet":
        spread: FloatArray = (shares * (1 - shares)).sum(axis=1)
        return total / (q * (q - 1)) * spread
    return _shared(shares, weights)


def _shared(shares: FloatArray, weights: FloatArray) -> FloatArray:
    """Agreement of two random ratings from the same shares, over the last axis."""
    return np.asarray(((shares @ weights) * shares).sum(axis=-1))


def influences(name: Name, data: Sufficient) -> FloatArray:
    """How far each unit pulls the coefficient from its value, (n_units,): linearised.

    The sum of squares over n(n - 1) is Gwet's variance; units with one rating count as he
    counts them. For krippendorff, 0 for units without a pair.
    """
    sums = data.columns().sum(axis=0)[None, :]
    observed, expected = (float(part[0]) for part in agreements(name, data, sums))
    if name == "krippendorff":
        return _krippendorff_influences(data, expected)
    value = (observed - expected) / (1 - expected)
    n, n_paired = data.paired.size, data.paired.sum()
    own = (n / n_paired) * (data.agreement - expected * data.paired) / (1 - expected) - value
    pull = _expected_per_unit(name, data, sums) - expected
    return own - 2 * (1 - value) * pull / (1 - expected)


def _expected_per_unit(name: Name, data: Sufficient, sums: FloatArray) -> FloatArray:
    weights, q = data.weights, data.weights.shape[0]
    if name == "percent":
        return np.zeros_like(data.paired)
    if name == "brennan-prediger":
        return np.full_like(data.paired, weights.sum() / q**2)
    marginal = data.shares.mean(axis=0)
    if name == "gwet":
        return weights.sum() * (data.shares @ (1 - marginal)) / (q * (q - 1))
    if name in ("fleiss", "scott"):
        return data.shares @ (weights @ marginal)
    n, n_coders = data.paired.size, data.n_coders
    coders = _coder_shares(data, sums)[0]
    given = data.by_coder.reshape(n, n_coders, q)
    rated = given.sum(axis=2, keepdims=True)
    n_rated = rated.sum(axis=0)
    linear = coders + (n / n_rated) * (given - rated * coders)
    others = (coders.sum(axis=0) - coders) @ weights
    return (linear * others).sum(axis=(1, 2)) / (n_coders * (n_coders - 1))


def _krippendorff_influences(data: Sufficient, expected: float) -> FloatArray:
    """As Gwet has them: without the correction for small samples, but for its unequal counts."""
    n_rated = data.counts.sum(axis=1)
    total = n_rated.sum()
    per_unit = total / data.paired.sum()
    plain = data.within.sum() / total
    corrected = (1 - 1 / total) * plain + 1 / total
    value = (plain - expected) / (1 - expected)
    marginal = data.counts.sum(axis=0) / total
    observed = data.within / per_unit - corrected * (n_rated / per_unit - 1)
    pull = (data.counts @ (data.weights @ marginal) - n_rated * expected) / per_unit
    linear = (observed - expected - 2 * (1 - value) * pull) / (1 - expected) - value
    return linear * data.paired


def _coder_shares(data: Sufficient, sums: FloatArray) -> FloatArray:
    """Shares of the categories in the ratings of each coder, (n_draws, n_coders, n_categories)."""
    q = data.weights.shape[0]
    given = sums[:, 4 + 2 * q :].reshape(sums.shape[0], data.n_coders, q)
    return given / given.sum(axis=2, keepdims=True)
