"""Which conditions, or alternatives of conditions, are there whenever the outcome is?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from rodedraad.methods.qca.fit import necessity
from rodedraad.methods.qca.literals import bits_of
from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.table import FloatArray, SetTable
from rodedraad.methods.qca.truth_table import TOLERANCE

NECESSARY_CONSISTENCY = 0.9
NECESSARY_RELEVANCE = 0.5
MOST_CANDIDATES = 2_000_000


@dataclass(frozen=True, slots=True)
class NecessityFit:
    """Fit of an expression as a superset of the outcome."""

    expression: str
    consistency: float
    coverage: float
    relevance: float

    @property
    def is_necessary(self) -> bool:
        """Consistent (0.9 or more) and not trivial (relevance 0.5 or more)."""
        return (
            self.consistency >= NECESSARY_CONSISTENCY - TOLERANCE
            and self.relevance >= NECESSARY_RELEVANCE - TOLERANCE
        )


def literal_necessity(table: SetTable) -> tuple[NecessityFit, ...]:
    """Necessity of every level of every condition, presence first.

    Checked against R packages QCA (``pof``) and SetMethods (``QCAfit``).
    """
    alphabet = table.alphabet
    if alphabet.is_multi_value:
        bits = range(alphabet.first_bits[-1])
    else:
        bits = (first + level for level in (1, 0) for first in alphabet.first_bits[:-1])
    return tuple(_fit(table, alphabet.text(1 << bit), table.memberships[:, bit]) for bit in bits)


def necessary_supersets(
    table: SetTable,
    *,
    consistency: float = NECESSARY_CONSISTENCY,
    coverage: float = 0.6,
    relevance: float = 0.0,
    longest: int | None = None,
) -> tuple[NecessityFit, ...]:
    """Search all expressions that contain the outcome.

    First all conjunctions (``DEV*LIT``) that reach the three cuts; then the disjunctions
    (``DEV + URB``) that do, of which no shorter part is consistent enough by itself.

    Parameters
    ----------
    consistency, coverage, relevance : lowest values, compared with a tolerance of 1e-9
    longest : most conditions in an expression; None = all

    Raises
    ------
    QcaRefusal
        When there are more than MOST_CANDIDATES expressions to try.

    Notes
    -----
    A disjunction can be necessary for no better reason than being large: read coverage and
    relevance, and report only those that mean something together.
    Checked against ``superSubset`` of R package QCA (tests/reference/qca).
    """
    n = len(table.alphabet.conditions)
    longest = n if longest is None else min(longest, n)
    lowest = (consistency - TOLERANCE, coverage - TOLERANCE, relevance - TOLERANCE)
    _check_size(table, longest)
    found: list[NecessityFit] = []
    for size in range(1, longest + 1):
        for literals in _literal_sets(table, size):
            fit = _fit(
                table,
                table.alphabet.text(sum(1 << bit for bit in literals)),
                table.memberships[:, literals].min(axis=1),
            )
            if _reaches(fit, lowest):
                found.append(fit)
    consistent: list[int] = []
    for size in range(1, longest + 1):
        for literals in _literal_sets(table, size):
            mask = sum(1 << bit for bit in literals)
            if any(not shorter & ~mask for shorter in consistent):
                continue
            text = " + ".join(table.alphabet.text(1 << bit) for bit in bits_of(mask))
            fit = _fit(table, text, table.memberships[:, literals].max(axis=1))
            if fit.consistency >= lowest[0]:
                consistent.append(mask)
                if size > 1 and _reaches(fit, lowest):
                    found.append(fit)
    return tuple(found)


def _literal_sets(table: SetTable, size: int) -> "list[list[int]]":
    """All sets of literals of ``size`` different conditions."""
    levels = table.alphabet.all_levels
    sets: list[list[int]] = []
    for chosen in combinations(range(len(levels)), size):
        partial: list[list[int]] = [[]]
        for position in chosen:
            partial = [[*p, bit] for p in partial for bit in bits_of(levels[position])]
        sets += partial
    return sets


def _check_size(table: SetTable, longest: int) -> None:
    ways = [1] + [0] * longest
    for condition in table.alphabet.conditions:
        for size in range(longest, 0, -1):
            ways[size] += ways[size - 1] * condition.n_levels
    if sum(ways) > MOST_CANDIDATES:
        raise QcaRefusal(
            f"There are {sum(ways)} expressions to try; at most {MOST_CANDIDATES} are searched. "
            "Set a smaller number of conditions per expression.",
            code="qca_superset_size",
        )


def _reaches(fit: NecessityFit, lowest: Sequence[float]) -> bool:
    values = np.array([fit.consistency, fit.coverage, fit.relevance])
    return bool((values >= np.array(lowest)).all())


def _fit(table: SetTable, expression: str, x: FloatArray) -> NecessityFit:
    fit = necessity(x, table.outcome)
    return NecessityFit(expression, fit.consistency, fit.coverage, fit.relevance)
