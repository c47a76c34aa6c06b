"""Do ties run between nodes that are alike: in kind, in size, in number of ties?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.networks import FloatArray, IntArray, groups_of, ties_of
from rodedraad.methods.positions.refusals import PositionRefused


@dataclass(frozen=True, slots=True, eq=False)
class Assortativity:
    """Newman's r: 1 = ties only between alike nodes, 0 = as by chance, negative = unlike.

    ``r`` is None when all ties are within one group or all values at the ends of ties are equal.
    ``standard_error``: by leaving out one tie at a time. ``p_alike`` and ``p_unlike``: share of
    random orders of the labels over nodes with r as high, or as low, (b+1)/(n+1). ``mixing``
    (n_groups, n_groups): ties from group to group; None for numbers.
    """

    of: str
    r: float | None
    standard_error: float | None
    p_alike: float | None
    p_unlike: float | None
    mixing: FloatArray | None
    groups: tuple[str, ...]
    permutations: int
    seed: int
    n_nodes: int
    n_ties: int
    directed: bool
    notices: tuple[Notice, ...]


def group_assortativity(
    adjacency: npt.ArrayLike,
    groups: Sequence[object] | npt.ArrayLike,
    *,
    directed: bool = False,
    permutations: int = 1000,
    seed: int,
) -> Assortativity:
    """Assortativity by group: (ties within groups - chance) / (1 - chance), as shares of ties.

    Parameters
    ----------
    adjacency : array of shape (n_nodes, n_nodes)
        Non-zero = tie; values are not weighed, the diagonal is ignored.
    groups : (n_nodes,)
    permutations : int
        The labels of the nodes change places; ties stay. 0 = no p.

    Raises
    ------
    PositionRefused
        See :func:`rodedraad.methods.positions.networks.ties_of`; no ties; a node without group.

    Notes
    -----
    Chance: the product of the shares of tie ends per group, so a large group does not count as
    alike for its size. Checked against networkx.

    Newman, M.E.J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.

    >>> pairs = [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    >>> group_assortativity(pairs, ["a", "a", "b", "b"], permutations=0, seed=1).r
    1.0
    """
    ties = _ties(adjacency, directed)
    labels, names = groups_of(groups, ties.shape[0])
    senders, takers = np.nonzero(ties)

    def r_of(order: IntArray) -> float:
        return _group_r(_mixing(labels[order], senders, takers, len(names)))

    mixing = _mixing(labels, senders, takers, len(names))
    # Leaving out a tie depends only on its groups: as many ways as there are pairs of groups.
    return _result(
        "groups",
        r_of,
        _group_error(mixing, directed),
        (mixing, tuple(names)),
        (ties.shape[0], senders.size, directed),
        (permutations, seed),
    )


def value_assortativity(
    adjacency: npt.ArrayLike,
    values: npt.ArrayLike | None = None,
    *,
    directed: bool = False,
    permutations: int = 1000,
    seed: int,
) -> Assortativity:
    """Correlation of a number over the two ends of ties; without ``values`` of the degree.

    Degree: sent at the sending end and received at the receiving end when directed. There is no
    p for degrees, since these belong to the ties themselves. Other parameters, refusals and
    source as in :func:`group_assortativity`; an unknown or infinite value is refused.

    >>> star = [[0, 1, 1], [1, 0, 0], [1, 0, 0]]
    >>> round(value_assortativity(star, seed=1).r, 6)
    -1.0
    """
    ties = _ties(adjacency, directed)
    senders, takers = np.nonzero(ties)
    n = ties.shape[0]
    if values is None:
        at_sender, at_taker = ties.sum(axis=1), ties.sum(axis=0)
    else:
        at_sender = at_taker = _values(values, n)

    def r_of(order: IntArray) -> float:
        return _correlation(at_sender[order][senders], at_taker[order][takers])

    pairs = at_sender[senders], at_taker[takers]
    return _result(
        "degree" if values is None else "values",
        r_of,
        _value_error(*pairs, directed=directed, senders=senders, takers=takers),
        (None, ()),
        (n, senders.size, directed),
        (0 if values is None else permutations, seed),
    )


def _result(
    of: str,
    r_of: Callable[[IntArray], float],
    error: float,
    mixing: tuple[FloatArray | None, tuple[str, ...]],
    network: tuple[int, int, bool],
    permuting: tuple[int, int],
) -> Assortativity:
    n, n_ends, directed = network
    permutations, seed = permuting
    r = r_of(np.arange(n))
    defined = bool(np.isfinite(r))
    draws = np.empty(0)
    if defined and permutations:
        random = np.random.default_rng(np.random.SeedSequence(seed))
        draws = np.array([r_of(random.permutation(n)) for _ in range(permutations)])
    margin = 1e-9
    return Assortativity(
        of=of,
        r=float(r) if defined else None,
        standard_error=float(error) if np.isfinite(error) else None,
        p_alike=float((~(draws < r - margin)).sum() + 1) / (draws.size + 1) if draws.size else None,
        p_unlike=float((~(draws > r + margin)).sum() + 1) / (draws.size + 1)
        if draws.size
        else None,
        mixing=mixing[0],
        groups=mixing[1],
        permutations=int(draws.size),
        seed=seed,
        n_nodes=n,
        n_ties=n_ends if directed else n_ends // 2,
        directed=directed,
        notices=() if defined else (Notice("no_variation", {"of": of}),),
    )


def _ties(adjacency: npt.ArrayLike, directed: bool) -> FloatArray:
    ties = np.where(ties_of(adjacency, directed=directed) != 0, 1.0, 0.0)
    if not ties.any():
        raise PositionRefused(
            "The network has no ties, so nothing can be said of what they join.",
            code="network_no_ties",
        )
    return ties


def _values(values: npt.ArrayLike, n: int) -> FloatArray:
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.shape != (n,):
        raise PositionRefused(
            f"Give each of the {n} nodes one number. Got shape {numbers.shape}.",
            code="network_values",
        )
    wrong = np.flatnonzero(~np.isfinite(numbers))
    if wrong.size:
        raise PositionRefused(
            f"Node {int(wrong[0])} has no number. Fill it in, or leave out the node.",
            code="network_values",
            node=int(wrong[0]),
        )
    return numbers


def _mixing(labels: IntArray, senders: IntArray, takers: IntArray, size: int) -> FloatArray:
    places = labels[senders] * size + labels[takers]
    return np.bincount(places, minlength=size * size).reshape(size, size).astype(np.float64)


def _group_r(mixing: FloatArray) -> float:
    shares = mixing / mixing.sum()
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return (float(np.trace(shares)) - chance) / (1 - chance) if chance < 1 - 1e-12 else np.nan


def _group_error(mixing: FloatArray, directed: bool) -> float:
    whole, size = _group_r(mixing), mixing.shape[0]
    total = 0.0
    for i in range(size):
        for j in range(size):
            if mixing[i, j] > 0:
                less = mixing.copy()
                less[i, j] -= 1
                if not directed:
                    less[j, i] -= 1
                left = _group_r(less) if less.sum() > 0 else np.nan
                total += mixing[i, j] * (left - whole) ** 2
    return float(np.sqrt(total if directed else total / 2))


def _value_error(
    one: FloatArray, other: FloatArray, *, directed: bool, senders: IntArray, takers: IntArray
) -> float:
    """Leaves out each tie in turn (both its directions when undirected), from sums."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    x, y = one - one.mean(), other - other.mean()
    parts = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y])
    taken = parts if directed else parts + parts[[0, 2, 1, 4, 3, 5]]
    kept = parts.sum(axis=1, keepdims=True) - (taken if directed else taken[:, senders < takers])
    n, sx, sy, sxx, syy, sxy = kept
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (sxy - sx * sy / n) / np.sqrt((sxx - sx**2 / n) * (syy - sy**2 / n))
    whole = _correlation(one, other)
    return float(np.sqrt(((left - whole) ** 2).sum()))


def _correlation(one: FloatArray, other: FloatArray) -> float:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    x, y = one - one.mean(), other - other.mean()
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))
