"""How much do coders agree, with and without what chance explains?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy import special  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.agreement.chance import (
    MORE_CODERS,
    TWO_CODERS,
    Name,
    Sufficient,
    agreements,
    influences,
    sufficient_of,
)
from rodedraad.methods.agreement.partial import Weights, agreement_weights
from rodedraad.methods.agreement.ratings import FloatArray, IntArray, Ratings
from rodedraad.methods.agreement.refusals import AgreementRefused
from rodedraad.methods.agreement.resampling import (
    Resampling,
    check_resampling,
    clusters_of,
    resampled,
    resampled_interval,
    summed,
)
from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice

# SciPy carries no types; these are the distribution of Student's t and its inverse.
_t_share_below = cast(Callable[[float, float], float], special.stdtr)  # pyright: ignore[reportUnknownMemberType]
_t_quantile = cast(Callable[[float, float], float], special.stdtrit)  # pyright: ignore[reportUnknownMemberType]

PARADOX_OBSERVED = 0.8
PARADOX_CORRECTED = 0.4
MOST_CATEGORIES = 50


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One answer to how much coders agree.

    ``estimate`` is None when chance alone would give full agreement (all ratings equal).
    ``interval`` rests on ``standard_error`` and Student's t; ``bootstrap`` on resamples. Both
    are None without disagreement: a width of zero would promise what nobody knows. ``p_value``
    is two-sided, for no agreement beyond chance.
    """

    name: Name
    estimate: float | None
    observed: float
    expected: float
    standard_error: float | None
    interval: Interval | None
    p_value: float | None
    bootstrap: Interval | None


@dataclass(frozen=True, slots=True)
class AgreementCoefficients:
    """Coefficients of one table of ratings side by side.

    ``n_units``: rows; ``n_units_rated``: with at least one rating; ``n_units_paired``: with two
    or more; ``n_not_rated``: empty cells.
    """

    coefficients: tuple[Coefficient, ...]
    weights: Weights
    n_units: int
    n_units_rated: int
    n_units_paired: int
    n_coders: int
    n_categories: int
    n_not_rated: int
    unit: str
    universe: str
    resampling: Resampling
    notices: tuple[Notice, ...]

    def coefficient(self, name: Name) -> Coefficient:
        """The coefficient with this name; KeyError when it is not in the list."""
        return {one.name: one for one in self.coefficients}[name]


def agreement_coefficients(
    ratings: Ratings,
    *,
    weights: Weights = "identity",
    resamples: int = 1000,
    seed: int,
    confidence: float = 0.95,
    clusters: Sequence[object] | npt.ArrayLike | None = None,
    cluster: str = "cluster",
) -> AgreementCoefficients:
    """Percent agreement and what chance-corrected coefficients make of it.

    What each expects by chance: cohen (two coders) and conger (more) that each coder keeps the
    own shares of categories; scott (two) and fleiss (more) that all have the same shares; gwet
    (AC1, with weights AC2) that only ratings of hard units are guesses; brennan-prediger that
    all categories are as likely; krippendorff the same as fleiss, with a correction for small
    samples and only over units with two ratings.

    Parameters
    ----------
    ratings : see :func:`rodedraad.methods.agreement.ratings.ratings_of`
    weights : agreement of unequal categories, see :mod:`rodedraad.methods.agreement.partial`
    resamples, seed, confidence, clusters, cluster
        As in :func:`rodedraad.methods.agreement.alpha.krippendorff_alpha`. With clusters the
        standard errors are of sums per cluster too.

    Raises
    ------
    AgreementRefused
        More than 50 categories (use alpha), a coder who rated nothing, texts without an order with
        weights, clusters that are not one per unit, a wrong number of resamples.

    Notes
    -----
    Missing ratings: observed agreement is the mean over units with two ratings, chance comes
    from all ratings (krippendorff: only from those units). Notices: ``no_variation``,
    ``no_disagreement``, ``kappa_paradox`` (coders agree in over 80%, kappa is below 0.4: one
    category is rare or common, so read gwet beside it), ``unused_categories``,
    ``few_to_resample``, ``undefined_resamples``.
    Checked against R irrCAC and irr, standard errors too (tests/reference/agreement).

    Gwet, K.L. (2014). Handbook of inter-rater reliability, 4th ed. Conger, A.J. (1980).
    Integration and generalization of kappas for multiple raters. Psych. Bulletin 88, 322-328.

    >>> from rodedraad.methods.agreement.ratings import ratings_of
    >>> table = ratings_of([[1, 1], [2, 2], [1, 2], [2, 2]], unit="passage", universe="all 4")
    >>> both = agreement_coefficients(table, resamples=0, seed=1)
    >>> both.coefficient("percent").estimate, both.coefficient("cohen").estimate
    (0.75, 0.5)
    """
    _check(ratings)
    table = agreement_weights(ratings, weights)
    data = sufficient_of(ratings, table)
    rated = ratings.rated.any(axis=1)
    groups = None if clusters is None else clusters_of(clusters, ratings.n_units)[rated]
    groups = None if groups is None else np.unique(groups, return_inverse=True)[1]
    columns = data.columns()
    drawn = summed(columns, groups)
    resampling = Resampling(
        drawn=ratings.unit if groups is None else cluster,
        n_drawn=drawn.shape[0],
        resamples=resamples,
        seed=seed,
        confidence=confidence,
    )
    check_resampling(resampling)
    names = TWO_CODERS if ratings.n_coders == 2 else MORE_CODERS

    def all_values(times: FloatArray) -> FloatArray:
        sums = times @ drawn
        return np.column_stack([_values(name, data, sums) for name in names])

    draws = resampled(all_values, resampling).reshape(-1, len(names))
    coefficients: list[Coefficient] = []
    notices: list[Notice] = []
    for k, name in enumerate(names):
        bootstrap, said = resampled_interval(draws[:, k], resampling)
        coefficients.append(_coefficient(name, data, groups, bootstrap, confidence))
        notices += [notice for notice in said if notice not in notices]
    return AgreementCoefficients(
        coefficients=tuple(coefficients),
        weights=weights,
        n_units=ratings.n_units,
        n_units_rated=int(rated.sum()),
        n_units_paired=int(data.paired.sum()),
        n_coders=ratings.n_coders,
        n_categories=len(ratings.categories),
        n_not_rated=int((~ratings.rated).sum()),
        unit=ratings.unit,
        universe=ratings.universe,
        resampling=resampling,
        notices=(*_notices(ratings, coefficients), *notices),
    )


