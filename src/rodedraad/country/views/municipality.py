"""What is known of one municipality of any year, and where does each fact come from?"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.country.codes import MunicipalityMalformed
from rodedraad.country.current import current_country
from rodedraad.country.history import (
    REGISTER_BEGINS,
    Country,
    Municipality,
    MunicipalityUnknown,
    Relative,
)
from rodedraad.country.pictures.charts import line_svg, strip_svg
from rodedraad.country.pictures.lives import lives_svg
from rodedraad.country.pictures.map_svg import place_svg
from rodedraad.country.pictures.shapes import country_path, first_map_year, shapes_of_year
from rodedraad.country.queries.arrangements import arrangement_rows, partners
from rodedraad.country.queries.attribution import source_lines, sources_of
from rodedraad.country.queries.changes import changes_around, family, links_within
from rodedraad.country.queries.figures import figure_rows, figure_years
from rodedraad.country.queries.inhabitants import inhabitants_rows
from rodedraad.country.queries.regions import YEARS as REGION_YEARS
from rodedraad.country.queries.regions import domain_words, region_rows
from rodedraad.country.queries.spending import (
    REPORTS,
    classification_breaks,
    spending_tables,
    taakveld_rows,
)
from rodedraad.country.queries.years import FIRST_YEAR, last_year, new_year

N_PARTNERS = 10


@require_safe
def municipality_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the life of a municipality, its regions, partners, figures and expenditure."""
    country = current_country()
    try:
        found = country.municipality(code)
    except (MunicipalityUnknown, MunicipalityMalformed):
        context = {"text": code, "last_year": last_year(country), "first_year": FIRST_YEAR}
        return render(request, "country/unknown.html", context, status=404)
    if found.code != code:
        return redirect("country:municipality", found.code, permanent=True)
    context = {
        "municipality": found,
        "outline": _outline(country, found),
        **_life(country, found, request.GET.get("datum", "")),
        **_regions(country, found),
        **_arrangements(country, found),
        **_figures(country, found),
        **_spending(country, found),
    }
    return render(request, "country/municipality.html", context)


@require_safe
def spending_page(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show the published amounts behind the comparable groups of one year."""
    country = current_country()
    found = country.municipalities.get(code)
    if found is None:
        raise Http404(_("There is no municipality with this code."))
    reports = [
        (report, rows)
        for report in REPORTS
        if (rows := taakveld_rows(country, found.code, year, report))
    ]
    if not reports:
        raise Http404(_("There are no amounts of this municipality in this year."))
    sources = sources_of([row.shown for _report, rows in reports for row in rows])
    context = {
        "municipality": found,
        "year": year,
        "reports": reports,
        "sources": source_lines(country, [*sources, "rodedraad"]),
    }
    return render(request, "country/spending.html", context)


def _outline(country: Country, municipality: Municipality) -> str:
    last = municipality.end_date or new_year(last_year(country))
    year = last.year
    if year < first_map_year(country):
        return ""
    shape = shapes_of_year(country, year).areas.get(municipality.code)
    return place_svg(country_path(country), shape.path) if shape else ""


def _life(country: Country, municipality: Municipality, text: str) -> dict[str, object]:
    members = family(country, municipality.code)
    codes = [each.code for each in members]
    until = new_year(last_year(country) + 1)
    asked = _date_asked(text)
    relatives = _relatives(country, municipality, asked) if asked else []
    changes = changes_around(country, codes)
    return {
        "lives": lives_svg(members, links_within(country, codes), here=municipality.code,
                           until=until) if len(members) > 1 else "",
        "changes": changes,
        "has_partial": any(origin.partial for change in changes for origin in change.origins),
        "life_sources": source_lines(
            country,
            ["tooi", *sources_of([each.record for change in changes for each in change.origins])],
        ),
        "register_begins": REGISTER_BEGINS,
        "asked_text": text,
        "asked_date": asked,
        "relatives": relatives,
        "existed": bool(asked) and municipality.existed_on(asked) if asked else False,
        "now": country.successors(municipality.code, new_year(last_year(country)))
        if municipality.end_date else (),
    }  # fmt: skip


def _date_asked(text: str) -> date | None:
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return None
    return asked if asked >= REGISTER_BEGINS else None


def _relatives(country: Country, municipality: Municipality, when: date) -> list[Relative]:
    ended = municipality.end_date is not None and municipality.end_date < when
    asked = country.successors if ended else country.predecessors
    return list(asked(municipality.code, when))


def _regions(country: Country, municipality: Municipality) -> dict[str, object]:
    rows = region_rows(country, municipality.code)
    domains = list(dict.fromkeys(row.domain for row in rows))
    shown = [one for row in rows for regions in row.regions for one in regions]
    return {
        "region_years": REGION_YEARS,
        "region_domains": [
            (domain_words(domain), [row for row in rows if row.domain == domain])
            for domain in domains
        ],
        "n_region_kinds": len(rows),
        "region_existed": [municipality.existed_on(new_year(year)) for year in REGION_YEARS],
        "region_sources": source_lines(country, sources_of(shown)),
    }


def _arrangements(country: Country, municipality: Municipality) -> dict[str, object]:
    rows = arrangement_rows(country, municipality.code)
    met = partners(country, municipality.code)
    return {
        "arrangements": rows,
        "partners": met[:N_PARTNERS],
        "n_partners": len(met),
        "arrangement_sources": source_lines(country, sources_of([row.shown for row in rows])),
    }


def _figures(country: Country, municipality: Municipality) -> dict[str, object]:
    counted = inhabitants_rows(country, municipality.code)
    rows = figure_rows(country, municipality.code)
    cells = [cell.shown for row in rows for cell in row.cells]
    return {
        "counted": counted,
        "line": line_svg([(each.year, each.inhabitants) for each in counted])
        if len(counted) > 1 else "",
        "counted_sources": source_lines(country, sources_of([each.shown for each in counted])),
        "figure_years": figure_years(country),
        "figures": [
            (row, strip_svg(row.position.value, row.position.spread) if row.position else "")
            for row in rows
        ],
        "figure_sources": source_lines(country, sources_of(cells)),
    }  # fmt: skip


def _spending(country: Country, municipality: Municipality) -> dict[str, object]:
    counted = inhabitants_rows(country, municipality.code)
    inhabitants = {each.year: each.inhabitants for each in counted}
    tables = spending_tables(country, municipality.code, inhabitants)
    keys = ["iv3", "rodedraad"] if tables else []
    return {
        "spending": tables,
        "last_break": max(classification_breaks(country)),
        "spending_sources": source_lines(country, keys),
    }
