"""What do the rows of a table answer on the items that classes are made of?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.latent_classes.patterns import NOT_KNOWN, Patterns, grouped
from rodedraad.methods.latent_classes.refusals import ClassRefusal
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SMALLEST, LARGEST, WHOLE = 1e-100, 1e100, 2**53


@dataclass(frozen=True, slots=True, eq=False)
class ClassData:
    """Answers on category items and number items, of which classes are made.

    ``categories`` and ``numbers`` name the items; ``levels`` are the answers that occur, per
    category item. ``pattern_of`` and ``row_counts`` have shape (n_rows,): the place of a row in
    ``patterns`` (-1 when nothing of it is known) and how many respondents it stands for.
    Numbers are standardised in ``patterns``: (x - centre) / spread. ``n`` respondents are used;
    ``missing`` counts per item the used respondents of whom it is not known.
    """

    categories: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]
    centres: tuple[float, ...]
    spreads: tuple[float, ...]
    patterns: Patterns
    pattern_of: Ints
    row_counts: Floats
    missing: Mapping[str, int]
    notices: tuple[Notice, ...]

    @property
    def n_rows(self) -> int:
        """Number of rows of the table."""
        return self.pattern_of.size

    @property
    def n(self) -> int:
        """Number of respondents used."""
        return round(self.patterns.n)

    @property
    def items(self) -> tuple[str, ...]:
        """All items, those with categories first."""
        return (*self.categories, *self.numbers)


def class_data(
    data: pl.DataFrame | Mapping[str, npt.ArrayLike],
    *,
    categories: Sequence[str] = (),
    numbers: Sequence[str] = (),
    levels: Mapping[str, Sequence[str]] | None = None,
    counts: str = "",
) -> ClassData:
    """Read a table for class models; the one door to them.

    Parameters
    ----------
    data: a row per respondent or case. Null, NaN and blank text mean not known; such a row is
        used for what is known of it. A row of which nothing is known is in no class.
    categories: columns of answers without distances, for a latent class model.
    numbers: columns of numbers, for a latent profile model. Both may be given.
    levels: all answers an item offers, in order, per category item; without it those that occur,
        by size or by the alphabet. One that nobody chose is left out with a notice.
    counts: a column that says how many respondents a row stands for: whole numbers.

    Raises
    ------
    ClassRefusal: names the column, the row (counted from 1) and the cure. Also for an item that is
        the same in all rows or known in none, since it cannot tell classes apart.

    >>> table = {"A1": ["yes", "no", None], "score": [1.0, 2.0, 4.0]}
    >>> read = class_data(table, categories=["A1"], numbers=["score"])
    >>> read.levels, read.n, read.missing
    ((('no', 'yes'),), 3, {'A1': 1, 'score': 0})
    """
    frame = data if isinstance(data, pl.DataFrame) else _frame(data)
    _check_columns(frame, [*categories, *numbers, *([counts] if counts else [])])
    text = frame.select(_text(frame, name) for name in dict.fromkeys([*categories, *numbers]))
    offered = levels or {}
    unasked = [name for name in offered if name not in categories]
    if unasked:
        raise ClassRefusal(
            f"Levels are given for {unasked[0]!r}, which is not among the categories. Add it, or "
            "leave its levels out.",
            code="classes_levels_unused",
            column=unasked[0],
        )
    row_counts = _counts(frame, counts) if counts else np.ones(frame.height)
    notices: list[Notice] = []
    codes = np.full((frame.height, len(categories)), NOT_KNOWN, dtype=np.int64)
    found: list[tuple[str, ...]] = []
    for j, name in enumerate(categories):
        chosen, unchosen = _levels(
            text[name],
            name,
            [str(level) for level in dict.fromkeys(offered.get(name, ()))],
            row_counts,
        )
        places = text[name].cast(pl.Enum(chosen), strict=False).to_physical()
        codes[:, j] = places.cast(pl.Int64).fill_null(NOT_KNOWN).to_numpy()
        found.append(chosen)
        if unchosen:
            notices.append(Notice("levels_nobody_chose", {"item": name, "levels": unchosen}))
    values = np.column_stack(
        [_numbers(text[name], name) for name in numbers] or [np.zeros((frame.height, 0))]
    )
    centres, spreads = _standards(values, numbers, row_counts)
    together = grouped(
        codes, (values - centres) / spreads, row_counts, tuple(len(words) for words in found)
    )
    used = together.pattern_of != NOT_KNOWN
    unknown = np.column_stack([codes == NOT_KNOWN, ~np.isfinite(values)])
    missing = (unknown[used] * row_counts[used, None]).sum(axis=0)
    empty = round(row_counts[~used].sum())
    if empty:
        notices.append(Notice("rows_without_answers", {"n": empty}))
    return ClassData(
        categories=tuple(categories),
        levels=tuple(found),
        numbers=tuple(numbers),
        centres=tuple(centres.tolist()),
        spreads=tuple(spreads.tolist()),
        patterns=together.patterns,
        pattern_of=together.pattern_of,
        row_counts=row_counts,
        missing={
            name: round(count)
            for name, count in zip((*categories, *numbers), missing.tolist(), strict=True)
        },
        notices=tuple(notices),
    )


def _frame(data: Mapping[str, npt.ArrayLike]) -> pl.DataFrame:
    columns = {
        name: pl.Series(name, np.asarray(values).tolist(), strict=False)
        for name, values in data.items()
    }
    if len({column.len() for column in columns.values()}) > 1:
        raise ClassRefusal(
            "The columns differ in length. Give each one value per row, None where not known.",
            code="classes_lengths",
        )
    return pl.DataFrame(columns)


def _check_columns(frame: pl.DataFrame, columns: list[str]) -> None:
    absent = [name for name in columns if name not in frame.columns]
    if absent:
        raise ClassRefusal(
            f"There is no column {absent[0]!r}. The columns are: {', '.join(frame.columns)}.",
            code="classes_column_unknown",
            columns=absent,
        )
    twice = [name for name in columns if columns.count(name) > 1]
    if twice:
        raise ClassRefusal(
            f"{twice[0]!r} is named twice. A column has one part in a class model.",
            code="classes_column_twice",
            columns=twice,
        )
    if not columns:
        raise ClassRefusal(
            "No item is named. Name columns with categories, with numbers, or both.",
            code="classes_no_items",
        )
    if not frame.height:
        raise ClassRefusal("The table has no rows. Give at least one.", code="classes_no_rows")


def _text(frame: pl.DataFrame, name: str) -> pl.Expr:
    column = pl.col(name)
    if frame[name].dtype.is_float():
        whole = frame[name].drop_nulls().drop_nans()
        if (whole.abs() < WHOLE).all() and (whole == whole.round()).all():
            column = column.fill_nan(None).cast(pl.Int64)
    return column.cast(pl.String).str.strip_chars().replace(["", "nan", "NaN"], None)


def _counts(frame: pl.DataFrame, name: str) -> Floats:
    read = frame[name].cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    wrong = ~np.isfinite(read) | (read < 0) | (read != np.round(read))
    if wrong.any():
        at = int(wrong.argmax())
        raise ClassRefusal(
            f"Column {name!r}, row {at + 1}: {frame[name][at]!r} is not a whole number of "
            "respondents. Correct it; weights of a sample are something else, and have no place "
            "in the likelihood.",
            code="classes_counts",
            column=name,
            row=at + 1,
        )
    if not read.any():
        raise ClassRefusal(
            f"All of {name!r} is 0, so there are no respondents. Correct it, or leave it out.",
            code="classes_counts_zero",
            column=name,
        )
    return read


def _levels(
    column: pl.Series, name: str, offered: Sequence[str], row_counts: Floats
) -> tuple[tuple[str, ...], list[str]]:
    occurring = column.filter(pl.Series(row_counts > 0)).drop_nulls().unique().to_list()
    _check_occurring(name, len(occurring), occurring[0] if occurring else None)
    if not offered:
        return tuple(sorted(occurring, key=_by_size_if_numbers(occurring))), []
    outside = (column.is_not_null() & ~column.is_in(list(offered))).arg_true()
    if outside.len():
        at = int(outside[0])
        raise ClassRefusal(
            f"Column {name!r}, row {at + 1}: {column[at]!r} is none of the levels "
            f"{', '.join(offered)}. Correct it or add the level.",
            code="classes_level_unknown",
            column=name,
            row=at + 1,
        )
    return (
        tuple(level for level in offered if level in occurring),
        [level for level in offered if level not in occurring],
    )


def _by_size_if_numbers(words: list[str]) -> Callable[[str], tuple[float, str]]:
    numbers = pl.Series(words).cast(pl.Float64, strict=False)
    if numbers.null_count():
        return lambda word: (0.0, word)
    size = dict(zip(words, numbers.to_list(), strict=True))
    return lambda word: (size[word], word)


def _numbers(column: pl.Series, name: str) -> Floats:
    read = column.cast(pl.Float64, strict=False)
    wrong = (column.is_not_null() & (read.is_null() | ~read.fill_null(0.0).is_finite())).arg_true()
    if wrong.len():
        at = int(wrong[0])
        raise ClassRefusal(
            f"Column {name!r}, row {at + 1}: {column[at]!r} is not a number, as other rows are. "
            "Correct it, leave it empty when it is not known, or take the column as categories.",
            code="classes_not_a_number",
            column=name,
            row=at + 1,
        )
    return read.fill_null(np.nan).to_numpy()


def _standards(values: Floats, numbers: Sequence[str], row_counts: Floats) -> tuple[Floats, Floats]:
    centres, spreads = np.zeros(len(numbers)), np.ones(len(numbers))
    for j, name in enumerate(numbers):
        known = np.isfinite(values[:, j]) & (row_counts > 0)
        column, counts = values[known, j], row_counts[known]
        _check_occurring(name, np.unique(column).size, column[0] if column.size else None)
        centres[j] = np.average(column, weights=counts)
        with np.errstate(over="ignore"):
            spreads[j] = np.sqrt(np.average((column - centres[j]) ** 2, weights=counts))
        if not SMALLEST < spreads[j] < LARGEST:
            raise ClassRefusal(
                f"{name!r} varies by {spreads[j]:g}, which cannot be computed with. Take another "
                "unit.",
                code="classes_unit",
                column=name,
            )
    return centres, spreads


def _check_occurring(name: str, n_distinct: int, first: object) -> None:
    if n_distinct == 0:
        raise ClassRefusal(
            f"{name!r} is known of no row, so it says nothing on classes. Leave it out.",
            code="classes_all_missing",
            column=name,
        )
    if n_distinct == 1:
        raise ClassRefusal(
            f"{name!r} is {first} in every row, so it cannot tell classes apart. Leave it out.",
            code="classes_constant",
            column=name,
        )
