"""Which codes occur in which cases?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.overviews.asked import Asked, asked
from rodedraad.overviews.codes import OWN
from rodedraad.overviews.files import picture_response, simulated_words, table_response
from rodedraad.overviews.grid import Grid, Heading, Part, cell_value
from rodedraad.overviews.matrix import SHARE, SOURCES, STRENGTH, matrix, measure_words
from rodedraad.overviews.paging import PICTURES, part_asked
from rodedraad.overviews.pictures.heat import heat_svg
from rodedraad.overviews.shown import Choice, page_context, quotes_link


@require_safe
@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a part of the table, as a picture and as a table."""
    choice = _choice(request)
    looked = asked(request, slug, reads=_reads(choice))
    grid = _grid(looked, choice, request)
    part, rows, columns = part_asked(grid, request.GET)
    context = page_context(
        looked, request, choice=choice, part=part, rows=rows, columns=columns,
        svg=_picture(part, looked), cases=_cases(grid, looked),
    )  # fmt: skip
    return render(request, "overviews/matrix.html", context)


@require_safe
@login_required
def file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send the whole table, or the picture of the part that the page shows."""
    choice = _choice(request)
    looked = asked(request, slug, reads=_reads(choice))
    grid = _grid(looked, choice, request)
    name = f"{slug}-matrix"
    if form in PICTURES:
        return picture_response(form, name, _picture(part_asked(grid, request.GET)[0], looked))
    whole = grid.part()
    rows = [[row.label, *map(cell_value, cells)] for row, cells in whole.lines]
    below = [[label, *map(cell_value, cells)] for label, cells in whole.below]
    heads = [whole.rows_name, *(column.label for column in whole.columns)]
    return table_response(form, name, looked.study, heads, [*rows, *below])


def _choice(request: HttpRequest) -> Choice:
    measures = [(key, measure_words(key)) for key in (SOURCES, SHARE, STRENGTH)]
    return Choice("maat", _("Number in each cell"), measures, request.GET)


def _reads(choice: Choice) -> tuple[str, ...]:
    return ("strength",) if choice.chosen == STRENGTH else ()


def _grid(looked: Asked, choice: Choice, request: HttpRequest) -> Grid:
    form = looked.form
    way = form.cleaned_data.get("tel") or OWN if form and form.is_valid() else ""
    case = form.cleaned_data.get("casus") if form and form.is_valid() else None
    link = quotes_link(looked, request.GET, column="casus", alone=way == OWN)
    return matrix(
        looked.study, looked.material, looked.rows, measure=choice.chosen, link=link,
        case=case.pk if case else None,
    )  # fmt: skip


def _picture(part: Part, looked: Asked) -> str:
    label = _("Codes by case: %(measure)s") % {"measure": part.measure}
    return heat_svg(part, label=label, said=simulated_words(looked.study))


def _cases(grid: Grid, looked: Asked) -> list[Heading]:
    """The cases to look at one by one on a small screen; none for a client, who has no choice."""
    return [] if looked.material.public else [one for one in grid.columns if one.key]
