"""Where is a function zero or lowest, and how far out does a statistic lie? SciPy, typed."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize, special  # pyright: ignore[reportMissingTypeStubs]

Floats = npt.NDArray[np.float64]

_optimize: Any = optimize
_special: Any = special


MAX_STEPS = 200


class Extreme(NamedTuple):
    """An extreme: where it lies, the value there, and whether the search came to rest."""

    at: Floats
    value: float
    converged: bool


def root_between(
    function: Callable[[float], float], low: float, high: float, *, within: float = 1e-9
) -> float:
    """The zero between two points where the function has opposite signs (Brent)."""
    return float(_optimize.brentq(function, low, high, xtol=within, rtol=1e-8))


def maximum_with_gradient(
    function: Callable[[Floats], tuple[float, Floats]], start: Floats, inverse: Floats
) -> Extreme:
    """Where a smooth function that returns value and gradient is highest (BFGS).

    ``inverse`` is a guess of the inverse of minus its Hessian: a good one saves most of the
    work. The function returns minus infinity where it does not exist. At rest when the next step
    would gain less than 1e-11.
    """
    at, metric = start, inverse.copy()
    value, slope = function(at)
    for _ in range(MAX_STEPS):
        step = metric @ slope
        gain = float(slope @ step)
        if gain < 2e-11:
            return Extreme(at, value, gain >= 0)
        factor = 1.0
        while True:
            reached, next_slope = function(at + factor * step)
            if reached >= value + 1e-4 * factor * gain - 1e-12 * abs(value):
                break
            factor /= 2
            if factor < 1e-6:
                return Extreme(at, value, gain < 1e-6)
        moved, turned = factor * step, slope - next_slope
        at, value, slope = at + moved, reached, next_slope
        bend = float(moved @ turned)
        if bend > 1e-14:
            across = np.eye(at.size) - np.outer(moved, turned) / bend
            metric = across @ metric @ across.T + np.outer(moved, moved) / bend
    return Extreme(at, value, False)


def minimum_simplex(function: Callable[[Floats], float], start: Floats) -> Extreme:
    """The lowest value of a function without gradient (Nelder-Mead, started twice)."""
    options = {"xatol": 1e-9, "fatol": 1e-10, "maxiter": 20000, "maxfev": 20000}
    found = _optimize.minimize(function, start, method="Nelder-Mead", options=options)
    found = _optimize.minimize(function, found.x, method="Nelder-Mead", options=options)
    at = np.asarray(found.x, dtype=np.float64)
    return Extreme(at, float(found.fun), bool(found.success))


def minimum_between(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function of one number is lowest between two points (bounded Brent)."""
    found = _optimize.minimize_scalar(
        function, bounds=(low, high), method="bounded", options={"xatol": 1e-10}
    )
    return float(found.x)


def can_rise(rows: Floats) -> bool:
    """Whether some direction d has rows @ d >= 0 everywhere and > 0 somewhere."""
    solved = _optimize.linprog(
        -rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1)
    )
    return bool(solved.status == 0 and -float(solved.fun) > 1e-6)


def chi_squared_tail(value: float, df: int) -> float:
    """Chance of a chi-squared above ``value``."""
    return float(_special.chdtrc(df, max(0.0, value)))


def student_two_sided(t: float, df: float) -> float:
    """Chance of a Student t at least as far from 0 on either side."""
    return float(2 * _special.stdtr(df, -abs(t)))


def student_quantile(share: float, df: float) -> float:
    """The Student t below which ``share`` of the distribution lies."""
    return float(_special.stdtrit(df, share))


def logistic_cdf(eta: Floats) -> Floats:
    """1 / (1 + exp(-eta))."""
    return np.asarray(_special.expit(eta), dtype=np.float64)


def normal_cdf(eta: Floats) -> Floats:
    """Standard normal distribution function."""
    return np.asarray(_special.ndtr(eta), dtype=np.float64)


def normal_quantile(share: Floats) -> Floats:
    """Inverse of :func:`normal_cdf`."""
    return np.asarray(_special.ndtri(share), dtype=np.float64)
