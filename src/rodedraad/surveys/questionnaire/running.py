"""How does a survey come into being, go open and close, and get quotas and own questions?"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.studies.models import Case, Study, Wave
from rodedraad.surveys.answering.scattering import survey_scatter_at_end
from rodedraad.surveys.building import definition_of, manners, text_of
from rodedraad.surveys.models import OwnQuestion, Quota, Survey, SurveyVersion
from rodedraad.surveys.questionnaire.allowed import element_cleaned
from rodedraad.surveys.questionnaire.freezing import version_out
from rodedraad.surveys.questionnaire.merged import own_name
from rodedraad.surveys.questionnaire.saving import survey_locked

FRAMEWORK, EMPTY = "framework", "empty"
OWN_AT_MOST = 5
SIMPLE_KINDS = ("radiogroup", "checkbox", "comment", "text", "rating", "boolean")


@transaction.atomic
def survey_make(
    study: Study,
    *,
    title_nl: str,
    title_en: str,
    wave: Wave,
    roles: Collection[str],
    mode: str,
    start: str | SurveyVersion,
    own_questions: int = 0,
    person: Person | None,
    origin: str,
) -> Survey:
    """Make a survey with a first version: from the framework, empty, or a copy of another.

    Raises
    ------
    Refusal
        When it has no title or no roles.
    """
    if not title_nl.strip():
        raise Refusal("Give the survey a title in Dutch.", code="survey_no_title")
    if not roles:
        raise Refusal("Choose whom the survey asks: at least one role.", code="survey_no_roles")
    survey = Survey.objects.create(
        study=study, wave=wave, slug=_slug_free(study, title_nl), title_nl=title_nl.strip(),
        title_en=title_en.strip(), roles=sorted(roles), mode=mode,
        own_questions=min(own_questions, OWN_AT_MOST), made_by=person,
    )  # fmt: skip
    SurveyVersion.objects.create(survey=survey, number=1, definition=_first(survey, start))
    audit_record(
        person=person, action="survey_make", object=f"study:{study.slug} {survey.slug}",
        origin=origin,
    )  # fmt: skip
    return survey


@transaction.atomic
def survey_change(survey: Survey, given: Mapping[str, Any], *, row_version: int) -> Survey:
    """Change title, roles, mode, minutes, dates or the number of own questions.

    Raises
    ------
    Refusal
        When the mode changes after a version went out, or someone else changed it meanwhile.
    """
    kept = survey_locked(survey, row_version)
    if given.get("mode", kept.mode) != kept.mode and version_out(kept):
        raise Refusal(
            "What people were promised is never changed once a version went out. Make another "
            "survey.",
            code="survey_mode_kept",
        )
    if not given.get("title_nl", kept.title_nl).strip():
        raise Refusal("Give the survey a title in Dutch.", code="survey_no_title")
    opens, closes = given.get("opens_at", kept.opens_at), given.get("closes_at", kept.closes_at)
    if opens and closes and closes <= opens:
        raise Refusal("A survey closes after it opens. Mend the dates.", code="survey_dates")
    for name, value in given.items():
        setattr(kept, name, value)
    kept.row_version += 1
    kept.save(update_fields=[*given, "row_version"])
    return kept


@transaction.atomic
def survey_turn(
    survey: Survey, state: str, *, row_version: int, person: Person | None, origin: str
) -> Survey:
    """Open, pause or close a survey; closing shuffles its responses where that is promised.

    Raises
    ------
    Refusal
        When no version went out, so there is nothing to answer.
    """
    kept = survey_locked(survey, row_version)
    if state == Survey.State.OPEN and version_out(kept) is None:
        raise Refusal(
            "Fix the questionnaire first: a version that goes out is never changed.",
            code="survey_nothing_out",
        )
    if state not in (Survey.State.OPEN, Survey.State.PAUSED, Survey.State.CLOSED):
        raise Refusal("A survey opens, pauses or closes.", code="survey_state")
    kept.state = state
    kept.row_version += 1
    kept.save(update_fields=["state", "row_version"])
    if state == Survey.State.CLOSED:
        survey_scatter_at_end(kept)
    audit_record(
        person=person, action=f"survey_{state}", origin=origin,
        object=f"study:{kept.study.slug} {kept.slug}",
    )  # fmt: skip
    return kept


@transaction.atomic
def quota_set(survey: Survey, case: Case | None, role: str, target: int | None) -> None:
    """Say how many responses of a case and role are wanted; None takes the quota away.

    Raises
    ------
    Refusal
        When there are more already.
    """
    known = Quota.objects.select_for_update().filter(survey=survey, case=case, role=role).first()
    if target is None:
        if known:
            known.delete()
        return
    if known and known.n > target:
        raise Refusal(
            f"{known.n} are in already, so the quota cannot be {target}.",
            code="survey_quota_passed",
            n=known.n,
            target=target,
        )
    Quota.objects.update_or_create(survey=survey, case=case, role=role, defaults={"target": target})


@transaction.atomic
def own_question_set(
    survey: Survey, case: Case, order: int, element: Mapping[str, Any] | None
) -> None:
    """Give a case a question of its own, change it, or take it away (None).

    Raises
    ------
    Refusal
        When the survey went open, the number is passed, or the question may not be.
    """
    kept = survey_locked(survey)
    if kept.state != Survey.State.DRAFT:
        raise Refusal(
            "The survey went open, so questions of a municipality stay as they are.",
            code="survey_own_kept",
        )
    if not 1 <= order <= kept.own_questions:
        raise Refusal(
            f"A municipality adds at most {kept.own_questions} questions to this survey.",
            code="survey_own_most",
            most=kept.own_questions,
        )
    if element is None:
        OwnQuestion.objects.filter(survey=survey, case=case, order=order).delete()
        return
    cleaned = element_cleaned({**element, "name": own_name(order)})
    if cleaned.get("type") not in SIMPLE_KINDS or cleaned.get("visibleIf"):
        raise Refusal(
            "A question of a municipality is a simple one, without conditions.",
            code="survey_own_simple",
        )
    OwnQuestion.objects.update_or_create(
        survey=survey, case=case, order=order, defaults={"element": cleaned}
    )


def _first(survey: Survey, start: str | SurveyVersion) -> dict[str, Any]:
    title = text_of(survey.title_nl, survey.title_en)
    if isinstance(start, SurveyVersion):
        return {**start.definition, "title": title}
    if start == FRAMEWORK:
        return definition_of(survey.wave, survey.roles, title)
    return {**manners(), "title": title, "pages": [{"name": "p1", "elements": []}]}


def _slug_free(study: Study, title: str) -> str:
    base = slugify(title)[:50] or "vragenlijst"
    taken = set(study.surveys.values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken or slug in ("nieuw",):
        slug, number = f"{base}-{number}", number + 1
    return slug
