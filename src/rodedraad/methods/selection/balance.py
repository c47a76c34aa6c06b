"""Do the chosen cases look like the frame they come from?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.refusals import SelectionRefusal


@dataclass(frozen=True, slots=True)
class Balance:
    """One variable in the frame and among the chosen; ``None`` where nothing is known.

    ``difference`` is (mean of chosen - mean of frame) / standard deviation of the frame (divisor
    n). ``range_covered`` is the share, 0-1, of the range of the frame that lies between the
    lowest and the highest of the chosen. Both are ``None`` for a variable that is constant.
    """

    name: str
    n_frame: int
    mean_frame: float | None
    sd_frame: float | None
    min_frame: float | None
    max_frame: float | None
    n_chosen: int
    mean_chosen: float | None
    min_chosen: float | None
    max_chosen: float | None
    difference: float | None
    range_covered: float | None


@dataclass(frozen=True, slots=True)
class BalanceTable:
    """A row per variable, in the order given. Means are over municipalities, not residents."""

    rows: tuple[Balance, ...]

    @property
    def largest_difference(self) -> float | None:
        """The largest standardised difference, without its sign."""
        known = [abs(row.difference) for row in self.rows if row.difference is not None]
        return max(known, default=None)


def balance_table(
    figures: npt.ArrayLike, names: Sequence[str], chosen: Sequence[int]
) -> BalanceTable:
    """Compare the chosen units with the frame on each variable.

    Parameters
    ----------
    figures: array of shape (n_units, n_vars) in their own units, NaN where unknown; a variable
        is compared over the units that are known.
    names: n_vars names. chosen: positions in the frame, at least one.
    """
    table = np.asarray(figures, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(names):
        raise SelectionRefusal(
            f"Figures must be a table of units by {len(names)} named variables. Got shape"
            f" {table.shape} instead.",
            code="figures_shape",
        )
    if not chosen or not all(0 <= unit < len(table) for unit in chosen):
        raise SelectionRefusal(
            f"Chosen units must be one or more positions from 0 to {len(table) - 1}. Take them"
            " from a selection of the same frame.",
            code="chosen_outside_frame",
        )
    rows = (_row(name, table[:, i], list(chosen)) for i, name in enumerate(names))
    return BalanceTable(tuple(rows))


def _row(name: str, column: npt.NDArray[np.float64], chosen: list[int]) -> Balance:
    frame = _summary(column)
    cases = _summary(column[chosen])
    difference = covered = None
    if frame.mean is not None and cases.mean is not None and frame.high > frame.low:
        difference = (cases.mean - frame.mean) / frame.sd
        covered = (cases.high - cases.low) / (frame.high - frame.low)
    return Balance(
        name=name,
        n_frame=frame.n,
        mean_frame=frame.mean,
        sd_frame=frame.sd if frame.n else None,
        min_frame=frame.low if frame.n else None,
        max_frame=frame.high if frame.n else None,
        n_chosen=cases.n,
        mean_chosen=cases.mean,
        min_chosen=cases.low if cases.n else None,
        max_chosen=cases.high if cases.n else None,
        difference=difference,
        range_covered=covered,
    )


@dataclass(frozen=True, slots=True)
class _Summary:
    n: int
    mean: float | None
    sd: float = 0.0
    low: float = 0.0
    high: float = 0.0


def _summary(column: npt.NDArray[np.float64]) -> _Summary:
    known = column[~np.isnan(column)]
    if not known.size:
        return _Summary(0, None)
    return _Summary(
        n=known.size,
        mean=float(known.mean()),
        sd=float(known.std()),
        low=float(known.min()),
        high=float(known.max()),
    )
