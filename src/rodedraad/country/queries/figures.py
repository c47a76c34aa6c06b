"""Which background figures are there of a municipality, and where does it stand among all?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl
from django.utils.translation import gettext as _

from rodedraad.country.history import Country
from rodedraad.country.queries.choices import decimals_of, missing_words
from rodedraad.country.wording import Shown, in_language, number_shown

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Spread:
    """How the figures of all municipalities of a year are spread: quantiles at ``LEVELS``."""

    lowest: float
    quantiles: tuple[float, ...]
    highest: float
    n_municipalities: int


@dataclass(frozen=True)
class Position:
    """A figure of one municipality beside the spread of all, in the same year."""

    year: int
    value: float
    spread: Spread
    decimals: int

    @property
    def words(self) -> str:
        """Where it stands, without a rank."""
        return position_words(self.value, self.spread)

    @property
    def median_shown(self) -> str:
        """The median of all municipalities."""
        return number_shown(self.spread.quantiles[2], self.decimals)


@dataclass(frozen=True)
class FigureCell:
    """The figure of one year, or why it is missing; neither when it was not published."""

    shown: Shown | None
    missing: str = ""


@dataclass(frozen=True)
class FigureRow:
    """One background figure through the years, and the position in the last year it has."""

    key: str
    title: str
    unit: str
    cells: tuple[FigureCell, ...]
    position: Position | None


def figure_years(country: Country) -> tuple[int, ...]:
    """The years of which background figures are carried."""
    return tuple(sorted(set(country.table("indicators")["year"].to_list())))


def figure_rows(country: Country, code: str) -> list[FigureRow]:
    """All background figures of a municipality, by title; empty when there are none."""
    mine = {
        (row["key"], row["year"]): row
        for row in country.table("figures").filter(pl.col("code") == code).iter_rows(named=True)
    }
    titles = {
        row["key"]: row for row in country.table("indicators").sort("year").iter_rows(named=True)
    }
    years = figure_years(country)
    rows = [
        FigureRow(
            key=key,
            title=in_language(about, "title"),
            unit=in_language(about, "unit"),
            cells=tuple(_cell(country, mine.get((key, year))) for year in years),
            position=_position(country, mine, key, years),
        )
        for key, about in titles.items()
        if any((key, year) in mine for year in years)
    ]
    return sorted(rows, key=lambda row: (row.title.casefold(), row.key))


def _cell(country: Country, row: Mapping[str, object] | None) -> FigureCell:
    if row is None:
        return FigureCell(None)
    value = row["value"]
    number = value if isinstance(value, float) else None
    text = number_shown(number, decimals_of(country, str(row["key"])))
    shown = Shown(text, str(row["source"]), str(row["source_row"]))
    return FigureCell(shown, "" if number is not None else missing_words(str(row["status"])))


def _position(
    country: Country,
    mine: Mapping[tuple[str, int], Mapping[str, object]],
    key: str,
    years: tuple[int, ...],
) -> Position | None:
    for year in reversed(years):
        value = mine.get((key, year), {}).get("value")
        if isinstance(value, float):
            return Position(year, value, spreads(country)[key, year], decimals_of(country, key))
    return None


@cache
def spreads(country: Country) -> Mapping[tuple[str, int], Spread]:
    """The spread over all municipalities, per figure and year."""
    figures = country.table("figures").drop_nulls("value")
    grouped = figures.group_by("key", "year").agg(
        pl.col("value").min().alias("lowest"),
        pl.col("value").max().alias("highest"),
        pl.len().alias("n"),
        *(
            pl.col("value").quantile(level, "linear").alias(f"level_{at}")
            for at, level in enumerate(LEVELS)
        ),
    )
    return {
        (row["key"], row["year"]): Spread(
            row["lowest"],
            tuple(row[f"level_{at}"] for at in range(len(LEVELS))),
            row["highest"],
            row["n"],
        )
        for row in grouped.iter_rows(named=True)
    }


def position_words(value: float, spread: Spread) -> str:
    """Where a figure stands among all municipalities, in words."""
    low, lower, _median, upper, high = spread.quantiles
    if value < low:
        return _("among the lowest 5%")
    if value < lower:
        return _("below the middle half")
    if value <= upper:
        return _("in the middle half")
    if value <= high:
        return _("above the middle half")
    return _("among the highest 5%")
