"""What stands in the table of municipalities of a year, on the page and as a file?"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from rodedraad.country.history import Country, Municipality
from rodedraad.country.queries.choices import (
    INHABITANTS,
    Choice,
    Figure,
    figures_of_year,
    inhabitants_of_year,
    regions_of_year,
)
from rodedraad.country.wording import Shown

CSV_COLUMNS = (
    "year", "code", "name", "begin_date", "end_date", "province_code", "province", "inhabitants",
    "inhabitants_source", "inhabitants_source_row", "figure", "value", "status", "value_source",
    "value_source_row",
)  # fmt: skip


@dataclass(frozen=True)
class ListRow:
    """One municipality: its inhabitants, and the chosen figure or regions."""

    municipality: Municipality
    inhabitants: Shown | None
    chosen: tuple[Shown, ...]
    missing: str = ""


@dataclass(frozen=True)
class YearFacts:
    """The facts of one year that the table and the map share."""

    year: int
    choice: Choice | None
    inhabitants: Mapping[str, Figure]
    figures: Mapping[str, Figure]
    regions: Mapping[str, Sequence[Shown]]

    def row(self, municipality: Municipality) -> ListRow:
        """The row of one municipality."""
        code = municipality.code
        counted = self.inhabitants.get(code)
        figure = self.figures.get(code)
        chosen = tuple(self.regions.get(code, ()))
        if figure is not None:
            chosen = (figure.shown,)
        missing = figure.status if figure is not None and figure.value is None else ""
        return ListRow(municipality, counted.shown if counted else None, chosen, missing)


def year_facts(country: Country, year: int, choice: Choice | None) -> YearFacts:
    """Gather the facts; without a choice, or in a year without it, only the inhabitants."""
    inhabitants = inhabitants_of_year(country, year)
    figures: Mapping[str, Figure] = {}
    regions: Mapping[str, Sequence[Shown]] = {}
    if choice is not None and choice.is_region:
        found = regions_of_year(country, choice, year)
        regions = {code: [each.shown for each in names] for code, names in found.items()}
    elif choice is not None:
        is_count = choice.key == INHABITANTS
        figures = inhabitants if is_count else figures_of_year(country, choice, year)
    return YearFacts(year, choice, inhabitants, figures, regions)


def list_csv(facts: YearFacts, municipalities: Iterable[Municipality]) -> str:
    """The table as comma-separated text with names of columns for a program to read.

    A municipality in two regions of the chosen kind has two rows.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for municipality in municipalities:
        writer.writerows(_csv_rows(facts, municipality))
    return text.getvalue()


def _csv_rows(facts: YearFacts, municipality: Municipality) -> Iterable[list[object]]:
    code = municipality.code
    counted = facts.inhabitants.get(code)
    about = [
        facts.year, code, municipality.name, municipality.begin_date, municipality.end_date,
        municipality.province_code, municipality.province,
        *((counted.value, counted.shown.source, counted.shown.source_row) if counted else [""] * 3),
    ]  # fmt: skip
    key = facts.choice.key if facts.choice else ""
    figure = facts.figures.get(code)
    if figure is not None:
        source = figure.shown
        yield [*about, key, figure.value, figure.status, source.source, source.source_row]
        return
    regions = facts.regions.get(code, ())
    for region in regions:
        yield [*about, key, region.text, "ok", region.source, region.source_row]
    if not regions:
        yield [*about, key, "", "absent" if key else "", "", ""]
