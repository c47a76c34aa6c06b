"""Which factors hang together with which outcomes over the cases of a study?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.case_table import (
    FACTOR_SIDE,
    OUTCOME_SIDE,
    Side,
    case_table,
)
from rodedraad.methods.plain import plain
from rodedraad.methods.relations import CaseMatrix, Relation, case_matrix, relate
from rodedraad.methods.relations.association import weighted_associations

PERMUTATIONS, BOOTSTRAPS = 9999, 2000


def relations(
    rows: pl.DataFrame,
    *,
    factors: Sequence[str],
    outcomes: Sequence[str],
    items: Mapping[str, Sequence[str]],
    seed: int,
    permutations: int = PERMUTATIONS,
    bootstraps: int = BOOTSTRAPS,
    factor_side: Side = FACTOR_SIDE,
    outcome_side: Side = OUTCOME_SIDE,
) -> dict[str, Any]:
    """Relate every factor to every outcome: the matrix of cases first, then the tests.

    Kendall's tau-b with an exact or permutation p, a BCa interval, p adjusted over all tested
    pairs (Holm, Benjamini-Hochberg). Below 8 complete cases a pair is not tested. ``without`` is
    the estimate with each case left out. Whose answers a column holds stands in ``sources``; a
    pair that shares one is flagged ``same_source``.
    """
    table = case_table(
        rows,
        factors=factors,
        outcomes=outcomes,
        items=items,
        factor_side=factor_side,
        outcome_side=outcome_side,
    )
    matrix = case_matrix(table.frame(), factors=factors, outcomes=outcomes, cases="case")
    found = relate(
        matrix,
        seed=seed,
        permutations=permutations,
        bootstraps=bootstraps,
        sources=table.sources,
    )
    return plain(
        {
            "cases": matrix.cases,
            "factors": factors,
            "outcomes": outcomes,
            "scores": {
                code: {case: asdict(score) for case, score in column.items()}
                for code, column in table.scores.items()
            },
            "sources": table.sources,
            "sides": {"factors": asdict(factor_side), "outcomes": asdict(outcome_side)},
            "n_missing": matrix.n_missing,
            "n_complete": matrix.n_complete,
            "relations": [
                {**plain(relation), "without": _without(matrix, relation)}
                for relation in found.relations
            ],
            "measure": found.measure,
            "n_tested": found.n_tested,
            "permutations": found.permutations,
            "bootstraps": found.bootstraps,
            "confidence": found.confidence,
            "seed": found.seed,
            "version": found.version,
            "notices": found.notices,
        }
    )


def _without(matrix: CaseMatrix, relation: Relation) -> dict[str, float]:
    """The estimate with each case left out, by case; nothing when the pair was not tested."""
    if relation.tested is None:
        return {}
    x, y = matrix.column(relation.factor), matrix.column(relation.outcome)
    known = ~np.isnan(x) & ~np.isnan(y)
    cases = [case for case, is_known in zip(matrix.cases, known, strict=True) if is_known]
    left_out = 1.0 - np.eye(len(cases))
    values = weighted_associations(x[known], y[known], left_out, "kendall")
    return dict(zip(cases, values.tolist(), strict=True))
