"""What does a respondent see? No account, no session; looking at a page changes nothing."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.later import Later
from rodedraad.surveys.answering.asked import asked_of
from rodedraad.surveys.answering.checks import CHECKS
from rodedraad.surveys.answering.codes import code_of, response_with
from rodedraad.surveys.answering.holder import holder_of, holder_set
from rodedraad.surveys.answering.opening import (
    Shut,
    may_withdraw,
    quota_full,
    survey_shut,
    way_shut,
)
from rodedraad.surveys.answering.standing import standing_of
from rodedraad.surveys.answering.starting import response_start
from rodedraad.surveys.answering.throttle import CODES, STARTS
from rodedraad.surveys.models import Invitation, Response, StratumLink, Survey, SurveyVersion
from rodedraad.surveys.questionnaire.conditions import for_role
from rodedraad.surveys.questionnaire.plain import plain_possible
from rodedraad.surveys.questionnaire.texts import questions_of
from rodedraad.surveys.ways_in import WayIn, way_for

withdrawing = Later("rodedraad.surveys.answering.withdrawing")
"""Evidence is taken back with libraries that nobody needs who answers."""
State = Response.State
WITH_PICTURES = frozenset({"file", "signaturepad"})
"""These show again what was given as a ``data:`` image; other pages allow none."""


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Say who asks what, and in which mode; with a POST, begin or go on."""
    way = way_for(token)
    if way is None:
        return _page(request, "unknown", status=404)
    held = _held(request, way)
    shut = None if held else _shut(way)
    if shut:
        status = 410 if request.method == "POST" else 200
        return _page(request, "shut", _about(way.survey) | {"shut": shut}, _asked_in(way), status)
    if request.method != "POST":
        about = _about(way.survey) | {"held": held, "needs_scripts": _needs_scripts(way)}
        return _page(request, "welcome", about, _asked_in(way))
    if not STARTS.passes(way.token_digest):
        return _page(request, "busy", _about(way.survey), _asked_in(way), 429)
    anew = bool(request.POST.get("anew"))
    response = held if held and not anew else _begun(request, way, anew=anew)
    if response is None:
        about = _about(way.survey) | {"shut": Shut.NOT_YET}
        return _page(request, "shut", about, _asked_in(way), 410)
    answer = HttpResponseRedirect(reverse("surveys:fill"))
    holder_set(answer, response)
    return answer


@gzip_page
@require_safe
def fill(request: HttpRequest) -> HttpResponse:
    """Show the questionnaire with the answers so far, or what became of them.

    Packed: a whole questionnaire is 80 kB of text. Django adds bytes by lot, which makes it harder
    to read from the length what is in the page.
    """
    response = _response_of(request)
    if response is None:
        return _page(request, "unknown", status=404)
    about = _about(response.survey) | {"response": response, "state": response.state}
    about["may_withdraw"] = may_withdraw(response)
    if response.state != State.WITHDRAWN:
        standing, asked = standing_of(response), asked_of(response.version_id, response.case_id)
        language = _language(request, response.language)
        begin = {
            "sequence": standing.sequence,
            "page": standing.page,
            "state": response.state,
            "errors": standing.errors,
            "language": language,
            "role": response.role,
            "addresses": {
                name: reverse(f"surveys:{name}")
                for name in ("fill", "save", "finish", "state", "withdraw")
            },
        }
        about |= {
            "definition": asked.definition,
            "answers": standing.data,
            "begin": begin,
            "code": code_of(response.pk),
        }
    if response.state != State.STARTED:
        return _page(request, "done", about, response.language)
    if shut := survey_shut(response.survey):
        return _page(request, "shut", about | {"shut": shut}, response.language)
    CHECKS.awake()
    CHECKS.warm()
    answer = _page(request, "fill", about, response.language)
    if any(one.get("type") in WITH_PICTURES for one in questions_of(about["definition"])):
        answer._csp_update = {"img-src": ["data:"]}  # type: ignore[attr-defined]
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with the code that was shown on another device."""
    if request.method != "POST":
        return _page(request, "resume")
    response = response_with(request.POST.get("code", ""))
    if response is None:
        busy = not CODES.passes("wrong")
        return _page(request, "resume", {"wrong": True, "busy": busy}, status=429 if busy else 400)
    answer = HttpResponseRedirect(reverse("surveys:fill"))
    holder_set(answer, response)
    return answer


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Remove the answers of this browser, and say so."""
    response = _response_of(request)
    if response is None:
        return _page(request, "unknown", status=404)
    about = _about(response.survey) | {"response": response}
    if not withdrawing.response_withdraw(response.pk):
        about |= {"state": response.state, "may_withdraw": False}
        return _page(request, "done", about, response.language, 409)
    return _page(request, "withdrawn", about, response.language)


def _begun(request: HttpRequest, way: WayIn, *, anew: bool) -> Response | None:
    return response_start(
        way,
        browser=request.META.get("CSRF_COOKIE") or get_token(request),
        language=_language(request, _asked_in(way)),
        anew=anew,
    )


def _needs_scripts(way: WayIn) -> bool:
    """Whether what somebody would be asked depends on their answers, so that a page must reckon."""
    out = SurveyVersion.objects.filter(survey=way.survey_id).exclude(frozen_at=None)
    version = out.order_by("-number").values_list("pk", flat=True).first()
    if version is None:
        return False
    case, role = (
        (way.case_id, way.role)
        if isinstance(way, StratumLink)
        else (way.participation.case_id, way.participation.role)
    )
    return not plain_possible(for_role(asked_of(version, case).definition, role))


def _shut(way: WayIn) -> Shut | None:
    """Why this way in is shut; a full quota shuts it for whoever has not begun."""
    if shut := way_shut(way):
        return shut
    if isinstance(way, StratumLink):
        return Shut.FULL if quota_full(way.survey, way.case_id, way.role) else None
    who = way.participation
    begun = way.started_on is not None
    return Shut.FULL if not begun and quota_full(way.survey, who.case_id, who.role) else None


def _held(request: HttpRequest, way: WayIn) -> Response | None:
    """What this browser is answering already behind an open link."""
    response = _response_of(request)
    if not isinstance(way, StratumLink) or response is None or response.state != State.STARTED:
        return None
    of_link = (way.survey_id, way.case_id, way.role)
    return response if (response.survey_id, response.case_id, response.role) == of_link else None


def _response_of(request: HttpRequest) -> Response | None:
    holder = holder_of(request)
    if holder is None:
        return None
    rows = Response.objects.select_related("survey", "survey__study")
    return rows.filter(pk=holder.response).first()


def _about(survey: Survey) -> dict[str, Any]:
    return {"survey": survey, "study": survey.study, "mode": survey.mode}


def _asked_in(way: WayIn) -> str:
    """The language in which somebody is invited."""
    return way.participation.language if isinstance(way, Invitation) else settings.LANGUAGE_CODE


def _language(request: HttpRequest, otherwise: str) -> str:
    """The language that the person chose here, else the one of the invitation or the answers."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, otherwise)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _page(
    request: HttpRequest,
    name: str,
    about: Mapping[str, Any] | None = None,
    language: str = settings.LANGUAGE_CODE,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page that no cache keeps and whose address goes nowhere else."""
    with translation.override(_language(request, language)):
        answer = render(
            request, f"surveys/respondent/{name}.html", dict(about or {}), status=status
        )
        answer.headers["Content-Language"] = translation.get_language() or ""
    answer.headers["Cache-Control"] = "no-store"
    # "no-referrer" would make browsers send "Origin: null" with a form, which CSRF refuses.
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
