"""How does a questionnaire look: as people get it, on paper, and beside an older version?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rodedraad.surveys.building import manners
from rodedraad.surveys.questionnaire.comparing import versions_differ
from rodedraad.surveys.questionnaire.conditions import for_role
from rodedraad.surveys.questionnaire.freezing import KEPT_SO
from rodedraad.surveys.questionnaire.plain import plain_print
from rodedraad.surveys.questionnaire.texts import questions_of
from rodedraad.surveys.views.questionnaire_asked import (
    role_words,
    survey_asked,
    survey_title,
    version_asked,
)
from rodedraad.surveys.wording import CHANGES, COMPARABLE
from rodedraad.surveys.wording_changes import change_in_words


@require_safe
@login_required
def preview(request: HttpRequest, slug: str, survey: str, number: int) -> HttpResponse:
    """Show a version as a role gets it, on a telephone or a large screen; nothing is kept."""
    asked, version = version_asked(request, slug, survey, number)
    roles = role_words(asked.survey)
    role = request.GET.get("rol", "")
    if role not in dict(roles):
        role = roles[0][0] if roles else ""
    language = _language(request)
    definition = {**manners(), **version.definition}
    definition |= {key: manners()[key] for key in KEPT_SO}
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "title": survey_title(asked.survey),
        "version": version,
        "roles": roles,
        "role": role,
        "language": language,
        "is_narrow": request.GET.get("breedte") == "telefoon",
        "told": {"definition": definition, "role": role, "language": language},
        "plain": plain_print(for_role(definition, role), language),
    }
    return render(request, "surveys/preview.html", context)


@require_safe
@login_required
def printed(request: HttpRequest, slug: str, survey: str, number: int) -> HttpResponse:
    """Show a whole version to read or print, with names, values and conditions."""
    asked, version = version_asked(request, slug, survey, number)
    roles = role_words(asked.survey)
    role, language = request.GET.get("rol", ""), _language(request)
    is_role = role in dict(roles)
    definition = for_role(version.definition, role) if is_role else version.definition
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "title": survey_title(asked.survey),
        "version": version,
        "roles": roles,
        "role": role if is_role else "",
        "language": language,
        "plain": plain_print(definition, language),
    }
    return render(request, "surveys/printed.html", context)


@require_safe
@login_required
def difference(
    request: HttpRequest, slug: str, survey: str, older: int, newer: int
) -> HttpResponse:
    """Show which questions and texts differ between two versions."""
    asked = survey_asked(request, slug, survey)
    first, second = (
        get_object_or_404(asked.survey.versions, number=number) for number in (older, newer)
    )
    kinds = {str(one.get("name")): str(one.get("type")) for one in questions_of(second.definition)}
    changes = versions_differ(first.definition, second.definition)
    in_words = [change_in_words(one, kinds.get(one.question, "")) for one in changes]
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "older": first,
        "newer": second,
        "comparable": COMPARABLE[second.comparable],
        "changes": [(one, CHANGES[one.kind], place) for place, one in in_words],
    }
    return render(request, "surveys/difference.html", context)


def _language(request: HttpRequest) -> str:
    given = request.GET.get("taal", "")
    return given if given in ("nl", "en") else (get_language() or "nl")
