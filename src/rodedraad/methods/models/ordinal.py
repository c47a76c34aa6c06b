"""What goes together with a higher answer on an ordered scale, when rows are independent?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval
from rodedraad.methods.models.bearing import check_bearing
from rodedraad.methods.models.coefficients import Coefficient, Threshold
from rodedraad.methods.models.cumulative import (
    Fit,
    Link,
    OrdinalDesign,
    fit_cumulative,
    ordinal_design,
    separated,
)
from rodedraad.methods.models.data import ModelData
from rodedraad.methods.models.refusals import ModelRefusal
from rodedraad.methods.models.solvers import chi_squared_tail, root_between
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]

VERSION = "cumulative link 1"
WIDEST = 1000.0


@dataclass(frozen=True, slots=True)
class OrdinalModel:
    """A cumulative link model: P(answer <= k) = F(threshold_k - x @ beta).

    A positive coefficient goes with higher answers. With the logit link exp(coefficient) is the
    odds ratio of a higher answer, at every threshold.
    """

    outcome: str
    levels: tuple[str, ...]
    link: Link
    coefficients: tuple[Coefficient, ...]
    thresholds: tuple[Threshold, ...]
    log_likelihood: float
    n: int
    n_rows: int
    missing: Mapping[str, int]
    converged: bool
    confidence: float
    notices: tuple[Notice, ...]
    version: str = VERSION

    def coefficient(self, name: str) -> Coefficient:
        """The term with this name; KeyError when there is none."""
        return {term.name: term for term in self.coefficients}[name]


def ordinal_model(
    data: ModelData, *, link: Link = "logit", confidence: float = 0.95, override: str = ""
) -> OrdinalModel:
    """Fit a cumulative link model (proportional odds with the logit link) by full likelihood.

    Parameters
    ----------
    data: from :func:`rodedraad.methods.models.data.model_data` with ``ordered=True``, no group.
    link: "logit" or "probit".
    confidence: of the profile likelihood intervals.
    override: the reason to fit it although the data are too few; see :mod:`.bearing`.

    Returns
    -------
    OrdinalModel. Standard errors from the observed information; p and intervals from the
    likelihood ratio, which hold better at small n than estimate / standard error.

    Raises
    ------
    ModelRefusal: too few cases (:func:`.bearing.check_bearing`); terms that tell the answers
        perfectly apart, so that no maximum exists.

    Notes
    -----
    Assumes that a term shifts all thresholds alike, and independent rows; rows inside
    municipalities need :func:`.ordinal_mixed.ordinal_mixed_model`. Checked against
    ordinal::clm in R and statsmodels (tests/reference/models).

    McCullagh, P. (1980). Regression models for ordinal data. JRSS B 42, 109-142.
    """
    check_ordered(data, confidence)
    if data.group:
        raise ModelRefusal(
            f"The rows lie inside {data.group!r}, which this model does not know. Use the model "
            "with a random intercept, or leave the group out.",
            code="model_group_unused",
        )
    notices = [*data.notices, *check_bearing(data, override=override)]
    design = ordinal_design(data.y, data.x, len(data.levels))
    fit = checked_fit(design, link, data)
    errors = np.sqrt(np.diagonal(np.linalg.inv(fit.information)))
    skip = design.n_thresholds
    coefficients = [
        _coefficient(design, link, fit, skip + j, name, float(errors[skip + j]), confidence)
        for j, name in enumerate(data.terms)
    ]
    open_ended = [term.name for term in coefficients if term.interval is None]
    if open_ended:
        notices.append(Notice("interval_absent", {"terms": open_ended}))
    if not fit.converged:
        notices.append(Notice("not_converged", {"steps": fit.steps}))
    return OrdinalModel(
        outcome=data.outcome,
        levels=data.levels,
        link=link,
        coefficients=tuple(coefficients),
        thresholds=thresholds_of(data.levels, fit.parameters[:skip], errors[:skip]),
        log_likelihood=fit.log_likelihood,
        n=data.n,
        n_rows=data.n_rows,
        missing=data.missing,
        converged=fit.converged,
        confidence=confidence,
        notices=tuple(notices),
    )


def check_ordered(data: ModelData, confidence: float) -> None:
    """Refuse an outcome that was not read as ordered, and a confidence outside 0-1."""
    if not data.levels:
        raise ModelRefusal(
            f"{data.outcome!r} was read as numbers. Read it with ordered=True for this model.",
            code="model_not_ordered",
        )
    if not 0 < confidence < 1:
        raise ModelRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="model_confidence"
        )


def checked_fit(design: OrdinalDesign, link: Link, data: ModelData) -> Fit:
    """The fit, or a refusal that names the terms that tell the answers perfectly apart."""
    fit = fit_cumulative(design, link)
    if separated(design, fit):
        size = np.abs(fit.parameters[design.n_thresholds :]) * data.x.std(axis=0)
        name = data.terms[int(size.argmax())]
        raise ModelRefusal(
            f"The terms tell some answers of {data.outcome!r} perfectly apart ({name!r} most), so "
            "the coefficient has no upper limit. Leave that term out and show it in a table, or "
            "join levels.",
            code="model_separation",
            term=name,
        )
    return fit


def thresholds_of(
    levels: tuple[str, ...], estimates: Floats, errors: Floats
) -> tuple[Threshold, ...]:
    """The thresholds with their names."""
    return tuple(
        Threshold(f"{low}|{high}", float(estimate), float(error))
        for low, high, estimate, error in zip(
            levels[:-1], levels[1:], estimates, errors, strict=True
        )
    )


def _coefficient(
    design: OrdinalDesign,
    link: Link,
    fit: Fit,
    position: int,
    name: str,
    error: float,
    confidence: float,
) -> Coefficient:
    estimate = float(fit.parameters[position])

    def drop(value: float) -> float:
        profile = fit_cumulative(design, link, start=fit.parameters, fixed=(position, value))
        return 2 * (fit.log_likelihood - profile.log_likelihood)

    limit = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    low, high = (profile_bound(drop, estimate, error, limit, side) for side in (-1, 1))
    return Coefficient(
        name=name,
        estimate=estimate,
        standard_error=error,
        interval=None
        if low is None or high is None
        else Interval(low, high, confidence, "profile likelihood"),
        p=chi_squared_tail(drop(0.0), 1),
        how="likelihood ratio",
    )


def profile_bound(
    drop: Callable[[float], float], estimate: float, error: float, limit: float, side: int
) -> float | None:
    """Where the deviance has risen by ``limit`` on one side of the estimate; None if nowhere."""
    width = error
    while drop(estimate + side * width) < limit:
        width *= 2
        if width > WIDEST * error:
            return None

    def above(value: float) -> float:
        return drop(value) - limit

    return root_between(above, *sorted((estimate, estimate + side * width)))
