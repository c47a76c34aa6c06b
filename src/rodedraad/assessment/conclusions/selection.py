"""How far apart do the chosen cases lie on their background figures, beside random draws?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.matrices import figure_vector
from rodedraad.methods.selection import random_spread, standardise, unit_distances


def selection_spread(
    rows: pl.DataFrame,
    *,
    figures: Sequence[str],
    logged: Sequence[str],
    chosen: Sequence[str],
    stratum_of: Mapping[str, str],
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """Return the spread of the chosen cases and of random draws under the same strata.

    Distances are between z-scores, over the figures that are known for both cases.

    Parameters
    ----------
    rows : figure rows of the whole frame
    figures : ``about`` of the figures that cases were chosen on
    logged : those whose logarithm is taken
    chosen : codes of the cases
    stratum_of : stratum of every unit of the frame; empty when there are none
    """
    cases = sorted(rows["case"].unique())
    table = np.column_stack([figure_vector(rows, about, cases) for about in figures])
    standard = standardise(table, list(figures), log=list(logged))
    spread = random_spread(
        unit_distances(standard.z),
        len(chosen),
        seed=seed,
        strata=[stratum_of[case] for case in cases] if stratum_of else None,
        quota=Counter(stratum_of[case] for case in chosen) if stratum_of else None,
        draws=draws,
        against=[cases.index(case) for case in chosen],
    )
    measures = {
        name: asdict(getattr(spread, name))
        for name in ("smallest", "mean_nearest", "mean_pairwise")
    }
    for measure in measures.values():
        measure["quantiles"] = {str(q): value for q, value in measure["quantiles"].items()}
    return {"n_frame": len(cases), "n_cases": len(chosen), "draws": draws, "measures": measures}
