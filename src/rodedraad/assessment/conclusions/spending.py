"""Do municipalities that share more arrangements spend more alike? A test on the network."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.assessment.conclusions.matrices import figure_sum, figure_vector, incidence
from rodedraad.methods.qap import mrqap, qap_correlation
from rodedraad.methods.two_mode import shared_memberships

EARTH_RADIUS_KM = 6371.0
TERMS = ("shared_arrangements", "size_difference", "distance_km")
Floats = npt.NDArray[np.float64]


def alike_spending(
    rows: pl.DataFrame,
    *,
    spending: str,
    inhabitants: str,
    longitude: str,
    latitude: str,
    permutations: int,
    seed: int,
) -> dict[str, Any]:
    """Return an MRQAP of the difference in spending on the number of shared arrangements.

    The outcome of a pair of municipalities is the absolute difference of the natural logarithms
    of spending per inhabitant (0.1 is about ten per cent); the predictors are the number of
    arrangements they share, the absolute difference of the logarithms of inhabitants, and the
    distance between their centres in kilometres. A negative coefficient of shared arrangements
    means: who share more, differ less. Municipalities without one of the figures are left out and
    named.

    Parameters
    ----------
    rows : tie rows of one wave and the figure rows named by the next four
    spending : first part of ``about`` of the amounts to add up, x 1,000 euro
    inhabitants, longitude, latitude : ``about`` of the figures
    """
    ties = rows.filter(pl.col("kind") == "tie")
    figures = rows.filter(pl.col("kind") == "figure")
    all_cases = sorted(ties["case"].unique())
    columns = {
        about: figure_vector(figures, about, all_cases)
        for about in (inhabitants, longitude, latitude)
    }
    columns[spending] = 1000 * figure_sum(figures, spending, all_cases) / columns[inhabitants]
    complete = np.asarray(~np.isnan(np.column_stack(list(columns.values()))).any(axis=1))
    cases = [case for case, whole in zip(all_cases, complete, strict=True) if whole]
    known = {about: values[complete] for about, values in columns.items()}

    outcome = _difference(np.log(known[spending]))
    predictors: dict[str, Floats] = dict(
        zip(
            TERMS,
            (
                shared_memberships(incidence(ties, cases).table).astype(np.float64),
                _difference(np.log(known[inhabitants])),
                distance_km(known[longitude], known[latitude]),
            ),
            strict=True,
        )
    )
    fit = mrqap(outcome, predictors, permutations=permutations, seed=seed)
    simple = qap_correlation(
        outcome, predictors["shared_arrangements"], permutations=permutations, seed=seed
    )
    return {
        "n_cases": len(cases),
        "left_out": [c for c, whole in zip(all_cases, complete, strict=True) if not whole],
        "terms": {
            term.name: {"coefficient": term.coefficient, "t": term.t, "p": term.p.two_sided}
            for term in fit.terms
        },
        "r_squared": fit.r2,
        "n_dyads": fit.n_dyads,
        "permutations": permutations,
        "correlation": {"coefficient": simple.correlation, "p": simple.p.two_sided},
        "by_shared": _by_shared(outcome, predictors["shared_arrangements"]),
    }


def distance_km(longitude: Floats, latitude: Floats) -> Floats:
    """Return the great-circle distances between points given in degrees (haversine formula)."""
    lon, lat = np.radians(longitude), np.radians(latitude)
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))


def _difference(values: Floats) -> Floats:
    return np.abs(values[:, None] - values)


def _by_shared(outcome: Floats, shared: Floats, steps: Sequence[int] = (0, 1, 5, 10)) -> list[Any]:
    """Return the mean difference in spending of pairs, by how many arrangements they share."""
    upper = np.triu_indices(len(outcome), k=1)
    y, x = outcome[upper], shared[upper]
    groups = []
    for low, high in zip(steps, [*steps[1:], None], strict=True):
        chosen = (x >= low) if high is None else (x >= low) & (x < high)
        if chosen.any():
            groups.append(
                {
                    "from": low,
                    "to": None if high is None else high - 1,
                    "n_pairs": int(chosen.sum()),
                    "mean_difference": float(y[chosen].mean()),
                }
            )
    return groups
