"""How far do the regions of different kinds match each other?"""

from itertools import combinations
from typing import Any

import polars as pl

from rodedraad.assessment.conclusions.matrices import cases_in_two, kind_of, partition_labels
from rodedraad.methods.partitions import congruence_matrix


def region_congruence(ties: pl.DataFrame) -> dict[str, Any]:
    """Return adjusted Rand index and nesting shares for every pair of kinds of regions.

    ``pairs`` is a list with ``a``, ``b``, ``n_common``, ``adjusted_rand``, ``nesting_ab`` (share
    of municipalities that lie in the b-region where most of their a-region lies), ``nesting_ba``,
    ``whole_ab`` (share of a-regions that lie wholly in one b-region), ``whole_ba``.
    """
    kinds = sorted({kind_of(about) for about in ties["about"].unique()})
    cases = sorted(ties["case"].unique())
    matrix = congruence_matrix(partition_labels(ties, kinds, cases))
    pairs = []
    for a, b in combinations(range(len(kinds)), 2):
        cell = matrix.pair(a, b)
        pairs.append(
            {
                "a": kinds[a],
                "b": kinds[b],
                "n_common": cell.n_common,
                "adjusted_rand": cell.adjusted_rand,
                "nesting_ab": cell.nesting_ab,
                "nesting_ba": cell.nesting_ba,
                "whole_ab": cell.whole_ab,
                "whole_ba": cell.whole_ba,
                "identical": cell.identical,
            }
        )
    return {
        "kinds": kinds,
        "n_cases": len(cases),
        "cases_in_two": cases_in_two(ties, kinds),
        "pairs": pairs,
    }
