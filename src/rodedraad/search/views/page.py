"""What does a study say about this: the words that were found, with the words beside them?"""

import math
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.changes import UNDO
from rodedraad.coding.steps import number_given
from rodedraad.errors import Refusal
from rodedraad.search.asking import Asking, asking_of, personal_record
from rodedraad.search.code_all import MANY, action_newest, seen_mark
from rodedraad.search.context import in_context
from rodedraad.search.hits import COUNTED_AT_MOST, PER_PAGE, Found, Hit
from rodedraad.search.pictures import DRAWN_AT_MOST, bars_svg, groups_by
from rodedraad.search.saved import searches_saved
from rodedraad.search.settled import Question
from rodedraad.sources.access import sources_asked
from rodedraad.sources.steps import study_steps

SHOWN_IN_ONE = 5
PAGES_AT_MOST = COUNTED_AT_MOST // PER_PAGE


@require_safe
@login_required
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, and when something is asked, what answers to it, a page at a time."""
    access = sources_asked(request.user, slug)
    asking = asking_of(access, request.GET)
    newest = action_newest(asking.coder)
    context: dict[str, Any] = {
        "study": access.study,
        "steps": study_steps(access.study),
        "form": asking.form,
        "n_texts": len(asking.texts),
        "may_code": access.may_design,
        "saved": searches_saved(access.study),
        "removed": access.study.saved_searches.filter(
            pk=number_given(request.GET.get("weg")) or 0, removed_at__isnull=False
        ).first()
        if "weg" in request.GET
        else None,
        "here": request.get_full_path(),
        "asked": request.GET.urlencode(),
        "undo": newest == MANY,
        "redo": newest == f"{UNDO}{MANY}",
    }
    if asking.is_asked:
        try:
            question = asking.question()
            context |= {"left_out": question.left_out} | _answered(request, asking, question)
        except Refusal as refusal:
            context |= {"refusal": refusal, "faults": [refusal]}
    return render(request, "search/search.html", context)


def _answered(request: HttpRequest, asking: Asking, question: Question) -> dict[str, Any]:
    if asking.is_in_texts:
        return _hits(request, asking, question)
    number = min(number_given(request.GET.get("page")) or 1, PAGES_AT_MOST)
    answers = asking.answers(question, enough=number * PER_PAGE + 1)
    pages = max(1, math.ceil(len(answers.found) / PER_PAGE))
    number = min(number, pages)
    shown = answers.found[(number - 1) * PER_PAGE : number * PER_PAGE]
    personal = any(told.text is not None and told.text.is_personal for told in shown)
    personal_record(asking.access, is_personal=personal, origin=request_origin(request))
    return {
        "answers": [(told, told.contexts[:SHOWN_IN_ONE]) for told in shown],
        "n": len(answers.found),
        "is_many": answers.is_many,
        "place": asking.form.place,
        **_paged(request, number, 0 if answers.is_many and number < pages else pages),
    }


def _hits(request: HttpRequest, asking: Asking, question: Question) -> dict[str, Any]:
    found = asking.found(question, for_a_page=True)
    number = min(number_given(request.GET.get("page")) or 1, _pages(found))
    hits = found.page(number)
    if number > _pages(found):  # it took this page to see that there are not that many
        number = _pages(found)
        hits = found.page(number)
    personal = any(hit.text.is_personal for hit in hits)
    personal_record(asking.access, is_personal=personal, origin=request_origin(request))
    by_year = request.GET.get("beeld") == "jaar"
    groups = [] if found.is_many else groups_by(found.texts, found.counts, year=by_year)
    return {
        "hits": [_lined(hit) for hit in hits],
        "n": found.n,
        "is_many": found.is_many,
        "n_sources": sum(found.counts[text.version] > 0 for text in found.texts),
        "n_cases": len({one.case for one in found.texts if one.case and found.counts[one.version]}),
        "n_searched": len(found.texts),
        "groups": groups,
        "n_drawn": min(DRAWN_AT_MOST, len(groups)),
        "by_year": by_year,
        "picture": bars_svg(groups),
        "picture_query": _query(request, beeld="casus" if by_year else "jaar"),
        "codes": [line for line in asking.lines if line.code.is_codable],
        "mark": seen_mark(found),
        **_paged(request, number, 0 if found.is_many else _pages(found)),
    }


def _pages(found: Found) -> int:
    return PAGES_AT_MOST if found.is_many else max(1, math.ceil(found.n / PER_PAGE))


def _lined(hit: Hit) -> dict[str, Any]:
    """Return a hit as a page shows it: a line for each of the first places in it."""
    row = hit.paragraph
    places = hit.places[:SHOWN_IN_ONE] or [(0, 0)]
    return {
        "pk": row.pk,
        "number": row.number,
        "label": row.label,
        "start": row.start,
        "text": hit.text,
        "lines": [in_context(row.text, place) for place in places],
        "n_more": max(0, len(hit.places) - SHOWN_IN_ONE),
    }


def _paged(request: HttpRequest, number: int, pages: int) -> dict[str, Any]:
    """Return what the steps through the pages need; 0 pages: nobody knows how many."""
    is_last = pages != 0 and number >= pages
    return {
        "number": number,
        "pages": pages,
        "previous_query": _query(request, page=str(number - 1)) if number > 1 else "",
        "next_query": "" if is_last else _query(request, page=str(number + 1)),
    }


def _query(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value
    return query.urlencode()
