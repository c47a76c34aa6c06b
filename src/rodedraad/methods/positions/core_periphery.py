"""Is there a core whose members are tied to each other, and a periphery that is not?"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.networks import BoolArray, FloatArray, IntArray, ties_of
from rodedraad.methods.positions.refusals import PositionRefused

Between = Literal["tied", "ignored"]

MOST_EXACT = 20
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The division into core and periphery that fits best; ``cores`` lists all that tie.

    ``correlation``: of ties with the ideal pattern, over pairs. ``exact``: every division was
    tried; otherwise ``n_found`` of ``n_starts`` searches ended in the best one.
    ``core_density`` and so on: mean tie within core, between, within periphery, of ``cores[0]``
    (None where there is no such pair).
    """

    cores: tuple[tuple[int, ...], ...]
    correlation: float
    between: Between
    exact: bool
    n_starts: int
    n_found: int
    seed: int
    core_density: float | None
    between_density: float | None
    periphery_density: float | None
    n_nodes: int
    directed: bool
    notices: tuple[Notice, ...]


def core_periphery(
    adjacency: npt.ArrayLike,
    *,
    between: Between = "tied",
    directed: bool = False,
    starts: int = 50,
    seed: int,
) -> CorePeriphery:
    """Find the core: the nodes for which ties look most like the ideal pattern.

    Ideal (Borgatti & Everett 2000): 1 within the core, 0 within the periphery; between them 1
    (``tied``), or left out of account (``ignored``). The fit is the Pearson correlation of ties
    and pattern over all pairs that count.

    Parameters
    ----------
    adjacency : array of shape (n_nodes, n_nodes)
        Non-negative values; the diagonal is ignored.
    between : "tied" or "ignored"
        The answers differ: say which one was asked.
    starts : int
        Random starts for more than 20 nodes, each improved by moving one node until none helps.
        Up to 20 nodes all divisions are tried.
    seed : int

    Raises
    ------
    PositionRefused
        See :func:`rodedraad.methods.positions.networks.ties_of`; fewer than three nodes; all
        ties equal, so that nothing can be told apart.

    Notes
    -----
    A core is always found, also in a random network: ``correlation`` tells how well it fits.
    Core and periphery hold at least one node each. Notices: ``ties_for_best`` (several divisions
    fit equally), ``search`` (not all tried).
    Checked against an exhaustive search of the Florentine families (tests/reference/positions).

    Borgatti, S.P. & Everett, M.G. (2000). Models of core/periphery structures. Social Networks 21.

    >>> star = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    >>> found = core_periphery(star, seed=1)
    >>> found.cores, round(found.correlation, 6)
    (((0,),), 1.0)
    """
    if between not in get_args(Between):
        raise PositionRefused(
            f"between must be tied or ignored. Got '{between}'.", code="network_core_between"
        )
    ties = ties_of(adjacency, directed=directed)
    n = ties.shape[0]
    off = ~np.eye(n, dtype=np.bool_)
    if n < 3 or np.ptp(ties[off]) == 0:
        raise PositionRefused(
            "A core can be told from a periphery in a network of three nodes or more in which "
            f"some ties exist and some do not. Got {n} nodes and {int((ties != 0).sum())} ties.",
            code="network_core_undefined",
            n_nodes=n,
        )
    fit = _CoreFit(ties, between)
    if n <= MOST_EXACT:
        cores, best = _all_divisions(fit)
        n_starts = n_found = 0
    else:
        cores, best, n_found = _searched(fit, starts, np.random.default_rng(seed))
        n_starts = starts
    notices: list[Notice] = []
    if n > MOST_EXACT:
        notices.append(Notice("search", {"starts": starts, "found": n_found}))
    if len(cores) > 1:
        notices.append(Notice("ties_for_best", {"n": len(cores)}))
    member = np.zeros(n, dtype=np.bool_)
    member[list(cores[0])] = True
    return CorePeriphery(
        cores=tuple(cores),
        correlation=best,
        between=between,
        exact=n <= MOST_EXACT,
        n_starts=n_starts,
        n_found=n_found,
        seed=seed,
        core_density=_density(ties, member, member),
        between_density=_density((ties + ties.T) / 2, member, ~member),
        periphery_density=_density(ties, ~member, ~member),
        n_nodes=n,
        directed=directed,
        notices=tuple(notices),
    )


