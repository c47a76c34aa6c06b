"""What goes together with a higher number when rows lie inside municipalities?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval
from rodedraad.methods.models.bearing import check_bearing
from rodedraad.methods.models.coefficients import Coefficient
from rodedraad.methods.models.data import ModelData
from rodedraad.methods.models.refusals import ModelRefusal
from rodedraad.methods.models.restricted import (
    MixedSums,
    criterion,
    criterion_at,
    factor_of,
    mixed_sums,
    solve,
)
from rodedraad.methods.models.solvers import (
    minimum_between,
    minimum_simplex,
    root_between,
    student_quantile,
    student_two_sided,
)
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]

INTERCEPT = "(intercept)"
VERSION = "linear mixed 1"
NO_SPREAD = 1e-4
EXACT = 1e-10
WIDEST = 1e3
STEP = 1e-4


@dataclass(frozen=True, slots=True)
class LinearMixedModel:
    """y = x @ beta + u of the group + rest, fitted by restricted maximum likelihood (REML).

    ``spreads`` are the standard deviations between groups of what varies by group, the
    ``(intercept)`` first; ``correlations`` those among them, in the same order. ``shared`` is
    the share, 0-1, of the variance between groups (ICC); None when slopes vary, since it then
    differs from row to row.
    """

    outcome: str
    group: str
    coefficients: tuple[Coefficient, ...]
    spreads: Mapping[str, float]
    correlations: npt.NDArray[np.float64]
    residual_sd: float
    shared: float | None
    shared_interval: Interval | None
    criterion: float
    n: int
    n_groups: int
    n_rows: int
    missing: Mapping[str, int]
    converged: bool
    confidence: float
    notices: tuple[Notice, ...]
    version: str = VERSION

    def coefficient(self, name: str) -> Coefficient:
        """The term with this name; KeyError when there is none."""
        return {term.name: term for term in self.coefficients}[name]


def linear_mixed_model(
    data: ModelData,
    *,
    slopes: Sequence[str] = (),
    confidence: float = 0.95,
    override: str = "",
) -> LinearMixedModel:
    """Fit a linear model with a random intercept per group, by REML.

    Parameters
    ----------
    data: from :func:`rodedraad.methods.models.data.model_data`, with a group; the predictors may
        be none, to see how much of the variance lies between groups.
    slopes: terms whose coefficient varies by group too, correlated with the intercept; at most 2.
    confidence: of the intervals.
    override: the reason to fit it although groups or rows are too few; see :mod:`.bearing`.

    Returns
    -------
    LinearMixedModel. Coefficients have t intervals with Satterthwaite's degrees of freedom, so a
    term that is a property of the group rests on the number of groups. ``shared`` has a profile
    interval of the restricted likelihood. Notice ``no_spread_between_groups`` when the estimate
    lies on the edge.

    Raises
    ------
    ModelRefusal: no group, a slope that is no term, data that cannot bear it, or an outcome that
        follows exactly from terms and groups.

    Notes
    -----
    Assumes normal intercepts and rests; the outcome should be close to a scale of numbers. For
    answers in few categories use :func:`.ordinal_mixed.ordinal_mixed_model`. Checked against
    lme4 and lmerTest in R (tests/reference/models).

    Bates, D., Maechler, M., Bolker, B. & Walker, S. (2015). Journal of Statistical Software 67.
    Satterthwaite, F. (1946). Biometrics Bulletin 2, 110-114.
    """
    _check(data, slopes, confidence)
    notices = [*data.notices, *check_bearing(data, override=override)]
    x = np.column_stack((np.ones(data.n), data.x))
    columns = [0, *(1 + data.terms.index(name) for name in slopes)]
    _check_rest(data, x, columns)
    sums = mixed_sums(data.y, x, x[:, columns], data.groups)
    theta, converged = _lowest(sums)
    solved = solve(sums, theta)
    sigma = float(np.sqrt(solved.rest / (sums.n - sums.n_terms)))
    factor = factor_of(theta, sums.n_random)
    spreads = sigma * np.sqrt(np.sum(factor**2, axis=1))
    if spreads.min() < NO_SPREAD * sigma:
        notices.append(Notice("no_spread_between_groups", {"group": data.group}))
    if not converged:
        notices.append(Notice("not_converged", {}))
    terms = (INTERCEPT, *data.terms)
    errors = sigma * np.sqrt(np.diagonal(solved.unscaled))
    dfs = satterthwaite(sums, theta, sigma)
    simple = not slopes
    return LinearMixedModel(
        outcome=data.outcome,
        group=data.group,
        coefficients=tuple(
            t_coefficient(name, float(b), float(e), float(df), confidence)
            for name, b, e, df in zip(terms, solved.coefficients, errors, dfs, strict=True)
        ),
        spreads={
            name: float(spread) for name, spread in zip((INTERCEPT, *slopes), spreads, strict=True)
        },
        correlations=_correlations(factor),
        residual_sd=sigma,
        shared=_share(float(theta[0])) if simple else None,
        shared_interval=_shared_interval(sums, float(theta[0]), confidence) if simple else None,
        criterion=criterion(sums, theta),
        n=data.n,
        n_groups=len(data.group_names),
        n_rows=data.n_rows,
        missing=data.missing,
        converged=converged,
        confidence=confidence,
        notices=tuple(notices),
    )


def t_coefficient(
    name: str, estimate: float, error: float, df: float, confidence: float
) -> Coefficient:
    """A coefficient with its t interval and test."""
    reach = student_quantile((1 + confidence) / 2, df) * error
    return Coefficient(
        name=name,
        estimate=estimate,
        standard_error=error,
        interval=Interval(estimate - reach, estimate + reach, confidence, "t"),
        p=student_two_sided(estimate / error, df),
        how="t",
        df=df,
    )


def satterthwaite(sums: MixedSums, theta: Floats, sigma: float) -> Floats:
    """Degrees of freedom per coefficient: 2 * variance squared / variance of that variance.

    The last by the delta method from the curvature of the criterion in the spreads and the
    residual deviation, both by central differences. Directions in which the criterion is flat
    (a spread of 0) tell nothing and are left out.
    """
    at = np.append(theta, sigma)
    n_parameters = at.size
    steps = STEP * np.maximum(1.0, np.abs(at))
    steps[-1] = STEP * sigma

    def value(parameters: Floats) -> float:
        return criterion_at(sums, parameters[:-1], float(parameters[-1]))

    def variances(parameters: Floats) -> Floats:
        return parameters[-1] ** 2 * np.diagonal(solve(sums, parameters[:-1]).unscaled)

    curve = np.empty((n_parameters, n_parameters))
    slopes = np.empty((n_parameters, sums.n_terms))
    moves = np.diag(steps)
    for i in range(n_parameters):
        ahead, behind = variances(at + moves[i]), variances(at - moves[i])
        slopes[i] = (ahead - behind) / (2 * steps[i])
        for j in range(n_parameters):
            corners = (
                value(at + moves[i] + moves[j])
                - value(at + moves[i] - moves[j])
                - value(at - moves[i] + moves[j])
                + value(at - moves[i] - moves[j])
            )
            curve[i, j] = corners / (4 * steps[i] * steps[j])
    sizes, directions = np.linalg.eigh(curve)
    kept = sizes > 1e-8 * sizes.max()
    along = directions[:, kept].T @ slopes
    spread = 2 * np.sum(along**2 / sizes[kept][:, None], axis=0)
    return 2 * variances(at) ** 2 / np.maximum(spread, 1e-300)


def _check(data: ModelData, slopes: Sequence[str], confidence: float) -> None:
    if data.levels:
        raise ModelRefusal(
            f"{data.outcome!r} was read as ordered. Read it as numbers, or use the ordinal model.",
            code="model_ordered",
        )
    if not data.group:
        raise ModelRefusal(
            "This model needs the group in which each row lies. Name it.", code="model_no_group"
        )
    unknown = [name for name in slopes if name not in data.terms]
    if unknown or len(slopes) > 2 or len(set(slopes)) < len(slopes):
        raise ModelRefusal(
            f"Slopes that vary by group are at most two different terms out of: "
            f"{', '.join(data.terms)}. Got {', '.join(slopes)}.",
            code="model_slopes",
        )
    if not 0 < confidence < 1:
        raise ModelRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="model_confidence"
        )
    if np.bincount(data.groups).max() == 1:
        raise ModelRefusal(
            f"Every {data.group} has one row, so spread between and inside cannot be told apart. "
            "Use a model without groups.",
            code="model_one_row_per_group",
        )


def _check_rest(data: ModelData, x: Floats, columns: Sequence[int]) -> None:
    """Refuse an outcome of which terms and groups leave nothing unexplained."""
    both = np.column_stack((data.y, x))
    used = 0
    for group in range(len(data.group_names)):
        rows = data.groups == group
        own, sizes, _ = np.linalg.svd(x[np.ix_(rows, columns)], full_matrices=False)
        own = own[:, sizes > sizes[0] * EXACT]
        used += own.shape[1]
        both[rows] -= own @ (own.T @ both[rows])
    y, inside = both[:, 0], both[:, 1:]
    estimates, _, rank, _ = np.linalg.lstsq(inside, y, rcond=EXACT)
    rest = float(np.sum((y - inside @ estimates) ** 2))
    total = float(np.sum((data.y - data.y.mean()) ** 2))
    if data.n > used + int(rank) and rest <= EXACT**2 * total:
        made_of = ", ".join((*data.terms, f"the groups of {data.group}"))
        raise ModelRefusal(
            f"{data.outcome!r} follows exactly from {made_of}, so nothing is left to judge by. "
            "Leave out the terms that it is made of, or describe it without a model.",
            code="model_exact",
            column=data.outcome,
        )


def _lowest(sums: MixedSums) -> tuple[Floats, bool]:
    """The relative spreads at which the criterion is lowest."""
    if sums.n_random == 1:
        grid = np.concatenate(([0.0], np.geomspace(1e-3, WIDEST, 61)))
        values = [criterion(sums, np.array([theta])) for theta in grid]
        best = int(np.argmin(values))
        low, high = float(grid[max(0, best - 1)]), float(grid[min(61, best + 1)])

        def at(theta: float) -> float:
            return criterion(sums, np.array([theta]))

        found = minimum_between(at, low, high)
        return np.array([found if at(found) < values[0] else 0.0]), True
    diagonal = np.concatenate([np.eye(sums.n_random)[i, i:] for i in range(sums.n_random)])
    lowest = minimum_simplex(lambda theta: criterion(sums, theta), diagonal)
    return _upright(lowest.at, sums.n_random), lowest.converged


def _upright(theta: Floats, n_random: int) -> Floats:
    """The same spreads with a diagonal of 0 or more."""
    factor = factor_of(theta, n_random)
    signs = np.where(np.diagonal(factor) < 0, -1.0, 1.0)
    columns, rows = np.triu_indices(n_random)
    return (factor * signs)[rows, columns]


def _correlations(factor: Floats) -> Floats:
    covariance = factor @ factor.T
    deviations = np.sqrt(np.maximum(np.diagonal(covariance), 1e-300))
    found = covariance / np.outer(deviations, deviations)
    np.fill_diagonal(found, 1.0)
    return found


def _share(theta: float) -> float:
    return theta**2 / (1 + theta**2)


def _shared_interval(sums: MixedSums, theta: float, confidence: float) -> Interval | None:
    limit = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    lowest = criterion(sums, np.array([theta]))

    def above(value: float) -> float:
        return criterion(sums, np.array([value])) - lowest - limit

    low = 0.0 if theta == 0 or above(0.0) < 0 else root_between(above, 0.0, theta)
    reach = max(2 * theta, 0.1)
    while above(reach) < 0:
        reach *= 2
        if reach > WIDEST:
            return None
    high = root_between(above, theta, reach)
    return Interval(_share(low), _share(high), confidence, "profile restricted likelihood")
