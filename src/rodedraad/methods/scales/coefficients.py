"""How reliable is the sum of items with these covariances: alpha, omega, Feldt's interval?"""

from collections.abc import Callable
from typing import cast

import numpy as np
from scipy import special  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.intervals import Interval
from rodedraad.methods.scales.covariances import Floats
from rodedraad.methods.scales.factor import OneFactor

_f_quantile = cast("Callable[[int, int, float], float]", special.fdtri)


def alpha_of(covariances: Floats) -> Floats:
    """Cronbach's alpha for covariances of shape (..., n_items, n_items)."""
    k = covariances.shape[-1]
    total = covariances.sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return k / (k - 1) * (1 - np.trace(covariances, axis1=-2, axis2=-1) / total)


def feldt_interval(alpha: float, n: int, k: int, confidence: float = 0.95) -> Interval:
    """Interval of alpha for n respondents and k items from the F distribution (Feldt 1965)."""
    tail = (1 - confidence) / 2
    low, high = (
        1 - (1 - alpha) * _f_quantile(n - 1, (n - 1) * (k - 1), share) for share in (1 - tail, tail)
    )
    return Interval(low, high, confidence, "Feldt")


def omega_of(covariances: Floats, fit: OneFactor) -> Floats:
    """Omega total of the sum of the items: unique variances against the observed variance."""
    variances = np.diagonal(covariances, axis1=-2, axis2=-1)
    unique = ((1 - fit.loadings**2) * variances).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        omega = 1 - unique / covariances.sum(axis=(-2, -1))
    return np.where(fit.converged, omega, np.nan)
