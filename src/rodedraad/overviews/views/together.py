"""Which codes stand together?"""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.overviews.asked import Asked, asked
from rodedraad.overviews.files import picture_response, simulated_words, table_response
from rodedraad.overviews.paging import PICTURES
from rodedraad.overviews.pictures.heat import heat_svg
from rodedraad.overviews.shown import Choice, page_context
from rodedraad.overviews.together import (
    CHARACTERS,
    PARAGRAPH,
    SOURCE,
    Together,
    together,
    unit_words,
)

PER_PAGE = 50


@require_safe
@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the pairs that stand together most, and a picture of the largest."""
    choice = _choice(request)
    looked = asked(request, slug, reads=_reads(choice))
    found = together(looked.material, looked.rows, unit=choice.chosen)
    context = page_context(
        looked, request, choice=None if looked.material.public else choice, found=found,
        page=Paginator(found.pairs, PER_PAGE).get_page(request.GET.get("page")),
        svg=_picture(found, looked) if found.square.rows else "",
    )  # fmt: skip
    return render(request, "overviews/together.html", context)


@require_safe
@login_required
def file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send all pairs, or the picture."""
    choice = _choice(request)
    looked = asked(request, slug, reads=_reads(choice))
    found = together(looked.material, looked.rows, unit=choice.chosen)
    name = f"{slug}-samen"
    if form in PICTURES:
        return picture_response(form, name, _picture(found, looked))
    heads = [
        _("Code"), _("Other code"), _("Together"), _("First code"), _("Second code"),
        _("Jaccard index"), _("Counted"),
    ]  # fmt: skip
    words = unit_words(found.unit)
    rows = (
        [each.first.label, each.second.label, each.together, each.n_first, each.n_second,
         round(each.jaccard, 4), words]
        for each in found.pairs
    )  # fmt: skip
    return table_response(form, name, looked.study, heads, rows)


def _choice(request: HttpRequest) -> Choice:
    units = [(key, unit_words(key)) for key in (SOURCE, PARAGRAPH, CHARACTERS)]
    return Choice("waar", _("Together"), units, request.GET)


def _reads(choice: Choice) -> tuple[str, ...]:
    return () if choice.chosen == SOURCE else ("start", "end")


def _picture(found: Together, looked: Asked) -> str:
    label = _("Codes that stand together, %(unit)s") % {"unit": unit_words(found.unit)}
    return heat_svg(found.square.part(), label=label, said=simulated_words(looked.study))
