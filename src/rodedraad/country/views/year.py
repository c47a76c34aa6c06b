"""How does the country look in a year: the map, the table, and the table as a file?"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from rodedraad.country.current import current_country
from rodedraad.country.history import Country
from rodedraad.country.pictures.shapes import first_map_year
from rodedraad.country.queries.attribution import source_lines, sources_of
from rodedraad.country.queries.changes import changes_of_year
from rodedraad.country.queries.choices import Choice, choice_named, choices
from rodedraad.country.queries.municipality_list import (
    ListRow,
    YearFacts,
    list_csv,
    year_facts,
)
from rodedraad.country.queries.search import Found, municipalities_found, plain
from rodedraad.country.queries.year_map import YearMap, year_map
from rodedraad.country.queries.years import FIRST_YEAR, last_year, new_year, year_asked

MAP_ROWS, LIST_ROWS = 15, 50


@dataclass(frozen=True)
class Asked:
    """What a request asks: year, choice of figure or region, and text to search for."""

    country: Country
    year: int
    choice: Choice | None
    text: str

    @property
    def query(self) -> dict[str, str]:
        """The same as query parameters, without those that are empty."""
        key = self.choice.key if self.choice else ""
        every = {"jaar": str(self.year), "kleur": key, "zoek": self.text}
        return {name: value for name, value in every.items() if value}

    def facts(self) -> YearFacts:
        """The facts of the year."""
        return year_facts(self.country, self.year, self.choice)

    def found(self) -> Found:
        """The municipalities that the text finds; all when there is no text."""
        return municipalities_found(self.country, text=self.text, when=new_year(self.year))


def _asked(request: HttpRequest) -> Asked:
    country = current_country()
    given = request.GET
    year = year_asked(country, _year_text(request))
    choice = choice_named(country, given.get("kleur", ""))
    return Asked(country, year, choice, given.get("zoek", "").strip())


def _year_text(request: HttpRequest) -> str | None:
    """Of the slider (``jaar``) and the field (``jaartal``), the one that the person changed."""
    typed, slid = request.GET.get("jaartal"), request.GET.get("jaar")
    return typed if typed and typed != request.GET.get("vorig") else slid


@require_safe
def year_map_page(request: HttpRequest) -> HttpResponse:
    """Show the map of a year with its legend, its changes and the table."""
    asked = _asked(request)
    if "jaartal" in request.GET:
        return redirect(f"{reverse('country:map')}?{urlencode(asked.query)}")
    facts = asked.facts()
    country, found = asked.country, asked.found()
    first = first_map_year(country)
    drawn = year_map(country, facts) if asked.year >= first else None
    context = _shared(request, asked, facts, found, MAP_ROWS) | {
        "map": drawn,
        "first_map_year": first,
        "changes": changes_of_year(country, asked.year),
        "map_sources": _map_sources(asked, facts, drawn),
    }
    return render(request, "country/map.html", context)


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the municipalities of a year as a table that can be searched."""
    asked = _asked(request)
    context = _shared(request, asked, asked.facts(), asked.found(), LIST_ROWS)
    return render(request, "country/list.html", context)


@require_safe
def list_file(request: HttpRequest) -> HttpResponse:
    """Give the table as a file."""
    asked = _asked(request)
    text = list_csv(asked.facts(), asked.found().rows)
    name = "-".join(["gemeenten", str(asked.year), *([asked.choice.key] if asked.choice else [])])
    disposition = f'attachment; filename="{name}.csv"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _shared(
    request: HttpRequest, asked: Asked, facts: YearFacts, found: Found, per_page: int
) -> dict[str, object]:
    rows = sorted(found.rows, key=lambda each: plain(each.name)) if not asked.text else found.rows
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    shown: list[ListRow] = [facts.row(municipality) for municipality in page]
    page.object_list = shown
    keys = sources_of([row.inhabitants for row in shown])
    keys += sources_of([each for row in shown for each in row.chosen])
    others = {name: value for name, value in asked.query.items() if name != "jaar"}
    return {
        "year": asked.year,
        "first_year": FIRST_YEAR,
        "last_year": last_year(asked.country),
        "choice": asked.choice,
        "choice_there": bool(facts.figures or facts.regions),
        "choices": choices(asked.country),
        "text": asked.text,
        "found": found,
        "page": page,
        "n_municipalities": len(asked.country.municipalities_on(new_year(asked.year))),
        "query": urlencode(asked.query),
        "query_without_year": urlencode(others),
        "table_sources": source_lines(asked.country, ["tooi", *keys]),
    }


def _map_sources(asked: Asked, facts: YearFacts, drawn: YearMap | None) -> list[object]:
    if drawn is None:
        return []
    figures = sources_of([figure.shown for figure in facts.figures.values()])
    regions = sources_of([each for names in facts.regions.values() for each in names])
    return list(source_lines(asked.country, [*drawn.sources, *figures, *regions]))
