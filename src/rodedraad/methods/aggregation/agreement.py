"""Do the respondents of one case say the same: rwg, rwg(J), awg and average deviation?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.aggregation.groups import (
    Floats,
    GroupMoments,
    Groups,
    group_moments,
    group_of,
    item_table,
    mean_distances,
)
from rodedraad.methods.aggregation.nulls import NullDistribution, null_distribution
from rodedraad.methods.aggregation.refusals import AggregationRefusal
from rodedraad.methods.notices import Notice


@dataclass(frozen=True, slots=True)
class NullAgreement:
    """rwg (mean of the items) and rwg(J) of one case against one null distribution.

    ``truncated`` counts items with more variance than the null; these count as 0.
    """

    null: str
    rwg: float
    rwg_j: float
    truncated: int


@dataclass(frozen=True, slots=True)
class CaseAgreement:
    """Agreement inside one case; all None (and ``by_null`` empty) below two respondents.

    ``n`` is the number of respondents with at least one answer, ``n_items`` the number of items
    with two answers or more: the others say nothing about agreement. ``average_deviation`` is
    in points of the scale, ``awg`` None when it is not defined.
    """

    case: str
    n: int
    n_items: int
    average_deviation: float | None
    awg: float | None
    by_null: tuple[NullAgreement, ...]

    def against(self, null: str) -> NullAgreement | None:
        """Agreement against the null of this name; None when it is not defined."""
        return next((found for found in self.by_null if found.null == null), None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement in every case, with the nulls it was compared to.

    ``median_rwg_j`` is per null, over the cases where it is defined.
    """

    cases: tuple[CaseAgreement, ...]
    nulls: tuple[NullDistribution, ...]
    median_rwg_j: tuple[float | None, ...]
    n_respondents: int
    n_without_answers: int
    n_items: int
    notices: tuple[Notice, ...]


def within_case_agreement(
    values: npt.ArrayLike,
    cases: npt.ArrayLike | pl.Series,
    *,
    low: int = 1,
    high: int = 5,
    nulls: Sequence[NullDistribution] | None = None,
    deviation_around: Literal["mean", "median"] = "mean",
) -> Agreement:
    """How far the respondents of each case agree, item by item and over all items.

    With s^2 the variance (n - 1) of an item within a case and v that of a null distribution:
    rwg = 1 - s^2 / v (James, Demaree & Wolf 1984), and for J items with mean variance m:
    rwg(J) = J (1 - m / v) / (J (1 - m / v) + m / v). More variance than the null counts as no
    agreement: 0. awg (Brown & Hauenstein 2005) compares with the largest variance that the
    mean allows. The average deviation is the mean distance to the mean (or median) of the case.

    Parameters
    ----------
    values: array of shape (n_respondents, n_items), or (n_respondents,); NaN = no answer. All
        items on the same scale and turned in the same direction.
    cases: the case of each respondent.
    low, high: ends of the scale.
    nulls: distributions to compare with; uniform and, on five points, slight skew when not given.
    deviation_around: what the average deviation is taken from.

    Returns
    -------
    Agreement, with notices ``single_respondent`` (cases of one), ``more_variance_than_null``
    (cases with a truncated rwg), ``respondents_without_answers``, ``not_whole_numbers`` (means
    have less variance than answers, so rwg comes out too high).

    Raises
    ------
    AggregationRefusal: other shapes, a value outside the scale, a null for another scale.

    Notes
    -----
    With gaps, the variance of an item is over those who answered it. rwg(J) rises with the
    number of items, also with the same disagreement: do not compare scales of different length.
    Guide: .70 (a habit, not a test). Checked against R: multilevel::rwg, rwg.j, awg, ad.m.

    >>> result = within_case_agreement([[4, 4], [5, 4], [1, 5], [2, 1]], ["a", "a", "b", "b"])
    >>> [(round(c.against("uniform").rwg_j, 3), c.average_deviation) for c in result.cases]
    [(0.933, 0.25), (0.0, 1.25)]
    """
    groups = group_of(cases)
    table = item_table(values, len(groups.codes))
    compared = _nulls(nulls, low, high)
    _check_range(table, low, high)
    moments = group_moments(table, groups)
    usable = moments.n > 1
    items = usable.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variances = np.where(usable, moments.squares / (moments.n - 1), np.nan)
    centre = moments.mean if deviation_around == "mean" else _medians(table, groups)
    deviations = mean_distances(table, groups, centre, moments.n)
    deviation = _row_means(np.where(usable, deviations, np.nan))
    awg = _row_means(np.where(usable, _awg(variances, moments, low, high), np.nan))
    complete = moments.n.sum() == table.size
    answering = np.ones(len(table), bool) if complete else ~np.isnan(table).all(axis=1)
    respondents = np.bincount(groups.codes[answering], minlength=len(groups.names))
    per_null = [_against(null, variances, usable) for null in compared]
    against = zip(*(zip(*columns, strict=True) for columns in per_null), strict=True)
    found = tuple(
        CaseAgreement(
            case=name,
            n=n,
            n_items=n_items,
            average_deviation=_or_none(off),
            awg=_or_none(compared_to_largest),
            by_null=tuple(
                NullAgreement(null.name, rwg, rwg_j, above)
                for null, (rwg, rwg_j, above) in zip(compared, by_null, strict=True)
            )
            if n_items
            else (),
        )
        for name, n, n_items, off, compared_to_largest, by_null in zip(
            groups.names,
            respondents.tolist(),
            items.tolist(),
            deviation.tolist(),
            awg.tolist(),
            against,
            strict=True,
        )
    )
    defined = items > 0
    return Agreement(
        cases=found,
        nulls=compared,
        median_rwg_j=tuple(
            float(np.median(np.array(rwg_j)[defined])) if defined.any() else None
            for _, rwg_j, _ in per_null
        ),
        n_respondents=len(table),
        n_without_answers=int((~answering).sum()),
        n_items=table.shape[1],
        notices=_notices(table, found, int((~answering).sum())),
    )


