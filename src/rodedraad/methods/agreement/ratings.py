"""Which coder gave which unit which category, and which units did a coder not rate?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.agreement.refusals import AgreementRefused

IntArray = npt.NDArray[np.intp]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Category = float | str
Table = npt.NDArray[np.float64] | npt.NDArray[np.object_]

NOT_RATED = -1
MOST_CELLS = 50_000_000
WIDEST_LOOKUP = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Ratings of units by coders.

    ``codes`` has shape (n_units, n_coders): the place in ``categories``, -1 where the coder did
    not rate the unit. ``categories`` are numbers in rising order, or texts. ``ordered`` says
    that their order means something. ``unit`` and ``universe`` tell what one row is and which
    rows could have been in the table: without these no figure of agreement can be read.
    """

    codes: IntArray
    categories: tuple[Category, ...]
    coders: tuple[str, ...]
    ordered: bool
    unit: str
    universe: str

    @property
    def n_units(self) -> int:
        return int(self.codes.shape[0])

    @property
    def n_coders(self) -> int:
        return int(self.codes.shape[1])

    @property
    def rated(self) -> BoolArray:
        """Where a coder rated a unit, (n_units, n_coders)."""
        return self.codes != NOT_RATED

    def counts(self) -> FloatArray:
        """How many coders gave a unit each category, (n_units, n_categories)."""
        q = len(self.categories)
        self.check_size(self.n_units * q)
        places = np.arange(self.n_units)[:, None] * (q + 1) + (self.codes + 1)
        table = np.bincount(places.ravel(), minlength=self.n_units * (q + 1))
        return table.reshape(self.n_units, q + 1)[:, 1:].astype(np.float64)

    def check_size(self, n_cells: int) -> None:
        """Refuse a table of units by categories that is too large to work with."""
        if n_cells > MOST_CELLS:
            raise AgreementRefused(
                f"{len(self.categories)} different values in {self.n_units} units are too many to "
                "compare one by one. Round the values, or use alpha at level interval.",
                code="agreement_values_many",
                n_values=len(self.categories),
            )

    def numbers(self, purpose: str) -> FloatArray:
        """The value of each category, (n_categories,): numbers, or places when ordered texts."""
        if all(isinstance(category, float) for category in self.categories):
            return np.array(self.categories, dtype=np.float64)
        if self.ordered:
            return np.arange(1.0, len(self.categories) + 1)
        raise AgreementRefused(
            f"{purpose} needs numbers or an order. The categories are texts: "
            f"{_listed(self.categories)}. Give categories in their order, from low to high.",
            code="agreement_order_unknown",
            categories=self.categories,
        )


def ratings_of(
    table: npt.ArrayLike | pl.DataFrame | Sequence[Sequence[object]],
    *,
    unit: str,
    universe: str,
    coders: Sequence[str] | None = None,
    categories: Sequence[Category] | None = None,
) -> Ratings:
    """Read a table with a row per unit and a column per coder; the one door to agreement.

    Parameters
    ----------
    table : array of shape (n_units, n_coders), rows of values, or a polars frame
        NaN, None and blank text = this coder did not rate this unit. Columns that all hold
        numbers, also as text, become numbers.
    unit : str
        What a row is: "passage", "municipality", "answer".
    universe : str
        Which units could have been in the table: "all passages of 12 interviews".
    coders : the columns of a frame to take (all when not given), or names for array columns.
    categories : all categories that could be chosen, in their order; when not given, those that
        occur. Gwet's and Brennan and Prediger's coefficients depend on their number.

    Raises
    ------
    AgreementRefused
        Fewer than two coders, no unit, no unit rated by two coders, an infinite value, or a value
        that is not among ``categories``: names the unit (counted from 1) and the coder.

    >>> read = ratings_of([["a", "b"], ["a", None], ["a", "a"]], unit="passage", universe="all 3")
    >>> read.categories, read.codes.tolist()
    (('a', 'b'), [[0, 1], [0, -1], [0, 0]])
    """
    values, names = _columns(table, coders)
    n_units, n_coders = values.shape
    if n_units == 0 or n_coders < 2:
        raise AgreementRefused(
            "Agreement needs at least one unit and two coders: a row per unit and a column per "
            f"coder. Got {n_units} rows and {n_coders} columns.",
            code="agreement_shape",
            n_units=n_units,
            n_coders=n_coders,
        )
    codes, found = _coded(values)
    if categories is not None:
        wanted = _as_found(categories, found)
        codes = _recoded(codes, found, wanted, names)
        found = wanted
    if not ((codes != NOT_RATED).sum(axis=1) > 1).any():
        raise AgreementRefused(
            "No unit was rated by two coders, so there is nothing to compare. Check that the "
            "coders coded the same units and that rows are units.",
            code="agreement_no_pairs",
        )
    return Ratings(codes, found, names, categories is not None, unit, universe)


