"""How far do two ways of dividing the same units into regions match each other?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy import optimize  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.errors import Refusal

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

NOT_A_MEMBER = -1

# SciPy carries no types; this is the one function of it used here.
_least_cost = cast(
    Callable[[IntArray], tuple[IntArray, IntArray]],
    optimize.linear_sum_assignment,  # pyright: ignore[reportUnknownMemberType]
)


class PartitionRefused(Refusal):
    """The region labels cannot be compared as they are."""

    code = "partition_labels"


@dataclass(frozen=True, slots=True)
class Congruence:
    """How two partitions a and b match, on the units that belong to a region of both.

    Every share is between 0 and 1, and None when no unit is in both; ``adjusted_rand`` is None
    when fewer than two are.
    """

    n_common: int
    adjusted_rand: float | None
    nesting_ab: float | None
    nesting_ba: float | None
    whole_ab: float | None
    whole_ba: float | None
    identical: bool


@dataclass(frozen=True, slots=True)
class CongruenceMatrix:
    """How every pair of partitions matches: arrays of shape (n_types, n_types).

    ``nesting[a, b]`` and ``whole[a, b]`` read "a in b" and are not symmetric. Undefined cells
    are NaN (see :class:`Congruence`). The diagonal compares a type with itself.
    """

    n_common: IntArray
    adjusted_rand: FloatArray
    nesting: FloatArray
    whole: FloatArray
    identical: BoolArray

    def pair(self, a: int, b: int) -> Congruence:
        """The cell of types ``a`` and ``b`` as one result, both directions together."""
        return Congruence(
            n_common=int(self.n_common[a, b]),
            adjusted_rand=_or_none(self.adjusted_rand[a, b]),
            nesting_ab=_or_none(self.nesting[a, b]),
            nesting_ba=_or_none(self.nesting[b, a]),
            whole_ab=_or_none(self.whole[a, b]),
            whole_ba=_or_none(self.whole[b, a]),
            identical=bool(self.identical[a, b]),
        )


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A region before and the region after that is taken to be its continuation."""

    before: int
    after: int
    n_units: int


@dataclass(frozen=True, slots=True)
class PartitionChange:
    """What changed between two dates in one way of dividing the same units.

    ``moved`` has shape (n_units,) and is False for units that are not in both. When
    ``matching_unique`` is False, another matching keeps equally many units in place: ``n_moved``
    holds for all of them, the list of moved units only for the one shown.
    """

    n_both: int
    n_only_before: int
    n_only_after: int
    adjusted_rand: float | None
    matches: tuple[RegionMatch, ...]
    matching_unique: bool
    moved: BoolArray
    n_moved: int
    share_moved: float | None
    n_pairs_before: int
    n_pairs_after: int
    n_pairs_kept: int
    share_pairs_kept: float | None
    share_pairs_lost: float | None
    share_pairs_new: float | None


def adjusted_rand(a: npt.ArrayLike, b: npt.ArrayLike) -> float | None:
    """Agreement of two partitions on pairs of units, corrected for chance (Hubert & Arabie).

    ``a`` and ``b`` are as in :func:`congruence`. 1 = the same partition, 0 = what random
    labels with these region sizes give on average, negative = less than that.

    >>> adjusted_rand([0, 0, 1, 1], [5, 5, 3, 3])
    1.0
    """
    return congruence(a, b).adjusted_rand


def congruence(a: npt.ArrayLike, b: npt.ArrayLike) -> Congruence:
    """How far the regions of ``a`` and the regions of ``b`` match.

    Only units with a region in both count. ``nesting_ab`` is the share of units that lie in
    the b-region holding most units of their a-region: 1 means that every a-region lies inside
    one b-region. ``whole_ab`` is the share of a-regions that do. ``identical`` says that both
    are 1 in both directions, so that the partitions are the same on the common units.

    Parameters
    ----------
    a, b : int arrays of shape (n_units,)
        Region label per unit, 0 or higher; -1 = the unit is in no region.

    Raises
    ------
    PartitionRefused
        Labels are not integers, below -1, or the arrays differ in length.

    Notes
    -----
    ``adjusted_rand`` is 1 when both partitions are one region or both only single units, and
    None below two common units. Nesting is not corrected for chance: single-unit regions nest
    in everything, and everything nests in one region for the whole country. Checked against
    scikit-learn (``tests/methods/test_partitions.py``).

    Hubert, L. & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.

    >>> congruence([0, 0, 1, 1], [0, 0, 0, 0]).nesting_ab
    1.0
    """
    first, second = _labels(a, "a"), _labels(b, "b")
    if first.shape != second.shape:
        raise PartitionRefused(
            f"The labels a and b must be about the same units: a has {first.size} values, "
            f"b has {second.size}. Give one label per unit in both, -1 where there is none.",
            code="partition_lengths_differ",
            n_a=first.size,
            n_b=second.size,
        )
    return congruence_matrix(np.column_stack((first, second))).pair(0, 1)


