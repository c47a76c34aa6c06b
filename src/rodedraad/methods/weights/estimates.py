"""What is the mean or total in the population, and how sure is that given how was sampled?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy import special  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice
from rodedraad.methods.weights.calibration import Weights
from rodedraad.methods.weights.margins import Floats, base_weights
from rodedraad.methods.weights.refusals import WeightRefusal
from rodedraad.methods.weights.sampling import SampleDesign

_t_quantile = cast("Callable[[float, float], float]", special.stdtrit)


@dataclass(frozen=True, slots=True)
class SurveyEstimate:
    """An estimate for the population with its standard error by linearisation.

    ``design_effect`` is the variance over that of a simple random sample of the same size
    without replacement (None for a total or where that has no variance). ``degrees`` are those
    of the t of the interval: sampled units less strata.
    """

    value: float
    standard_error: float
    interval: Interval
    design_effect: float | None
    degrees: int
    n: int
    n_missing: int
    n_strata: int
    n_clusters: int
    population: float
    notices: tuple[Notice, ...]


def survey_mean(
    values: npt.ArrayLike,
    weights: Weights | npt.ArrayLike,
    *,
    design: SampleDesign | None = None,
    domain: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> SurveyEstimate:
    """Weighted mean with its standard error by Taylor linearisation.

    Parameters
    ----------
    values: array of shape (n,); NaN = no answer: estimated over those who answered (a domain).
        A share is the mean of 0 and 1.
    weights: from :func:`post_stratify` or :func:`rake`, or an array of shape (n,). With the
        former the variance takes into account that the margins are known: it is that of the
        residuals of the regression on the categories.
    design: strata, clusters and population sizes; simple random with replacement when None.
    domain: array of bool; the mean is of the respondents where it is True, with the whole
        sample kept in the variance (the size of a domain is not fixed).
    confidence: of the interval, between 0 and 1.

    Returns
    -------
    SurveyEstimate, with notices ``missing`` and ``few_degrees`` (below 10).

    Raises
    ------
    WeightRefusal: other shapes, nobody left, or a stratum with one sampled unit (from which no
        variance within that stratum can be learned).

    Notes
    -----
    Checked against survey::svymean, svytotal and svyby in R for stratified, clustered,
    post-stratified and raked samples (tests/reference/weights). For a purposive sample the
    standard error has no meaning: there is no chance of being drawn.

    >>> round(survey_mean([1, 2, 3, 4], [1, 1, 1, 1]).standard_error, 4)  # sd / root of n
    0.6455
    """
    y, w, used = _read(values, weights, domain)
    total = float(w[used].sum())
    mean = float(w[used] @ y[used]) / total
    scores = np.where(used, y - mean, 0.0) / total
    chosen = design or SampleDesign.simple(y.size)
    variance = chosen.variance_of_total(w * _residuals(scores, weights))
    return _estimate(
        mean,
        variance,
        chosen,
        y,
        w,
        used,
        confidence,
        simple_variance=_simple_variance(y[used], w[used], float(w.sum()), mean),
    )


def survey_total(
    values: npt.ArrayLike,
    weights: Weights | npt.ArrayLike,
    *,
    design: SampleDesign | None = None,
    domain: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> SurveyEstimate:
    """Weighted total with its standard error; see :func:`survey_mean` for everything else.

    Missing answers count as 0 in a total, so a notice says how many there are.
    """
    y, w, used = _read(values, weights, domain)
    total = float(w[used] @ y[used])
    chosen = design or SampleDesign.simple(y.size)
    scores = np.where(used, y, 0.0)
    variance = chosen.variance_of_total(w * _residuals(scores, weights))
    return _estimate(total, variance, chosen, y, w, used, confidence, simple_variance=None)


def _read(
    values: npt.ArrayLike, weights: Weights | npt.ArrayLike, domain: npt.ArrayLike | None
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    y = np.asarray(values, dtype=np.float64)
    given = weights.values if isinstance(weights, Weights) else weights
    w = base_weights(given, y.size)
    if y.ndim != 1 or np.isinf(y).any():
        raise WeightRefusal(
            "Values must be one finite number per respondent, NaN where unknown. Correct them.",
            code="weights_values",
        )
    used = ~np.isnan(y)
    if domain is not None:
        inside = np.asarray(domain, dtype=bool)
        if inside.shape != y.shape:
            raise WeightRefusal(
                f"The domain has {inside.size} entries for {y.size} respondents. Give one each.",
                code="weights_shape",
            )
        used &= inside
    if not used.any():
        raise WeightRefusal(
            "Nobody in this domain gave an answer, so there is nothing to estimate. Choose "
            "another domain or leave it out.",
            code="weights_nobody",
        )
    return np.where(used, y, 0.0), w, used


def _residuals(scores: Floats, weights: Weights | npt.ArrayLike) -> Floats:
    """What the known margins do not explain of the scores; the scores themselves without any."""
    if not isinstance(weights, Weights):
        return scores
    known = np.column_stack([np.eye(len(m.categories))[m.codes] for m in weights.margins])
    root = np.sqrt(weights.base)
    slopes = np.linalg.lstsq(known * root[:, None], scores * root, rcond=None)[0]
    return scores - known @ slopes


def _simple_variance(y: Floats, w: Floats, population: float, mean: float) -> float | None:
    """Variance of the mean of a simple random sample of this size, without replacement."""
    n = y.size
    if n < 2:
        return None
    spread = float(w @ (y - mean) ** 2) / float(w.sum()) * n / (n - 1)
    return spread / n * (1 - n / population) if population > n else spread / n


def _estimate(
    value: float,
    variance: float,
    design: SampleDesign,
    y: Floats,
    w: Floats,
    used: npt.NDArray[np.bool_],
    confidence: float,
    *,
    simple_variance: float | None,
) -> SurveyEstimate:
    if not 0 < confidence < 1:
        raise WeightRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="weights_confidence"
        )
    error = float(np.sqrt(variance))
    width = float(_t_quantile(design.degrees, (1 + confidence) / 2)) * error
    n_missing = int(y.size - used.sum())
    said = (
        (n_missing > 0, Notice("missing", {"n": n_missing})),
        (design.degrees < 10, Notice("few_degrees", {"degrees": design.degrees})),
    )
    return SurveyEstimate(
        value=value,
        standard_error=error,
        interval=Interval(value - width, value + width, confidence, "linearisation, t"),
        design_effect=variance / simple_variance if simple_variance else None,
        degrees=design.degrees,
        n=int(used.sum()),
        n_missing=n_missing,
        n_strata=design.n_strata,
        n_clusters=design.n_clusters,
        population=float(w.sum()),
        notices=tuple(notice for is_so, notice in said if is_so),
    )
