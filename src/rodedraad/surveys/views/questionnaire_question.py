"""How is one question changed, in Dutch and English side by side, with how it will look?"""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rodedraad.errors import Refusal
from rodedraad.surveys.building import manners
from rodedraad.surveys.models import SurveyVersion
from rodedraad.surveys.questionnaire.allowed import element_cleaned
from rodedraad.surveys.questionnaire.checking import faults_of
from rodedraad.surveys.questionnaire.editing import element_change, element_of
from rodedraad.surveys.questionnaire.languages import language_behind
from rodedraad.surveys.questionnaire.question_form import (
    CHOOSING,
    FORMED,
    INPUTS,
    element_given,
    lines_of,
    specials_of,
)
from rodedraad.surveys.questionnaire.saving import languages_settled, version_save
from rodedraad.surveys.questionnaire.texts import Element, text_pair
from rodedraad.surveys.views.questionnaire_asked import (
    SurveyAsked,
    role_words,
    row_version_of,
    version_asked,
)
from rodedraad.surveys.views.questionnaire_editor import names_before
from rodedraad.surveys.wording import COMPARISONS, KINDS

PAIRS = (
    "title", "description", "html", "minRateDescription", "maxRateDescription", "labelTrue",
    "labelFalse",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def question(request: HttpRequest, slug: str, survey: str, number: int, name: str) -> HttpResponse:
    """Show the fields of a question, or its JSON; keep what was typed."""
    asked, version = version_asked(request, slug, survey, number, making=True)
    element = _found(version.definition, name)
    refusal: Refusal | None = None
    if request.method == "POST":
        at = row_version_of(request)
        try:
            if request.POST.get("doe") == "talen-kloppen":
                languages_settled(version, name, row_version=at)
                return redirect("surveys:question", slug, survey, number, name)
            made = element_given(element, request.POST)
            changed = element_change(version.definition, name, made)
            version_save(version, changed, str(made.get("name")), row_version=at)
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:editor", slug, survey, number)
    if refusal and "json" not in request.POST:
        element = _as_typed(element, request)
    context = _context(asked, version, element, name) | {
        "as_json": "json" in request.GET or "json" in request.POST or element["type"] not in FORMED,
        "json_typed": request.POST.get("json") or json.dumps(element, ensure_ascii=False, indent=2),
        "refusal": refusal,
    }
    return render(request, "surveys/question.html", context, status=422 if refusal else 200)


@require_POST
@login_required
def tried(request: HttpRequest, slug: str, survey: str, number: int, name: str) -> JsonResponse:
    """Tell how a question would be with what is typed now; nothing is kept."""
    _asked, version = version_asked(request, slug, survey, number, making=True)
    element = _found(version.definition, name)
    try:
        made = element_cleaned(element_given(element, request.POST))
    except Refusal as refusal:
        said = render_to_string("surveys/part/refused.txt", {"refusal": refusal}).strip()
        return JsonResponse({"refused": said})
    return JsonResponse({"definition": alone(made)})


def alone(element: Element) -> Element:
    """Return a questionnaire of one question, asked whatever its condition."""
    shown = {key: value for key, value in element.items() if key != "visibleIf"}
    return {**manners(), "showNavigationButtons": False, "showProgressBar": False,
            "pages": [{"name": "p", "elements": [shown]}]}  # fmt: skip


def _found(definition: Element, name: str) -> Element:
    try:
        return element_of(definition, name)
    except Refusal:
        raise Http404("There is no such question.") from None


def _as_typed(element: Element, request: HttpRequest) -> Element:
    try:
        return element_given(element, request.POST)
    except Refusal:
        return element


def _context(
    asked: SurveyAsked, version: SurveyVersion, element: Element, name: str
) -> dict[str, object]:
    kind = str(element["type"])
    definition = version.definition
    return {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "version": version,
        "name": name,
        "element": element,
        "kind": kind,
        "kind_words": KINDS.get(kind, kind),
        "pair": {key: text_pair(element.get(key)) for key in PAIRS},
        "choosing": kind in CHOOSING,
        "choices": lines_of(element, "choices") if kind in CHOOSING else [],
        "rows": lines_of(element, "rows") if kind == "matrix" else [],
        "columns": lines_of(element, "columns") if kind == "matrix" else [],
        "specials": specials_of(element),
        "inputs": INPUTS,
        "names": names_before(definition, name),
        "comparisons": COMPARISONS.items(),
        "behind": language_behind(element, version.texts_changed),
        "faults": [
            one for one in faults_of(definition, asked.survey.roles) if one.question == name
        ],
        "roles": role_words(asked.survey),
        "alone": alone(element),
    }