def congruence_matrix(labels: npt.ArrayLike) -> CongruenceMatrix:
    """:func:`congruence` for every pair of columns of ``labels``.

    Parameters
    ----------
    labels : int array of shape (n_units, n_types)
        Region label per unit and type, 0 or higher; -1 = the unit has no region of this type.

    Notes
    -----
    One matrix product per type against the indicator matrix of all regions: time and memory
    grow with n_units x n_regions x n_regions, where n_regions counts all types together.
    """
    table = _integers(labels, "labels")
    if table.ndim != 2:
        raise PartitionRefused(
            f"Labels must have shape (n_units, n_types). Got {table.ndim} dimension(s).",
            shape=table.shape,
        )
    n_types = table.shape[1]
    if n_types == 0:
        empty = np.zeros((0, 0))
        return CongruenceMatrix(
            empty.astype(np.int64), empty, empty.copy(), empty.copy(), empty.astype(np.bool_)
        )
    indicators = [_indicators(table[:, t]) for t in range(n_types)]
    starts = np.cumsum([0, *(block.shape[1] for block in indicators[:-1])])
    everything = np.concatenate(indicators, axis=1)

    n_common = np.zeros((n_types, n_types))
    in_plurality = np.zeros((n_types, n_types))
    n_whole = np.zeros((n_types, n_types))
    n_regions = np.zeros((n_types, n_types))
    pairs_a = np.zeros((n_types, n_types))
    pairs_both = np.zeros((n_types, n_types))
    for a, block in enumerate(indicators):
        overlap = block.T @ everything
        common = np.add.reduceat(overlap, starts, axis=1)
        largest = np.maximum.reduceat(overlap, starts, axis=1)
        n_common[a] = common.sum(axis=0)
        in_plurality[a] = largest.sum(axis=0)
        n_regions[a] = (common > 0).sum(axis=0)
        n_whole[a] = ((common > 0) & (largest == common)).sum(axis=0)
        pairs_a[a] = _pairs(common).sum(axis=0)
        pairs_both[a] = np.add.reduceat(_pairs(overlap).sum(axis=0), starts)

    return CongruenceMatrix(
        n_common=n_common.astype(np.int64),
        adjusted_rand=_adjusted_rand(pairs_both, pairs_a, pairs_a.T, n_common),
        nesting=_share(in_plurality, n_common),
        whole=_share(n_whole, n_regions),
        identical=(n_common > 0) & (in_plurality == n_common) & (n_common == in_plurality.T),
    )