def _columns(
    table: npt.ArrayLike | pl.DataFrame | Sequence[Sequence[object]], coders: Sequence[str] | None
) -> tuple[Table, tuple[str, ...]]:
    if isinstance(table, pl.DataFrame):
        wanted = table.columns if coders is None else list(coders)
        absent = [name for name in wanted if name not in table.columns]
        if absent:
            raise AgreementRefused(
                f"There is no column {absent[0]!r}. The columns are: {', '.join(table.columns)}. "
                "Correct the name of the coder.",
                code="agreement_coder_unknown",
                coder=absent[0],
            )
        frame = table.select(wanted)
        if wanted and all(dtype.is_numeric() for dtype in frame.dtypes):
            frame = frame.cast(pl.Float64).fill_null(math.nan)
            return frame.to_numpy().astype(np.float64), tuple(wanted)
        values = np.empty(frame.shape, dtype=object)
        for j, column in enumerate(frame.iter_columns()):
            values[:, j] = column.to_list()
        return _numbers_or_texts(values), tuple(wanted)
    array = np.asarray(table)
    if array.dtype.kind not in "fiub":
        array = np.asarray(table, dtype=object)
    if array.ndim != 2:
        raise AgreementRefused(
            "Ratings must be a table with a row per unit and a column per coder. Got "
            f"{array.ndim} dimension(s).",
            code="agreement_shape",
        )
    names = tuple(coders) if coders else tuple(f"coder {j + 1}" for j in range(array.shape[1]))
    if len(names) != array.shape[1]:
        raise AgreementRefused(
            f"There are {array.shape[1]} columns and {len(names)} names of coders. Give one name "
            "per column.",
            code="agreement_shape",
        )
    if array.dtype == object:
        return _numbers_or_texts(array), names
    return array.astype(np.float64), names


def _numbers_or_texts(
    values: npt.NDArray[np.object_],
) -> Table:
    """Numbers when every known value reads as one, else texts, with None where there is none."""
    texts = np.empty(values.shape, dtype=object)
    for place, value in np.ndenumerate(values):
        blank = value is None or (isinstance(value, float) and math.isnan(value))
        texts[place] = None if blank else str(value).strip() or None
    numbers = pl.Series(cast("list[str | None]", texts.ravel().tolist()), dtype=pl.String).cast(
        pl.Float64, strict=False
    )
    known = np.array([text is not None for text in texts.ravel()], dtype=np.bool_)
    read = numbers.to_numpy().astype(np.float64)
    if np.isfinite(read[known]).all():
        return read.reshape(values.shape)
    return texts


def _coded(values: Table) -> tuple[IntArray, tuple[Category, ...]]:
    if values.dtype == object:
        return _coded_texts(cast("npt.NDArray[np.object_]", values))
    return _coded_numbers(cast("npt.NDArray[np.float64]", values))


def _coded_numbers(values: npt.NDArray[np.float64]) -> tuple[IntArray, tuple[Category, ...]]:
    if np.isinf(values).any():
        row, column = (int(i) for i in np.argwhere(np.isinf(values))[0])
        raise AgreementRefused(
            f"The rating of unit {row + 1} by coder {column + 1} is infinite. Leave it blank when "
            "it is not known.",
            code="agreement_infinite",
            unit=row + 1,
        )
    missing = np.isnan(values)
    low = math.floor(np.fmin.reduce(values, axis=None, initial=0.0))
    if np.fmax.reduce(values, axis=None, initial=0.0) - low <= WIDEST_LOOKUP:
        filled = np.where(missing, low - 1, values)
        whole = filled.astype(np.intp)
        if (whole == filled).all():
            return _looked_up(whole - (low - 1), low)
    distinct = pl.Series(values.ravel()).unique().to_numpy()
    distinct = np.sort(distinct[~np.isnan(distinct)])
    codes = np.searchsorted(distinct, values)
    codes[missing] = NOT_RATED
    return codes, tuple(float(value) for value in distinct)


def _looked_up(places: IntArray, low: int) -> tuple[IntArray, tuple[Category, ...]]:
    """Whole numbers of a small range need no sorting. Place 0 = not rated, 1 = the lowest."""
    present = np.flatnonzero(np.bincount(places.ravel())[1:])
    lookup = np.full(int(places.max()) + 1, NOT_RATED, dtype=np.intp)
    lookup[present + 1] = np.arange(present.size)
    return lookup[places], tuple(float(low + place) for place in present)


def _coded_texts(values: npt.NDArray[np.object_]) -> tuple[IntArray, tuple[Category, ...]]:
    known = cast("Iterable[str]", (v for v in values.ravel() if v is not None))
    distinct = sorted(set(known))
    place: dict[object, int] = {text: k for k, text in enumerate(distinct)}
    flat = [place.get(value, NOT_RATED) for value in values.ravel()]
    return np.array(flat, dtype=np.intp).reshape(values.shape), tuple(distinct)


def _recoded(
    codes: IntArray,
    found: tuple[Category, ...],
    wanted: tuple[Category, ...],
    names: tuple[str, ...],
) -> IntArray:
    place = {category: k for k, category in enumerate(wanted)}
    if len(place) != len(wanted):
        raise AgreementRefused(
            f"A category stands twice among {_listed(wanted)}. Name each once.",
            code="agreement_categories_double",
        )
    strange = [c for c in found if c not in place]
    if strange:
        unit, coder = (int(i) for i in np.argwhere(codes == found.index(strange[0]))[0])
        raise AgreementRefused(
            f"Coder '{names[coder]}' gave unit {unit + 1} the category {_shown(strange[0])}, "
            f"which is not among {_listed(wanted)}. Correct the rating, or add the category.",
            code="agreement_category_unknown",
            category=strange[0],
            unit=unit + 1,
            coder=names[coder],
        )
    lookup = np.array([*(place[c] for c in found), NOT_RATED], dtype=np.intp)
    return lookup[codes]


def _as_found(categories: Sequence[Category], found: tuple[Category, ...]) -> tuple[Category, ...]:
    """The categories as numbers when the ratings are numbers and so are they."""
    if any(isinstance(category, str) for category in found):
        return tuple(c if isinstance(c, str) else f"{c:g}" for c in categories)
    try:
        return tuple(float(category) for category in categories)
    except ValueError:
        return tuple(categories)


def _shown(category: Category) -> str:
    return f"{category:g}" if isinstance(category, float) else f"'{category}'"


def _listed(categories: Iterable[Category]) -> str:
    return ", ".join(_shown(category) for category in categories)