def _nulls(
    nulls: Sequence[NullDistribution] | None, low: int, high: int
) -> tuple[NullDistribution, ...]:
    n_answers = high - low + 1
    if nulls is None:
        usual = [null_distribution("uniform", n_answers)]
        if n_answers == 5:
            usual.append(null_distribution("slight_skew", 5))
        return tuple(usual)
    if not nulls:
        raise AggregationRefusal(
            "rwg needs at least one null distribution to compare with. Got none.",
            code="aggregation_no_null",
        )
    for null in nulls:
        if len(null.shares) != n_answers:
            raise AggregationRefusal(
                f"Null distribution {null.name!r} has {len(null.shares)} answers, the scale from "
                f"{low} to {high} has {n_answers}. Make one for this scale.",
                code="aggregation_null_answers",
                name=null.name,
            )
    return tuple(nulls)


def _check_range(table: Floats, low: int, high: int) -> None:
    if np.fmin.reduce(table, axis=None) < low or np.fmax.reduce(table, axis=None) > high:
        outside = (table < low) | (table > high)
        row, item = (int(x) for x in np.argwhere(outside)[0])
        raise AggregationRefusal(
            f"Respondent {row + 1} has {table[row, item]:g} for item {item + 1}, which is not on "
            f"the scale from {low} to {high}. Correct it or give the ends of the scale.",
            code="aggregation_answer_outside",
            row=row + 1,
            item=item + 1,
        )


def _against(
    null: NullDistribution, variances: Floats, usable: npt.NDArray[np.bool_]
) -> tuple[list[float], list[float], list[int]]:
    """rwg, rwg(J) and number of truncated items per case."""
    shares = np.where(usable, variances / null.variance, 0.0)
    items = usable.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        rwg = np.where(usable, np.maximum(1 - shares, 0.0), 0.0).sum(axis=1) / items
        mean_share = np.minimum(shares.sum(axis=1) / items, 1.0)
        agreed = items * (1 - mean_share)
        rwg_j = agreed / (agreed + mean_share)
    above = (shares > 1 + 1e-12).sum(axis=1)
    return rwg.tolist(), rwg_j.tolist(), above.tolist()


def _awg(variances: Floats, moments: GroupMoments, low: int, high: int) -> Floats:
    """1 - 2 * variance / largest variance at this mean; NaN when the mean is too extreme.

    1 when all stand at one end; too extreme is a mean that no set of answers with someone at the
    other end can have (Brown & Hauenstein 2005).
    """
    n, means = moments.n, moments.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        largest = (high - means) * (means - low) * n / (n - 1)
        found = 1 - 2 * variances / largest
        lowest, highest = (low * (n - 1) + high) / n, (high * (n - 1) + low) / n
        extreme = (means < lowest - 1e-9) | (means > highest + 1e-9)
    found = np.where(extreme, np.nan, found)
    return np.where((means == low) | (means == high), 1.0, found)


def _medians(table: Floats, groups: Groups) -> Floats:
    found = np.full((len(groups.names), table.shape[1]), np.nan)
    order = np.argsort(groups.codes, kind="stable")
    starts = np.searchsorted(groups.codes[order], np.arange(1, len(groups.names)))
    for g, rows in enumerate(np.split(order, starts)):
        for j, column in enumerate(table[rows].T):
            known = column[~np.isnan(column)]
            found[g, j] = np.median(known) if known.size else np.nan
    return found


def _row_means(values: Floats) -> Floats:
    """Mean of what is known in each row; NaN where nothing is."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)


def _or_none(value: float) -> float | None:
    return None if isnan(value) else value


def _has_fractions(table: Floats) -> bool:
    off = np.rint(table) != table
    return bool(off.any()) and bool((off & ~np.isnan(table)).any())


def _notices(table: Floats, cases: tuple[CaseAgreement, ...], without: int) -> tuple[Notice, ...]:
    single = [case.case for case in cases if case.n_items == 0]
    truncated = [case.case for case in cases if any(f.truncated for f in case.by_null)]
    said = (
        (bool(single), Notice("single_respondent", {"cases": single})),
        (bool(truncated), Notice("more_variance_than_null", {"cases": truncated})),
        (without > 0, Notice("respondents_without_answers", {"n": without})),
        (_has_fractions(table), Notice("not_whole_numbers")),
    )
    return tuple(notice for is_so, notice in said if is_so)
