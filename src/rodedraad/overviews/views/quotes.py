"""Which quotes stand behind the codes, and how much is told of who said them?"""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.overviews.asked import Asked, asked
from rodedraad.overviews.attribution import FULL, level_words, levels_for
from rodedraad.overviews.codes import ABOVE_TOO, Rows
from rodedraad.overviews.files import table_response
from rodedraad.overviews.over_time import in_period
from rodedraad.overviews.quotes import Quotes, columns, quote_rows, quotes, reading_record
from rodedraad.overviews.shown import Choice, page_context
from rodedraad.sources.access import sources_asked

PER_PAGE = 50
XLSX_MOST = 100_000


@require_safe
@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show fifty quotes; a client sees none."""
    looked, choice, found = _found(request, slug)
    pages = Paginator(range(len(found)), PER_PAGE).get_page(request.GET.get("page"))
    chosen = slice(max(pages.start_index() - 1, 0), pages.end_index())
    reading_record(
        looked.access, found, chosen, action="quotes_read", origin=request_origin(request)
    )
    context = page_context(
        looked, request, choice=choice, quotes=list(found.read(chosen)), page=pages,
        n=len(found), n_broader=found.n_broader, xlsx=len(found) <= XLSX_MOST,
        kept=[(name, request.GET[name]) for name in ("periode", "alleen") if request.GET.get(name)],
    )  # fmt: skip
    return render(request, "overviews/quotes.html", context)


@require_safe
@login_required
def file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send all quotes that meet the conditions, row by row.

    Raises
    ------
    Refusal
        ``quotes_too_many`` for a spreadsheet of more than 100,000 quotes.
    """
    if form not in {"csv", "xlsx"}:
        raise Http404
    looked, _choice, found = _found(request, slug)
    if form == "xlsx" and len(found) > XLSX_MOST:
        raise Refusal(
            f"A spreadsheet of {len(found)} quotes is too large. Take the CSV file, or choose "
            f"fewer quotes: at most {XLSX_MOST}.",
            code="quotes_too_many",
            n=len(found),
            most=XLSX_MOST,
        )
    reading_record(
        looked.access, found, slice(None), action="quotes_download", origin=request_origin(request)
    )
    rows = quote_rows(found.read())
    return table_response(form, f"{slug}-citaten", looked.study, columns(), rows)


def _found(request: HttpRequest, slug: str) -> tuple[Asked, Choice, Quotes]:
    access = sources_asked(request.user, slug)  # a client reads no words: not there
    levels = [(level, level_words(level)) for level in levels_for(access)]
    choice = Choice("vermelding", _("Tell of who said it"), levels, request.GET)
    reads = ("pk", "start") if choice.chosen == FULL else ("pk",)
    looked = asked(request, slug, way=ABOVE_TOO, reads=reads, access=access)
    if looked.form:
        looked.form.fields.pop("tel")
    found = looked.material
    if request.GET.get("periode"):
        found = in_period(found, request.GET["periode"])
    rows = looked.rows
    if request.GET.get("alleen") and rows.lines:
        top = rows.lines[0].code.pk
        rows = Rows(rows.lines[:1], {top: (0,)})
    return looked, choice, quotes(looked.study, found, looked.lines, rows, level=choice.chosen)
