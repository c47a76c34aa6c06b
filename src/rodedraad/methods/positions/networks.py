"""Which ties does a network have, and is it complete enough to measure?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.refusals import PositionRefused

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

MIN_RESPONSE = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class ReportedNetwork:
    """Ties as actors report them, brought together.

    ``ties`` (n_nodes, n_nodes), symmetric. ``response``: share of actors that answered.
    ``n_unknown``: pairs of which neither end answered; they are no tie in ``ties``.
    ``n_one_sided``: pairs of which one end answered; ``n_contested``: one says yes and one no.
    """

    ties: BoolArray
    rule: str
    n_nodes: int
    n_responded: int
    response: float
    n_unknown: int
    n_one_sided: int
    n_contested: int
    notices: tuple[Notice, ...]


def ties_of(adjacency: npt.ArrayLike, *, directed: bool) -> FloatArray:
    """A square matrix of ties with zeros on the diagonal, (n_nodes, n_nodes).

    Raises
    ------
    PositionRefused
        Not square, empty, unknown or infinite ties, negative ties, or not symmetric while
        undirected. Says where.
    """
    values = np.array(adjacency, dtype=np.float64)
    if values.ndim != 2 or values.shape[0] != values.shape[1] or values.shape[0] < 1:
        raise PositionRefused(
            "A network is a square matrix, one row and one column per node in the same order. "
            f"Got shape {values.shape}.",
            code="network_matrix_shape",
            shape=values.shape,
        )
    np.fill_diagonal(values, 0)
    wrong = ~np.isfinite(values) | (values < 0)
    if wrong.any():
        row, column = (int(k) for k in np.argwhere(wrong)[0])
        raise PositionRefused(
            f"The tie from node {row} to node {column} is {values[row, column]:g}. Decide for "
            "each unknown tie whether it exists (see reported_network), or leave out the nodes.",
            code="network_matrix_missing",
            row=row,
            column=column,
        )
    if not directed and (values != values.T).any():
        row, column = (int(k) for k in np.argwhere(values != values.T)[0])
        raise PositionRefused(
            f"The network is not symmetric: ({row}, {column}) is {values[row, column]:g} and "
            f"({column}, {row}) is {values[column, row]:g}. Pass directed=True, or bring both "
            "reports together first.",
            code="network_matrix_asymmetric",
            row=row,
            column=column,
        )
    return values


def groups_of(labels: Sequence[object] | npt.ArrayLike, n_nodes: int) -> tuple[IntArray, list[str]]:
    """The group of each node as a number, and the names of the groups, sorted."""
    values = [None if label is None else str(label).strip() for label in np.asarray(labels, object)]
    if len(values) != n_nodes:
        raise PositionRefused(
            f"There are {n_nodes} nodes and {len(values)} groups. Give each node its group.",
            code="network_groups_shape",
        )
    for node, value in enumerate(values):
        if not value or value == "nan":
            raise PositionRefused(
                f"Node {node} has no group. Give it one, or leave the node out.",
                code="network_group_missing",
                node=node,
            )
    names = sorted({value for value in values if value})
    return np.array([names.index(value) for value in values if value], dtype=np.int64), names


def reported_network(
    reports: npt.ArrayLike,
    responded: Sequence[bool] | npt.ArrayLike,
    *,
    rule: str,
    min_response: float = MIN_RESPONSE,
) -> ReportedNetwork:
    """Bring together who reports a tie with whom, when some actors did not answer.

    Parameters
    ----------
    reports : array of shape (n_nodes, n_nodes)
        Row: who reports; non-zero = a tie. Rows of actors that did not answer are not read.
    responded : (n_nodes,) of bool
    rule : "union" or "confirmed"
        union: one end says so. confirmed: both do; with one end silent the other decides.
        Measure on both and show both.

    Raises
    ------
    PositionRefused
        Fewer than 70% of actors answered: no measure of the whole network is reliable then.
        Or an answer is missing in the row of an actor that answered.

    Notes
    -----
    Notice ``unknown_pairs``: pairs of silent actors, which count as no tie.

    >>> reports = [[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    >>> found = reported_network(reports, [True, True, True, False], rule="confirmed")
    >>> int(found.ties.sum() / 2), found.n_one_sided, found.n_contested
    (2, 3, 1)
    """
    values = np.array(reports, dtype=np.float64)
    answered = np.asarray(responded, dtype=np.bool_)
    n = values.shape[0]
    if values.shape != (n, n) or answered.shape != (n,):
        raise PositionRefused(
            "Reports are a square matrix with one answered-or-not per row. Got shapes "
            f"{values.shape} and {answered.shape}.",
            code="network_matrix_shape",
        )
    if rule not in ("union", "confirmed"):
        raise PositionRefused(
            f"The rule must be union or confirmed. Got '{rule}'.", code="network_tie_rule"
        )
    response = float(answered.mean()) if n else 0.0
    if response < min_response - 1e-9:
        raise PositionRefused(
            f"{answered.sum()} of {n} actors answered ({response:.0%}). Measures of the whole "
            f"network need {min_response:.0%}. Ask the others, or report single ties only.",
            code="network_response_low",
            n_responded=int(answered.sum()),
            n_nodes=n,
        )
    np.fill_diagonal(values, 0)
    holes = np.isnan(values) & answered[:, None]
    if holes.any():
        row, column = (int(k) for k in np.argwhere(holes)[0])
        raise PositionRefused(
            f"Actor {row} answered, but not about actor {column}. Fill in the answer (0 or 1).",
            code="network_report_missing",
            row=row,
            column=column,
        )
    yes = (np.nan_to_num(values) != 0) & answered[:, None]
    both, one = np.logical_and.outer(answered, answered), np.logical_xor.outer(answered, answered)
    ties = yes | yes.T if rule == "union" else (both & yes & yes.T) | (one & (yes | yes.T))
    np.fill_diagonal(ties, False)
    pairs = np.tri(n, k=-1, dtype=np.bool_)
    unknown = int((pairs & ~both & ~one).sum())
    notices = (Notice("unknown_pairs", {"n": unknown, "of": n * (n - 1) // 2}),) if unknown else ()
    return ReportedNetwork(
        ties=ties,
        rule=rule,
        n_nodes=n,
        n_responded=int(answered.sum()),
        response=response,
        n_unknown=unknown,
        n_one_sided=int((pairs & one).sum()),
        n_contested=int((pairs & both & (yes != yes.T)).sum()),
        notices=notices,
    )
