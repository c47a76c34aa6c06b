"""How dense, how central, how connected is a whole network, and where does each node stand?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import networkx as nx
import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.networks import FloatArray, IntArray, ties_of
from rodedraad.methods.positions.refusals import PositionRefused

# networkx carries no types; these are the functions of it used here.
_graph = cast(Callable[..., Any], nx.from_numpy_array)  # pyright: ignore[reportUnknownMemberType]
_betweenness = cast(Callable[..., Mapping[int, float]], nx.betweenness_centrality)  # pyright: ignore[reportUnknownMemberType]
_core_numbers = cast(Callable[..., Mapping[int, int]], nx.core_number)  # pyright: ignore[reportUnknownMemberType]
_lengths = cast(Callable[..., Any], nx.all_pairs_shortest_path_length)  # pyright: ignore[reportUnknownMemberType]
_cut_points = cast(Callable[..., Any], nx.articulation_points)  # pyright: ignore[reportUnknownMemberType]

FEWEST_NODES = 3


@dataclass(frozen=True, slots=True, eq=False)
class NodeMeasures:
    """Per node, (n_nodes,) each.

    ``degree``: ties sent and received (undirected: ties). ``betweenness``: shortest paths between
    others that run through it. ``closeness``: mean of 1 / distance to the others, whichever way
    ties run, 0 for who cannot be reached. ``core``: the largest k for which it is in a k-core (each
    of its members has k ties within it). ``is_cut_point``: without it, others fall apart
    (undirected only).
    """

    degree: IntArray
    betweenness: FloatArray
    closeness: FloatArray
    core: IntArray
    is_cut_point: npt.NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True, eq=False)
class WholeNetwork:
    """Measures of a whole network; None where a measure is undefined.

    ``reciprocity_pairs``: share of pairs that are tied both ways or not at all;
    ``reciprocity_ties``: share of ties that are returned (directed only). ``transitivity``: share
    of two-paths that are closed. ``components``: parts that hang together (directed: in which all
    reach all). ``*_centralisation``: 0 = all equal, 1 = a star. ``connectedness``: share of pairs
    with some path; ``efficiency``, ``hierarchy``: Krackhardt (directed only).
    """

    n_nodes: int
    n_ties: int
    density: float
    reciprocity_pairs: float | None
    reciprocity_ties: float | None
    transitivity: float | None
    n_components: int
    n_isolates: int
    degree_centralisation: float
    betweenness_centralisation: float
    connectedness: float
    efficiency: float | None
    hierarchy: float | None
    largest_core: int
    nodes: NodeMeasures
    directed: bool
    notices: tuple[Notice, ...]


def whole_network(adjacency: npt.ArrayLike, *, directed: bool = False) -> WholeNetwork:
    """Measure a network of which all ties are known.

    When some actors did not answer, bring reports together first with
    :func:`rodedraad.methods.positions.networks.reported_network`: it refuses below 70% response,
    since centralisation is unreliable then.

    Parameters
    ----------
    adjacency : array of shape (n_nodes, n_nodes)
        Non-zero = tie; values are not weighed, the diagonal is ignored.

    Raises
    ------
    PositionRefused
        See :func:`rodedraad.methods.positions.networks.ties_of`; fewer than three nodes.

    Notes
    -----
    Centralisation: sum of (largest - value) over its largest possible sum (Freeman 1979).
    Measures depend on the number of nodes: compare networks of about the same size, or say so.
    Checked against ``sna`` in R (tests/reference/positions).

    Freeman, L.C. (1979). Centrality in social networks. Social Networks 1. Krackhardt, D. (1994).
    Graph theoretical dimensions of informal organizations. Batagelj, V. & Zaversnik, M. (2003)
    for cores.

    >>> star = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    >>> found = whole_network(star)
    >>> found.density, found.betweenness_centralisation, found.largest_core
    (0.5, 1.0, 1)
    """
    ties = np.where(ties_of(adjacency, directed=directed) != 0, 1.0, 0.0)
    n = ties.shape[0]
    if n < FEWEST_NODES:
        raise PositionRefused(
            f"A network of {n} nodes is described by its ties; measures need at least three.",
            code="network_nodes_few",
            n_nodes=n,
        )
    nodes = _nodes(ties, directed)
    reach = _reach(ties)
    both_ways = reach & reach.T
    two_paths = float((ties @ ties).sum() - np.trace(ties @ ties))
    closed = float(((ties @ ties) * ties).sum())
    n_ties = float(ties.sum())
    sides = 1 if directed else 2
    most_spread = (n - 1) * (n - 2) * (2 if directed else 1)
    most_between = (n - 1) ** 2 * (n - 2) / sides
    weak = _reach(np.maximum(ties, ties.T))
    off = ~np.eye(n, dtype=np.bool_)
    connected = float(weak[off].mean())
    isolates = int((nodes.degree == 0).sum())
    return WholeNetwork(
        n_nodes=n,
        n_ties=int(n_ties / sides),
        density=n_ties / (n * (n - 1)),
        reciprocity_pairs=float((ties == ties.T)[off].mean()) if directed else None,
        reciprocity_ties=float((ties * ties.T).sum() / n_ties) if directed and n_ties else None,
        transitivity=closed / two_paths if two_paths else None,
        n_components=int(np.unique(both_ways, axis=0).shape[0]),
        n_isolates=isolates,
        degree_centralisation=_spread(nodes.degree) / most_spread,
        betweenness_centralisation=_spread(nodes.betweenness) / most_between,
        connectedness=connected,
        efficiency=_efficiency(ties, weak) if directed else None,
        hierarchy=_hierarchy(reach) if directed else None,
        largest_core=int(nodes.core.max()),
        nodes=nodes,
        directed=directed,
        notices=(Notice("isolates", {"n": isolates}),) if isolates else (),
    )


def _nodes(ties: FloatArray, directed: bool) -> NodeMeasures:
    n = ties.shape[0]
    graph = _graph(ties, create_using=nx.DiGraph if directed else nx.Graph)
    between = _betweenness(graph, normalized=False)
    cores = _core_numbers(graph)
    closeness = np.zeros(n)
    for node, lengths in _lengths(graph.to_undirected()):
        closeness[node] = sum(1 / length for length in lengths.values() if length) / (n - 1)
    is_cut_point = np.zeros(n, dtype=np.bool_)
    if not directed:
        is_cut_point[list(_cut_points(graph))] = True
    degree = ties.sum(axis=1) + (ties.sum(axis=0) if directed else 0)
    return NodeMeasures(
        degree=degree.astype(np.int64),
        betweenness=np.array([between[node] for node in range(n)]),
        closeness=closeness,
        core=np.array([cores[node] for node in range(n)], dtype=np.int64),
        is_cut_point=None if directed else is_cut_point,
    )


def _reach(ties: FloatArray) -> npt.NDArray[np.bool_]:
    """Who can reach whom along ties, in any number of steps; everyone reaches itself."""
    reach = (ties != 0) | np.eye(ties.shape[0], dtype=np.bool_)
    while True:
        steps = reach.astype(np.float64)
        further = (steps @ steps) > 0
        if (further == reach).all():
            return reach
        reach = further


def _spread(values: IntArray | FloatArray) -> float:
    return float((values.max() - values).sum())


def _efficiency(ties: FloatArray, weak: npt.NDArray[np.bool_]) -> float | None:
    """1 - ties beyond what keeps each component together, over the most there could be."""
    sizes = np.array([int(part.sum()) for part in np.unique(weak, axis=0)], dtype=np.float64)
    most = float((sizes * (sizes - 1) - (sizes - 1)).sum())
    return 1 - float(ties.sum() - (sizes - 1).sum()) / most if most else None


def _hierarchy(reach: npt.NDArray[np.bool_]) -> float | None:
    """Of pairs of which one reaches the other, the share that is not mutual."""
    pairs = np.triu(reach | reach.T, k=1)
    mutual = np.triu(reach & reach.T, k=1)
    return 1 - float(mutual.sum() / pairs.sum()) if pairs.any() else None
