"""How reliable are codings: Krippendorff's alpha for any number of coders and missing ratings?

All forms share one shape: a few columns per unit are added up over units, and alpha follows from
the sums. So a resample is a weighted sum, and resamples of documents are sums of sums.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from rodedraad.methods.agreement.ratings import FloatArray, Ratings
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

Level = Literal["nominal", "ordinal", "interval", "ratio"]
FromSums = Callable[[FloatArray], tuple[FloatArray, FloatArray]]

SKEWED = 0.9
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class AlphaResult:
    """Krippendorff's alpha: 1 = no disagreement, 0 = what chance gives, below 0 = worse.

    ``alpha`` is None when all ratings are equal: nothing could have differed. ``interval`` is
    None without disagreement, since no width can be told from that. ``observed`` and
    ``expected`` are the disagreements, in the unit of ``metric`` squared. ``n_units_used``:
    units with two or more ratings; ``n_ratings``: the ratings in these; ``n_not_rated``: empty
    cells of the whole table.
    """

    alpha: float | None
    interval: Interval | None
    metric: str
    observed: float
    expected: float
    n_units: int
    n_units_used: int
    n_coders: int
    n_ratings: int
    n_not_rated: int
    unit: str
    universe: str
    resampling: Resampling
    notices: tuple[Notice, ...]


def krippendorff_alpha(
    ratings: Ratings,
    *,
    level: Level,
    resamples: int = 1000,
    seed: int,
    confidence: float = 0.95,
    clusters: Sequence[object] | npt.ArrayLike | None = None,
    cluster: str = "cluster",
) -> AlphaResult:
    """Krippendorff's alpha with a bootstrap interval.

    alpha = 1 - observed / expected disagreement. Observed: squared differences within units, each
    unit counting by its number of ratings; expected: the same over all pairs of ratings, whoever
    gave them and to whatever unit. A rating that stands alone in its unit does not count.

    Parameters
    ----------
    ratings : see :func:`rodedraad.methods.agreement.ratings.ratings_of`
    level : what a difference is. nominal: equal or not; ordinal: ratings in between; interval:
        (x - y)^2; ratio: ((x - y) / (x + y))^2, for numbers from 0.
    resamples : int
        0 = no interval.
    seed : int
    clusters : (n_units,), optional
        The document of each unit. Passages of one document are alike, so documents are then
        drawn instead of units; ``cluster`` is the word for them.

    Raises
    ------
    AgreementRefused
        Texts without an order at a level above nominal, negative numbers at level ratio, a
        wrong number of resamples, clusters that are not one per unit.

    Notes
    -----
    Notices: ``no_variation`` (alpha undefined), ``no_disagreement``, ``skewed`` (one category has
    over 90% of ratings: alpha rests on few cases), ``few_to_resample``, ``undefined_resamples``.
    Checked against R irr and the Python package krippendorff (tests/reference/agreement).
    20 coders, 50,000 units, 30% missing: see ``benchmarks/agreement.py``.

    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Zapf, A. et al. (2016).
    Measuring inter-rater reliability for nominal data. BMC Med Res Methodol 16, 93 (bootstrap).

    >>> from rodedraad.methods.agreement.ratings import ratings_of
    >>> table = ratings_of([[1, 1], [2, 2], [1, 2], [3, 3]], unit="passage", universe="all 4")
    >>> round(krippendorff_alpha(table, level="nominal", resamples=0, seed=1).alpha, 3)
    0.667
    """
    if level not in get_args(Level):
        raise AgreementRefused(
            f"The level must be one of {', '.join(get_args(Level))}. Got '{level}'.",
            code="agreement_level",
            level=level,
        )
    columns, from_sums = level_columns(ratings, level)
    return alpha_from_columns(
        ratings,
        columns,
        from_sums,
        metric=level,
        resamples=resamples,
        seed=seed,
        confidence=confidence,
        clusters=clusters,
        cluster=cluster,
    )


def alpha_from_columns(
    ratings: Ratings,
    columns: FloatArray,
    from_sums: FromSums,
    *,
    metric: str,
    resamples: int,
    seed: int,
    confidence: float,
    clusters: Sequence[object] | npt.ArrayLike | None,
    cluster: str,
) -> AlphaResult:
    """Alpha from what is added up per unit, (n_units, n_columns), and what follows from sums.

    ``from_sums`` takes sums (n_draws, n_columns) and gives observed and expected disagreement,
    each (n_draws,).
    """
    drawn = columns if clusters is None else summed(columns, clusters_of(clusters, ratings.n_units))
    resampling = Resampling(
        drawn=ratings.unit if clusters is None else cluster,
        n_drawn=drawn.shape[0],
        resamples=resamples,
        seed=seed,
        confidence=confidence,
    )
    check_resampling(resampling)
    observed, expected = (float(part[0]) for part in from_sums(columns.sum(axis=0)[None, :]))
    draws = resampled(lambda times: _alpha(from_sums, times @ drawn), resampling)
    interval, notices = resampled_interval(draws, resampling)
    n_rated = ratings.rated.sum(axis=1)
    return AlphaResult(
        alpha=None if expected <= 0 else 1 - observed / expected,
        interval=interval if observed > 0 else None,
        metric=metric,
        observed=observed,
        expected=expected,
        n_units=ratings.n_units,
        n_units_used=int((n_rated > 1).sum()),
        n_coders=ratings.n_coders,
        n_ratings=int(n_rated[n_rated > 1].sum()),
        n_not_rated=int((~ratings.rated).sum()),
        unit=ratings.unit,
        universe=ratings.universe,
        resampling=resampling,
        notices=(*_variation_notices(ratings, observed), *notices),
    )


def difference_columns(ratings: Ratings, differences: FloatArray) -> tuple[FloatArray, FromSums]:
    """What alpha needs for any table of differences (n_categories, n_categories)."""
    counts, n_rated = _pairable_counts(ratings)
    within = ((counts @ differences) * counts).sum(axis=1) / np.maximum(n_rated - 1, 1)

    def from_sums(sums: FloatArray) -> tuple[FloatArray, FloatArray]:
        marginal = sums[:, 1:]
        total = marginal.sum(axis=1)
        between = ((marginal @ differences) * marginal).sum(axis=1)
        return sums[:, 0] / total, between / (total * (total - 1))

    return np.column_stack((within, counts)), from_sums


def level_columns(ratings: Ratings, level: Level) -> tuple[FloatArray, FromSums]:
    """What is added up per unit at a level of measurement, and what follows from sums."""
    if level == "nominal":
        return _nominal_columns(ratings)
    values = ratings.numbers(f"Alpha at level {level}")
    if level == "ordinal":
        return _ordinal_columns(ratings)
    if level == "interval":
        return _interval_columns(ratings, values)
    if values.min() < 0:
        raise AgreementRefused(
            f"Level ratio is for numbers from 0. Got {values.min():g}. Use level='interval'.",
            code="agreement_negative",
            value=float(values.min()),
        )
    sums = values[:, None] + values[None, :]
    parts = np.divide(
        values[:, None] - values[None, :], sums, out=np.zeros_like(sums), where=sums > 0
    )
    return difference_columns(ratings, parts**2)


def _nominal_columns(ratings: Ratings) -> tuple[FloatArray, FromSums]:
    counts, n_rated = _pairable_counts(ratings)
    within = (n_rated**2 - (counts**2).sum(axis=1)) / np.maximum(n_rated - 1, 1)

    def from_sums(sums: FloatArray) -> tuple[FloatArray, FloatArray]:
        marginal = sums[:, 1:]
        total = marginal.sum(axis=1)
        between = total**2 - (marginal**2).sum(axis=1)
        return sums[:, 0] / total, between / (total * (total - 1))

    return np.column_stack((within, counts)), from_sums


def _ordinal_columns(ratings: Ratings) -> tuple[FloatArray, FromSums]:
    """The distance of categories follows from how often they occur: mid-ranks, anew per draw."""
    ratings.check_size(ratings.n_units * len(ratings.categories) ** 2 // 2)
    counts, n_rated = _pairable_counts(ratings)
    q = counts.shape[1]
    low, high = np.triu_indices(q, k=1)
    pairs = counts[:, low] * counts[:, high] * (2 / np.maximum(n_rated - 1, 1))[:, None]

    def from_sums(sums: FloatArray) -> tuple[FloatArray, FloatArray]:
        marginal = sums[:, low.size :]
        total = marginal.sum(axis=1)
        middle = np.cumsum(marginal, axis=1) - marginal / 2
        squares = (middle[:, low] - middle[:, high]) ** 2
        between = 2 * (squares * marginal[:, low] * marginal[:, high]).sum(axis=1)
        observed = (squares * sums[:, : low.size]).sum(axis=1) / total
        return observed, between / (total * (total - 1))

    return np.column_stack((pairs, counts)), from_sums


def _interval_columns(ratings: Ratings, values: FloatArray) -> tuple[FloatArray, FromSums]:
    """Squared differences follow from sums and sums of squares: no table of categories."""
    rated = ratings.rated
    rated = rated & (rated.sum(axis=1, keepdims=True) > 1)
    centred = values - values.mean()
    x = np.where(rated, centred[ratings.codes], 0.0)
    n, sums_x, squares = rated.sum(axis=1).astype(np.float64), x.sum(axis=1), (x**2).sum(axis=1)
    within = 2 * (n * squares - sums_x**2) / np.maximum(n - 1, 1)

    def from_sums(sums: FloatArray) -> tuple[FloatArray, FloatArray]:
        within, total, first, second = sums.T
        between = total * second - first**2
        between[between <= ROUNDING * total * second] = 0.0
        return within / total, 2 * between / (total * (total - 1))

    return np.column_stack((within, n, sums_x, squares)), from_sums


def _pairable_counts(ratings: Ratings) -> tuple[FloatArray, FloatArray]:
    counts = ratings.counts()
    n_rated = counts.sum(axis=1)
    alone = n_rated < 2
    counts[alone] = 0
    n_rated[alone] = 0
    return counts, n_rated


def _alpha(from_sums: FromSums, sums: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = from_sums(sums)
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _variation_notices(ratings: Ratings, observed: float) -> tuple[Notice, ...]:
    size = len(ratings.categories) + 1
    alone = ratings.codes[ratings.rated.sum(axis=1) == 1]
    counts = np.bincount((ratings.codes + 1).ravel(), minlength=size)
    counts = (counts - np.bincount((alone + 1).ravel(), minlength=size))[1:]
    share = float(counts.max() / counts.sum())
    category = ratings.categories[int(counts.argmax())]
    if share == 1:
        return (Notice("no_variation", {"category": category}),)
    notices = (Notice("no_disagreement"),) if observed <= 0 else ()
    if share > SKEWED:
        return (*notices, Notice("skewed", {"category": category, "share": round(share, 4)}))
    return notices