def partition_change(before: npt.ArrayLike, after: npt.ArrayLike) -> PartitionChange:
    """What changed in a division of the same units between two dates.

    Regions before and after are matched one to one so that as many units as possible stay
    in their region; names play no part. A unit has moved when its region after is not the
    match of its region before. A pair of units that shared a region before is kept or lost;
    ``share_pairs_new`` is the share of pairs after that did not share a region before.

    Parameters
    ----------
    before, after : int arrays of shape (n_units,)
        Region label per unit on each date, -1 = none. Bring mergers of units to one list first.

    Returns
    -------
    PartitionChange
        Shares are None where there is nothing to divide by (no unit, no pair).

    Notes
    -----
    A region that splits in halves moves the smaller half; regions that merge move all but the
    largest. Whether the matching is the only best one is tested by forbidding each match in
    turn, so the cost is one assignment problem per matched region.

    Kuhn, H.W. (1955). The Hungarian method for the assignment problem. Naval Research
    Logistics Quarterly 2, 83-97 (``scipy.optimize.linear_sum_assignment``).

    >>> partition_change([0, 0, 0, 1], [7, 7, 4, 4]).n_moved
    1
    """
    match = congruence(before, after)
    first, second = _labels(before, "before"), _labels(after, "after")
    both = (first >= 0) & (second >= 0)
    old, old_index = np.unique(first[both], return_inverse=True)
    new, new_index = np.unique(second[both], return_inverse=True)
    overlap = np.zeros((old.size, new.size), dtype=np.int64)
    np.add.at(overlap, (old_index, new_index), 1)

    rows, columns = _best_matching(overlap)
    matches = tuple(
        RegionMatch(int(old[r]), int(new[c]), int(overlap[r, c]))
        for r, c in zip(rows, columns, strict=True)
    )
    continuation = np.full(old.size, -1, dtype=np.int64)
    continuation[rows] = columns
    moved = np.zeros(first.size, dtype=np.bool_)
    moved[both] = continuation[old_index] != new_index

    n_both, n_moved = int(both.sum()), int(moved.sum())
    before_pairs = int(_pairs(overlap.sum(axis=1)).sum())
    after_pairs = int(_pairs(overlap.sum(axis=0)).sum())
    kept = int(_pairs(overlap).sum())
    return PartitionChange(
        n_both=n_both,
        n_only_before=int(((first >= 0) & (second < 0)).sum()),
        n_only_after=int(((first < 0) & (second >= 0)).sum()),
        adjusted_rand=match.adjusted_rand,
        matches=matches,
        matching_unique=_is_only_best(overlap, rows, columns),
        moved=moved,
        n_moved=n_moved,
        share_moved=n_moved / n_both if n_both else None,
        n_pairs_before=before_pairs,
        n_pairs_after=after_pairs,
        n_pairs_kept=kept,
        share_pairs_kept=kept / before_pairs if before_pairs else None,
        share_pairs_lost=1 - kept / before_pairs if before_pairs else None,
        share_pairs_new=1 - kept / after_pairs if after_pairs else None,
    )


def _best_matching(overlap: IntArray) -> tuple[IntArray, IntArray]:
    """Rows and columns of the matching with the largest total; matches without units left out."""
    rows, columns = _least_cost(-overlap)
    shared = overlap[rows, columns] > 0
    return rows[shared], columns[shared]


def _is_only_best(overlap: IntArray, rows: IntArray, columns: IntArray) -> bool:
    """Whether every other matching keeps fewer units in place than this one."""
    total = overlap[rows, columns].sum()
    for row, column in zip(rows, columns, strict=True):
        without = overlap.copy()
        without[row, column] = 0
        if without[_best_matching(without)].sum() == total:
            return False
    return True


def _indicators(labels: IntArray) -> FloatArray:
    """Shape (n_units, n_regions) of 0 and 1; a type without members gets one empty region."""
    member = labels >= 0
    regions, index = np.unique(labels[member], return_inverse=True)
    indicators = np.zeros((labels.size, max(1, regions.size)))
    indicators[np.flatnonzero(member), index] = 1
    return indicators


def _adjusted_rand(
    both: FloatArray, a: FloatArray, b: FloatArray, n_units: FloatArray
) -> FloatArray:
    """The index from counts of pairs together in both, in a, in b, and the number of units."""
    all_pairs = _pairs(n_units)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = a * b / all_pairs
        index = (both - expected) / ((a + b) / 2 - expected)
    same_trivial = (a == b) & ((a == 0) | (a == all_pairs))
    return np.where(all_pairs > 0, np.where(same_trivial, 1.0, index), np.nan)


def _pairs(count: npt.NDArray[Any]) -> FloatArray:
    return count * (count - 1) / 2


def _share(part: FloatArray, whole: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _labels(values: npt.ArrayLike, name: str) -> IntArray:
    labels = _integers(values, name)
    if labels.ndim != 1:
        raise PartitionRefused(
            f"Labels {name} must have one value per unit. Got shape {labels.shape}.",
            argument=name,
            shape=labels.shape,
        )
    return labels


def _integers(values: npt.ArrayLike, name: str) -> IntArray:
    array = np.asarray(values)
    if array.size and not np.issubdtype(array.dtype, np.integer):
        raise PartitionRefused(
            f"Labels {name} must be integers, one number per region and -1 for no region. "
            f"Got {array.dtype}. Number the regions first.",
            code="partition_labels_not_integer",
            argument=name,
            dtype=str(array.dtype),
        )
    integers = array.astype(np.int64)
    if integers.size and integers.min() < NOT_A_MEMBER:
        raise PartitionRefused(
            f"Labels {name} must be 0 or higher, or -1 for no region. Got {integers.min()}.",
            code="partition_label_negative",
            argument=name,
            value=int(integers.min()),
        )
    return integers
