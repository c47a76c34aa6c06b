"""Where is the link of each case and role, how many are wanted, what does a case ask itself?"""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.errors import Refusal
from rodedraad.studies.models import Case
from rodedraad.surveys.models import StratumLink
from rodedraad.surveys.questionnaire.question_form import element_given, element_new, lines_of
from rodedraad.surveys.questionnaire.running import (
    SIMPLE_KINDS,
    own_question_set,
    quota_set,
)
from rodedraad.surveys.questionnaire.texts import text_pair
from rodedraad.surveys.views.questionnaire_asked import SurveyAsked, role_words, survey_asked
from rodedraad.surveys.ways_in import address_of, stratum_link_make
from rodedraad.surveys.wording import KINDS

CHOSEN = (Case.Role.PILOT, Case.Role.MAIN)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def links(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show a link for each case and role with its QR code, and the quotas."""
    asked = _designing(request, slug, survey)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _kept(request, asked)
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:links", slug, survey)
    made = asked.survey.links.select_related("case").order_by("case__name", "role")
    names = dict(role_words(asked.survey))
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "links": [_link(request, one, names) for one in made],
        "with_pictures": "qr" in request.GET,
        "cases": _cases(asked),
        "roles": names.items(),
        "quotas": [
            (one, one.case.name if one.case else _("all"), names.get(one.role, _("all")))
            for one in asked.survey.quotas.select_related("case")
        ],
        "is_anonymous": asked.survey.mode == asked.survey.Mode.ANONYMOUS,
        "refusal": refusal,
    }
    return render(request, "surveys/links.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_questions(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show the questions that cases added themselves; add, change or take one away."""
    asked = _designing(request, slug, survey)
    given = request.POST if request.method == "POST" else request.GET
    case = _cases(asked).filter(pk=_number(given.get("gemeente", ""))).first()
    order, kind = _number(given.get("nummer", "")) or 1, given.get("soort", "")
    known = asked.survey.case_questions.filter(case=case, order=order).first() if case else None
    element = (
        known.element
        if known
        else element_new(kind if kind in SIMPLE_KINDS else "radiogroup", "eigen")
    )
    refusal: Refusal | None = None
    if request.method == "POST" and case:
        is_gone = request.POST.get("doe") == "weg"
        try:
            made = None if is_gone else element_given(element, request.POST)
            own_question_set(asked.survey, case, order, made)
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:own_questions", slug, survey)
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "questions": [
            (one, text_pair(one.element.get("title"))[0], KINDS[one.element["type"]])
            for one in asked.survey.case_questions.select_related("case").order_by(
                "case__name", "order"
            )
        ],
        "cases": _cases(asked),
        "case": case,
        "order": order,
        "orders": range(1, asked.survey.own_questions + 1),
        "element": element,
        "kind": element["type"],
        "kinds": [(kind, KINDS[kind]) for kind in SIMPLE_KINDS],
        "pair": {"title": text_pair(element.get("title"))},
        "choices": lines_of(element, "choices"),
        "choosing": element["type"] in ("radiogroup", "checkbox"),
        "is_open": asked.survey.state != asked.survey.State.DRAFT,
        "refusal": refusal,
    }
    return render(request, "surveys/own_questions.html", context, status=422 if refusal else 200)


def _designing(request: HttpRequest, slug: str, survey: str) -> SurveyAsked:
    asked = survey_asked(request, slug, survey)
    if not asked.may_change:
        raise PermissionDenied
    return asked


def _kept(request: HttpRequest, asked: SurveyAsked) -> None:
    what = request.POST.get("doe", "")
    if what == "quota":
        case = _cases(asked).filter(pk=_number(request.POST.get("gemeente", ""))).first()
        target = _number(request.POST.get("aantal", "")) or None
        quota_set(asked.survey, case, _role(request, asked), target)
    elif what == "gevraagd":
        link = get_object_or_404(asked.survey.links, pk=_number(request.POST.get("ingang", "")))
        link.n_asked = _number(request.POST.get("aantal", ""))
        link.save(update_fields=["n_asked"])
    else:
        given = request.POST.get("gemeente", "")
        cases = _cases(asked) if given == "alle" else _cases(asked).filter(pk=_number(given))
        roles = asked.survey.roles if given == "alle" else [_role(request, asked)]
        for case in cases:
            for role in roles:
                stratum_link_make(asked.survey, case, role)


def _link(request: HttpRequest, one: StratumLink, names: dict[str, str]) -> dict[str, object]:
    address = request.build_absolute_uri(address_of(one))
    counted = one.counts.values()
    picture = (
        segno.make(address, error="m").svg_inline(scale=3, border=2) if "qr" in request.GET else ""
    )
    return {
        "link": one,
        "role": names.get(one.role, _("all")),
        "address": address,
        "started": sum(day.get("started", 0) for day in counted if isinstance(day, dict)),
        "picture": picture,
    }


def _cases(asked: SurveyAsked) -> QuerySet[Case]:
    return asked.access.study.cases.filter(role__in=CHOSEN).order_by("name")


def _role(request: HttpRequest, asked: SurveyAsked) -> str:
    given = request.POST.get("rol", "")
    return given if given in asked.survey.roles else ""


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() else None
