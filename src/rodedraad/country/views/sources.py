"""Where does a fact come from: the source, and the published row as we hold it?"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.country.current import current_country
from rodedraad.country.history import Country
from rodedraad.country.pictures.map_svg import place_svg
from rodedraad.country.pictures.shapes import country_path, outline_path
from rodedraad.country.queries.record_values import licence_words
from rodedraad.country.queries.record_words import table_words
from rodedraad.country.queries.records import (
    first_row,
    outline_points,
    record_codes,
    record_figures,
    record_tables,
    rows_per_table,
    source_row_held,
)
from rodedraad.country.tables import Source
from rodedraad.country.wording import date_shown, in_language, number_shown


@require_safe
def source_page(request: HttpRequest, source: str) -> HttpResponse:
    """Show what a source is, on what terms it may be used, and what of it we hold."""
    country = current_country()
    found = _source(country, source)
    asked = request.GET.get("regel", "").strip()
    held = source_row_held(country, source=source, source_row=asked) if asked else None
    if held is not None:
        return redirect("country:record", source, held)
    context = {
        "source": found,
        "title": in_language(vars(found), "title"),
        "licence": licence_words(found.licence),
        "tables": [
            (table_words(name), number_shown(rows))
            for name, rows in rows_per_table(country, source).items()
        ],
        "published": _published(found),
        "n_records": number_shown(found.rows),
        "asked": asked,
        "example": first_row(country, source),
    }
    return render(request, "country/source.html", context, status=404 if asked else 200)


@require_safe
def record_page(request: HttpRequest, source: str, source_row: str) -> HttpResponse:
    """Show the published row as we hold it, in every table that rests on it."""
    country = current_country()
    found = _source(country, source)
    held = source_row_held(country, source=source, source_row=source_row)
    if held is None:
        raise Http404(_("We hold no row of this source with this number."))
    tables = record_tables(country, source=source, source_row=held)
    outlines = [row.outline for table in tables for row in table.rows if row.outline]
    codes = record_codes(country, source=source, source_row=held)
    context = {
        "source": found,
        "title": in_language(vars(found), "title"),
        "licence": licence_words(found.licence),
        "source_row": held,
        "is_line": held.isdecimal(),
        "tables": tables,
        "figures": record_figures(country, source=source, source_row=held),
        "outline": place_svg(country_path(country), outline_path(outlines[0])) if outlines else "",
        "n_points": outline_points(outlines[0]) if outlines else 0,
        "municipalities": [
            country.municipalities[code] for code in codes if code in country.municipalities
        ],
    }
    return render(request, "country/record.html", context)


def _source(country: Country, key: str) -> Source:
    found = country.sources.get(key)
    if found is None:
        raise Http404(_("There is no source with this name."))
    return found


def _published(source: Source) -> str:
    return date_shown(date.fromisoformat(source.published) if source.published else None)
