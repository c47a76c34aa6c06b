"""Small answered surveys for tests: a framework, a questionnaire, and who answered what."""

import datetime
from typing import Any

from django.utils import timezone

from rodedraad.studies.models import Case, Construct, Item, Wave
from rodedraad.surveys.building import definition_of
from rodedraad.surveys.models import Response, ResponseState, Survey, SurveyVersion

DAY = datetime.date(2026, 3, 2)
ITEMS: dict[str, list[tuple[str, list[str], bool]]] = {
    "F1": [("F1.1", ["D", "U"], False), ("F1.2", ["U"], False), ("F1.3", ["D", "U"], True)],
    "X1": [("X1.1", ["D"], False)],
}


def framework_fill(wave: Wave, items: dict[str, list[tuple[str, list[str], bool]]]) -> None:
    """Give the framework of a wave constructs with items: code, roles, reversed."""
    for order, (code, of) in enumerate(items.items()):
        construct = Construct.objects.create(
            framework=wave.framework, code=code, order=order, kind="factor", name_nl=code,
            name_en=code,
        )  # fmt: skip
        for number, (item, roles, is_reversed) in enumerate(of):
            Item.objects.create(
                construct=construct, code=item, order=number, text_nl=f"Stelling {item}",
                text_en=f"Statement {item}", reversed=is_reversed, roles=roles,
            )  # fmt: skip


def cases_make(wave: Wave, *codes: str) -> list[Case]:
    """Make cases with these codes."""
    return [
        Case.objects.create(study=wave.study, unit_code=code, name=f"Stad {code}") for code in codes
    ]


def version_out(survey: Survey, roles: list[str], definition: Any = None) -> SurveyVersion:
    """Send out the questionnaire of the framework, or another definition."""
    return SurveyVersion.objects.create(
        survey=survey, number=survey.versions.count() + 1, sha256="0" * 64,
        definition=definition or definition_of(survey.wave, roles, {"default": "Proef"}),
        frozen_at=timezone.now(),
    )  # fmt: skip


def answered(
    version: SurveyVersion,
    case: Case,
    role: str,
    pseudonym: str,
    data: dict[str, Any],
    **more: Any,
) -> Response:
    """Write down a complete response."""
    fields = {"state": Response.State.COMPLETE, "day": DAY, "seconds": 300, **more}
    made = Response.objects.create(
        survey=version.survey, version=version, case=case, role=role, pseudonym=pseudonym,
        **fields,
    )  # fmt: skip
    ResponseState.objects.create(response=made, sequence=1, data=data, checked=True)
    return made
