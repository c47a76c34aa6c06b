"""What coefficients make ties, or counts of ties, most likely?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special  # pyright: ignore[reportMissingTypeStubs]

FloatArray = npt.NDArray[np.float64]

LARGEST_STEP = 5.0
EXACT = 1e-9
CLOSE = 1e-6  # of a permutation: z is then right to six digits
MOST_STEPS = 30
FARTHEST = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A converged regression: ``coefficients``, ``errors`` and ``z`` are (n_terms,).

    ``mean`` (n_pairs,): the outcome that it expects. ``separated``: a coefficient grows without
    end, because the terms tell some pairs with and without ties apart; its error grows faster, so
    its z tends to 0.
    """

    coefficients: FloatArray
    errors: FloatArray
    mean: FloatArray
    separated: bool

    @property
    def z(self) -> FloatArray:
        return self.coefficients / self.errors


@dataclass(frozen=True, slots=True)
class Family:
    """binary: logistic regression; count: Poisson regression with logarithms."""

    outcome: Literal["binary", "count"]

    def mean(self, linear: FloatArray) -> FloatArray:
        """The expected outcome of each linear predictor."""
        if self.outcome == "count":
            return np.exp(linear)
        return 1 / (1 + np.exp(-linear))

    def variance(self, mean: FloatArray) -> FloatArray:
        """Its variance, which is also the weight of a pair."""
        return mean if self.outcome == "count" else mean * (1 - mean)

    def minus_twice_log_likelihood(self, y: FloatArray, mean: FloatArray) -> float:
        """Of outcomes y, the constant of the Poisson distribution included."""
        if self.outcome == "count":
            constant = np.asarray(special.gammaln(y + 1))  # pyright: ignore[reportUnknownMemberType]
            return float(-2 * (special.xlogy(y, mean) - mean - constant).sum())  # pyright: ignore[reportUnknownMemberType]
        both = special.xlogy(y, mean) + special.xlog1py(1 - y, -mean)  # pyright: ignore[reportUnknownMemberType]
        return float(-2 * np.asarray(both).sum())

    def deviance(self, y: FloatArray, mean: FloatArray) -> float:
        """How much less likely than the best that any regression could do, times -2."""
        best = self.minus_twice_log_likelihood(y, y)
        return self.minus_twice_log_likelihood(y, mean) - best

    def pearson(self, y: FloatArray, mean: FloatArray) -> float:
        """Squared residuals in units of their variance, added up."""
        return float(((y - mean) ** 2 / self.variance(mean)).sum())

    def start(self, y: FloatArray, n_terms: int) -> FloatArray:
        """Coefficients with only an intercept, the first term."""
        mean = y.mean()
        first = np.log(mean) if self.outcome == "count" else np.log(mean / (1 - mean))
        return np.append(first, np.zeros(n_terms - 1))


def converged(
    family: Family,
    rows: FloatArray,
    y: FloatArray,
    *,
    start: FloatArray | None = None,
    close: float = EXACT,
) -> Fit | None:
    """Newton's steps to the most likely coefficients; None when there is no way to them.

    ``rows`` has shape (n_terms, n_pairs). Without ``start`` and with an intercept as first row
    the first guess is that only the intercept matters. Steps shorter than ``close`` (in the linear
    predictor of any pair) are the last; the error that is left is about its square.
    """
    ones = bool((rows[0] == 1).all())
    beta = start if start is not None else np.zeros(rows.shape[0])
    if start is None and ones and y.mean() > 0 and (family.outcome == "count" or y.mean() < 1):
        beta = family.start(y, rows.shape[0])
    linear = beta @ rows
    for _ in range(MOST_STEPS):
        mean = family.mean(linear)
        weights = family.variance(mean)
        information = (rows * weights) @ rows.T
        try:
            step = np.linalg.solve(information, rows @ (y - mean))
        except np.linalg.LinAlgError:
            return None
        change = step @ rows
        farthest = float(np.abs(change).max())
        if not np.isfinite(farthest):
            return None
        if farthest > LARGEST_STEP:
            step, change = step * LARGEST_STEP / farthest, change * LARGEST_STEP / farthest
        beta, linear = beta + step, linear + change
        if farthest < close:
            return _fit(beta, information, mean, separated=False)
        if np.abs(linear).max() > FARTHEST:
            return _fit(beta, information, mean, separated=True)
    return None


def _fit(
    beta: FloatArray, information: FloatArray, mean: FloatArray, *, separated: bool
) -> Fit | None:
    variances = np.diag(np.linalg.inv(information))
    if not (variances > 0).all():
        return None
    return Fit(beta, np.sqrt(variances), mean, separated)