class _CoreFit:
    """Correlation of ties and pattern, from the sums of ties within core and within periphery.

    ``sums`` and ``squares``: (n_nodes, n_nodes), ties of both directions together, so that a sum
    over pairs is one over ordered pairs.
    """

    def __init__(self, ties: FloatArray, between: Between) -> None:
        self.n: int = int(ties.shape[0])
        self.between = between
        self.sums, self.squares = ties + ties.T, ties**2 + ties.T**2

    def correlation(
        self, size: FloatArray, core: FloatArray, periphery: FloatArray, squares: FloatArray
    ) -> FloatArray:
        """Of divisions: size of the core, ties within core and within periphery, and the squares
        of both together; -inf where core or periphery is empty or nothing can be told apart.
        """
        rest = self.n - size
        n_ones, n_zeros = size * (size - 1), rest * (rest - 1)
        total = core + periphery
        if self.between == "tied":
            n_ones = self.n * (self.n - 1) - n_zeros
            total = np.full_like(size, self.sums.sum() / 2)
            core, squares = total - periphery, np.full_like(size, self.squares.sum() / 2)
        n_pairs = n_ones + n_zeros
        with np.errstate(divide="ignore", invalid="ignore"):
            covariance = core - n_ones * total / n_pairs
            spread = (squares - total**2 / n_pairs) * (n_ones * n_zeros / n_pairs)
            found = np.where(spread > ROUNDING, covariance / np.sqrt(spread), -np.inf)
        return np.where((size > 0) & (rest > 0), found, -np.inf)

    def moves(self, member: BoolArray) -> tuple[float, FloatArray]:
        """Fit of a division, and of the divisions in which one node changes sides, (n_nodes,)."""
        inside, outside = member.astype(np.float64), 1.0 - member
        to_core, to_rest = self.sums @ inside, self.sums @ outside
        core, periphery = inside @ to_core / 2, outside @ to_rest / 2
        squares_core, squares_rest = self.squares @ inside, self.squares @ outside
        squares = (inside @ squares_core + outside @ squares_rest) / 2
        step = np.where(member, -1.0, 1.0)
        after = (
            inside.sum() + step,
            core + step * to_core,
            periphery - step * to_rest,
            squares + step * (squares_core - squares_rest),
        )
        now = (np.array([value]) for value in (inside.sum(), core, periphery, squares))
        return float(self.correlation(*now)[0]), self.correlation(*after)


def _all_divisions(fit: _CoreFit) -> tuple[list[tuple[int, ...]], float]:
    """Every core there can be, as bits of a number."""
    everyone: IntArray = np.arange(2**fit.n, dtype=np.int64)
    size = np.bitwise_count(everyone).astype(np.float64)
    core, squares = _within(fit.sums), _within(fit.squares)
    found = fit.correlation(size, core, core[::-1], squares + squares[::-1])
    best = float(found.max())
    masks = np.flatnonzero(found >= best - ROUNDING)
    cores = [tuple(k for k in range(fit.n) if int(mask) >> k & 1) for mask in masks]
    return sorted(cores, key=lambda core: (len(core), core)), best


def _within(values: FloatArray) -> FloatArray:
    """Sum over pairs within each set of nodes, (2 ** n_nodes,): set m holds node k at bit k."""
    sums = np.zeros(1)
    for node in range(values.shape[0]):
        to_node = np.zeros(1)
        for other in range(node):
            to_node = np.concatenate((to_node, to_node + values[node, other]))
        sums = np.concatenate((sums, sums + to_node))
    return sums


def _searched(
    fit: _CoreFit, starts: int, random: np.random.Generator
) -> tuple[list[tuple[int, ...]], float, int]:
    """The best divisions of several searches, and how many searches ended there."""
    if starts < 1:
        raise PositionRefused(
            f"The number of starts must be at least 1. Got {starts}.", code="network_starts"
        )
    ends: list[tuple[float, tuple[int, ...]]] = []
    by_ties: IntArray = np.argsort(-fit.sums.sum(axis=1), kind="stable")
    for start in range(starts):
        size = fit.n // 4 if start == 0 else int(random.integers(1, fit.n))
        order = by_ties if start == 0 else random.permutation(fit.n)
        member = np.zeros(fit.n, dtype=np.bool_)
        member[order[:size]] = True
        ends.append(_climbed(fit, member))
    best = max(value for value, _ in ends)
    at_best = [core for value, core in ends if value >= best - ROUNDING]
    return sorted(set(at_best), key=lambda core: (len(core), core)), best, len(at_best)


def _climbed(fit: _CoreFit, member: BoolArray) -> tuple[float, tuple[int, ...]]:
    while True:
        now, after = fit.moves(member)
        node = int(np.argmax(after))
        if after[node] <= now + ROUNDING:
            return now, tuple(k for k in range(fit.n) if member[k])
        member[node] = not member[node]


def _density(ties: FloatArray, one: BoolArray, other: BoolArray) -> float | None:
    part = ties[np.ix_(one, other)]
    n_pairs = part.size - int((one & other).sum())
    return float(part.sum() / n_pairs) if n_pairs else None
