"""How far do two groups differ on one figure, in standard deviations, and how sure is that?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.intervals import Interval

LEAST = 2


@dataclass(frozen=True, slots=True)
class StandardisedDifference:
    """Hedges' g of the first group less the second; None where it cannot be told.

    ``interval`` supposes groups drawn at random from large ones, and is None with ``value``.
    """

    value: float | None
    interval: Interval | None
    mean_first: float | None
    mean_second: float | None
    n_first: int
    n_second: int


def standardised_difference(
    first: npt.ArrayLike, second: npt.ArrayLike, *, confidence: float = 0.95
) -> StandardisedDifference:
    """Return (mean of first - mean of second) / pooled standard deviation, for small samples.

    Parameters
    ----------
    first, second: one figure of each unit, NaN where unknown (left out).
    confidence: of the interval, between 0 and 1.

    Returns
    -------
    StandardisedDifference; ``value`` is None when a group has fewer than two known units or when
    all units are equal.

    Notes
    -----
    g = d * (1 - 3 / (4 df - 1)), interval g +- z * sqrt((n1 + n2) / (n1 n2) + g^2 / (2 (n1 + n2))).

    Hedges, L. & Olkin, I. (1985), Statistical Methods for Meta-Analysis, chapter 5.

    >>> round(standardised_difference([2, 4, 6], [1, 3, 5]).value, 3)
    0.4
    """
    one, two = (_known(values) for values in (first, second))
    means = [float(each.mean()) if each.size else None for each in (one, two)]
    empty = StandardisedDifference(None, None, means[0], means[1], one.size, two.size)
    if min(one.size, two.size) < LEAST or means[0] is None or means[1] is None:
        return empty
    n = one.size + two.size
    squares = float(((one - means[0]) ** 2).sum() + ((two - means[1]) ** 2).sum())
    if squares <= 0:
        return empty
    spread = float(np.sqrt(squares / (n - 2)))
    value = (means[0] - means[1]) / spread * (1 - 3 / (4 * (n - 2) - 1))
    error = float(np.sqrt(n / (one.size * two.size) + value**2 / (2 * n)))
    wide = float(special.ndtri((1 + confidence) / 2)) * error
    interval = Interval(value - wide, value + wide, confidence, "normal approximation")
    return StandardisedDifference(value, interval, means[0], means[1], one.size, two.size)


def _known(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    given = np.asarray(values, dtype=np.float64)
    return given[~np.isnan(given)]
