"""Between which values does an estimate lie, how sure is that, and how was it worked out?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval; ``confidence`` is 0-1, ``method`` says how it was worked out."""

    low: float
    high: float
    confidence: float
    method: str


def percentile_interval(
    draws: npt.NDArray[np.float64], confidence: float, *, method: str
) -> Interval | None:
    """The middle ``confidence`` share of the draws that are known; None when there are none."""
    known = draws[np.isfinite(draws)]
    if not known.size:
        return None
    tail = (1 - confidence) / 2
    low, high = np.quantile(known, (tail, 1 - tail))
    return Interval(float(low), float(high), confidence, method)
