"""Over how many scale levels and domains does cooperation spread a municipality?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.matrices import incidence
from rodedraad.assessment.conclusions.participation import five_numbers, number_or_none
from rodedraad.methods.two_mode import scale_profile

UNKNOWN_DOMAIN = "unknown"


def complexity_profile(
    ties: pl.DataFrame,
    *,
    levels: Sequence[str],
    level_of: Mapping[str, str],
    domain_of: Mapping[str, str],
) -> dict[str, Any]:
    """Return per case the number of arrangements per level, their spread and number of domains.

    A profile, not an index: a higher spread is neither better nor worse.

    Parameters
    ----------
    ties : tie rows of one wave
    levels : the five scale levels, from small to large
    level_of, domain_of : scale level and domain of every arrangement (``about``)
    """
    two_mode = incidence(ties)
    domains = sorted({domain_of[group] for group in two_mode.groups} - {UNKNOWN_DOMAIN})
    profile = scale_profile(
        np.array([levels.index(level_of[group]) for group in two_mode.groups], dtype=np.int64),
        two_mode.table,
        n_levels=len(levels),
        domains=np.array([[domain_of[g] == d for d in domains] for g in two_mode.groups]),
    )
    n_domains = np.zeros(len(two_mode.cases)) if profile.n_domains is None else profile.n_domains
    return {
        "levels": list(levels),
        "domains": domains,
        "n_cases": len(two_mode.cases),
        "level_spread": five_numbers(profile.level_spread),
        "n_domains": five_numbers(n_domains.astype(np.float64)),
        "per_level": {
            level: five_numbers(profile.level_counts[:, j].astype(np.float64))
            for j, level in enumerate(levels)
        },
        "cases": {
            case: {
                "counts": [int(count) for count in profile.level_counts[i]],
                "level_spread": number_or_none(profile.level_spread[i]),
                "n_domains": int(n_domains[i]),
            }
            for i, case in enumerate(two_mode.cases)
        },
    }
