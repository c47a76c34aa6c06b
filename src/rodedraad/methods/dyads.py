"""Which pairs of nodes does a square matrix say something about, and how do they permute?"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from rodedraad.errors import Refusal

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Result = TypeVar("Result")

MIN_NODES = 5
PERMUTATIONS_PER_CHUNK = 100


class DyadsRefused(Refusal):
    """The matrices cannot be laid beside each other pair by pair."""

    code = "network_matrix"


@dataclass(frozen=True, slots=True)
class Dyads:
    """The pairs for which every matrix has a value.

    ``rows`` and ``columns`` have shape (n_dyads,); ``values`` has shape (n_dyads, n_matrices) in
    the order of ``names``. Undirected: each pair once (row > column). ``n_missing`` counts the
    pairs left out because at least one matrix has no value there.
    """

    names: tuple[str, ...]
    n_nodes: int
    directed: bool
    rows: IntArray
    columns: IntArray
    values: FloatArray
    n_missing: int

    @property
    def n_dyads(self) -> int:
        return int(self.rows.size)

    def permuted_sums(self, parts: FloatArray, weights: FloatArray, orders: IntArray) -> FloatArray:
        """Dot products of ``parts`` with ``weights`` when the nodes of the parts change places.

        ``parts`` (n_parts, n_dyads) and ``weights`` (n_weights, n_dyads) hold a value per dyad;
        ``orders`` (n_orders, n_nodes) says which node takes each place. A part counts as zero on
        a pair that is not among these dyads. Returns (n_orders, n_parts, n_weights).
        """
        n = self.n_nodes
        squares = np.zeros((parts.shape[0], n * n))
        squares[:, self.rows * n + self.columns] = parts
        if not self.directed:
            squares[:, self.columns * n + self.rows] = parts
        weights = np.ascontiguousarray(weights)
        sums = np.empty((orders.shape[0], parts.shape[0], weights.shape[0]))
        for k, order in enumerate(orders):
            index = np.take(order * n, self.rows) + np.take(order, self.columns)
            for part, square in enumerate(squares):
                sums[k, part] = weights @ np.take(square, index)
        return sums


def dyads_of(matrices: Mapping[str, npt.ArrayLike], *, directed: bool) -> Dyads:
    """Lay square matrices beside each other, pair by pair.

    Parameters
    ----------
    matrices : name -> array of shape (n_nodes, n_nodes)
        NaN = not known; the diagonal is ignored.
    directed : bool
        False asks for symmetric matrices and takes each pair once.

    Raises
    ------
    DyadsRefused
        Not square, different sizes, fewer than five nodes, infinite values, not symmetric while
        undirected, no pair known to all, or a matrix with one value only.
    """
    arrays = {name: np.asarray(matrix, dtype=np.float64) for name, matrix in matrices.items()}
    first = next(iter(arrays.values()))
    for name, array in arrays.items():
        _check_matrix(name, array, first.shape, directed)
    n_nodes = first.shape[0]
    pairs = ~np.eye(n_nodes, dtype=np.bool_) if directed else np.tri(n_nodes, k=-1, dtype=np.bool_)
    rows, columns = np.nonzero(pairs)
    values = np.column_stack([array[rows, columns] for array in arrays.values()])
    known = ~np.isnan(values).any(axis=1)
    if not known.any():
        raise DyadsRefused(
            f"There is no pair of nodes for which {_listed(arrays)} all have a value. "
            "Check that the matrices have the same order of nodes.",
            code="network_no_common_dyads",
        )
    values = values[known]
    for name, column in zip(arrays, values.T, strict=True):
        if np.ptp(column) == 0:
            raise DyadsRefused(
                f"Matrix '{name}' has the same value, {column[0]:g}, for all {known.sum()} pairs "
                "used, so nothing can be related to it. Leave it out, or check its values.",
                code="network_matrix_constant",
                matrix=name,
                value=float(column[0]),
            )
    return Dyads(
        names=tuple(arrays),
        n_nodes=n_nodes,
        directed=directed,
        rows=rows[known],
        columns=columns[known],
        values=values,
        n_missing=int((~known).sum()),
    )


def permutation_results(
    work: Callable[[IntArray], Result],
    *,
    n_nodes: int,
    permutations: int,
    seed: int,
    workers: int = 1,
) -> list[Result]:
    """Apply ``work`` to chunks of random orders of nodes, (n_in_chunk, n_nodes) each.

    Every chunk has its own random numbers, spawned from ``seed``, so the results do not depend
    on the number of ``workers`` (threads).
    """
    if permutations < 1:
        raise DyadsRefused(
            f"The number of permutations must be at least 1. Got {permutations}.",
            code="permutations_few",
            permutations=permutations,
        )
    sizes = [
        min(PERMUTATIONS_PER_CHUNK, permutations - start)
        for start in range(0, permutations, PERMUTATIONS_PER_CHUNK)
    ]
    children = np.random.SeedSequence(seed).spawn(len(sizes))

    def chunk(child: np.random.SeedSequence, size: int) -> Result:
        orders = np.tile(np.arange(n_nodes), (size, 1))
        return work(np.random.default_rng(child).permuted(orders, axis=1))

    if workers == 1:
        return [chunk(child, size) for child, size in zip(children, sizes, strict=True)]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(chunk, children, sizes))


def _check_matrix(name: str, array: FloatArray, shape: tuple[int, ...], directed: bool) -> None:
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise DyadsRefused(
            f"Matrix '{name}' must be square, one row and one column per node. Got shape "
            f"{array.shape}.",
            code="network_matrix_shape",
            matrix=name,
            shape=array.shape,
        )
    if array.shape != shape:
        raise DyadsRefused(
            f"Matrix '{name}' has {array.shape[0]} nodes, the first matrix has {shape[0]}. "
            "Give all matrices the same nodes in the same order.",
            code="network_matrix_sizes_differ",
            matrix=name,
            n_nodes=array.shape[0],
            n_expected=shape[0],
        )
    if array.shape[0] < MIN_NODES:
        raise DyadsRefused(
            f"A permutation test needs at least {MIN_NODES} nodes. Got {array.shape[0]}: "
            "describe so small a network instead of testing it.",
            code="network_nodes_few",
            n_nodes=array.shape[0],
        )
    off_diagonal = array[~np.eye(array.shape[0], dtype=np.bool_)]
    if np.isinf(off_diagonal).any():
        raise DyadsRefused(
            f"Matrix '{name}' holds infinite values. Use NaN for what is not known.",
            code="network_matrix_infinite",
            matrix=name,
        )
    different = (array != array.T) & ~(np.isnan(array) & np.isnan(array.T))
    if not directed and different.any():
        row, column = (int(i) for i in np.argwhere(different)[0])
        raise DyadsRefused(
            f"Matrix '{name}' is not symmetric: ({row}, {column}) is {array[row, column]:g} and "
            f"({column}, {row}) is {array[column, row]:g}. Pass directed=True, or make it "
            "symmetric first.",
            code="network_matrix_asymmetric",
            matrix=name,
            row=row,
            column=column,
        )


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(f"'{name}'" for name in names)
