"""Are units in few groups found where units in many groups are too: is the table nested?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.networks import BoolArray, FloatArray
from rodedraad.methods.positions.refusals import PositionRefused

SWAPS_PER_TIE = 5


@dataclass(frozen=True, slots=True)
class Nestedness:
    """NODF, 0-100: of units, of groups and of the whole table; 100 = perfectly nested.

    ``null_mean`` and ``p`` compare the whole with random tables that keep how many groups each
    unit is in and how many units each group has; None without ``permutations``.
    """

    nodf: float
    units: float
    groups: float
    null_mean: float | None
    p: float | None
    permutations: int
    seed: int
    n_units: int
    n_groups: int
    fill: float
    notices: tuple[Notice, ...]


def nestedness(incidence: npt.ArrayLike, *, permutations: int = 200, seed: int) -> Nestedness:
    """Nestedness of units in groups by overlap and decreasing fill (NODF).

    For each pair of units with unequal numbers of groups: the share of the groups of the smaller
    that the larger is in too; a pair with equal numbers counts 0. The same for groups. NODF is
    the mean over all pairs of units and of groups, times 100.

    Parameters
    ----------
    incidence : array of shape (n_units, n_groups) of 0 and 1
    permutations : int
        Random tables with the same margins (trades between pairs of units). 0 = none.

    Raises
    ------
    PositionRefused
        Not a table of 0 and 1, fewer than two units or groups, no membership at all.

    Notes
    -----
    A unit without groups overlaps with nobody and counts 0 in its pairs. The order of rows and
    columns makes no difference. Checked against ``vegan::nestednodf``.

    Almeida-Neto, M. et al. (2008). A consistent metric for nestedness analysis. Oikos 117.
    Strona, G. et al. (2014). A fast and unbiased procedure to randomize ecological binary
    matrices. Nature Communications 5, 4114.

    >>> nestedness([[1, 1, 1], [1, 1, 0], [1, 0, 0]], permutations=0, seed=1).nodf
    100.0
    """
    table = np.asarray(incidence, dtype=np.float64)
    if table.ndim != 2 or min(table.shape) < 2:
        raise PositionRefused(
            f"Nestedness needs at least two units and two groups. Got shape {table.shape}.",
            code="two_mode_table_empty",
            shape=table.shape,
        )
    if not np.isin(table, (0, 1)).all():
        row, column = (int(k) for k in np.argwhere(~np.isin(table, (0, 1)))[0])
        raise PositionRefused(
            f"A membership is 0 or 1. Unit {row} has {table[row, column]:g} for group {column}. "
            "Settle unknown memberships first.",
            code="two_mode_value",
            unit=row,
            group=column,
        )
    if not table.any():
        raise PositionRefused(
            "No unit is in any group, so nothing can be measured. Put a 1 where a unit is in a "
            "group.",
            code="two_mode_no_memberships",
        )
    units, groups = _paired_overlap(table), _paired_overlap(table.T)
    observed = _together(table, units, groups)
    draws = np.empty(0)
    if permutations:
        random = np.random.default_rng(np.random.SeedSequence(seed))
        draws = np.array(list(_random_values(table != 0, permutations, random)))
    empty = int((table.sum(axis=1) == 0).sum() + (table.sum(axis=0) == 0).sum())
    return Nestedness(
        nodf=observed,
        units=units,
        groups=groups,
        null_mean=float(draws.mean()) if draws.size else None,
        p=float((draws >= observed - 1e-9).sum() + 1) / (draws.size + 1) if draws.size else None,
        permutations=int(draws.size),
        seed=seed,
        n_units=table.shape[0],
        n_groups=table.shape[1],
        fill=float(table.mean()),
        notices=(Notice("empty_rows_or_columns", {"n": empty}),) if empty else (),
    )


def _paired_overlap(table: FloatArray) -> float:
    """Mean over pairs of rows of the share of the smaller that the larger holds, times 100."""
    size = table.sum(axis=1)
    smaller = np.minimum.outer(size, size)
    unequal = np.not_equal.outer(size, size) & (smaller > 0)
    shares = np.divide(table @ table.T, smaller, out=np.zeros_like(smaller), where=unequal)
    n = size.size
    return float(100 * shares.sum() / (n * (n - 1)))


def _together(table: FloatArray, units: float, groups: float) -> float:
    n_units, n_groups = (side * (side - 1) / 2 for side in table.shape)
    return (units * n_units + groups * n_groups) / (n_units + n_groups)


def _random_values(table: BoolArray, permutations: int, random: np.random.Generator):  # noqa: ANN202
    """NODF of random tables with the same margins, each from many trades after the one before."""
    rows = [set(np.flatnonzero(row).tolist()) for row in table]
    n_trades = SWAPS_PER_TIE * len(rows)
    for draw in range(permutations):
        for _ in range(n_trades * (4 if draw == 0 else 1)):
            a, b = (int(k) for k in random.choice(len(rows), 2, replace=False))
            only_a, only_b = sorted(rows[a] - rows[b]), sorted(rows[b] - rows[a])
            if not only_a or not only_b:
                continue
            pool = random.permutation(np.array(only_a + only_b)).tolist()
            shared = rows[a] & rows[b]
            rows[a], rows[b] = shared | set(pool[: len(only_a)]), shared | set(pool[len(only_a) :])
        found = np.zeros(table.shape)
        for k, row in enumerate(rows):
            found[k, list(row)] = 1
        yield _together(found, _paired_overlap(found), _paired_overlap(found.T))
