"""How does a questionnaire go out: checked, with its guard and its digest, and never changed?"""

import json
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.surveys.building import manners
from rodedraad.surveys.engine.pool import guard_derive
from rodedraad.surveys.models import Survey, SurveyVersion
from rodedraad.surveys.questionnaire.allowed import definition_cleaned
from rodedraad.surveys.questionnaire.checking import faults_of
from rodedraad.surveys.questionnaire.saving import survey_locked, version_locked

KEPT_SO = ("checkErrorsMode", "clearInvisibleValues", "textUpdateMode", "locale")
"""Manners on which the server counts: no questionnaire sets these itself."""


def digest_of(definition: dict[str, Any]) -> str:
    """Return the SHA-256 of a definition, its keys in order."""
    told = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()


@transaction.atomic
def version_freeze(
    version: SurveyVersion, *, row_version: int, person: Person | None, origin: str
) -> SurveyVersion:
    """Make a version final: with its manners, guard and digest; its steps for undo go.

    Responses that were begun stay on the version they began with.

    Raises
    ------
    Refusal
        When it has a fault, when it is final already, or when it changed meanwhile.
    """
    kept = version_locked(version, row_version)
    definition = {**manners(), **definition_cleaned(kept.definition)}
    definition |= {key: manners()[key] for key in KEPT_SO}
    errors = [one for one in faults_of(definition, kept.survey.roles) if one.is_error]
    if errors:
        raise Refusal(
            f"This questionnaire has {len(errors)} faults. Mend them first: the list says where.",
            code="survey_has_faults",
            n=len(errors),
        )
    if kept.number > 1 and not kept.note.strip():
        raise Refusal(
            "Say first what changed since the version before, and whether answers can be compared.",
            code="survey_change_untold",
        )
    kept.definition, kept.guard = definition, guard_derive(definition)
    kept.sha256, kept.frozen_at = digest_of(definition), timezone.now()
    kept.row_version += 1
    kept.save(update_fields=["definition", "guard", "sha256", "frozen_at", "row_version"])
    kept.steps.all().delete()
    audit_record(
        person=person, action="questionnaire_freeze", origin=origin,
        object=f"study:{kept.survey.study.slug} {kept.survey.slug} v{kept.number}",
    )  # fmt: skip
    return kept


@transaction.atomic
def version_next(survey: Survey, *, note: str, comparable: str) -> SurveyVersion:
    """Begin a new version as a copy of the newest, which went out; say what will be other.

    Raises
    ------
    Refusal
        When a version is being made already, or nothing is said of what changes.
    """
    survey_locked(survey)
    newest = survey.versions.order_by("-number").first()
    if newest is None or newest.frozen_at is None:
        raise Refusal(
            "A version is being made already. Change that one.", code="survey_version_open"
        )
    if not note.strip() or comparable not in SurveyVersion.Comparable.values:
        raise Refusal(
            "Say first what changed since the version before, and whether answers can be compared.",
            code="survey_change_untold",
        )
    return SurveyVersion.objects.create(
        survey=survey,
        number=newest.number + 1,
        definition=newest.definition,
        texts_changed=newest.texts_changed,
        note=note.strip()[:300],
        comparable=comparable,
    )


def version_out(survey: Survey) -> SurveyVersion | None:
    """Return the newest version that went out: the one that who begins now gets."""
    return survey.versions.exclude(frozen_at=None).order_by("-number").first()
