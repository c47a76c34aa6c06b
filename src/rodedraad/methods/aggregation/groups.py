"""Which respondents belong to which case, and how many are there of each?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.aggregation.refusals import AggregationRefusal

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Names of the groups in order, and per respondent which of them (from 0)."""

    names: tuple[str, ...]
    codes: Codes


@dataclass(frozen=True, slots=True, eq=False)
class GroupMoments:
    """Per group and item, arrays of shape (n_groups, n_items).

    ``n`` counts known values; ``mean`` is NaN and ``squares`` (sum of squared distances to the
    mean of the group) 0 where nothing is known.
    """

    n: Floats
    mean: Floats
    squares: Floats


def group_moments(table: Floats, groups: Groups) -> GroupMoments:
    """Counts, means and squared distances per group, in one pass.

    Values are first shifted by a whole number near their mean: whole answers then give exact
    sums, so that equal answers give exactly 0.
    """
    n_groups = len(groups.names)
    found = GroupMoments(*(np.zeros((n_groups, table.shape[1])) for _ in range(3)))
    everyone = np.bincount(groups.codes, minlength=n_groups).astype(np.float64)
    for j, column in enumerate(np.ascontiguousarray(table.T)):
        values, codes = _known(column, groups.codes)
        n = everyone
        if codes is not groups.codes:
            n = np.bincount(codes, minlength=n_groups).astype(np.float64)
        shift = np.rint(values.mean()) if values.size else 0.0
        values = values - shift
        sums = np.bincount(codes, weights=values, minlength=n_groups)
        squares = np.bincount(codes, weights=values * values, minlength=n_groups)
        with np.errstate(invalid="ignore"):
            mean = sums / n
            found.squares[:, j] = np.where(n > 0, np.maximum(squares - sums * mean, 0.0), 0.0)
        found.n[:, j] = n
        found.mean[:, j] = mean + shift
    return found


def mean_distances(table: Floats, groups: Groups, centre: Floats, n: Floats) -> Floats:
    """Mean distance to the centre of the group, of shape (n_groups, n_items)."""
    found = np.zeros_like(centre)
    for j, column in enumerate(np.ascontiguousarray(table.T)):
        values, codes = _known(column, groups.codes)
        off = np.abs(values - np.ascontiguousarray(centre[:, j])[codes])
        found[:, j] = np.bincount(codes, weights=off, minlength=len(centre))
    with np.errstate(invalid="ignore"):
        return found / n


def group_of(labels: npt.ArrayLike | pl.Series, what: str = "case") -> Groups:
    """Read one label per respondent; whole numbers are sorted as numbers, others as text.

    Raises
    ------
    AggregationRefusal: a respondent without label (null, NaN, blank text) or no respondents.
    """
    series = labels if isinstance(labels, pl.Series) else _series(np.asarray(labels))
    if series.len() == 0:
        raise AggregationRefusal(
            f"There are no respondents to group by {what}. Give at least one.",
            code="aggregation_empty",
        )
    _check_labels(series, what)
    if series.dtype.is_integer():
        return _numbered(series)
    found = series.cast(pl.String)
    names = found.unique().sort()
    codes = found.cast(pl.Enum(names)).to_physical().cast(pl.Int64)
    return Groups(tuple(names.to_list()), codes.to_numpy())


def item_table(values: npt.ArrayLike, n: int | None = None) -> Floats:
    """Values as a table of respondents by items; one item may be given as a single row of values.

    Raises
    ------
    AggregationRefusal: another shape, an infinite value, or not ``n`` respondents.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim == 1:
        table = table[:, None]
    if table.ndim != 2 or table.size == 0 or (n is not None and len(table) != n):
        expected = "respondents" if n is None else f"{n} respondents (one per case label)"
        raise AggregationRefusal(
            f"Values must be a table of {expected} by items. Got shape {table.shape}.",
            code="aggregation_shape",
        )
    ends = (np.fmin.reduce(table, axis=None), np.fmax.reduce(table, axis=None))
    if np.isinf(ends).any():
        row, item = (int(x) for x in np.argwhere(np.isinf(table))[0])
        raise AggregationRefusal(
            f"Respondent {row + 1} has an infinite value for item {item + 1}. Correct it or mark "
            "it as unknown.",
            code="aggregation_infinite",
            row=row + 1,
            item=item + 1,
        )
    return table


def _known(column: Floats, codes: Codes) -> tuple[Floats, Codes]:
    """Known values with their groups; the same arrays when all are known."""
    if not np.isnan(column.sum()):
        return column, codes
    known = ~np.isnan(column)
    return column[known], codes[known]


def _series(labels: npt.NDArray[np.generic]) -> pl.Series:
    if labels.dtype != np.object_:
        return pl.Series(labels)
    return pl.Series([None if label is None else str(label) for label in labels.tolist()])


def _check_labels(series: pl.Series, what: str) -> None:
    missing = series.is_null()
    if series.dtype.is_float():
        missing = missing | series.is_nan().fill_null(value=False)
    if series.dtype == pl.String:
        missing = missing | (series.str.strip_chars() == "").fill_null(value=False)
    if missing.any():
        row = int(missing.arg_true()[0]) + 1
        raise AggregationRefusal(
            f"Respondent {row} has no {what}. Fill it in, or leave this respondent out.",
            code="aggregation_label_missing",
            row=row,
            what=what,
        )


def _numbered(series: pl.Series) -> Groups:
    """Whole numbers: a table of the numbers that occur is faster than sorting."""
    numbers = series.cast(pl.Int64).to_numpy()
    low, high = int(numbers.min()), int(numbers.max())
    if high - low > 4 * numbers.size + 1000:
        found, codes = np.unique(numbers, return_inverse=True)
        return Groups(tuple(str(x) for x in found), codes.astype(np.int64))
    occurs = np.bincount(numbers - low) > 0
    places = np.cumsum(occurs) - 1
    return Groups(
        tuple(str(x) for x in np.flatnonzero(occurs) + low), places[numbers - low].astype(np.int64)
    )