def _values(name: Name, data: Sufficient, sums: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = agreements(name, data, sums)
        return np.where(_defined(expected), (observed - expected) / (1 - expected), np.nan)


def _defined(expected: FloatArray) -> npt.NDArray[np.bool_]:
    return np.asarray(expected < 1 - 1e-12)


def _coefficient(
    name: Name,
    data: Sufficient,
    groups: IntArray | None,
    bootstrap: Interval | None,
    confidence: float,
) -> Coefficient:
    sums = data.columns().sum(axis=0)[None, :]
    observed, expected = (float(part[0]) for part in agreements(name, data, sums))
    if not expected < 1 - 1e-12:
        return Coefficient(name, None, observed, expected, None, None, None, None)
    estimate = (observed - expected) / (1 - expected)
    pulls = influences(name, data)
    if name == "krippendorff" and groups is None:
        pulls = pulls[data.paired > 0]
    n_units = data.paired.sum() if name == "krippendorff" else data.paired.size
    pulls = summed(pulls[:, None], groups)[:, 0]
    n = pulls.size
    if n < 2:
        return Coefficient(name, estimate, observed, expected, None, None, None, None)
    error = float(np.sqrt(n / (n - 1) * (pulls @ pulls)) / n_units)
    if error <= 1e-12:
        return Coefficient(name, estimate, observed, expected, 0.0, None, None, None)
    reach = _t_quantile(n - 1, (1 + confidence) / 2) * error
    interval = Interval(
        low=max(-1.0, estimate - reach),
        high=min(1.0, estimate + reach),
        confidence=confidence,
        method=f"linearised standard error, t with {n - 1} degrees of freedom",
    )
    p_value = float(2 * _t_share_below(n - 1, -abs(estimate / error)))
    return Coefficient(name, estimate, observed, expected, error, interval, p_value, bootstrap)


def _check(ratings: Ratings) -> None:
    if len(ratings.categories) > MOST_CATEGORIES:
        raise AgreementRefused(
            f"These coefficients compare categories, at most {MOST_CATEGORIES}. Got "
            f"{len(ratings.categories)} different values. Use alpha at level interval or ratio.",
            code="agreement_categories_many",
            n_categories=len(ratings.categories),
        )
    idle = np.flatnonzero(~ratings.rated.any(axis=0))
    if idle.size:
        coder = ratings.coders[int(idle[0])]
        raise AgreementRefused(
            f"Coder '{coder}' rated no unit at all. Leave this coder out.",
            code="agreement_coder_idle",
            coder=coder,
        )


def _notices(ratings: Ratings, coefficients: Sequence[Coefficient]) -> list[Notice]:
    by_name = {one.name: one for one in coefficients}
    percent = by_name["percent"].estimate
    notices: list[Notice] = []
    used = np.unique(ratings.codes[ratings.rated])
    if used.size < len(ratings.categories):
        unused = [c for k, c in enumerate(ratings.categories) if k not in used]
        notices.append(Notice("unused_categories", {"categories": unused}))
    if used.size == 1:
        notices.append(Notice("no_variation", {"category": ratings.categories[int(used[0])]}))
    elif percent == 1:
        notices.append(Notice("no_disagreement", {}))
    for name in ("cohen", "conger"):
        kappa = by_name[name].estimate if name in by_name else None
        if (
            kappa is not None
            and percent is not None
            and percent > PARADOX_OBSERVED
            and kappa < PARADOX_CORRECTED
        ):
            notices.append(
                Notice("kappa_paradox", {"percent": round(percent, 4), "kappa": round(kappa, 4)})
            )
    return notices
