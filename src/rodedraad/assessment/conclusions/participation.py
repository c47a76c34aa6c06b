"""In how many arrangements is each municipality, with how many partners, and how often the same?"""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.assessment.conclusions.matrices import incidence
from rodedraad.methods.two_mode import membership_measures, two_mode_density


def participation(ties: pl.DataFrame) -> dict[str, Any]:
    """Return the measures per case and their distribution over cases.

    ``recurring_share`` is the share of a case's partners whom it meets in two or more
    arrangements; null for a case without partners.
    """
    two_mode = incidence(ties)
    measures = membership_measures(two_mode.table)
    return {
        "n_cases": len(two_mode.cases),
        "n_arrangements": len(two_mode.groups),
        "density": two_mode_density(two_mode.table),
        "arrangements": five_numbers(measures.n_groups.astype(np.float64)),
        "partners": five_numbers(measures.n_partners.astype(np.float64)),
        "recurring_share": five_numbers(measures.recurring_share),
        "cases": {
            case: {
                "arrangements": int(measures.n_groups[i]),
                "partners": int(measures.n_partners[i]),
                "recurring_share": number_or_none(measures.recurring_share[i]),
            }
            for i, case in enumerate(two_mode.cases)
        },
    }


def five_numbers(values: npt.NDArray[np.float64]) -> dict[str, float | int | None]:
    """Return n known, n missing, minimum, quartiles, maximum and mean; NaN counts as missing."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        empty = dict.fromkeys(("minimum", "lower", "median", "upper", "maximum", "mean"))
        return {"n": 0, "missing": int(values.size), **empty}
    low, lower, median, upper, high = np.quantile(known, (0, 0.25, 0.5, 0.75, 1))
    return {
        "n": int(known.size),
        "missing": int(values.size - known.size),
        "minimum": float(low),
        "lower": float(lower),
        "median": float(median),
        "upper": float(upper),
        "maximum": float(high),
        "mean": float(known.mean()),
    }


def number_or_none(value: float) -> float | None:
    """Return the number, or null for NaN."""
    return None if np.isnan(value) else float(value)
