"""How likely are the ordered answers of groups that each have their own level?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.models.cumulative import Fit, Link, cells
from rodedraad.methods.models.solvers import maximum_with_gradient, root_between

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MODE_STEPS = 50
GRADIENT_STEP = 1e-4
WIDEST_SD = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class MixedDesign:
    """Distinct rows (level, terms, group) with their number, and the quadrature rule.

    Parameters are the thresholds, the coefficients, and the standard deviation of the groups
    last (its sign does not matter).
    """

    level: Ints
    x: Floats
    group: Ints
    counts: Floats
    n_levels: int
    n_groups: int
    nodes: Floats
    log_weights: Floats

    @property
    def n_thresholds(self) -> int:
        """Number of thresholds, the first parameters."""
        return self.n_levels - 1


def mixed_design(y: Floats, x: Floats, groups: Ints, n_levels: int, nodes: int) -> MixedDesign:
    """Lay out rows for the functions here; ``groups`` are positions from 0 without gaps."""
    table = np.column_stack((groups, y, x)).astype(np.float64)
    rows, counts = np.unique(table, axis=0, return_counts=True)
    points, weights = np.polynomial.hermite_e.hermegauss(nodes)
    return MixedDesign(
        level=rows[:, 1].astype(np.int64),
        x=rows[:, 2:],
        group=rows[:, 0].astype(np.int64),
        counts=counts.astype(np.float64),
        n_levels=n_levels,
        n_groups=int(groups.max()) + 1,
        nodes=points,
        log_weights=np.log(weights) + points**2 / 2,
    )


def fit_mixed(
    design: MixedDesign,
    link: Link,
    *,
    start: Floats,
    inverse: Floats,
    fixed_sd: float | None = None,
) -> Fit:
    """Maximise the marginal likelihood, from thresholds, coefficients and sd in ``start``.

    ``inverse`` is about their covariance. The gradient is that of the likelihood with its
    quadrature points held, which differs from that with points that move along by less than the
    error of the quadrature. With ``fixed_sd`` no information is worked out.
    """
    free = start.size if fixed_sd is None else start.size - 1
    modes = np.zeros(design.n_groups)

    def unfold(values: Floats) -> Floats:
        return values if fixed_sd is None else np.append(values, fixed_sd)

    def objective(values: Floats) -> tuple[float, Floats]:
        nonlocal modes
        if (np.diff(values[: design.n_thresholds]) <= 0).any():
            return -np.inf, np.zeros(free)
        value, slope, modes = marginal(unfold(values), design, link, modes)
        return value, slope[:free]

    found = maximum_with_gradient(objective, start[:free], inverse[:free, :free])
    parameters = unfold(found.at)
    information = (
        _information(parameters, design, link, modes)
        if fixed_sd is None
        else np.zeros((start.size, start.size))
    )
    return Fit(parameters, found.value, information, found.converged, 0)


def profile_sd(
    design: MixedDesign, link: Link, fit: Fit, log_likelihood: float, limit: float
) -> tuple[float, float] | None:
    """Standard deviations between which twice the log-likelihood drops by at most ``limit``.

    ``fit`` is the maximum, or with sd 0 and any information of full rank the model without
    groups.
    """
    best = float(abs(fit.parameters[-1]))
    start = fit.parameters
    inverse = np.zeros_like(fit.information)
    inverse[:-1, :-1] = np.linalg.inv(fit.information[:-1, :-1])

    def above(sd: float) -> float:
        nonlocal start
        fit = fit_mixed(design, link, start=start, inverse=inverse, fixed_sd=sd)
        start = fit.parameters
        return 2 * (log_likelihood - fit.log_likelihood) - limit

    low = 0.0 if best == 0 or above(0.0) < 0 else root_between(above, 0.0, best, within=1e-5)
    start = fit.parameters
    reach = max(1.5 * best, 0.5)
    while above(reach) < 0:
        reach *= 1.5
        if reach > WIDEST_SD:
            return None
    return low, root_between(above, best, reach, within=1e-5)


def marginal(
    parameters: Floats, design: MixedDesign, link: Link, modes: Floats
) -> tuple[float, Floats, Floats]:
    """Log-likelihood with the groups integrated out, its gradient, and the modes found.

    Each group is integrated over its standardised intercept z by Gauss-Hermite quadrature around
    the most likely z, as wide as the curve there. ``modes`` are where the search for it starts.
    """
    skip, sd = design.n_thresholds, float(parameters[-1])
    bounds = np.concatenate(([-np.inf], parameters[:skip], [np.inf]))
    shift = design.x @ parameters[skip:-1]
    high, low = bounds[design.level + 1] - shift, bounds[design.level] - shift
    centres, widths = _modes(high, low, sd, design, link, modes)
    z = centres[:, None] + widths[:, None] * design.nodes
    moved = sd * z[design.group]
    upper, lower = high[:, None] - moved, low[:, None] - moved
    at = cells(lower, upper, link)
    logs = np.log(at.chance) * design.counts[:, None]
    joint = _summed(logs, design) - z**2 / 2 + design.log_weights + np.log(widths)[:, None]
    joint -= np.log(2 * np.pi) / 2
    top = joint.max(axis=1, keepdims=True)
    per_group = top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
    posterior = np.exp(joint - per_group[:, None])[design.group] * design.counts[:, None]
    posterior /= at.chance
    at_upper, at_lower = at.high * posterior, at.low * posterior
    slope = np.empty_like(parameters)
    rows_upper, rows_lower = at_upper.sum(axis=1), at_lower.sum(axis=1)
    slope[:skip] = (
        np.bincount(design.level, rows_upper, skip + 1)[:skip]
        - np.bincount(design.level, rows_lower, skip + 1)[1:]
    )
    slope[skip:-1] = -(rows_upper - rows_lower) @ design.x
    slope[-1] = -float(np.sum((at_upper - at_lower) * z[design.group]))
    return float(per_group.sum()), slope, centres


def _summed(rows: Floats, design: MixedDesign) -> Floats:
    """Rows added up per group, for every column; rows are sorted by group."""
    starts = np.flatnonzero(np.diff(design.group, prepend=-1))
    return np.add.reduceat(rows, starts, axis=0)


def _modes(
    high: Floats, low: Floats, sd: float, design: MixedDesign, link: Link, modes: Floats
) -> tuple[Floats, Floats]:
    """The most likely z of every group, and 1 / sqrt(curvature) there (Newton, log-concave)."""
    z = modes.copy()
    curvature = np.ones(z.size)
    for _ in range(MODE_STEPS):
        moved = sd * z[design.group]
        upper, lower = high - moved, low - moved
        at = cells(lower, upper, link)
        slope = (at.high - at.low) / at.chance
        bend = (at.high_slope - at.low_slope) / at.chance - slope**2
        gradient = -sd * _summed(design.counts * slope, design) - z
        curvature = 1 - sd**2 * _summed(design.counts * bend, design)
        step = np.clip(gradient / curvature, -2.0, 2.0)
        z += step
        if np.abs(step).max() < 1e-8:
            break
    return z, 1 / np.sqrt(curvature)


def _information(parameters: Floats, design: MixedDesign, link: Link, modes: Floats) -> Floats:
    """Minus the Hessian, by central differences of the gradient."""
    found = np.empty((parameters.size, parameters.size))
    for j in range(parameters.size):
        step = np.zeros(parameters.size)
        step[j] = GRADIENT_STEP * max(1.0, abs(float(parameters[j])))
        ahead = marginal(parameters + step, design, link, modes)[1]
        behind = marginal(parameters - step, design, link, modes)[1]
        found[j] = (behind - ahead) / (2 * step[j])
    return (found + found.T) / 2
