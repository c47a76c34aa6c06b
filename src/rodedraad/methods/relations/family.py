"""Which factors go together with which outcomes, how surely, and what may not be asked?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from rodedraad.methods.notices import Notice
from rodedraad.methods.relations.association import Measure
from rodedraad.methods.relations.matrix import CaseMatrix
from rodedraad.methods.relations.multiplicity import benjamini_hochberg, holm, max_t
from rodedraad.methods.relations.pair import MIN_CASES, Plan, Relation, relation_of
from rodedraad.methods.relations.refusals import RelationRefusal

VERSION = "relations 1"


@dataclass(frozen=True, slots=True)
class Relations:
    """The matrix first, then every factor beside every outcome, in the order given."""

    matrix: CaseMatrix
    relations: tuple[Relation, ...]
    measure: Measure
    n_tested: int
    permutations: int
    bootstraps: int
    confidence: float
    seed: int
    notices: tuple[Notice, ...]
    version: str = VERSION

    def relation(self, factor: str, outcome: str) -> Relation:
        """The relation of these two; KeyError when there is none."""
        return {(r.factor, r.outcome): r for r in self.relations}[factor, outcome]


def relate(
    matrix: CaseMatrix,
    *,
    seed: int,
    measure: Measure = "kendall",
    permutations: int = 9999,
    bootstraps: int = 2000,
    confidence: float = 0.95,
    with_max_t: bool = False,
    sources: Mapping[str, Collection[str]] | None = None,
    overlaps: Collection[tuple[str, str]] = (),
) -> Relations:
    """Relate every factor to every outcome over the cases, for few cases.

    Parameters
    ----------
    matrix: from :func:`rodedraad.methods.relations.matrix.case_matrix`.
    seed: of permutations and bootstraps; the same seed gives the same numbers.
    measure: "kendall" (tau-b, the default: it can be read as a difference of chances and has
        few surprises with ties) or "spearman" (rho).
    permutations: random orders where the exact distribution is too much work and the normal one
        may be off; at least 99.
    bootstraps: draws of cases for the BCa interval; at least 100, or 0 for no interval.
    confidence: of the interval, between 0 and 1.
    with_max_t: also adjust by the largest association; needs columns without gaps.
    sources: per column from whom its values come (roles, instruments). A relation whose two
        sides share one is flagged: what people say of both goes together for that reason too.
    overlaps: pairs (factor, outcome) of which one is part of how the other is made. They are not
        tested.

    Returns
    -------
    Relations. A pair is not tested when fewer than 8 cases are known for both, when one is the
    same in all those cases, or when they overlap; it then carries the reason.

    Raises
    ------
    RelationRefusal: a parameter outside its range, a name that is no column.

    Notes
    -----
    Assumes that cases are exchangeable: neighbours that share a region are not quite. Exact
    two-sided p: share of the orders of the outcome with a statistic at least as far from 0.
    Permutation p: (b + 1) / (n + 1). From 100 cases on the normal approximation, ties in its
    variance, unless one value takes more than half of the cases. Checked against R (cor.test,
    p.adjust, boot) and SciPy, see tests/reference/relations.

    Kendall, M. & Gibbons, J. (1990), Rank Correlation Methods. Efron, B. (1987), JASA 82.

    >>> from rodedraad.methods.relations.matrix import case_matrix
    >>> seen = case_matrix(
    ...     {"F5": [1, 2, 3, 4, 5, 6, 7, 8], "G1": [2, 1, 3, 4, 6, 5, 8, 7]},
    ...     factors=["F5"], outcomes=["G1"],
    ... )
    >>> found = relate(seen, seed=1).relation("F5", "G1").tested
    >>> round(found.estimate, 3), round(found.p, 5), found.p_how
    (0.786, 0.00551, 'exact')
    """
    _check(matrix, permutations, bootstraps, confidence, sources, overlaps)
    pairs = list(product(matrix.factors, matrix.outcomes))
    seeds = np.random.SeedSequence(seed).generate_state(2 * len(pairs) + 1, np.uint64).tolist()
    plan = Plan(measure, permutations, bootstraps, confidence, sources or {}, overlaps, {})
    found = [
        relation_of(matrix, factor, outcome, plan, seeds[2 * i], seeds[2 * i + 1])
        for i, (factor, outcome) in enumerate(pairs)
    ]
    notices: list[Notice] = []
    adjusted = _adjusted(found)
    if with_max_t:
        adjusted, said = _with_max_t(adjusted, matrix, measure, permutations, seeds[-1])
        notices += said
    n_tested = sum(relation.tested is not None for relation in adjusted)
    if not n_tested:
        notices.append(Notice("only_the_matrix", {"at_least": MIN_CASES}))
    return Relations(
        matrix=matrix,
        relations=tuple(adjusted),
        measure=measure,
        n_tested=n_tested,
        permutations=permutations,
        bootstraps=bootstraps,
        confidence=confidence,
        seed=seed,
        notices=tuple(notices),
    )


def _check(
    matrix: CaseMatrix,
    permutations: int,
    bootstraps: int,
    confidence: float,
    sources: Mapping[str, Collection[str]] | None,
    overlaps: Collection[tuple[str, str]],
) -> None:
    if permutations < 99 or (bootstraps and bootstraps < 100):
        raise RelationRefusal(
            f"Take at least 99 permutations and 100 bootstraps (or 0 for no interval). Got "
            f"{permutations} and {bootstraps}.",
            code="relation_draws",
        )
    if not 0 < confidence < 1:
        raise RelationRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="relation_confidence"
        )
    named = [*(sources or {}), *(name for pair in overlaps for name in pair)]
    unknown = [name for name in named if name not in matrix.names]
    if unknown:
        raise RelationRefusal(
            f"{unknown[0]!r} is given a source or an overlap but is no column of the matrix: "
            f"{', '.join(matrix.names)}. Correct the name.",
            code="relation_name_unknown",
            names=unknown,
        )


def _adjusted(relations: list[Relation]) -> list[Relation]:
    p = [relation.tested.p for relation in relations if relation.tested is not None]
    strict, lenient = iter(holm(p).tolist()), iter(benjamini_hochberg(p).tolist())
    return [
        relation
        if relation.tested is None
        else replace(
            relation, tested=replace(relation.tested, p_holm=next(strict), p_bh=next(lenient))
        )
        for relation in relations
    ]


def _with_max_t(
    relations: list[Relation],
    matrix: CaseMatrix,
    measure: Measure,
    permutations: int,
    seed: int,
) -> tuple[list[Relation], list[Notice]]:
    missing = [name for name, count in matrix.n_missing.items() if count]
    if missing or any(relation.tested is None for relation in relations):
        return relations, [Notice("max_t_needs_complete_columns", {"columns": missing})]
    width = len(matrix.factors)
    table = max_t(
        matrix.values[:, :width],
        matrix.values[:, width:],
        measure,
        permutations=permutations,
        seed=seed,
    )
    return [
        replace(relation, tested=replace(relation.tested, p_max_t=float(p)))
        if relation.tested is not None
        else relation
        for relation, p in zip(relations, table.ravel(), strict=True)
    ], []
