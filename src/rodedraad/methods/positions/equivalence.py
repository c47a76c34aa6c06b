"""Who has the same place in the network: the same ties to the same others?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy.cluster import hierarchy  # pyright: ignore[reportMissingTypeStubs]
from scipy.spatial import distance  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.networks import FloatArray, IntArray, ties_of
from rodedraad.methods.positions.refusals import PositionRefused

# SciPy carries no types; these are the three functions of it used here.
_condensed = cast(Callable[..., FloatArray], distance.squareform)  # pyright: ignore[reportUnknownMemberType]
_linkage = cast(Callable[..., FloatArray], hierarchy.linkage)  # pyright: ignore[reportUnknownMemberType]
_cut = cast(Callable[..., Any], hierarchy.fcluster)  # pyright: ignore[reportUnknownMemberType]


@dataclass(frozen=True, slots=True, eq=False)
class StructuralEquivalence:
    """How far nodes differ in their ties to others, and classes of nodes that differ least.

    ``distances`` (n_nodes, n_nodes): square root of the summed squared differences. ``classes``
    (n_nodes,): 0, 1, ... in order of first member. ``blocks`` (n_classes, n_classes): mean tie
    from class to class, NaN where there is no pair.
    """

    distances: FloatArray
    classes: IntArray
    blocks: FloatArray
    n_equivalent_pairs: int
    n_nodes: int
    directed: bool
    notices: tuple[Notice, ...]


def structural_equivalence(
    adjacency: npt.ArrayLike, *, n_classes: int, directed: bool = False
) -> StructuralEquivalence:
    """Compare the ties that each pair of nodes sends to and receives from all others.

    The tie between the two themselves does not count. Classes come from average linkage.

    Parameters
    ----------
    adjacency : array of shape (n_nodes, n_nodes)
        Non-negative values count as they are; the diagonal is ignored.
    n_classes : int
        From 1 to the number of nodes.

    Raises
    ------
    PositionRefused
        See :func:`rodedraad.methods.positions.networks.ties_of`; fewer than three nodes, or a
        number of classes that cannot be.

    Notes
    -----
    Structurally equivalent nodes can be far apart, and tied or not. The number of classes is a
    choice; look at ``blocks`` (all nearly 0 or 1 = good). Notice ``fewer_classes`` when equal
    distances make the asked number impossible. Distances are those of ``sna::sedist``
    (euclidean), which are checked; for an undirected network these count each tie twice.

    Lorrain, F. & White, H.C. (1971). Structural equivalence of individuals in social networks.
    Journal of Mathematical Sociology 1.

    >>> star = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    >>> structural_equivalence(star, n_classes=2).classes.tolist()
    [0, 1, 1, 1]
    """
    ties = ties_of(adjacency, directed=directed)
    n = ties.shape[0]
    if n < 3 or not 1 <= n_classes <= n:
        raise PositionRefused(
            f"Classes need at least three nodes and from 1 to {n} classes. Got {n} nodes and "
            f"{n_classes} classes.",
            code="network_classes",
            n_nodes=n,
            n_classes=n_classes,
        )
    distances = _distances(ties)
    links = _linkage(_condensed(distances, checks=False), method="average")
    found = np.asarray(_cut(links, t=n_classes, criterion="maxclust"), dtype=np.int64)
    first = {int(label): k for k, label in enumerate(dict.fromkeys(found.tolist()))}
    classes = np.array([first[int(label)] for label in found], dtype=np.int64)
    n_found = len(first)
    notices = (
        (Notice("fewer_classes", {"asked": n_classes, "found": n_found}),)
        if n_found < n_classes
        else ()
    )
    upper = np.triu_indices(n, k=1)
    return StructuralEquivalence(
        distances=distances,
        classes=classes,
        blocks=_blocks(ties, classes, n_found),
        n_equivalent_pairs=int((distances[upper] < 1e-9).sum()),
        n_nodes=n,
        directed=directed,
        notices=notices,
    )


def _distances(ties: FloatArray) -> FloatArray:
    """Over third nodes only: all squared differences, less those at the two themselves."""
    squares = (ties**2).sum(axis=1) + (ties**2).sum(axis=0)
    products = ties @ ties.T + ties.T @ ties
    # Row i less row j at the places i and j: (0 - ties[j, i]) and (ties[i, j] - 0); columns alike.
    own = 2 * (ties**2 + ties.T**2)
    total = squares[:, None] + squares[None, :] - 2 * products - own
    np.fill_diagonal(total, 0)
    return np.sqrt(np.maximum(total, 0))


def _blocks(ties: FloatArray, classes: IntArray, n_classes: int) -> FloatArray:
    member = np.equal.outer(np.arange(n_classes), classes).astype(np.float64)
    size = member.sum(axis=1)
    pairs = np.outer(size, size) - np.diag(size)
    with np.errstate(invalid="ignore"):
        return np.where(pairs > 0, member @ ties @ member.T / np.where(pairs > 0, pairs, 1), np.nan)
