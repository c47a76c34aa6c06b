"""How is a questionnaire changed: pages and questions, in order, with undo and what is wrong?"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.errors import Refusal
from rodedraad.surveys.questionnaire import editing
from rodedraad.surveys.questionnaire.checking import faults_of
from rodedraad.surveys.questionnaire.languages import language_behind, languages_missing
from rodedraad.surveys.questionnaire.minutes import minutes_expected
from rodedraad.surveys.questionnaire.question_form import condition_given, element_new
from rodedraad.surveys.questionnaire.roles_changed import roles_changed
from rodedraad.surveys.questionnaire.routing import routes_of
from rodedraad.surveys.questionnaire.saving import turns_of, version_save, version_turn
from rodedraad.surveys.questionnaire.texts import Element, text_in, text_pair
from rodedraad.surveys.views.questionnaire_asked import (
    role_words,
    row_version_of,
    survey_title,
    version_asked,
)
from rodedraad.surveys.wording import COMPARISONS, KINDS, OFFERED

Step = Callable[[Mapping[str, Any], str, int], Element]
STEPS: Mapping[str, tuple[Step, int]] = {
    "omhoog": (editing.element_move, -1),
    "omlaag": (editing.element_move, 1),
    "weg": (lambda definition, name, _by: editing.element_remove(definition, name), 0),
    "pagina-omhoog": (editing.page_move, -1),
    "pagina-omlaag": (editing.page_move, 1),
    "pagina-weg": (lambda definition, name, _by: editing.page_remove(definition, name), 0),
}


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the list of the editor."""

    name: str
    kind: str
    title: str
    n_rows: int
    condition: str
    required: bool
    construct: str
    behind: str
    missing: tuple[str, ...]
    turned: int


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def editor(request: HttpRequest, slug: str, survey: str, number: int) -> HttpResponse:
    """Show pages and questions in order; move them, take them out, add one, undo."""
    asked, version = version_asked(request, slug, survey, number)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            added = _changed(request, version)
        except Refusal as fault:
            refusal = fault
        else:
            if added:
                return redirect("surveys:question", slug, survey, number, added)
            return redirect("surveys:editor", slug, survey, number)
    definition = version.definition
    faults = faults_of(definition, asked.survey.roles) if version.frozen_at is None else []
    undo, redo = turns_of(version)
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "title": survey_title(asked.survey),
        "version": version,
        "pages": [
            {
                "name": page["name"],
                "title": text_in(page.get("title"), get_language() or "nl"),
                "condition": page.get("visibleIf", ""),
                "lines": [_line(one, version.texts_changed) for one in page.get("elements") or ()],
            }
            for page in definition.get("pages") or ()
        ],
        "faults": faults,
        "routes": routes_of(definition),
        "minutes": [
            (words, minutes_expected(definition, role)) for role, words in role_words(asked.survey)
        ],
        "kinds": [(kind, KINDS[kind]) for kind in OFFERED],
        "undo": undo,
        "redo": redo,
        "may_change": asked.may_change and version.frozen_at is None,
        "roles_changed": roles_changed(asked.survey, version),
        "refusal": refusal,
    }
    return render(request, "surveys/editor.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest, slug: str, survey: str, number: int, name: str) -> HttpResponse:
    """Change the texts of a page and the condition under which it is asked."""
    asked, version = version_asked(request, slug, survey, number, making=True)
    found = next((one for one in version.definition["pages"] if one.get("name") == name), None)
    if found is None:
        raise Http404("There is no such page.")
    refusal: Refusal | None = None
    if request.method == "POST":
        posted = request.POST
        changed = editing.page_change(
            version.definition, name,
            editing.text_given(posted.get("title_nl", ""), posted.get("title_en", "")),
            editing.text_given(posted.get("description_nl", ""), posted.get("description_en", "")),
            condition_given(posted),
        )  # fmt: skip
        try:
            version_save(version, changed, _("page"), row_version=row_version_of(request))
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:editor", slug, survey, number)
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "version": version,
        "page": found,
        "title": text_pair(found.get("title")),
        "description": text_pair(found.get("description")),
        "names": names_before(version.definition, name),
        "comparisons": COMPARISONS.items(),
        "refusal": refusal,
    }
    return render(request, "surveys/page.html", context, status=422 if refusal else 200)


def names_before(definition: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    """The questions that stand before a page or question, and the role: what it can ask."""
    found = [("role", _("the role of who answers"))]
    for one in definition.get("pages") or ():
        if one.get("name") == name:
            break
        for element in one.get("elements") or ():
            if element.get("name") == name:
                return found
            words = text_in(element.get("title"), get_language() or "nl")
            if element.get("type") == "matrix":
                found += [
                    (f"{element['name']}.{row['value']}", text_in(row.get("text"), "nl")[:60])
                    for row in element.get("rows") or ()
                    if isinstance(row, Mapping)
                ]
            elif element.get("type") not in ("html", "panel"):
                found.append((str(element["name"]), words[:60]))
    return found


def _changed(request: HttpRequest, version: Any) -> str:
    """Do what a button says; return the name of a question that was added, or ""."""
    what, _colon, name = request.POST.get("doe", "").partition(":")
    at = row_version_of(request)
    definition = version.definition
    if what in ("terug", "vooruit"):
        version_turn(version, -1 if what == "terug" else 1, row_version=at)
        return ""
    if what == "zet":
        told = json.loads(request.POST.get("plaats") or "{}")
        changed = editing.element_place(
            definition, str(told.get("naam")), str(told.get("pagina")), int(told.get("op", 0))
        )
        version_save(version, changed, str(told.get("naam")), row_version=at)
        return ""
    if what == "pagina-erbij":
        version_save(version, editing.page_add(definition), _("page added"), row_version=at)
        return ""
    if what == "erbij":
        kind = request.POST.get("soort", "")
        made = element_new(kind, editing.name_free(definition, "v", _n_questions(definition) + 1))
        changed = editing.element_add(definition, name or request.POST.get("pagina", ""), made)
        version_save(version, changed, made["name"], row_version=at)
        return str(made["name"])
    if what not in STEPS:
        raise Http404("There is no such step.")
    step, by = STEPS[what]
    version_save(version, step(definition, name, by), name, row_version=at)
    return ""


def _n_questions(definition: Mapping[str, Any]) -> int:
    return sum(len(one.get("elements") or ()) for one in definition.get("pages") or ())


def _line(element: Element, marks: Mapping[str, Any]) -> QuestionLine:
    kind = str(element.get("type"))
    return QuestionLine(
        name=str(element.get("name")),
        kind=str(KINDS.get(kind, kind)),
        title=text_in(element.get("title"), get_language() or "nl"),
        n_rows=len(element.get("rows") or ()) if kind == "matrix" else 0,
        condition=str(element.get("visibleIf") or ""),
        required=bool(element.get("isRequired")),
        construct=str(element.get("construct") or ""),
        behind=language_behind(element, marks),
        missing=languages_missing(element),
        turned=len(element["reversed"]) if isinstance(element.get("reversed"), list) else 0,
    )
