"""What do the pages for respondents say that follows from the survey: title, minutes, consent?"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rodedraad.fieldwork.models import ConsentText
from rodedraad.studies.models import Study
from rodedraad.surveys.answering.own_answers import OwnAnswer, own_answers
from rodedraad.surveys.models import Survey
from rodedraad.surveys.questionnaire.conditions import for_role
from rodedraad.surveys.questionnaire.minutes import minutes_expected
from rodedraad.surveys.questionnaire.plain import plain_form, plain_possible

register = template.Library()


@register.filter
def title_in_language(named: Survey | Study | None) -> str:
    """Return the title of a survey or study in the language of the page; Dutch without one."""
    if named is None:
        return ""
    return (named.title_en if get_language() == "en" else "") or named.title_nl


@register.simple_tag
def minutes_told(survey: Survey) -> int:
    """Return how long it takes: as the team says, else worked out for the role asked most.

    0 when nothing went out yet.
    """
    if survey.minutes:
        return survey.minutes
    version = survey.versions.exclude(frozen_at=None).order_by("-number").first()
    if version is None:
        return 0
    return max(minutes_expected(version.definition, role) for role in survey.roles or [""])


@register.simple_tag
def consent_asked(study: Study) -> str:
    """Return the newest text about taking part in a study; empty when it has none."""
    text = (
        ConsentText.objects.filter(study=study, purpose=ConsentText.Purpose.TAKE_PART)
        .order_by("-version")
        .first()
    )
    if text is None:
        return ""
    return (text.text_en if get_language() == "en" else "") or text.text_nl


@register.simple_tag
def own_answers_of(
    definition: Mapping[str, Any], answers: Mapping[str, Any], role: str
) -> list[OwnAnswer]:
    """Return every question that a role is asked with what was answered, in words."""
    return own_answers(definition, answers, role, get_language() or "nl")


@register.simple_tag
def plain_fields(
    definition: Mapping[str, Any], answers: Mapping[str, Any], role: str
) -> SafeString | str:
    """Return the fields for a browser without scripts; empty when the questionnaire has routing."""
    own = for_role(definition, role)
    return plain_form(own, get_language() or "nl", answers) if plain_possible(own) else ""


@register.filter
def outbox_key(code: str) -> str:
    """Return what the browser calls its outbox of a response: the code cannot be read from it."""
    return sha256(f"outbox:{code}".encode()).hexdigest()[:20]
