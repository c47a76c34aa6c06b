"""Which answers count for a scale, and which are skipped, not known or never asked?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.scales.refusals import ScaleRefusal

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Codes = Collection[float | str]


@dataclass(frozen=True, slots=True, eq=False)
class ItemAnswers:
    """Answers of respondents to the items of one scale, all in the same direction.

    ``values`` has shape (n_respondents, n_items): reversed items are turned round, NaN where
    there is no answer. Why there is none: ``dont_know`` (said so), ``not_asked`` (routing), or,
    when neither, skipped. ``low`` and ``high`` are the ends of the answer scale.
    """

    names: tuple[str, ...]
    values: Floats
    dont_know: Booleans
    not_asked: Booleans
    low: float
    high: float
    reversed_items: tuple[str, ...]

    @property
    def answered(self) -> Booleans:
        """Where there is an answer on the scale."""
        return ~np.isnan(self.values)

    @property
    def skipped(self) -> Booleans:
        """Where an item was asked and left blank."""
        return ~(self.answered | self.dont_know | self.not_asked)


def item_answers(
    answers: npt.ArrayLike | pl.DataFrame,
    *,
    names: Sequence[str] | None = None,
    low: float = 1,
    high: float = 5,
    reversed_items: Collection[str] = (),
    dont_know: Codes = (),
    not_asked: Codes = (),
) -> ItemAnswers:
    """Read answers to the items of one scale; the one door to every function on scales.

    Parameters
    ----------
    answers: array of shape (n_respondents, n_items), or a polars frame with a column per item.
        NaN, null and blank text mean asked and skipped. Columns of text are read as numbers.
    names: the items, in the order of the columns of an array; of a frame, the columns to take
        (all when not given).
    low, high: the ends of the answer scale; an answer outside is refused, never dropped.
    reversed_items: items to turn round: low + high - answer.
    dont_know, not_asked: the codes or words that stand for "weet niet" or "not applicable", and
        for an item that routing kept from this respondent. They may not lie on the scale.

    Raises
    ------
    ScaleRefusal: names the item, the respondent (counted from 1) and the cure.

    >>> read = item_answers([[1, 5], [9, 2]], names=["a", "b"], reversed_items=["b"], dont_know=[9])
    >>> read.values.tolist(), int(read.dont_know.sum())
    ([[1.0, 1.0], [nan, 4.0]], 1)
    """
    columns = _columns(answers, names)
    _check_setup(columns, low, high, reversed_items, (*dont_know, *not_asked))
    values = np.empty((next(iter(columns.values())).len(), len(columns)))
    is_dont_know = np.zeros(values.shape, dtype=bool)
    is_not_asked = np.zeros(values.shape, dtype=bool)
    for j, (name, column) in enumerate(columns.items()):
        is_dont_know[:, j] = _is_code(column, dont_know)
        is_not_asked[:, j] = _is_code(column, not_asked)
        coded = is_dont_know[:, j] | is_not_asked[:, j]
        values[:, j] = _numbers(name, column, coded, low, high)
        if name in reversed_items:
            values[:, j] = low + high - values[:, j]
    return ItemAnswers(
        names=tuple(columns),
        values=values,
        dont_know=is_dont_know,
        not_asked=is_not_asked,
        low=float(low),
        high=float(high),
        reversed_items=tuple(name for name in columns if name in reversed_items),
    )


def _columns(
    answers: npt.ArrayLike | pl.DataFrame, names: Sequence[str] | None
) -> dict[str, pl.Series]:
    if isinstance(answers, pl.DataFrame):
        wanted = answers.columns if names is None else list(names)
        absent = [name for name in wanted if name not in answers.columns]
        if absent:
            raise ScaleRefusal(
                f"There is no column {absent[0]!r}. The columns are: "
                f"{', '.join(answers.columns)}. Correct the name of the item.",
                code="scale_item_unknown",
                items=absent,
            )
        found = {name: answers[name] for name in wanted}
    else:
        table = np.asarray(answers, dtype=np.float64)
        if table.ndim != 2 or (names is not None and table.shape[1] != len(names)):
            expected = "items" if names is None else f"{len(names)} items"
            raise ScaleRefusal(
                f"Answers must be a table of respondents by {expected}. Got shape {table.shape}.",
                code="scale_shape",
            )
        given = names or [f"item {j + 1}" for j in range(table.shape[1])]
        found = {name: pl.Series(name, table[:, j]) for j, name in enumerate(given)}
        wanted = list(given)
    if len(found) < len(wanted):
        raise ScaleRefusal(
            "An item is named twice. Name each item once.", code="scale_item_twice", items=wanted
        )
    if not found or next(iter(found.values())).len() == 0:
        raise ScaleRefusal(
            "A scale needs at least one item and one respondent. Got an empty table.",
            code="scale_empty",
        )
    return found


def _check_setup(
    columns: dict[str, pl.Series],
    low: float,
    high: float,
    reversed_items: Collection[str],
    codes: tuple[float | str, ...],
) -> None:
    if not low < high:
        raise ScaleRefusal(
            f"The scale runs from {low:g} to {high:g}. Give a lowest answer below the highest.",
            code="scale_range",
        )
    unknown = [name for name in reversed_items if name not in columns]
    if unknown:
        raise ScaleRefusal(
            f"{unknown[0]!r} is to be reversed but is no item of this scale. The items are: "
            f"{', '.join(columns)}.",
            code="scale_reversed_unknown",
            items=unknown,
        )
    on_scale = [code for code in codes if (n := _number(code)) is not None and low <= n <= high]
    if on_scale:
        raise ScaleRefusal(
            f"{on_scale[0]} is both an answer on the scale and a code for no answer. Give the "
            "missing answers a code outside the scale.",
            code="scale_code_on_scale",
            codes=on_scale,
        )


def _is_code(column: pl.Series, codes: Codes) -> Booleans:
    if not codes:
        return np.zeros(column.len(), dtype=bool)
    numbers = [n for code in codes if (n := _number(code)) is not None]
    found = _as_numbers(column).is_in(numbers).fill_null(value=False)
    if column.dtype == pl.String:
        words = [str(code).strip() for code in codes]
        found = found | column.str.strip_chars().is_in(words).fill_null(value=False)
    return found.to_numpy()


def _numbers(name: str, column: pl.Series, coded: Booleans, low: float, high: float) -> Floats:
    read = _as_numbers(column)
    blank = column.is_null()
    if column.dtype == pl.String:
        blank = blank | (column.str.strip_chars() == "").fill_null(value=True)
    values = read.fill_null(np.nan).to_numpy().copy()
    unread = np.isnan(values) & ~blank.to_numpy() & ~coded & (column.dtype == pl.String)
    values[coded] = np.nan
    wrong = unread | (values < low) | (values > high)
    if wrong.any():
        row = int(wrong.argmax())
        raise ScaleRefusal(
            f"Item {name!r}, respondent {row + 1}: {column[row]!r} is no answer from {low:g} to "
            f"{high:g}. Correct it, widen the scale, or name it as a code for no answer.",
            code="scale_answer_outside",
            item=name,
            row=row + 1,
            value=column[row],
        )
    return values


def _as_numbers(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        return column.str.strip_chars().cast(pl.Float64, strict=False)
    return column.cast(pl.Float64)


def _number(code: float | str) -> float | None:
    try:
        return float(code)
    except ValueError:
        return None
