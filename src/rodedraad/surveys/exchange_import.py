"""How does a questionnaire of another program come in, and what is told of it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.exchange.questionnaire.result import ReadSurvey
from rodedraad.studies.models import Wave
from rodedraad.surveys.engine.pool import definition_lint, guard_derive
from rodedraad.surveys.models import Survey
from rodedraad.surveys.questionnaire.allowed import definition_cleaned
from rodedraad.surveys.questionnaire.running import EMPTY, survey_make
from rodedraad.surveys.questionnaire.saving import version_save


@dataclass(frozen=True, slots=True)
class Checkedness:
    """Whether a definition can be used here, and each reason why it cannot.

    ``refusal`` is the reason when it is ours, so that a page says it in its own language; what
    survey-core has against it is in English.
    """

    definition: Mapping[str, Any]
    faults: tuple[str, ...]
    refusal: Refusal | None = None

    @property
    def is_valid(self) -> bool:
        """Whether survey-core, the guard and our own rules take it."""
        return not self.faults


def definition_checked(definition: Mapping[str, Any]) -> Checkedness:
    """Return a definition made safe, with what survey-core and our own rules have against it."""
    try:
        cleaned = definition_cleaned(definition)
        guard_derive(cleaned)
        errors = [one for one in definition_lint(cleaned) if one.severity == "error"]
    except Refusal as refusal:
        return Checkedness(definition, (str(refusal),), refusal)
    return Checkedness(cleaned, tuple(f"{one.path}: {one.message}" for one in errors))


def import_told(read: ReadSurvey, checked: Checkedness) -> dict[str, Any]:
    """Return what is told of an import, as the command prints it."""
    return {
        "format": read.format,
        "questions": read.questions,
        "carried": read.carried,
        "reported": read.reported,
        "reasons": [
            {
                "name": one.name,
                "reason": one.reason,
                "sentence": one.sentence,
                "told": one.told,
                "question": one.is_question,
            }
            for one in read.remarks
        ],
        "valid": checked.is_valid,
        "faults": list(checked.faults),
    }


@transaction.atomic
def survey_import(
    wave: Wave, checked: Checkedness, *, title: str, roles: Collection[str], mode: str,
    person: Person | None, origin: str,
) -> Survey:  # fmt: skip
    """Make a draft survey with a questionnaire that came in; lead and researchers may.

    Raises
    ------
    Refusal
        When survey-core does not take it, or nothing in it can be asked.
    """
    if not checked.is_valid:
        raise Refusal(
            f"This questionnaire cannot be used as it is: {checked.faults[0]} Mend it in the "
            "program that made it.",
            code="survey_import_invalid",
            told=checked.faults[0],
        )
    if not checked.definition["pages"]:
        raise Refusal(
            "Nothing in this questionnaire can be carried over, so no survey was made.",
            code="survey_import_empty",
        )
    survey = survey_make(
        wave.study, title_nl=title[:200], title_en="", wave=wave, roles=roles, mode=mode,
        start=EMPTY, person=person, origin=origin,
    )  # fmt: skip
    version = survey.versions.get(number=1)
    version_save(version, checked.definition, "", row_version=version.row_version)
    audit_record(
        person=person, action="survey_import", object=f"study:{wave.study.slug} {survey.slug}",
        origin=origin,
    )  # fmt: skip
    return survey


def title_of(definition: Mapping[str, Any], other: str) -> str:
    """Return the title of a definition in its first language, or another when it has none."""
    given = definition.get("title")
    if isinstance(given, Mapping):
        given = given.get("default") or next(iter(given.values()), "")
    return str(given or other).strip()[:200] or other
