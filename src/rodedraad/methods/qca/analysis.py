"""Which combinations of conditions are sufficient for the outcome?"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from rodedraad.methods.notices import Notice
from rodedraad.methods.qca.enhanced import barred_cubes, untenable
from rodedraad.methods.qca.limits import limit_notices
from rodedraad.methods.qca.minimisation import (
    expected_literals,
    minimise,
    opposite,
)
from rodedraad.methods.qca.models import (
    Counterfactuals,
    ModelWriter,
    Solution,
    counterfactuals,
)
from rodedraad.methods.qca.necessity import NecessityFit, literal_necessity
from rodedraad.methods.qca.skewness import skewness_notices
from rodedraad.methods.qca.table import SetTable, set_table
from rodedraad.methods.qca.truth_table import Cuts, TruthTable, truth_table

LISTED_MODELS = 1_000


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the researcher assumes about configurations that were not observed.

    ``expectations`` say which level of a condition helps the outcome (``DEV``, ``~STB``,
    ``DEV[1,2]``); ``impossible`` and ``necessary`` are expressions that bar remainders;
    ``enhanced`` also bars what the absence of the outcome would assume as well.
    """

    expectations: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()
    necessary: tuple[str, ...] = ()
    enhanced: bool = False


@dataclass(frozen=True)
class QcaResult:
    """Truth table and the three solutions of one outcome, with all that a report needs.

    ``necessity`` holds every single literal. ``negated`` is the same analysis of the absence of
    the outcome, when asked for. ``n_contradictory`` counts remainders that both
    would assume and an enhanced analysis bars.
    """

    table: SetTable
    cuts: Cuts
    assumed: Assumed
    truth: TruthTable
    conservative: Solution
    parsimonious: Solution
    intermediate: Solution
    counterfactuals: tuple[Counterfactuals, ...]
    necessity: tuple[NecessityFit, ...]
    n_cases: int
    n_contradictory: int
    notices: tuple[Notice, ...]
    negated: "QcaResult | None"


def qca(
    frame: pl.DataFrame,
    *,
    outcome: str,
    conditions: Sequence[str],
    cases: str | None = None,
    cuts: Cuts | None = None,
    assumed: Assumed | None = None,
    negated: bool = False,
    override: str | None = None,
    listed: int = LISTED_MODELS,
) -> QcaResult:
    """Qualitative comparative analysis: crisp, fuzzy and multi-value conditions in one.

    Parameters
    ----------
    frame, outcome, conditions, cases : see :func:`rodedraad.methods.qca.table.set_table`; values
        are memberships and levels, not raw figures (see ``calibration``). Nothing is missing
    cuts : from which values on a row is positive, see :class:`Cuts`
    assumed : what is assumed about rows without cases, see :class:`Assumed`
    negated : analyse the absence of the outcome beside it, with the same cuts and the opposite
        expectations
    override : reason to take more than four conditions at 16 cases or fewer
    listed : list and fit at most this many models per solution; the number is exact anyhow

    Returns
    -------
    QcaResult
        Solutions without models when no row is positive. Notices: ``limited_diversity``,
        ``half_memberships``, ``constant_condition``, ``skewed_set``, ``contradictory_rows``,
        ``no_positive_rows``, ``no_negative_rows``, ``ambiguous``, ``models_not_all_listed``,
        ``no_expectations``, ``intermediate_not_computed``, ``untenable_remainders``,
        ``rows_for_both_outcomes``, ``necessary_condition_dropped``,
        ``condition_limit_overridden``.

    Raises
    ------
    QcaRefusal
        For data or cuts that cannot be used, and for too many conditions without a reason.

    Notes
    -----
    All prime implicants of positive rows and all models with the fewest of them, exactly: as R
    package QCA, which keeps longer irredundant models out too unless told otherwise. 60 cases and
    20 conditions take about a second (``benchmarks/qca.py``); the worst case is exponential.
    Checked against R package QCA 3.23 and 3.25.1 in thirteen published analyses
    (tests/reference/qca).

    Ragin, C. (1987). The Comparative Method; (2008) Redesigning Social Inquiry. Dusa, A. (2019).
    QCA with R.

    >>> frame = pl.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 0, 0]})
    >>> qca(frame, outcome="Y", conditions=["A", "B"]).parsimonious.models[0].terms
    ('A',)
    """
    table = set_table(frame, outcome=outcome, conditions=conditions, cases=cases)
    limits = limit_notices(len(table.cases), len(conditions), override)
    cuts = cuts or Cuts()
    assumed = assumed or Assumed()
    expected = expected_literals(table.alphabet, assumed.expectations)
    beside = None
    if negated:
        beside = _analysed(
            table.negated(),
            cuts,
            assumed,
            opposite(table.alphabet, expected),
            listed=listed,
            notices=limits,
            beside=None,
        )
    return _analysed(table, cuts, assumed, expected, listed=listed, notices=limits, beside=beside)


