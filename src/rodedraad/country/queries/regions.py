"""In which regions did a municipality sit in 2016 and in 2022?"""

from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from rodedraad.country.history import Country
from rodedraad.country.wording import Shown, in_language

YEARS = (2016, 2022)
DOMAINS = ("social", "safety", "physical", "administrative")


@dataclass(frozen=True)
class RegionRow:
    """One kind of region: the municipality's region, or regions, in each year.

    ``held`` says per year whether this kind is among what was published that year.
    """

    title: str
    domain: str
    kind: str
    key: str
    regions: tuple[tuple[Shown, ...], ...]
    held: tuple[bool, ...]


def region_rows(country: Country, code: str) -> list[RegionRow]:
    """All kinds of regions in which it sat, by domain and title; empty when it sat in none."""
    mine = country.table("regions").filter(pl.col("code") == code).sort("region")
    found: dict[tuple[str, int], tuple[Shown, ...]] = {}
    for row in mine.iter_rows(named=True):
        place = row["region_type"], row["year"]
        found[place] = (
            *found.get(place, ()),
            Shown(row["region"], row["source"], row["source_row"]),
        )
    rows = [
        RegionRow(
            title=in_language(kind, "title"),
            domain=kind["domain"],
            kind=kind["kind"],
            key=kind["key"],
            regions=tuple(found.get((kind["key"], year), ()) for year in YEARS),
            held=tuple(kind[f"in_{year}"] for year in YEARS),
        )
        for kind in country.table("region_types").iter_rows(named=True)
    ]
    kept = [row for row in rows if any(row.regions)]
    return sorted(kept, key=lambda row: (DOMAINS.index(row.domain), row.title.casefold()))


def domain_words(domain: str) -> str:
    """The name of a domain in the language of the page."""
    return {
        "social": _("Social"),
        "safety": _("Safety"),
        "physical": _("Physical"),
        "administrative": _("Administrative"),
    }[domain]
