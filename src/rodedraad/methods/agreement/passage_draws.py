"""How do figures of agreement over passages vary when other sources were coded?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rodedraad.methods.agreement.ratings import FloatArray, IntArray
from rodedraad.methods.agreement.resampling import (
    Resampling,
    check_resampling,
    resampled,
    resampled_interval,
)
from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice

WHOLE_MATRIX = 5_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of agreement; None when it is undefined: nothing could have differed.

    Without disagreement there is no ``interval``: no width can be told from that.
    """

    name: str
    estimate: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """How often each block is drawn, (resamples, n_blocks), the same for every figure."""

    times: FloatArray
    resampling: Resampling

    @classmethod
    def of(cls, drawn: str, n: int, *, resamples: int, seed: int, confidence: float) -> "Draws":
        """Draw blocks with replacement; fewer than two blocks give no interval."""
        resampling = Resampling(drawn, n, resamples if n > 1 else 0, seed, confidence)
        check_resampling(Resampling(drawn, n, resamples, seed, confidence))
        times = resampled(lambda row: row, resampling)
        return cls(times.reshape(-1, n), resampling)

    def figure(
        self, name: str, estimate: float, values: FloatArray, *, differs: bool
    ) -> tuple[Figure, tuple[Notice, ...]]:
        """Return the figure with the interval of its values over the draws."""
        if np.isnan(estimate):
            return Figure(name, None, None), ()
        interval, notices = resampled_interval(values, self.resampling)
        kept = tuple(one for one in notices if one.code == "undefined_resamples")
        return Figure(name, float(estimate), interval if differs else None), kept

    def sums(self, rows: IntArray, columns: FloatArray) -> FloatArray:
        """Sums of columns that are zero outside these blocks, (resamples, n_columns)."""
        return self.times[:, rows] @ columns


def by_block(blocks: IntArray, columns: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the blocks that occur and the sums of the rows of each; any order of rows."""
    if not blocks.size:
        return blocks, columns
    order = np.argsort(blocks, kind="stable")
    known, first = np.unique(blocks[order], return_index=True)
    return known, np.add.reduceat(columns[order], first, axis=0)


def alpha_from(
    from_sums: Callable[[FloatArray], tuple[FloatArray, FloatArray]], sums: FloatArray
) -> FloatArray:
    """Alpha of each row of sums; NaN where nothing could differ."""
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = from_sums(sums)
        return np.where(expected > 0, 1 - observed / expected, np.nan)
