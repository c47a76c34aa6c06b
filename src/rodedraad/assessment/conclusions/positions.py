"""What shape has the network of municipalities, and where in it does each of them stand?"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.matrices import incidence, kind_of
from rodedraad.assessment.conclusions.participation import number_or_none
from rodedraad.methods.positions import (
    brokerage,
    core_periphery,
    group_assortativity,
    whole_network,
)
from rodedraad.methods.two_mode import shared_memberships

CORE_STARTS = 10
PERMUTATIONS = 1000
NOWHERE = "none"


def network_positions(
    rows: pl.DataFrame, *, kinds: Sequence[str], least: int, division: str, seed: int
) -> dict[str, Any]:
    """Return measures of the network in which two cases that share enough arrangements are tied.

    ``crossing`` of a case counts the pairs of its partners that are not tied to each other and
    of which at least one is in another region than it.

    Parameters
    ----------
    rows : tie rows of one wave, those of ``division`` included
    kinds : kinds of arrangement that count
    least : how many arrangements two cases share at least to be tied
    division : kind of region whose borders brokers cross, such as provinces
    seed : of the search for a core and of the permutations

    Raises
    ------
    PositionRefused
        When there are fewer than three cases.
    """
    kind = pl.col("about").map_elements(kind_of, return_dtype=pl.String)
    cases = sorted(rows["case"].unique())
    shared = shared_memberships(incidence(rows.filter(kind.is_in(list(kinds))), cases).table)
    ties = np.where(shared >= least, 1.0, 0.0)
    np.fill_diagonal(ties, 0.0)
    region_of = dict(rows.filter(kind == division).select("case", "about").iter_rows())
    groups = [region_of.get(case, NOWHERE) for case in cases]
    whole = whole_network(ties)
    result: dict[str, Any] = {
        "n_cases": whole.n_nodes,
        "n_ties": whole.n_ties,
        "density": whole.density,
        "transitivity": whole.transitivity,
        "n_components": whole.n_components,
        "n_isolates": whole.n_isolates,
        "degree_centralisation": whole.degree_centralisation,
        "betweenness_centralisation": whole.betweenness_centralisation,
        "largest_core": whole.largest_core,
        "core": None,
        "mixing": None,
    }
    crossing = np.zeros(len(cases), dtype=np.int64)
    core: set[int] = set()
    if 0 < whole.n_ties < len(cases) * (len(cases) - 1) / 2:
        fit = core_periphery(ties, starts=CORE_STARTS, seed=seed)
        core = set(fit.cores[0])
        result["core"] = {
            "n": len(core),
            "n_equally_good": len(fit.cores),
            "correlation": fit.correlation,
            "n_starts": fit.n_starts,
            "core_density": fit.core_density,
            "periphery_density": fit.periphery_density,
        }
        if len(set(groups)) > 1:
            mixing = group_assortativity(ties, groups, permutations=PERMUTATIONS, seed=seed)
            result["mixing"] = {"r": mixing.r, "p": mixing.p_alike, "permutations": PERMUTATIONS}
            brokers = brokerage(ties, groups, directed=False)
            count_of = dict(zip(brokers.roles, brokers.counts.T, strict=True))
            # Without direction, a pair of others is counted from both its ends.
            both_elsewhere = (count_of["itinerant"] + count_of["liaison"]) // 2
            crossing = count_of["gatekeeper"] + both_elsewhere
    result["cases"] = {
        case: {
            "degree": int(whole.nodes.degree[i]),
            "betweenness": number_or_none(whole.nodes.betweenness[i]),
            "closeness": number_or_none(whole.nodes.closeness[i]),
            "core_number": int(whole.nodes.core[i]),
            "in_core": i in core,
            "crossing": int(crossing[i]),
            "region": groups[i].partition("/")[2],
        }
        for i, case in enumerate(cases)
    }
    return result
