"""How is a change of a questionnaire kept, and undone, without overwriting someone else's?"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from rodedraad.errors import Refusal
from rodedraad.surveys.models import EditStep, Survey, SurveyVersion
from rodedraad.surveys.questionnaire.allowed import definition_cleaned
from rodedraad.surveys.questionnaire.languages import mark_settled, texts_marked

STEPS_KEPT = 100


@transaction.atomic
def version_save(
    version: SurveyVersion, definition: Mapping[str, Any], said: str, *, row_version: int
) -> SurveyVersion:
    """Keep a changed definition, as a step that can be undone; what was undone is gone then.

    Raises
    ------
    Refusal
        When the version went out, someone else changed it since ``row_version``, or there is
        something in it that may not be; see ``allowed.definition_cleaned``.
    """
    kept = version_locked(version, row_version)
    cleaned = definition_cleaned(definition)
    now = timezone.now().isoformat(timespec="seconds")
    marks = texts_marked(kept.definition, cleaned, kept.texts_changed, now)
    return _step(kept, cleaned, marks, said)


@transaction.atomic
def languages_settled(version: SurveyVersion, name: str, *, row_version: int) -> SurveyVersion:
    """Say that both languages of a question say the same again."""
    kept = version_locked(version, row_version)
    return _step(kept, kept.definition, mark_settled(kept.texts_changed, name), name)


@transaction.atomic
def version_turn(version: SurveyVersion, by: int, *, row_version: int) -> SurveyVersion:
    """Go a step back (-1) or forth (1).

    Raises
    ------
    Refusal
        When there is nothing to undo or to do again, and as ``version_save``.
    """
    kept = version_locked(version, row_version)
    step = kept.steps.filter(number=kept.step + by).first()
    if step is None:
        raise Refusal("There is nothing to undo or to do again.", code="survey_no_step")
    kept.step = step.number
    return _kept(kept, step.definition, step.texts_changed)


def turns_of(version: SurveyVersion) -> tuple[str | None, str | None]:
    """Return what can be undone and what done again, in words; None where there is nothing."""
    near = dict(
        version.steps.filter(
            number__in=(version.step - 1, version.step, version.step + 1)
        ).values_list("number", "said")
    )
    undo = near.get(version.step) if version.step - 1 in near else None
    return undo, near.get(version.step + 1)


def version_locked(version: SurveyVersion, row_version: int) -> SurveyVersion:
    """Return the version as it is now, locked, when it is the one that the page showed."""
    kept = (
        SurveyVersion.objects.select_for_update(of=("self",))
        .select_related("survey__study")
        .get(pk=version.pk)
    )
    if kept.frozen_at is not None:
        raise Refusal(
            "This version went out, so it is never changed. Make a new version.",
            code="survey_version_frozen",
        )
    if kept.row_version != row_version:
        raise Refusal(
            "Someone changed this questionnaire while you were looking at it, so nothing was "
            "saved. Load the page again and make your change once more.",
            code="survey_changed_meanwhile",
        )
    return kept


def survey_locked(survey: Survey, row_version: int | None = None) -> Survey:
    """Return the survey as it is now, locked; refuses as ``version_locked``."""
    kept = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if row_version is not None and kept.row_version != row_version:
        raise Refusal(
            "Someone changed this questionnaire while you were looking at it, so nothing was "
            "saved. Load the page again and make your change once more.",
            code="survey_changed_meanwhile",
        )
    return kept


def _step(
    kept: SurveyVersion, definition: Mapping[str, Any], marks: Mapping[str, Any], said: str
) -> SurveyVersion:
    if not kept.steps.exists():
        EditStep.objects.create(
            version=kept, number=0, definition=kept.definition, texts_changed=kept.texts_changed
        )
    kept.steps.filter(number__gt=kept.step).delete()
    kept.steps.filter(number__lt=kept.step - STEPS_KEPT).delete()
    kept.step += 1
    EditStep.objects.create(
        version=kept, number=kept.step, definition=definition, texts_changed=marks, said=said[:200]
    )
    return _kept(kept, definition, marks)


def _kept(
    kept: SurveyVersion, definition: Mapping[str, Any], marks: Mapping[str, Any]
) -> SurveyVersion:
    kept.definition, kept.texts_changed = dict(definition), dict(marks)
    kept.row_version += 1
    kept.save(update_fields=["definition", "texts_changed", "row_version", "step"])
    return kept
