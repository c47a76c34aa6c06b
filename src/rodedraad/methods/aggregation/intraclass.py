"""How much of the differences lies between cases, and how firm is the mean of a case?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import special  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.aggregation.groups import Floats, group_moments, group_of, item_table
from rodedraad.methods.aggregation.refusals import AggregationRefusal
from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice

FEW_CASES = 10

_f_quantile = cast("Callable[[float, float, float], float]", special.fdtri)
_f_upper_tail = cast("Callable[[float, float, float], float]", special.fdtrc)


@dataclass(frozen=True, slots=True)
class Intraclass:
    """ICC(1) and ICC(2) of one item or score, with the analysis of variance they come from.

    ``case_size`` is the size used in ICC(1); ``n_single`` counts cases with one answer, which
    say something about the differences between cases but not within. ``f`` and ``p`` are None
    when nobody differs within a case, ``icc2`` when all cases have the same mean. Below 0 there
    is no reliability at all; limits of ICC(2) under -1 are given as -1.
    """

    name: str
    icc1: float
    icc1_interval: Interval
    icc2: float | None
    icc2_interval: Interval
    f: float | None
    p: float | None
    mean_square_between: float
    mean_square_within: float
    n_cases: int
    n_respondents: int
    n_missing: int
    n_single: int
    case_size: float
    case_size_mean: float
    notices: tuple[Notice, ...]


def intraclass(
    values: npt.ArrayLike,
    cases: npt.ArrayLike | pl.Series,
    *,
    names: Sequence[str] | None = None,
    confidence: float = 0.95,
    mean_size: bool = False,
) -> tuple[Intraclass, ...]:
    """ICC(1) and ICC(2) per item from a one-way analysis of variance over cases.

    With B and W the mean squares between and within cases and s the size of a case:
    ICC(1) = (B - W) / (B + (s - 1) W), the share of the variance of one answer that lies between
    cases; ICC(2) = (B - W) / B, the reliability of the mean of a case.

    Parameters
    ----------
    values: array of shape (n_respondents, n_items), or (n_respondents,); NaN = no answer, left
        out for that item.
    cases: the case of each respondent.
    confidence: of the intervals, between 0 and 1.
    mean_size: how s follows from unequal sizes n_i. False: (N - sum n_i^2 / N) / (cases - 1),
        which makes the variance between cases unbiased. True: the plain mean, as the R package
        multilevel has it.

    Returns
    -------
    One Intraclass per item, with notices ``few_cases`` (below 10), ``single_respondent_cases``,
    ``negative`` (less difference between cases than chance: read as 0), ``unequal_sizes``
    (the interval is then approximate), ``no_differences_within``.

    Raises
    ------
    AggregationRefusal: one case, no case with two answers, or an item without variance.

    Notes
    -----
    The interval is the one of F, exact for normal answers and equal sizes. With unequal sizes it
    takes the variance of the plain means of cases and the harmonic mean of sizes (Thomas &
    Hultquist 1978); the limits of ICC(2) follow from those of ICC(1) and s. Guide for ICC(1):
    .05 small, .10 medium, .25 large; ICC(2) from .70. Cost: 100,000 respondents, 8 items: some
    0.01 s (``benchmarks/aggregation.py``). Checked against multilevel::ICC1, ICC2 and psych::ICC.

    >>> result = intraclass([1, 2, 1, 4, 5, 4], ["a", "a", "a", "b", "b", "b"])[0]
    >>> round(result.icc1, 3), round(result.icc2, 3)
    (0.929, 0.975)
    """
    if not 0 < confidence < 1:
        raise AggregationRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="aggregation_confidence"
        )
    groups = group_of(cases)
    table = item_table(values, len(groups.codes))
    given = list(names) if names is not None else [f"item {j + 1}" for j in range(table.shape[1])]
    if len(given) != table.shape[1]:
        raise AggregationRefusal(
            f"There are {len(given)} names for {table.shape[1]} items. Name each item once.",
            code="aggregation_names",
        )
    moments = group_moments(table, groups)
    return tuple(
        _one(
            name,
            n=moments.n[:, j][moments.n[:, j] > 0],
            means=moments.mean[:, j][moments.n[:, j] > 0],
            within=float(moments.squares[:, j].sum()),
            n_missing=len(table) - int(moments.n[:, j].sum()),
            confidence=confidence,
            mean_size=mean_size,
        )
        for j, name in enumerate(given)
    )


def case_mean_reliability(icc1: float, n: npt.ArrayLike) -> Floats:
    """Reliability of the mean of a case with n answers (Spearman-Brown on ICC(1)).

    ICC(2) speaks of a case of usual size; this says it for each case. A negative ICC(1) gives 0.
    """
    sizes = np.asarray(n, dtype=np.float64)
    share = max(icc1, 0.0)
    return sizes * share / (1 + (sizes - 1) * share)


def _one(
    name: str,
    *,
    n: Floats,
    means: Floats,
    within: float,
    n_missing: int,
    confidence: float,
    mean_size: bool,
) -> Intraclass:
    total, k = float(n.sum()), n.size
    if k < 2 or total == k:
        raise AggregationRefusal(
            f"{name}: {k} case(s) with {total:.0f} answer(s). ICC needs at least two cases and one "
            "with two answers.",
            code="aggregation_icc_cases",
            item=name,
        )
    grand = float(n @ means) / total
    between = float(n @ (means - grand) ** 2) / (k - 1)
    ms_within = within / (total - k)
    if ms_within <= 1e-12 * between:
        ms_within = 0.0
    if max(between, ms_within) <= 1e-12 * grand**2:
        raise AggregationRefusal(
            f"{name} has the same answer ({grand:g}) everywhere, so there is nothing to divide "
            "between and within cases. Leave it out.",
            code="aggregation_constant",
            item=name,
        )
    size_mean = total / k
    size = size_mean if mean_size else (total - float(n @ n) / total) / (k - 1)
    icc1 = (between - ms_within) / (between + (size - 1) * ms_within)
    low, high = _limits(n, means, between, ms_within, confidence)
    f = between / ms_within if ms_within > 0 else None
    method = "F" if np.ptp(n) == 0 else "F, Thomas-Hultquist"
    return Intraclass(
        name=name,
        icc1=icc1,
        icc1_interval=Interval(low, high, confidence, method),
        icc2=(between - ms_within) / between if between > 0 else None,
        icc2_interval=Interval(_stepped(low, size), _stepped(high, size), confidence, method),
        f=f,
        p=float(_f_upper_tail(k - 1, total - k, f)) if f is not None else None,
        mean_square_between=between,
        mean_square_within=ms_within,
        n_cases=k,
        n_respondents=int(total),
        n_missing=n_missing,
        n_single=int((n == 1).sum()),
        case_size=size,
        case_size_mean=size_mean,
        notices=_notices(n, icc1, ms_within),
    )


def _limits(
    n: Floats, means: Floats, between: float, within: float, confidence: float
) -> tuple[float, float]:
    """Limits of ICC(1) from F; with unequal sizes from unweighted means and harmonic size."""
    k, total = n.size, float(n.sum())
    size = k / float((1 / n).sum())
    spread = between if np.ptp(n) == 0 else size * float(means.var(ddof=1))
    if within == 0:
        return 1.0, 1.0
    tail = (1 - confidence) / 2
    low, high = (
        float((ratio - 1) / (ratio + size - 1))
        for ratio in (
            spread / within / _f_quantile(k - 1, total - k, 1 - tail),
            spread / within / _f_quantile(k - 1, total - k, tail),
        )
    )
    return low, high


def _stepped(icc1: float, size: float) -> float:
    """Reliability of the mean of ``size`` answers (Spearman-Brown), at least -1."""
    rest = 1 + (size - 1) * icc1
    return max(size * icc1 / rest, -1.0) if rest > 0 else -1.0


def _notices(n: Floats, icc1: float, within: float) -> tuple[Notice, ...]:
    single = int((n == 1).sum())
    said = (
        (n.size < FEW_CASES, Notice("few_cases", {"n": n.size})),
        (single > 0, Notice("single_respondent_cases", {"n": single})),
        (icc1 < 0, Notice("negative")),
        (
            np.ptp(n) > 0,
            Notice("unequal_sizes", {"smallest": int(n.min()), "largest": int(n.max())}),
        ),
        (within == 0, Notice("no_differences_within")),
    )
    return tuple(notice for is_so, notice in said if is_so)
