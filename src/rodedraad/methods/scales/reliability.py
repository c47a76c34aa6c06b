"""Do the items of a scale measure one thing, how reliably, and which item does not fit?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval, percentile_interval
from rodedraad.methods.notices import Notice
from rodedraad.methods.scales.answers import ItemAnswers
from rodedraad.methods.scales.coefficients import alpha_of, feldt_interval, omega_of
from rodedraad.methods.scales.covariances import (
    Floats,
    bootstrap_moments,
    pairwise_moments,
)
from rodedraad.methods.scales.factor import OneFactor, one_factor
from rodedraad.methods.scales.refusals import ScaleRefusal

FEW_RESPONDENTS = 30
ENOUGH_FOR_A_FACTOR = 3


@dataclass(frozen=True, slots=True)
class ItemReliability:
    """One item beside the rest. ``loading`` is on the one factor of the correlations;
    ``alpha_if_dropped`` is None for a scale of two items."""

    name: str
    n: int
    mean: float
    sd: float
    item_rest: float | None
    alpha_if_dropped: float | None
    loading: float | None


@dataclass(frozen=True, slots=True)
class ScaleReliability:
    """Reliability of the sum (or mean) of the items, with what it rests on.

    ``alpha`` and ``omega`` are those of the answers as they are; ``alpha_standardised`` and
    ``omega_standardised`` those of z-scores. ``alpha_interval`` and ``omega_interval`` are
    bootstraps; ``alpha_feldt`` supposes normal items of equal quality and no gaps. ``n_complete``
    respondents answered every item, ``n_used`` at least two.
    """

    alpha: float
    alpha_interval: Interval | None
    alpha_feldt: Interval
    alpha_standardised: float
    mean_correlation: float
    omega: float | None
    omega_interval: Interval | None
    omega_standardised: float | None
    items: tuple[ItemReliability, ...]
    n_respondents: int
    n_used: int
    n_complete: int
    n_clusters: int | None
    missing: str
    bootstraps: int
    seed: int
    notices: tuple[Notice, ...]


def scale_reliability(
    answers: ItemAnswers,
    *,
    seed: int,
    bootstraps: int = 1000,
    confidence: float = 0.95,
    listwise: bool = False,
    clusters: npt.ArrayLike | None = None,
) -> ScaleReliability:
    """Cronbach's alpha and McDonald's omega (total) with intervals, and a row per item.

    alpha = k / (k - 1) * (1 - sum of item variances / variance of the sum). It equals the
    reliability when items hang equally on one thing, and is lower than it otherwise.
    omega = 1 - sum of unique variances / variance of the sum, with the unique variances of one
    factor fitted by minimum residuals; items may differ in how they hang on it.

    Parameters
    ----------
    answers: from :func:`rodedraad.methods.scales.answers.item_answers`, reversed items turned.
    seed: of the bootstrap; the same seed gives the same interval.
    bootstraps: draws for the percentile interval; 0 for none, else at least 100.
    confidence: of all intervals, between 0 and 1.
    listwise: True uses respondents who answered everything only; False (the default) uses for
        each pair of items everyone who answered both.
    clusters: one label per respondent (the case); whole clusters are then drawn, because
        colleagues answer alike and a bootstrap of respondents would be too narrow.

    Returns
    -------
    ScaleReliability, with notices ``few_respondents`` (below 30), ``two_items``,
    ``negative_item_rest`` (an item not reversed?), ``negative_alpha``, ``heywood``,
    ``not_converged``, ``incomplete_respondents``, ``not_positive_definite``,
    ``bootstraps_failed``.

    Raises
    ------
    ScaleRefusal: fewer than two items, fewer than three respondents with two answers, an item
        without variance, or two items that nobody answered both.

    Notes
    -----
    The Feldt interval takes n = respondents who answered at least two items; with many gaps it
    is too narrow. Bootstrap draws in which an item does not vary are left out and counted.
    Checked against psych::alpha, psych::omega and psych::fa in R (tests/reference/scales).

    Cronbach, L. (1951), Psychometrika 16. McDonald, R. (1999), Test Theory. Feldt, L., Woodruff,
    D. & Salih, F. (1987), Applied Psychological Measurement 11.

    >>> from rodedraad.methods.scales.answers import item_answers
    >>> rng = np.random.default_rng(1)
    >>> shared = rng.normal(size=(200, 1))
    >>> items = np.clip(np.rint(3 + shared + rng.normal(size=(200, 4))), 1, 5)
    >>> result = scale_reliability(item_answers(items), seed=1, bootstraps=200)
    >>> 0.7 < result.alpha < result.omega + 0.01 < 0.9
    True
    """
    values, groups = _used(answers, listwise, clusters)
    _check(answers, values, bootstraps, confidence)
    covariances, correlations = pairwise_moments(values)
    _check_pairs(answers.names, covariances, correlations)
    deviations = np.sqrt(np.diagonal(covariances))
    standardised = covariances / np.outer(deviations, deviations)
    fit = one_factor(correlations) if len(answers.names) >= ENOUGH_FOR_A_FACTOR else None
    omega, omega_standardised = _omegas(covariances, correlations, fit)
    alphas, omegas = _bootstrapped(values, groups, bootstraps, seed)
    alpha = float(alpha_of(covariances))
    n_complete = int((~np.isnan(values)).all(axis=1).sum())
    return ScaleReliability(
        alpha=alpha,
        alpha_interval=percentile_interval(alphas, confidence, method="bootstrap percentile"),
        alpha_feldt=feldt_interval(alpha, len(values), len(answers.names), confidence),
        alpha_standardised=float(alpha_of(standardised)),
        mean_correlation=float(standardised[np.triu_indices(len(standardised), 1)].mean()),
        omega=omega,
        omega_interval=percentile_interval(omegas, confidence, method="bootstrap percentile")
        if omega is not None
        else None,
        omega_standardised=omega_standardised,
        items=_items(answers.names, values, covariances, fit),
        n_respondents=len(answers.values),
        n_used=len(values),
        n_complete=n_complete,
        n_clusters=None if groups is None else int(np.unique(groups).size),
        missing="listwise" if listwise else "pairwise",
        bootstraps=bootstraps,
        seed=seed,
        notices=_notices(answers.names, covariances, fit, len(values), n_complete, alphas),
    )


def _used(
    answers: ItemAnswers, listwise: bool, clusters: npt.ArrayLike | None
) -> tuple[Floats, npt.NDArray[np.int64] | None]:
    enough = len(answers.names) if listwise else 2
    keep = answers.answered.sum(axis=1) >= enough
    if clusters is None:
        return answers.values[keep], None
    labels = np.asarray(clusters)
    if labels.shape != keep.shape:
        raise ScaleRefusal(
            f"There are {labels.size} cluster labels for {keep.size} respondents. Give one per "
            "respondent.",
            code="scale_clusters",
        )
    return answers.values[keep], np.unique(labels[keep], return_inverse=True)[1].astype(np.int64)


def _check(answers: ItemAnswers, values: Floats, bootstraps: int, confidence: float) -> None:
    if len(answers.names) < 2:
        raise ScaleRefusal(
            f"Reliability needs at least two items. Got {', '.join(answers.names)}.",
            code="scale_too_few_items",
        )
    if len(values) < 3:
        raise ScaleRefusal(
            f"Reliability needs at least three respondents who answered enough items. Got "
            f"{len(values)} of {len(answers.values)}.",
            code="scale_too_few_respondents",
        )
    if bootstraps and bootstraps < 100:
        raise ScaleRefusal(
            f"An interval needs at least 100 bootstraps. Got {bootstraps}; 0 gives none.",
            code="scale_bootstraps",
        )
    if not 0 < confidence < 1:
        raise ScaleRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="scale_confidence"
        )
    for name, column in zip(answers.names, values.T, strict=True):
        known = column[~np.isnan(column)]
        if known.size < 2 or np.ptp(known) == 0:
            said = f"the same answer ({known.max():g}) everywhere" if known.size else "no answers"
            raise ScaleRefusal(
                f"Item {name!r} has {said}, so it cannot go together with others. Leave it out "
                "of the scale.",
                code="scale_constant_item",
                item=name,
            )


def _check_pairs(names: tuple[str, ...], covariances: Floats, correlations: Floats) -> None:
    if np.isnan(correlations).any():
        i, j = (int(x) for x in np.argwhere(np.isnan(correlations))[0])
        raise ScaleRefusal(
            f"{names[i]!r} and {names[j]!r} have no correlation: fewer than two respondents "
            "answered both, or those gave one of them all the same answer. Leave one of them out "
            "of the scale.",
            code="scale_no_common_respondents",
            items=(names[i], names[j]),
        )
    if covariances.sum() <= 0:
        raise ScaleRefusal(
            "The sum of the items has no variance: they cancel out. Are the reversed items named?",
            code="scale_items_cancel",
            items=names,
        )


def _omegas(
    covariances: Floats, correlations: Floats, fit: OneFactor | None
) -> tuple[float | None, float | None]:
    if fit is None or not fit.converged.all():
        return None, None
    return (
        float(omega_of(covariances, fit)),
        float(omega_of(correlations, fit)),
    )


def _bootstrapped(
    values: Floats, groups: npt.NDArray[np.int64] | None, bootstraps: int, seed: int
) -> tuple[Floats, Floats]:
    alphas = [np.empty(0)]
    omegas = [np.empty(0)]
    for drawn, correlations in bootstrap_moments(values, groups, bootstraps=bootstraps, seed=seed):
        varies = (np.diagonal(drawn, axis1=1, axis2=2) > 1e-12).all(axis=1)
        alphas.append(np.where(varies, alpha_of(drawn), np.nan))
        if values.shape[1] >= ENOUGH_FOR_A_FACTOR:
            correlations[~varies] = np.nan
            omegas.append(omega_of(drawn, one_factor(correlations)))
    return np.concatenate(alphas), np.concatenate(omegas)


def _items(
    names: tuple[str, ...], values: Floats, covariances: Floats, fit: OneFactor | None
) -> tuple[ItemReliability, ...]:
    k = len(names)
    variances = np.diagonal(covariances)
    with_rest = covariances.sum(axis=0) - variances
    rest = covariances.sum() - 2 * with_rest - variances
    found: list[ItemReliability] = []
    for j, name in enumerate(names):
        known = values[~np.isnan(values[:, j]), j]
        others = np.delete(np.delete(covariances, j, axis=0), j, axis=1)
        defined = rest[j] > 1e-12
        found.append(
            ItemReliability(
                name=name,
                n=known.size,
                mean=float(known.mean()),
                sd=float(known.std(ddof=1)),
                item_rest=float(with_rest[j] / np.sqrt(variances[j] * rest[j]))
                if defined
                else None,
                alpha_if_dropped=float(alpha_of(others)) if k > 2 and defined else None,
                loading=float(fit.loadings[j]) if fit is not None and bool(fit.converged) else None,
            )
        )
    return tuple(found)


def _notices(
    names: tuple[str, ...],
    covariances: Floats,
    fit: OneFactor | None,
    n_used: int,
    n_complete: int,
    alphas: Floats,
) -> tuple[Notice, ...]:
    with_rest = covariances.sum(axis=0) - np.diagonal(covariances)
    negative = [name for name, value in zip(names, with_rest, strict=True) if value < 0]
    failed = int(np.isnan(alphas).sum())
    smallest = float(np.linalg.eigvalsh(covariances)[0])
    bound = (
        [n for n, held in zip(names, fit.at_bound, strict=True) if held] if fit is not None else []
    )
    said = (
        (n_used < FEW_RESPONDENTS, Notice("few_respondents", {"n": n_used})),
        (n_complete < n_used, Notice("incomplete_respondents", {"n": n_used - n_complete})),
        (fit is None, Notice("two_items")),
        (bool(negative), Notice("negative_item_rest", {"items": negative})),
        (float(alpha_of(covariances)) < 0, Notice("negative_alpha")),
        (bool(bound), Notice("heywood", {"items": bound})),
        (fit is not None and not bool(fit.converged), Notice("not_converged")),
        (smallest < -1e-9, Notice("not_positive_definite", {"eigenvalue": smallest})),
        (failed > 0, Notice("bootstraps_failed", {"n": failed, "of": alphas.size})),
    )
    return tuple(notice for is_so, notice in said if is_so)