def _analysed(
    table: SetTable,
    cuts: Cuts,
    assumed: Assumed,
    expected: int,
    *,
    listed: int,
    notices: tuple[Notice, ...],
    beside: QcaResult | None,
) -> QcaResult:
    truth = truth_table(table, cuts)
    barred = barred_cubes(
        table.alphabet, impossible=assumed.impossible, necessary=assumed.necessary
    )
    found = list(notices) + _table_notices(table, truth)
    n_contradictory = 0
    if assumed.enhanced:
        out = untenable(truth, truth_table(table.negated(), cuts), barred)
        barred = list(out.cubes)
        n_contradictory = out.n_contradictory
        if out.contradictory_rows:
            lines = [table.alphabet.line(row) for row in out.contradictory_rows]
            found.append(Notice("rows_for_both_outcomes", {"lines": lines}))
            truth = truth.with_negative(out.contradictory_rows)
        if n_contradictory:
            found.append(Notice("untenable_remainders", {"n": n_contradictory}))
    minimised = minimise(truth, expected=expected, excluded=barred)
    writer = ModelWriter(table, truth)
    intermediate = [one.minimised for one in minimised.intermediate or ()]
    solutions = (
        writer.solution("conservative", [minimised.conservative], listed),
        writer.solution("parsimonious", [minimised.parsimonious], listed),
        writer.solution("intermediate", intermediate, listed),
    )
    necessity = literal_necessity(table)
    found += _model_notices(truth, solutions, necessity)
    if not expected:
        found.append(Notice("no_expectations"))
    if minimised.intermediate is None:
        found.append(Notice("intermediate_not_computed"))
    return QcaResult(
        table=table,
        cuts=cuts,
        assumed=assumed,
        truth=truth,
        conservative=solutions[0],
        parsimonious=solutions[1],
        intermediate=solutions[2],
        counterfactuals=counterfactuals(minimised, writer),
        necessity=necessity,
        n_cases=len(table.cases),
        n_contradictory=n_contradictory,
        notices=tuple(found),
        negated=beside,
    )


def _table_notices(table: SetTable, truth: TruthTable) -> list[Notice]:
    notices = list(skewness_notices(table))
    half = [case for case, row in zip(table.cases, table.rows, strict=True) if row is None]
    if half:
        notices.append(Notice("half_memberships", {"cases": half}))
    for position, condition in enumerate(table.alphabet.conditions):
        first, last = table.alphabet.first_bits[position : position + 2]
        levels = table.memberships[:, first:last]
        if (levels == levels[0]).all():
            notices.append(Notice("constant_condition", {"column": condition.name}))
    if truth.n_remainders:
        notices.append(
            Notice(
                "limited_diversity",
                {
                    "rows": truth.alphabet.n_rows,
                    "remainders": truth.n_remainders,
                    "cases": len(table.cases),
                },
            )
        )
    contradictory = [row.line for row in truth.rows if row.is_contradictory]
    if contradictory:
        notices.append(Notice("contradictory_rows", {"lines": contradictory}))
    if not truth.positive:
        best = max((row.consistency or 0.0 for row in truth.rows), default=0.0)
        notices.append(Notice("no_positive_rows", {"highest_consistency": best}))
    elif not truth.negative:
        notices.append(Notice("no_negative_rows"))
    return notices


def _model_notices(
    truth: TruthTable, solutions: Sequence[Solution], necessity: Sequence[NecessityFit]
) -> list[Notice]:
    notices: list[Notice] = []
    for solution in solutions:
        if solution.is_ambiguous and truth.positive:
            notices.append(
                Notice("ambiguous", {"solution": solution.kind, "models": solution.n_models})
            )
        if solution.n_models is None or solution.n_models > len(solution.models):
            notices.append(
                Notice(
                    "models_not_all_listed",
                    {
                        "solution": solution.kind,
                        "models": solution.n_models,
                        "listed": len(solution.models),
                    },
                )
            )
        for fit in necessity:
            dropped = fit.is_necessary and any(
                fit.expression not in term.split("*")
                for model in solution.models
                for term in model.terms
            )
            if dropped:
                notices.append(
                    Notice(
                        "necessary_condition_dropped",
                        {"solution": solution.kind, "condition": fit.expression},
                    )
                )
    return notices
