"""Which municipalities cooperate mostly with each other, and does that follow known borders?"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.matrices import incidence, kind_of, partition_labels
from rodedraad.methods.communities import consensus_communities
from rodedraad.methods.partitions import congruence
from rodedraad.methods.two_mode import shared_memberships


def cooperation_communities(
    rows: pl.DataFrame, *, kinds: Sequence[str], compare_with: Sequence[str], seed: int
) -> dict[str, Any]:
    """Return groups of municipalities that share many arrangements, beside known divisions.

    Parameters
    ----------
    rows : tie rows of one wave
    kinds : kinds of arrangement that count as cooperation here
    compare_with : kinds of region to hold the groups against, such as provinces
    """
    kind = pl.col("about").map_elements(kind_of, return_dtype=pl.String)
    cases = sorted(rows["case"].unique())
    shared = shared_memberships(incidence(rows.filter(kind.is_in(list(kinds))), cases).table)
    found = consensus_communities(shared.astype(np.float64), seed=seed)
    labels = np.asarray(found.labels, dtype=np.int64)
    known = partition_labels(rows, compare_with, cases)
    return {
        "n_cases": len(cases),
        "n_communities": found.n_communities,
        "modularity": found.modularity,
        "stability": found.stability,
        "n_seeds": found.n_seeds,
        "sizes": np.bincount(labels).tolist(),
        "labels": {case: int(labels[i]) for i, case in enumerate(cases)},
        "against": {
            division: {
                "adjusted_rand": congruence(labels, known[:, j]).adjusted_rand,
                "nesting_in_division": congruence(labels, known[:, j]).nesting_ab,
                "division_in_nesting": congruence(labels, known[:, j]).nesting_ba,
            }
            for j, division in enumerate(compare_with)
        },
    }
