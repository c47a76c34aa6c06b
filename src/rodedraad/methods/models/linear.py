"""What goes together with a higher number over cases that stand by themselves?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rodedraad.methods.models.bearing import check_bearing
from rodedraad.methods.models.coefficients import Coefficient
from rodedraad.methods.models.data import ModelData
from rodedraad.methods.models.linear_mixed import INTERCEPT, t_coefficient
from rodedraad.methods.models.refusals import ModelRefusal
from rodedraad.methods.notices import Notice

VERSION = "linear 1"
HIGH_VARIANCE_INFLATION = 10.0


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Least squares over cases: coefficients, the intercept first, and what they leave."""

    outcome: str
    coefficients: tuple[Coefficient, ...]
    residual_sd: float
    r2: float
    adjusted_r2: float
    n: int
    n_rows: int
    missing: Mapping[str, int]
    confidence: float
    notices: tuple[Notice, ...]
    version: str = VERSION

    def coefficient(self, name: str) -> Coefficient:
        """The term with this name; KeyError when there is none."""
        return {term.name: term for term in self.coefficients}[name]


def linear_model(data: ModelData, *, confidence: float = 0.95, override: str = "") -> LinearModel:
    """Fit a linear regression by least squares, if there are at least 10 cases per term.

    Parameters
    ----------
    data: from :func:`rodedraad.methods.models.data.model_data`, numbers, without group.
    confidence: of the t intervals. override: see :mod:`.bearing`.

    Returns
    -------
    LinearModel, with notice ``terms_alike`` when a term is nearly told by the others (variance
    inflation above 10: its coefficient then says little).

    Raises
    ------
    ModelRefusal: 7 predictors under 70 cases, fewer than 8 cases, groups, or an outcome that
        follows exactly from the terms.

    Notes
    -----
    Assumes independent rests of equal spread. Checked against lm in R (tests/reference/models).
    """
    if data.levels or data.group:
        raise ModelRefusal(
            "Least squares takes an outcome of numbers and no groups. Use the ordinal or the "
            "mixed model.",
            code="model_not_linear",
        )
    if not 0 < confidence < 1:
        raise ModelRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="model_confidence"
        )
    notices = [*data.notices, *check_bearing(data, override=override)]
    x = np.column_stack((np.ones(data.n), data.x))
    df = data.n - x.shape[1]
    if df < 1:
        raise ModelRefusal(
            f"{data.n} cases and {x.shape[1]} coefficients leave nothing to judge by. Leave terms "
            "out.",
            code="model_saturated",
        )
    inverse = np.linalg.inv(x.T @ x)
    estimates = np.linalg.lstsq(x, data.y, rcond=None)[0]
    rest = float(np.sum((data.y - x @ estimates) ** 2))
    total = float(np.sum((data.y - data.y.mean()) ** 2))
    errors = np.sqrt(np.diagonal(inverse) * rest / df)
    if rest <= 1e-20 * total:
        raise ModelRefusal(
            f"{data.outcome!r} follows exactly from {', '.join(data.terms)}, so nothing is left "
            "to judge by. Leave out the terms that it is made of.",
            code="model_exact",
            column=data.outcome,
        )
    spread = np.sum((data.x - data.x.mean(axis=0)) ** 2, axis=0)
    inflation = np.diagonal(inverse)[1:] * spread
    alike = {
        name: float(value)
        for name, value in zip(data.terms, inflation, strict=True)
        if value > HIGH_VARIANCE_INFLATION
    }
    if alike:
        notices.append(Notice("terms_alike", {"variance_inflation": alike}))
    return LinearModel(
        outcome=data.outcome,
        coefficients=tuple(
            t_coefficient(name, float(b), float(e), df, confidence)
            for name, b, e in zip((INTERCEPT, *data.terms), estimates, errors, strict=True)
        ),
        residual_sd=float(np.sqrt(rest / df)),
        r2=1 - rest / total,
        adjusted_r2=1 - (rest / df) / (total / (data.n - 1)),
        n=data.n,
        n_rows=data.n_rows,
        missing=data.missing,
        confidence=confidence,
        notices=tuple(notices),
    )
