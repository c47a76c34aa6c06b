"""Do one factor and one outcome go together, or why may that not be asked?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice
from rodedraad.methods.relations.association import (
    Measure,
    association,
    weighted_associations,
)
from rodedraad.methods.relations.exact import (
    Null,
    exact_null,
    normal_p,
    statistic,
    tie_pattern,
)
from rodedraad.methods.relations.matrix import CaseMatrix
from rodedraad.methods.relations.resampling import (
    LeaveOneOut,
    bca_interval,
    bootstrap_draws,
    leave_one_out,
    permutation_p,
)

Floats = npt.NDArray[np.float64]

MIN_CASES = 8
MANY_DRAWS_FAILED = 0.05


@dataclass(frozen=True, slots=True)
class TestedRelation:
    """One association with what it rests on.

    ``p`` is two-sided; ``p_how`` says "exact" (all orders counted), "normal" (100 cases or more)
    or "permutation". ``p_holm`` and ``p_bh`` are adjusted over all tested relations of the family,
    ``p_max_t`` only when asked and every case complete. ``influential`` is the case whose absence
    changes most; without any one of the cases in ``turning`` the direction does not stay the same.
    """

    estimate: float
    interval: Interval | None
    p: float
    p_how: str
    p_holm: float
    p_bh: float
    p_max_t: float | None
    leave_one_out: LeaveOneOut | None
    influential: str | None
    turning: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """One factor beside one outcome; ``tested`` is None when the data cannot bear a test.

    Why not, and all else a reader must know, stands in ``notices``: ``few_cases``, ``constant``,
    ``built_in_overlap``; ``same_source`` (both sides come from the same people),
    ``interval_absent``, ``bootstraps_failed``, ``one_case_turns_it``.
    """

    factor: str
    outcome: str
    n: int
    n_missing: int
    tested: TestedRelation | None
    same_source: bool | None
    notices: tuple[Notice, ...]


Patterns = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for all relations of a family; ``nulls`` fills as tie patterns are met."""

    measure: Measure
    permutations: int
    bootstraps: int
    confidence: float
    sources: Mapping[str, Collection[str]]
    overlaps: Collection[tuple[str, str]]
    nulls: dict[Patterns, Null | None]


def relation_of(
    matrix: CaseMatrix,
    factor: str,
    outcome: str,
    plan: Plan,
    permutation_seed: int,
    bootstrap_seed: int,
) -> Relation:
    """One factor beside one outcome, p not yet adjusted for the other relations."""
    known = ~np.isnan(matrix.column(factor)) & ~np.isnan(matrix.column(outcome))
    x, y = matrix.column(factor)[known], matrix.column(outcome)[known]
    reason = _reason(factor, outcome, x, y, plan.overlaps)
    notices = [] if reason is None else [reason]
    shared = None
    if factor in plan.sources and outcome in plan.sources:
        shared = sorted(set(plan.sources[factor]) & set(plan.sources[outcome]))
        notices += [Notice("same_source", {"sources": shared})] if shared else []
    tested = None
    if reason is None:
        cases = [case for case, is_known in zip(matrix.cases, known, strict=True) if is_known]
        p, how = _p(x, y, plan, permutation_seed)
        interval, said = _interval(x, y, plan, bootstrap_seed)
        left_out = leave_one_out(x, y, plan.measure)
        influential = None if left_out is None else cases[left_out.influential]
        turning = () if left_out is None else tuple(cases[i] for i in left_out.turning)
        if turning:
            said.append(Notice("one_case_turns_it", {"cases": turning}))
        estimate = association(x, y, plan.measure)
        tested = TestedRelation(
            estimate, interval, p, how, p, p, None, left_out, influential, turning
        )
        notices += said
    return Relation(
        factor=factor,
        outcome=outcome,
        n=x.size,
        n_missing=len(matrix.cases) - x.size,
        tested=tested,
        same_source=None if shared is None else bool(shared),
        notices=tuple(notices),
    )


def _reason(
    factor: str, outcome: str, x: Floats, y: Floats, overlaps: Collection[tuple[str, str]]
) -> Notice | None:
    if (factor, outcome) in overlaps or (outcome, factor) in overlaps:
        return Notice("built_in_overlap", {"factor": factor, "outcome": outcome})
    if x.size < MIN_CASES:
        return Notice("few_cases", {"n": int(x.size), "at_least": MIN_CASES})
    for name, values in ((factor, x), (outcome, y)):
        if np.ptp(values) == 0:
            return Notice("constant", {"column": name, "value": float(values[0])})
    return None


def _p(x: Floats, y: Floats, plan: Plan, seed: int) -> tuple[float, str]:
    patterns = (tie_pattern(x), tie_pattern(y))
    if patterns not in plan.nulls:
        plan.nulls[patterns] = exact_null(x, y, plan.measure)
    null = plan.nulls[patterns]
    if null is not None:
        return null.two_sided(statistic(x, y, plan.measure)), "exact"
    by_normal = normal_p(x, y, plan.measure)
    if by_normal is not None:
        return by_normal, "normal"
    p = permutation_p(x, y, plan.measure, permutations=plan.permutations, seed=seed)
    return p, "permutation"


def _interval(x: Floats, y: Floats, plan: Plan, seed: int) -> tuple[Interval | None, list[Notice]]:
    if not plan.bootstraps:
        return None, []
    estimate = association(x, y, plan.measure)
    draws = bootstrap_draws(x, y, plan.measure, bootstraps=plan.bootstraps, seed=seed)
    without = weighted_associations(x, y, 1.0 - np.eye(x.size), plan.measure)
    interval = bca_interval(estimate, draws, without, plan.confidence)
    failed = int(np.isnan(draws).sum())
    said: list[Notice] = []
    if interval is None:
        said.append(Notice("interval_absent", {"estimate": estimate}))
    if failed > MANY_DRAWS_FAILED * draws.size:
        said.append(Notice("bootstraps_failed", {"n": failed, "of": draws.size}))
    return interval, said
