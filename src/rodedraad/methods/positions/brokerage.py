"""Who stands between whom: how often does an actor join two that are not tied, of which groups?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.networks import (
    BoolArray,
    FloatArray,
    IntArray,
    groups_of,
    ties_of,
)
from rodedraad.methods.positions.refusals import PositionRefused

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")


@dataclass(frozen=True, slots=True, eq=False)
class Brokerage:
    """Gould-Fernandez brokerage, per node and of the network, by role (columns in ``roles``).

    ``counts``, ``expected``, ``sd`` and ``z``: (n_nodes, 6); ``network_*``: (6,). Expected: ties
    at random with the density of the network, groups as they are. NaN where a role cannot
    occur, where the network has no ties or all, and (but for counts) when undirected.
    ``network_z_published`` is worked out as in other programs, see :func:`brokerage`.
    """

    roles: tuple[str, ...]
    counts: IntArray
    expected: FloatArray
    sd: FloatArray
    z: FloatArray
    network_counts: IntArray
    network_expected: FloatArray
    network_sd: FloatArray
    network_z: FloatArray
    network_z_published: FloatArray
    groups: tuple[str, ...]
    density: float
    n_nodes: int
    n_ties: int
    directed: bool
    notices: tuple[Notice, ...]


def brokerage(
    adjacency: npt.ArrayLike, groups: Sequence[object] | npt.ArrayLike, *, directed: bool = True
) -> Brokerage:
    """Count open two-paths i - j - k (i to j, j to k, not i to k) that run through each node j.

    The groups of i, j and k name the role of j: coordinator (all the same), itinerant (i and k
    the same, j another), gatekeeper (j and k the same: lets in), representative (i and j the
    same: speaks for), liaison (all different).

    Parameters
    ----------
    adjacency : array of shape (n_nodes, n_nodes)
        Non-zero = tie from row to column; values are not weighed, the diagonal is ignored.
    groups : (n_nodes,)
        For instance municipality, care provider, insurer.
    directed : bool
        False asks for a symmetric matrix; every open pair is then counted in both directions
        (gatekeeper and representative become equal).

    Raises
    ------
    PositionRefused
        See :func:`rodedraad.methods.positions.networks.ties_of`; fewer than three nodes; a node
        without a group.

    Notes
    -----
    Mean and variance are exact for independent ties with the same chance; z is a description,
    not a test: real ties are not independent, and at small n the distribution is skew.
    Counts, means and all figures per node equal ``sna::brokerage``. For the whole network
    ``sna`` (2.7) leaves out that open paths exclude each other (i - j - k and i - k - j cannot
    both be open), which makes its variance too large for four of the six roles; ours is
    checked against all networks of four nodes. ``network_z_published`` is the one of ``sna``.

    Gould, R.V. & Fernandez, R.M. (1989). Structures of mediation. Sociological Methodology 19.

    >>> line = [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    >>> brokerage(line, ["a", "b", "a"]).counts[1].tolist()
    [0, 1, 0, 0, 0, 1]
    """
    ties = ties_of(adjacency, directed=directed) != 0
    n = ties.shape[0]
    if n < 3:
        raise PositionRefused(
            f"Brokerage needs at least three nodes. Got {n}.", code="network_nodes_few", n_nodes=n
        )
    group, names = groups_of(groups, n)
    sizes = np.bincount(group).astype(np.float64)
    density = float(ties.sum() / (n * (n - 1)))
    counts = np.array([_counts(ties, group, node) for node in range(n)], dtype=np.int64)
    per_group = [_node_moments(sizes, g, density) for g in range(sizes.size)]
    expected = np.stack([mean for mean, _ in per_group])[group]
    sd = np.sqrt(np.stack([variance for _, variance in per_group]))[group]
    exact, published = _network_variances(group, sizes, density)
    network_expected = expected.sum(axis=0)
    if not directed or not 0 < density < 1:
        for array in (sd, exact, published):
            array[:] = np.nan
    if not directed:
        expected[:] = network_expected[:] = np.nan
    totals = counts.sum(axis=0)
    return Brokerage(
        roles=ROLES,
        counts=counts,
        expected=expected,
        sd=sd,
        z=_standardised(counts, expected, sd),
        network_counts=totals,
        network_expected=network_expected,
        network_sd=np.sqrt(exact),
        network_z=_standardised(totals, network_expected, np.sqrt(exact)),
        network_z_published=_standardised(totals, network_expected, np.sqrt(published)),
        groups=tuple(names),
        density=density,
        n_nodes=n,
        n_ties=int(ties.sum()),
        directed=directed,
        notices=_notices(names, directed, density),
    )


def _counts(ties: BoolArray, group: IntArray, node: int) -> list[int]:
    """Open paths through the node by role."""
    senders, takers = np.flatnonzero(ties[:, node]), np.flatnonzero(ties[node])
    is_open = ~ties[np.ix_(senders, takers)] & (senders[:, None] != takers[None, :])
    first, last = np.nonzero(is_open)
    i, j, k = group[senders[first]], int(group[node]), group[takers[last]]
    roles = (
        (i == j) & (k == j),
        (i == k) & (i != j),
        (i == j) & (k != j),
        (k == j) & (i != j),
        (i != j) & (k != j) & (i != k),
    )
    return [*(int(role.sum()) for role in roles), int(first.size)]


def _node_moments(sizes: FloatArray, own: int, density: float) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of the counts of a node of group ``own``, (6,) each.

    Two paths through the node go together when they have the sender or the taker in common.
    """
    n, s = sizes.sum(), sizes[own]
    other = np.delete(sizes, own)
    rest = n - s - other
    # Per role: number of paths, and pairs of paths with the same sender or the same taker.
    paths = np.array(
        [
            (s - 1) * (s - 2),
            (other * (other - 1)).sum(),
            (s - 1) * (n - s),
            (s - 1) * (n - s),
            (other * rest).sum(),
            (n - 1) * (n - 2),
        ]
    )
    between = (n - s) * (s - 1) * (s - 2) + (s - 1) * (n - s) * (n - s - 1)
    pairs = np.array(
        [
            2 * (s - 1) * (s - 2) * (s - 3),
            2 * (other * (other - 1) * (other - 2)).sum(),
            between,
            between,
            2 * (other * rest * (rest - 1)).sum(),
            2 * (n - 1) * (n - 2) * (n - 3),
        ]
    )
    chance = density**2 * (1 - density)
    variance = paths * chance * (1 - chance) + pairs * (density * (1 - density)) ** 3
    return paths * chance, variance


def _network_variances(
    group: IntArray, sizes: FloatArray, density: float
) -> tuple[FloatArray, FloatArray]:
    """Variance of the counts of the network by role, exact and as published, (6,) each.

    For every possible tie u - v: in how many paths is it the first tie, the second, or the one
    that has to be absent? Two paths that share a tie go together when it has the same part in
    both, and exclude each other when it is present in one and absent in the other.
    """
    n = sizes.sum()
    pairs = ~np.eye(group.size, dtype=np.bool_)
    of_u, of_v = (np.broadcast_to(side, pairs.shape)[pairs] for side in (group[:, None], group))
    same, u, v = of_u == of_v, sizes[of_u], sizes[of_v]
    inside, outside = np.where(same, u - 2, 0.0), np.where(same, n - u, 0.0)
    third, all_third = np.where(same, 0.0, n - u - v), np.full(u.shape, n - 2)
    with_u, with_v = np.where(same, 0.0, u - 1), np.where(same, 0.0, v - 1)
    # Per role: as first tie, as second tie, as absent tie; ways to lay the same nodes otherwise.
    parts = (
        (inside, inside, inside, 2),
        (with_u, with_v, outside, 0),
        (outside, with_u, with_u, 1),
        (with_v, outside, with_v, 1),
        (third, third, third, 2),
        (all_third, all_third, all_third, 2),
    )
    d, a = density, 1 - density
    exact, published = np.empty(len(parts)), np.empty(len(parts))
    for role, (first, second, absent, ways) in enumerate(parts):
        paths = first.sum()
        own = paths * d**2 * a * (1 - d**2 * a)
        alike = ((first + second) ** 2).sum() - 2 * paths
        both_absent = (absent**2).sum() - paths
        excluding = 2 * ((first + second) * absent).sum()
        shared = own + alike * (d * a) ** 3 + both_absent * d**5 * a
        exact[role] = shared - (excluding - ways * paths) * d**4 * a**2
        published[role] = {
            "coordinator": shared - (excluding - 2 * ways * paths) * d**4 * a**2,
            "total": shared - (excluding - 2 * ways * paths) * d**4 * a**2,
            "representative": shared,
            "gatekeeper": shared,
        }.get(ROLES[role], exact[role])
    return exact, published


def _standardised(
    counts: IntArray | FloatArray, expected: FloatArray, sd: FloatArray
) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sd > 0, (counts - expected) / sd, np.nan)


def _notices(names: Sequence[str], directed: bool, density: float) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if not directed:
        notices.append(Notice("no_expectation_undirected"))
    elif not 0 < density < 1:
        notices.append(Notice("no_variation", {"density": density}))
    if len(names) == 1:
        notices.append(Notice("one_group", {"group": names[0]}))
    return tuple(notices)
