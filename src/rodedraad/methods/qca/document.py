"""What does a QCA result look like as one plain document, for a file or another program?"""

from typing import Any

from rodedraad.methods.qca.analysis import QcaResult
from rodedraad.methods.qca.cases import CasePoint, case_roles
from rodedraad.methods.qca.models import Counterfactuals, Model, Solution
from rodedraad.methods.qca.truth_table import LISTED_ROWS, TruthRow

MODELS_WITH_CASES = 100


def qca_document(result: QcaResult, *, with_cases: bool = False) -> dict[str, Any]:
    """The whole result as dictionaries, lists, numbers and text.

    ``truth_table`` lists remainders too (OUT "?") up to 256 rows, else only observed rows; the
    level of each condition stands under its name, unless that is one of the fixed headings, and
    always under ``levels``. ``with_cases`` adds roles and the points of the XY plot to the first
    100 models of a solution.
    """
    truth = result.truth
    rows = truth.complete() if truth.alphabet.n_rows <= LISTED_ROWS else truth.rows
    names = [condition.name for condition in truth.alphabet.conditions]
    return {
        "outcome": result.table.outcome_name,
        "conditions": names,
        "n_cases": result.n_cases,
        "cuts": {
            "incl_cut": result.cuts.consistency,
            "n_cut": result.cuts.n,
            "pri_cut": result.cuts.pri,
            "contradiction_cut": result.cuts.contradiction,
        },
        "assumed": {
            "expect": result.assumed.expectations,
            "impossible": result.assumed.impossible,
            "necessary": result.assumed.necessary,
            "enhanced": result.assumed.enhanced,
        },
        "truth_table": [_row(row, names) for row in rows],
        "n_rows": truth.alphabet.n_rows,
        "n_remainders": truth.n_remainders,
        "n_contradictory_assumptions": result.n_contradictory,
        "necessity": [
            {
                "condition": fit.expression,
                "consistency": fit.consistency,
                "coverage": fit.coverage,
                "relevance": fit.relevance,
                "is_necessary": fit.is_necessary,
            }
            for fit in result.necessity
        ],
        "conservative": _solution(result, result.conservative, with_cases),
        "parsimonious": _solution(result, result.parsimonious, with_cases),
        "intermediate": {
            **_solution(result, result.intermediate, with_cases),
            "counterfactuals": [_pair(pair) for pair in result.counterfactuals],
        },
        "negated": (
            qca_document(result.negated, with_cases=with_cases) if result.negated else None
        ),
        "notices": result.notices,
    }


def _row(row: TruthRow, names: list[str]) -> dict[str, Any]:
    levels = {
        name: "-" if level is None else level for name, level in zip(names, row.levels, strict=True)
    }
    return {
        **levels,
        "OUT": row.out,
        "n": row.n,
        "incl": row.consistency,
        "PRI": row.pri,
        "cases": row.cases,
        "row": row.line,
        "contradictory": row.is_contradictory,
        "against": row.against,
        "levels": levels,
    }


def _solution(result: QcaResult, solution: Solution, with_cases: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "n_models": solution.n_models,
        "ambiguous": solution.is_ambiguous,
        "models": [model.terms for model in solution.models],
        "fit": [_fit(model) for model in solution.models],
        "n_prime_implicants": solution.n_primes,
        "prime_implicants": solution.primes,
        "essential": solution.essential,
    }
    if with_cases:
        document["cases"] = [_cases(result, model) for model in solution.models[:MODELS_WITH_CASES]]
    return document


def _fit(model: Model) -> dict[str, Any]:
    return {
        "model": " + ".join(model.terms),
        "consistency": model.consistency,
        "pri": model.pri,
        "coverage": model.coverage,
        "terms": [
            {
                "term": fit.term,
                "consistency": fit.consistency,
                "pri": fit.pri,
                "raw_coverage": fit.raw_coverage,
                "unique_coverage": fit.unique_coverage,
                "cases": fit.cases,
            }
            for fit in model.fits
        ],
        "simplifying_assumptions": model.assumptions,
    }


def _pair(pair: Counterfactuals) -> dict[str, Any]:
    return {
        "pair": f"C{pair.conservative + 1}P{pair.parsimonious + 1}",
        "easy": pair.easy,
        "difficult": pair.difficult,
        "models": pair.models,
    }


def _cases(result: QcaResult, model: Model) -> dict[str, Any]:
    roles = case_roles(result.table, model)
    return {
        "model": [_point(point) for point in roles.model],
        "terms": {
            name: [_point(point) for point in points] for name, points in roles.terms.items()
        },
        "unique": roles.unique,
    }


def _point(point: CasePoint) -> dict[str, Any]:
    return {"case": point.case, "x": point.x, "y": point.y, "role": point.role}
