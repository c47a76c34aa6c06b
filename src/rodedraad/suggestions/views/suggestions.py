"""What does the machine suggest, what is that worth, and what does a person make of it?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.steps import codebook_steps, coder_asked
from rodedraad.coding.tree import Line, code_lines
from rodedraad.jobs.actions import job_ask
from rodedraad.sources.access import reading_record, sources_for
from rodedraad.studies.access import StudyAccess
from rodedraad.suggestions.actions import (
    suggestion_accept,
    suggestion_reject,
    suggestion_reopen,
    suggestions_switch,
)
from rodedraad.suggestions.models import StudySuggestions, Suggestion, SuggestionRun
from rodedraad.suggestions.visible import OPEN, suggestions_require, suggestions_visible

ROWS = 20
DECIDED = 10


@require_safe
@login_required
def suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is suggested, best first; ``code`` asks for one code, ``een`` for one of them."""
    access, _coder = coder_asked(request, slug)
    lines = code_lines(access.study)
    setting = StudySuggestions.objects.filter(study=access.study).select_related("changed_by")
    run = access.study.suggestion_runs.select_related("made_by").last()
    seen = _seen(access)
    code = next((one.code for one in lines if str(one.code.uuid) == request.GET.get("code")), None)
    found = seen.filter(OPEN)
    found = found.filter(code=code) if code else found
    one = _uuid(request.GET.get("een", ""))
    found = found.filter(uuid=one) if one else found
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    decided = list(
        seen.filter(decided_by=access.person).exclude(OPEN).order_by("-decided_at")[:DECIDED]
    )
    for source in {row.version.source for row in [*page, *decided]}:
        reading_record(access, source, origin=request_origin(request))
    context = {
        "study": access.study,
        "steps": codebook_steps(access.study),
        "setting": setting.first(),
        "may_lead": access.may_lead,
        "run": run,
        "worth": _worth(run, lines),
        "lines": lines,
        "chosen": code,
        "one": one,
        "page": page,
        "decided": decided,
        "here": request.get_full_path(),
    }
    return render(request, "suggestions/suggestions.html", context)


@require_POST
@login_required
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Turn suggestions on or off; the lead only."""
    access, _coder = coder_asked(request, slug)
    if not access.may_lead:
        raise PermissionDenied
    is_on = request.POST.get("what") == "on"
    suggestions_switch(
        access.study, is_on=is_on, person=access.person, origin=request_origin(request)
    )
    said = _("Suggestions are on.") if is_on else _("Suggestions are off.")
    messages.success(request, said)
    return redirect("suggestions:suggestions", slug)


@require_POST
@login_required
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the machine to learn and suggest, as long work."""
    access, _coder = coder_asked(request, slug)
    suggestions_require(access.study)
    job_ask(access.study, "suggestions", {}, access.person, origin=request_origin(request))
    messages.success(request, _("The suggestions are being made. This can take some minutes."))
    return redirect("suggestions:suggestions", slug)


@require_POST
@login_required
def decide(request: HttpRequest, slug: str, uuid: UUID, decision: str) -> HttpResponse:
    """Accept or reject a suggestion, or take that back; then go to the next one."""
    access, coder = coder_asked(request, slug)
    found = get_object_or_404(_seen(access), uuid=uuid)
    if decision == "aannemen":
        suggestion_accept(coder, found)
        messages.success(request, _("Accepted: %(code)s.") % {"code": found.code.name})
    elif decision == "afwijzen":
        suggestion_reject(coder, found)
        messages.success(request, _("Rejected: %(code)s.") % {"code": found.code.name})
    elif decision == "terug":
        suggestion_reopen(coder, found)
        messages.success(request, _("Taken back: %(code)s.") % {"code": found.code.name})
    else:
        raise Http404
    code = _uuid(request.POST.get("code", ""))
    page = reverse("suggestions:suggestions", args=[slug])
    return redirect(f"{page}?code={code}#suggestie-1" if code else f"{page}#suggestie-1")


def _seen(access: StudyAccess) -> QuerySet[Suggestion]:
    """Return the suggestions about sources that a person may see."""
    rows = suggestions_visible(access.study).filter(
        version__source__in=sources_for(access).order_by().values("pk")
    )
    return rows.select_related("code", "version__source", "coding").defer("version__text")


def _worth(run: SuggestionRun | None, lines: list[Line]) -> list[tuple[Line, dict[str, Any]]]:
    """Return each code that the newest run knew, with what its model is worth."""
    known: dict[str, dict[str, Any]] = run.worth if run else {}
    return [(line, known[str(line.code.uuid)]) for line in lines if str(line.code.uuid) in known]


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
