"""Which units hang together in a weighted network, and does the answer survive other seeds?"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any, cast

import networkx as nx  # pyright: ignore[reportMissingTypeStubs]
import numpy as np
import numpy.typing as npt

from rodedraad.errors import Refusal
from rodedraad.methods.partitions import congruence_matrix

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

CO_MEMBERSHIP_THRESHOLD = 0.5
MAX_ROUNDS = 20

# networkx carries no types; these are the two functions of it used here.
_graph_of = cast(
    Callable[[FloatArray], Any],
    nx.from_numpy_array,  # pyright: ignore[reportUnknownMemberType]
)
_louvain = cast(
    Callable[..., list[set[int]]],
    nx.community.louvain_communities,  # pyright: ignore[reportUnknownMemberType]
)


class CommunitiesRefused(Refusal):
    """Communities cannot be sought in this matrix."""

    code = "communities_matrix"


@dataclass(frozen=True, slots=True)
class Communities:
    """The consensus of many runs, and how far those runs agreed before there was a consensus.

    ``labels`` has shape (n_nodes,), 0 = the largest community (ties: the one with the first
    node). ``modularity`` is that of the consensus, ``best_modularity`` of the best single run.
    ``stability`` is the mean adjusted Rand index of all pairs of first-round runs: 1 = every
    seed gives the same communities. ``converged`` is False when the runs on the consensus still
    differed after ``rounds`` rounds; ``labels`` is then the last run with the best modularity.
    """

    labels: IntArray
    n_communities: int
    modularity: float
    best_modularity: float
    stability: float
    n_seeds: int
    rounds: int
    converged: bool
    seed: int
    resolution: float


def consensus_communities(
    weights: npt.ArrayLike, *, seed: int, n_seeds: int = 20, resolution: float = 1.0
) -> Communities:
    """Communities that most Louvain runs agree on.

    Louvain depends on the order in which it visits nodes. So it runs ``n_seeds`` times; the
    share of runs in which two nodes were together (below one half: 0) is a new network, on
    which it runs again, until all runs agree (Lancichinetti & Fortunato 2012).

    Parameters
    ----------
    weights : array of shape (n_nodes, n_nodes)
        Symmetric, zero or positive; the diagonal is ignored. For instance the number of groups
        that two municipalities share (:func:`rodedraad.methods.two_mode.shared_memberships`).
    seed : int
        The same seed, matrix and order of nodes give the same result on every machine.
    n_seeds : int
        Louvain runs per round, at least 2.
    resolution : float
        Above 1 gives more and smaller communities, below 1 fewer and larger.

    Raises
    ------
    CommunitiesRefused
        Not square or symmetric, missing, infinite or negative weights, no ties at all.

    Notes
    -----
    A node without ties is a community of its own. Modularity prefers communities of a size that
    goes with the network (resolution limit): read the number of communities with care.
    Cost: a Louvain run takes about 0.25 s for 390 nodes of which four in ten pairs are tied; a
    result needs ``n_seeds`` of them and a few quick ones.
    Modularity is checked against networkx.

    Blondel, V. et al. (2008). Fast unfolding of communities in large networks. J. Stat. Mech.
    P10008. Lancichinetti, A. & Fortunato, S. (2012). Consensus clustering in complex networks.
    Scientific Reports 2, 336. Newman, M. (2004). Analysis of weighted networks. Phys. Rev. E 70.

    >>> ties = [[0, 3, 0, 0], [3, 0, 1, 0], [0, 1, 0, 3], [0, 0, 3, 0]]
    >>> consensus_communities(ties, seed=1).labels.tolist()
    [0, 0, 1, 1]
    """
    if n_seeds < 2:
        raise CommunitiesRefused(
            f"Stability needs at least two runs. Got n_seeds={n_seeds}.",
            code="communities_seeds_few",
            n_seeds=n_seeds,
        )
    matrix = _weights(weights)
    first_round, *later = np.random.SeedSequence(seed).spawn(MAX_ROUNDS)

    runs = _louvain_runs(matrix, first_round, n_seeds, resolution)
    stability = _mean_agreement(runs)
    best_modularity = max(modularity(matrix, run, resolution=resolution) for run in runs)
    rounds = 1
    for child in later:
        if _all_equal(runs):
            break
        runs = _louvain_runs(_co_membership(runs), child, n_seeds, resolution=1.0)
        rounds += 1
    labels = max(runs, key=lambda run: modularity(matrix, run, resolution=resolution))
    return Communities(
        labels=labels,
        n_communities=int(labels.max()) + 1,
        modularity=modularity(matrix, labels, resolution=resolution),
        best_modularity=best_modularity,
        stability=stability,
        n_seeds=n_seeds,
        rounds=rounds,
        converged=_all_equal(runs),
        seed=seed,
        resolution=resolution,
    )


def modularity(weights: npt.ArrayLike, labels: npt.ArrayLike, *, resolution: float = 1.0) -> float:
    """Newman's weighted modularity of communities: weight inside them, less what chance gives.

    Parameters
    ----------
    weights : array of shape (n_nodes, n_nodes), as in :func:`consensus_communities`
    labels : int array of shape (n_nodes,), the community of each node

    >>> modularity([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], [0, 0, 1, 1])
    0.5
    """
    matrix = _weights(weights)
    community = np.asarray(labels)
    if community.shape != (matrix.shape[0],):
        raise CommunitiesRefused(
            f"Labels must have one value per node: {matrix.shape[0]}. Got shape {community.shape}.",
            code="communities_labels_shape",
            shape=community.shape,
        )
    total = matrix.sum()
    strength = matrix.sum(axis=1)
    together = community[:, None] == community[None, :]
    inside = matrix[together].sum() / total
    _, index = np.unique(community, return_inverse=True)
    expected = ((np.bincount(index, weights=strength) / total) ** 2).sum()
    return float(inside - resolution * expected)


def _louvain_runs(
    matrix: FloatArray, seeds: np.random.SeedSequence, n_runs: int, resolution: float
) -> list[IntArray]:
    graph = _graph_of(matrix)
    return [
        _ordered(
            _louvain(graph, weight="weight", resolution=resolution, seed=int(run_seed)),
            matrix.shape[0],
        )
        for run_seed in seeds.generate_state(n_runs)
    ]


def _ordered(communities: list[set[int]], n_nodes: int) -> IntArray:
    """Labels by size, largest first; equal sizes by their first node."""
    labels = np.empty(n_nodes, dtype=np.int64)
    by_size = sorted(communities, key=lambda members: (-len(members), min(members)))
    for label, members in enumerate(by_size):
        labels[list(members)] = label
    return labels


def _co_membership(runs: list[IntArray]) -> FloatArray:
    """Share of runs in which two nodes were together; less than half counts as never."""
    together = np.zeros((runs[0].size, runs[0].size))
    for run in runs:
        together += run[:, None] == run[None, :]
    together /= len(runs)
    together[together < CO_MEMBERSHIP_THRESHOLD] = 0
    np.fill_diagonal(together, 0)
    return together


def _mean_agreement(runs: list[IntArray]) -> float:
    agreement = congruence_matrix(np.column_stack(runs)).adjusted_rand
    return float(np.mean([agreement[a, b] for a, b in combinations(range(len(runs)), 2)]))


def _all_equal(runs: list[IntArray]) -> bool:
    return all(np.array_equal(runs[0], run) for run in runs[1:])


def _weights(weights: npt.ArrayLike) -> FloatArray:
    matrix = np.array(weights, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise CommunitiesRefused(
            f"Weights must be a square matrix. Got shape {matrix.shape}.",
            code="network_matrix_shape",
            shape=matrix.shape,
        )
    np.fill_diagonal(matrix, 0)
    if not np.isfinite(matrix).all() or (matrix < 0).any():
        raise CommunitiesRefused(
            "Weights must be zero or positive numbers. Replace missing, infinite or negative "
            "values, or leave out the nodes concerned.",
            code="communities_weights_value",
        )
    if not np.array_equal(matrix, matrix.T):
        raise CommunitiesRefused(
            "Weights must be symmetric: communities are sought in undirected networks. "
            "Add the matrix to its transpose if both directions count.",
            code="network_matrix_asymmetric",
        )
    if not matrix.any():
        raise CommunitiesRefused(
            "No two nodes are tied, so there are no communities to seek. Check the matrix.",
            code="communities_no_ties",
        )
    return matrix
