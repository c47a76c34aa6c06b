"""What does the country know of all municipalities in the year of a survey: size, part, figures?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from rodedraad.country.current import current_country
from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.studies.frame import MUNICIPALITY, PART_OF_COUNTRY, SIZE_CLASSES, SIZE_LIMITS
from rodedraad.surveys.models import Survey

SIZE, PART = "size", "part_of_country"
VARIABLES = (SIZE, PART)
FIGURES = (
    "inhabitants", "address_density", "aged_65_plus_share", "standardised_income",
    "owner_occupied_share", "social_assistance_per_1000",
)  # fmt: skip
"""What responding and other municipalities are compared on: fixed beforehand, and all shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """All municipalities on the reference date of a wave, by code, in order of code."""

    year: int
    labels: Mapping[str, Mapping[str, str]]
    inhabitants: Mapping[str, int]
    codes: tuple[str, ...]

    def label(self, code: str, variables: tuple[str, ...]) -> str:
        """The category of a municipality; of several variables, crossed."""
        return " · ".join(self.labels[variable][code] for variable in variables)


def population_of(survey: Survey) -> Population:
    """Return the municipalities of the country in the year of the wave, with size and part.

    Raises
    ------
    Refusal
        ``weights_only_municipalities`` for a study of other units, ``weights_year`` when the
        number of inhabitants of that year is not known here.
    """
    if survey.study.unit_kind != MUNICIPALITY:
        raise Refusal(
            "Size and part of the country are known of municipalities only, so answers of this "
            "study cannot be weighted by them.",
            code="weights_only_municipalities",
        )
    country, date = current_country(), survey.wave.reference_date
    rows = country.table("population").filter(pl.col("year") == date.year)
    inhabitants = dict(rows.select("code", "inhabitants").iter_rows())
    units = sorted(country.municipalities_on(date), key=lambda unit: unit.code)
    known = [unit for unit in units if unit.code in inhabitants]
    if len(known) < len(units):
        raise Refusal(
            f"The number of inhabitants in {date.year} is not known of {len(units) - len(known)} "
            "municipalities, so there is nothing to weight to. Renew the figures of the country.",
            code="weights_year",
            year=date.year,
            n=len(units) - len(known),
        )
    size = {
        unit.code: SIZE_CLASSES[int(np.searchsorted(SIZE_LIMITS, inhabitants[unit.code], "right"))]
        for unit in known
    }
    part = {unit.code: PART_OF_COUNTRY[unit.province_code] for unit in known}
    codes = tuple(unit.code for unit in known)
    return Population(date.year, {SIZE: size, PART: part}, inhabitants, codes)


def category_order(labels: set[str]) -> list[str]:
    """Return categories in order, small size classes first."""
    order = [*SIZE_CLASSES, *sorted(set(PART_OF_COUNTRY.values()))]
    return sorted(labels, key=lambda label: [order.index(part) for part in label.split(" · ")])


def figures_known(year: int) -> tuple[int | None, dict[str, dict[str, float]]]:
    """Return the newest year up to ``year`` with background figures, and these by key and code."""
    country: Country = current_country()
    table = country.table("figures").filter(pl.col("year") <= year, pl.col("key").is_in(FIGURES))
    newest = table["year"].max()
    if not isinstance(newest, int):
        return None, {}
    found: dict[str, dict[str, float]] = {key: {} for key in FIGURES}
    rows = table.filter(pl.col("year") == newest, pl.col("value").is_not_null())
    for key, code, value in rows.select("key", "code", "value").iter_rows():
        found[key][code] = value
    return newest, {key: values for key, values in found.items() if values}
