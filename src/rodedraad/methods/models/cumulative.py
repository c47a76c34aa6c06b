"""How likely is an ordered answer, and how does that change with the parameters?"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from rodedraad.methods.models.solvers import (
    can_rise,
    logistic_cdf,
    normal_cdf,
    normal_quantile,
)

Floats = npt.NDArray[np.float64]
Link = Literal["logit", "probit"]

ROOT_TWO_PI = float(np.sqrt(2 * np.pi))
MAX_STEPS = 100
TOLERANCE = 1e-10
FAR = 12.0


class Cells(NamedTuple):
    """The chance of a latent value between two bounds, and its derivatives.

    ``high`` and ``low`` are the density at the bounds, ``high_slope`` and ``low_slope`` the
    derivatives of those; all 0 at infinity. Precise in both tails.
    """

    chance: Floats
    high: Floats
    low: Floats
    high_slope: Floats
    low_slope: Floats


def cells(low: Floats, high: Floats, link: Link) -> Cells:
    """What the latent distribution does between ``low`` and ``high`` (arrays of one shape)."""
    tail_low, dense_low, slope_low = _at(low, link)
    tail_high, dense_high, slope_high = _at(high, link)
    chance = np.where(
        low > 0,
        tail_low - tail_high,
        np.where(high < 0, tail_high - tail_low, 1 - tail_low - tail_high),
    )
    return Cells(np.maximum(chance, 1e-300), dense_high, dense_low, slope_high, slope_low)


def _at(eta: Floats, link: Link) -> tuple[Floats, Floats, Floats]:
    """Chance beyond ``eta`` on its own side of 0, density there, and derivative of that."""
    away = np.abs(eta)
    if link == "logit":
        tail = logistic_cdf(-away)
        dense = tail * (1 - tail)
        return tail, dense, np.sign(eta) * (2 * tail - 1) * dense
    dense = np.exp(-0.5 * away * away) / ROOT_TWO_PI
    return normal_cdf(-away), dense, -np.where(np.isfinite(eta), eta, 0.0) * dense


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalDesign:
    """Distinct rows of an ordered outcome and its terms, each with how often it occurs.

    Parameters are n_levels - 1 thresholds, then one coefficient per term: the latent bound above
    a row is threshold[y] - x @ beta (infinite for the highest level), below it threshold[y - 1].
    """

    above: Floats
    below: Floats
    top: npt.NDArray[np.bool_]
    bottom: npt.NDArray[np.bool_]
    counts: Floats
    n_levels: int

    @property
    def n_thresholds(self) -> int:
        """Number of thresholds, the first parameters."""
        return self.n_levels - 1


def ordinal_design(y: Floats, x: Floats, n_levels: int) -> OrdinalDesign:
    """Lay out ``y`` (positions from 0) and ``x`` (n_rows, n_terms) for the functions here."""
    rows, counts = np.unique(np.column_stack((y, x)), axis=0, return_counts=True)
    level = rows[:, 0].astype(np.int64)
    marks = np.eye(n_levels)[level]
    return OrdinalDesign(
        above=np.hstack((marks[:, :-1], -rows[:, 1:])),
        below=np.hstack((marks[:, 1:], -rows[:, 1:])),
        top=level == n_levels - 1,
        bottom=level == 0,
        counts=counts.astype(np.float64),
        n_levels=n_levels,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A maximum of the likelihood: parameters, log-likelihood and minus its Hessian."""

    parameters: Floats
    log_likelihood: float
    information: Floats
    converged: bool
    steps: int


def fit_cumulative(
    design: OrdinalDesign,
    link: Link,
    *,
    start: Floats | None = None,
    fixed: tuple[int, float] | None = None,
) -> Fit:
    """Maximise the likelihood by Newton's method with halved steps; it is log-concave.

    ``fixed`` keeps one parameter (position, value) where it is, for a profile.
    """
    free = np.ones(design.above.shape[1], dtype=np.bool_)
    parameters = _start(design, link) if start is None else start.copy()
    if fixed is not None:
        parameters[fixed[0]], free[fixed[0]] = fixed[1], False
    value, gradient, information = _derivatives(parameters, design, link)
    for step in range(1, MAX_STEPS + 1):
        move = np.zeros_like(parameters)
        move[free] = np.linalg.lstsq(information[np.ix_(free, free)], gradient[free], rcond=None)[0]
        factor = 1.0
        while factor > 1e-8:
            tried = parameters + factor * move
            if (np.diff(tried[: design.n_thresholds]) > 0).all():
                found = _derivatives(tried, design, link)
                if found[0] >= value - 1e-12 * abs(value):
                    break
            factor /= 2
        else:
            return Fit(parameters, value, information, False, step)
        gain = found[0] - value
        parameters, (value, gradient, information) = tried, found
        if gain < TOLERANCE and float(np.abs(gradient[free]).max(initial=0.0)) < 1e-6:
            return Fit(parameters, value, information, True, step)
    return Fit(parameters, value, information, False, MAX_STEPS)


def separated(design: OrdinalDesign, fit: Fit) -> bool:
    """Whether some direction makes the likelihood rise for ever, so no maximum exists.

    Asked of a linear programme only when the fit did not converge or lies far out.
    """
    far = max(
        float(np.abs(design.above @ fit.parameters)[~design.top].max(initial=0.0)),
        float(np.abs(design.below @ fit.parameters)[~design.bottom].max(initial=0.0)),
    )
    if fit.converged and far < FAR:
        return False
    rising = np.vstack((design.above[~design.top], -design.below[~design.bottom]))
    return can_rise(rising)


def _start(design: OrdinalDesign, link: Link) -> Floats:
    share = (
        np.array([design.counts[design.above[:, k] > 0].sum() for k in range(design.n_thresholds)])
        / design.counts.sum()
    )
    reached = np.clip(np.cumsum(share), 1e-6, 1 - 1e-6)
    logits = np.log(reached / (1 - reached))
    bounds = logits if link == "logit" else normal_quantile(reached)
    return np.concatenate((bounds, np.zeros(design.above.shape[1] - design.n_thresholds)))


def _derivatives(
    parameters: Floats, design: OrdinalDesign, link: Link
) -> tuple[float, Floats, Floats]:
    high = np.where(design.top, np.inf, design.above @ parameters)
    low = np.where(design.bottom, -np.inf, design.below @ parameters)
    at = cells(low, high, link)
    weight = design.counts / at.chance
    upper = design.above * at.high[:, None]
    lower = design.below * at.low[:, None]
    slope = (upper - lower) / at.chance[:, None]
    curve_high, curve_low = weight * at.high_slope, weight * at.low_slope
    information = (
        (slope * design.counts[:, None]).T @ slope
        - (design.above * curve_high[:, None]).T @ design.above
        + (design.below * curve_low[:, None]).T @ design.below
    )
    return float(design.counts @ np.log(at.chance)), design.counts @ slope, information
