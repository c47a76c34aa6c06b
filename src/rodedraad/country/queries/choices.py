"""By what can the map and the table be coloured or filled, and what is that per municipality?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl
from django.utils.translation import gettext as _

from rodedraad.country.history import Country
from rodedraad.country.wording import Shown, in_language, number_shown

INHABITANTS = "inwoners"
REGION = "regio-"
# The background figures hold the inhabitants too; those of the register of population have
# more years.
_POPULATION_KEY = "inhabitants"
WHOLE_FROM = 100


@dataclass(frozen=True)
class Choice:
    """A figure or kind of region; ``key`` is how an address names it."""

    key: str
    title: str
    unit: str
    years: tuple[int, ...]

    @property
    def is_region(self) -> bool:
        """Whether this is a kind of region."""
        return self.key.startswith(REGION)

    @property
    def label(self) -> str:
        """The title with the unit and the years there are."""
        unit = f", {self.unit}" if self.unit else ""
        return f"{self.title}{unit} ({years_words(self.years)})"


@dataclass(frozen=True)
class Figure:
    """The value of one municipality; None with a ``status`` that says why it is missing."""

    value: float | None
    status: str
    shown: Shown


@dataclass(frozen=True)
class RegionOf:
    """A region to which a municipality belongs."""

    region: str
    shown: Shown


def years_words(years: Sequence[int]) -> str:
    """Years in order, with three or more in a row as a range.

    >>> years_words([2015, 2017, 2018, 2019, 2021, 2022])
    '2015, 2017-2019, 2021, 2022'
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = [
        [f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(year) for year in run] for run in runs
    ]
    return ", ".join(word for run in words for word in run)


def choices(country: Country) -> dict[str, list[Choice]]:
    """All choices per heading, in the language of the page."""
    population = country.table("population")
    years = tuple(sorted(set(population["year"].to_list())))
    return {
        _("Inhabitants"): [Choice(INHABITANTS, _("Inhabitants on 1 January"), "", years)],
        _("Background figures"): _figure_choices(country),
        _("Kinds of regions"): _region_choices(country),
    }


def choice_named(country: Country, key: str) -> Choice | None:
    """The choice of this key; None for an empty or unknown one."""
    every = (choice for group in choices(country).values() for choice in group)
    return next((choice for choice in every if choice.key == key), None)


def _figure_choices(country: Country) -> list[Choice]:
    found: dict[str, Choice] = {}
    for row in country.table("indicators").sort("year").iter_rows(named=True):
        key = row["key"]
        if key == _POPULATION_KEY:
            continue
        earlier = found[key].years if key in found else ()
        title, unit = in_language(row, "title"), in_language(row, "unit")
        found[key] = Choice(key, title, unit, (*earlier, row["year"]))
    return sorted(found.values(), key=lambda choice: (choice.title.casefold(), choice.key))


def _region_choices(country: Country) -> list[Choice]:
    made = [
        Choice(
            key=REGION + row["key"],
            title=in_language(row, "title"),
            unit="",
            years=tuple(year for year in (2016, 2022) if row[f"in_{year}"]),
        )
        for row in country.table("region_types").iter_rows(named=True)
    ]
    return sorted(made, key=lambda choice: choice.title.casefold())


def inhabitants_of_year(country: Country, year: int) -> Mapping[str, Figure]:
    """Inhabitants on 1 January per municipality; empty when the year was not published."""
    rows = country.table("population").filter(pl.col("year") == year)
    return {
        row["code"]: Figure(
            row["inhabitants"],
            "ok",
            Shown(number_shown(row["inhabitants"]), row["source"], row["source_row"]),
        )
        for row in rows.iter_rows(named=True)
    }


def figures_of_year(country: Country, choice: Choice, year: int) -> Mapping[str, Figure]:
    """The chosen figure per municipality; empty for a year that has none."""
    if choice.key == INHABITANTS:
        return inhabitants_of_year(country, year)
    rows = country.table("figures").filter(pl.col("key") == choice.key, pl.col("year") == year)
    decimals = decimals_of(country, choice.key)
    return {
        row["code"]: Figure(
            row["value"],
            row["status"],
            Shown(number_shown(row["value"], decimals), row["source"], row["source_row"]),
        )
        for row in rows.iter_rows(named=True)
    }


@cache
def decimals_of(country: Country, key: str) -> int:
    """How many decimals a figure is shown with: none for whole or large numbers, else one."""
    values = country.table("figures").filter(pl.col("key") == key)["value"].drop_nulls()
    whole = bool((values == values.round(0)).all())
    median = values.median()
    large = isinstance(median, float) and abs(median) >= WHOLE_FROM
    return 0 if whole or large else 1


def regions_of_year(
    country: Country, choice: Choice, year: int
) -> Mapping[str, tuple[RegionOf, ...]]:
    """The regions of the chosen kind per municipality, most have one; empty for other years."""
    kind = choice.key.removeprefix(REGION)
    rows = country.table("regions").filter(pl.col("region_type") == kind, pl.col("year") == year)
    found: dict[str, tuple[RegionOf, ...]] = {}
    for row in rows.sort("code", "region").iter_rows(named=True):
        region = RegionOf(row["region"], Shown(row["region"], row["source"], row["source_row"]))
        found[row["code"]] = (*found.get(row["code"], ()), region)
    return found


def missing_words(status: str) -> str:
    """Why a figure is not there."""
    return {
        "unknown": _("unknown, unreliable or secret"),
        "impossible": _("cannot occur here"),
        "absent": _("not in the source"),
    }.get(status, _("not in the source"))
