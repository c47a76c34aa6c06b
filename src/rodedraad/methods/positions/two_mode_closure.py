"""Do units that share a partner in different groups also meet each other in yet another group?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.positions.networks import BoolArray
from rodedraad.methods.positions.refusals import PositionRefused


@dataclass(frozen=True, slots=True)
class TwoModeClosure:
    """``closure``: share of open chains that a third group closes; None without such chains.

    ``reinforcement``: share of pairs of units and groups with three memberships that have the
    fourth too. ``n_chains``: unit - group - unit - group - unit, all different, counted in both
    directions.
    """

    closure: float | None
    reinforcement: float | None
    n_chains: int
    n_units: int
    n_groups: int


def two_mode_closure(incidence: npt.ArrayLike) -> TwoModeClosure:
    """Clustering of a two-mode network that does not mistake a large group for closure.

    closure (Opsahl 2013): of chains a - x - b - y - c, the share in which a and c are together in a
    group other than x and y. reinforcement (Robins & Alexander 2004): four-cycles against
    three-paths.

    Parameters
    ----------
    incidence : array of shape (n_units, n_groups) of 0 and 1

    Raises
    ------
    PositionRefused
        Not a table of 0 and 1 with at least one unit and group.

    Notes
    -----
    Checked against R ``tnet`` (Southern Women) and networkx.

    Opsahl, T. (2013). Triadic closure in two-mode networks. Social Networks 35, 159-167.

    >>> two_mode_closure([[1, 0, 1], [1, 1, 0], [0, 1, 1]]).closure
    1.0
    """
    values = np.asarray(incidence)
    if values.ndim != 2 or not values.size or not np.isin(values, (0, 1)).all():
        raise PositionRefused(
            "Memberships must be a table of 0 and 1, a row per unit and a column per group. "
            "Settle unknown memberships first.",
            code="two_mode_value",
        )
    table = values != 0
    n_chains, n_closed = _chains(table)
    cycles, paths = _reinforced(table)
    return TwoModeClosure(
        closure=n_closed / n_chains if n_chains else None,
        reinforcement=cycles / paths if paths else None,
        n_chains=n_chains,
        n_units=table.shape[0],
        n_groups=table.shape[1],
    )


def _chains(table: BoolArray) -> tuple[int, int]:
    members = table.astype(np.int64)
    shared = members @ members.T
    n_chains = n_closed = 0
    for x in range(table.shape[1]):
        for y in range(table.shape[1]):
            both = table[:, x] & table[:, y]
            if x == y or not both.any():
                continue
            a, c = np.flatnonzero(table[:, x]), np.flatnonzero(table[:, y])
            # How many b stand between each a and c: members of both groups, but not a or c.
            between = int(both.sum()) - both[a][:, None].astype(int) - both[c][None, :]
            between[a[:, None] == c[None, :]] = 0
            elsewhere = shared[np.ix_(a, c)] - members[c, x][None, :] - members[a, y][:, None]
            n_chains += int(between.sum())
            n_closed += int(between[elsewhere > 0].sum())
    return n_chains, n_closed


def _reinforced(table: BoolArray) -> tuple[float, float]:
    """Four times the four-cycles, and the three-paths."""
    members = table.astype(np.float64)
    shared = members @ members.T
    np.fill_diagonal(shared, 0)
    cycles = float((shared * (shared - 1) / 2).sum() / 2)
    per_unit, per_group = members.sum(axis=1), members.sum(axis=0)
    paths = float((members * np.outer(per_unit - 1, per_group - 1)).sum())
    return 4 * cycles, paths
