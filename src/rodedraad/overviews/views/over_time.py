"""In which share of the sources of each period do codes occur?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.overviews.asked import Asked, asked
from rodedraad.overviews.codes import OWN
from rodedraad.overviews.files import picture_response, simulated_words, table_response
from rodedraad.overviews.grid import Grid, Part, cell_value
from rodedraad.overviews.over_time import MONTH, QUARTER, YEAR, over_time
from rodedraad.overviews.paging import PICTURES, part_asked
from rodedraad.overviews.pictures.heat import heat_svg
from rodedraad.overviews.shown import Choice, page_context, quotes_link


@require_safe
@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a part of the table of codes by period."""
    looked = asked(request, slug)
    choice = _choice(request)
    grid = _grid(looked, choice, request)
    part, rows, columns = part_asked(grid, request.GET)
    days = [source.day for source in looked.material.sources]
    context = page_context(
        looked, request, choice=None if looked.material.public else choice, part=part, rows=rows,
        columns=columns, svg=_picture(part, looked),
        n_undated=0 if looked.material.public else days.count(None), any_day=any(days),
    )  # fmt: skip
    return render(request, "overviews/over_time.html", context)


@require_safe
@login_required
def file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send the whole table, or the picture of the part that the page shows."""
    looked = asked(request, slug)
    grid = _grid(looked, _choice(request), request)
    name = f"{slug}-tijd"
    if form in PICTURES:
        return picture_response(form, name, _picture(part_asked(grid, request.GET)[0], looked))
    whole = grid.part()
    heads = [whole.rows_name, *(column.label for column in whole.columns)]
    rows = [[row.label, *map(cell_value, cells)] for row, cells in whole.lines]
    below = [[label, *map(cell_value, cells)] for label, cells in whole.below]
    return table_response(form, name, looked.study, heads, [*rows, *below])


def _choice(request: HttpRequest) -> Choice:
    periods = [(YEAR, _("per year")), (QUARTER, _("per quarter")), (MONTH, _("per month"))]
    return Choice("per", _("Period"), periods, request.GET)


def _grid(looked: Asked, choice: Choice, request: HttpRequest) -> Grid:
    form = looked.form
    way = form.cleaned_data.get("tel") or OWN if form and form.is_valid() else ""
    link = quotes_link(looked, request.GET, column="periode", alone=way == OWN)
    period = YEAR if looked.material.public else choice.chosen
    return over_time(looked.material, looked.rows, period=period, link=link)


def _picture(part: Part, looked: Asked) -> str:
    label = _("Codes over time: %(measure)s") % {"measure": part.measure}
    return heat_svg(part, label=label, said=simulated_words(looked.study))
