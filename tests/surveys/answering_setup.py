"""A survey that went out, with somebody who may answer it: what the tests of answering share."""

import json
from typing import Any

from django.test import Client
from django.utils import timezone

from rodedraad.fieldwork.models import Participation
from rodedraad.studies.models import Case, Wave
from rodedraad.surveys.models import Survey, SurveyVersion
from rodedraad.surveys.ways_in import address_of, invitation_make, stratum_link_make

DEFINITION = {
    "pages": [
        {
            "name": "p1",
            "elements": [
                {
                    "type": "matrix",
                    "name": "F5",
                    "columns": [1, 2, 3, 4, 5, "dk", "na"],
                    "rows": ["F5.1", "F5.2"],
                },
                {"type": "text", "name": "age", "inputType": "number", "min": 0, "max": 120},
            ],
        },
        {
            "name": "p2",
            "elements": [
                {"type": "comment", "name": "open", "isRequired": True, "maxLength": 4000}
            ],
        },
    ],
    "calculatedValues": [
        {"name": "screened_out", "expression": "{age} < 18", "includeIntoResult": True}
    ],
}
CELL = {"enum": [1, 2, 3, 4, 5, "dk", "na"]}
GUARD = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "F5": {
            "type": "object",
            "properties": {"F5.1": CELL, "F5.2": CELL},
            "additionalProperties": False,
        },
        "age": {"type": "number", "minimum": 0, "maximum": 120},
        "open": {"type": "string", "maxLength": 4000},
    },
}


def survey_open(wave: Wave, mode: str, slug: str = "vragen") -> Survey:
    """An open survey of one frozen version."""
    survey = Survey.objects.create(
        study=wave.study, wave=wave, slug=slug, title_nl="Vragen", mode=mode, state="open"
    )
    SurveyVersion.objects.create(
        survey=survey,
        number=1,
        definition=DEFINITION,
        guard=GUARD,
        sha256="0" * 64,
        frozen_at=timezone.now(),
    )
    return survey


def case_of(wave: Wave, code: str = "GM0001") -> Case:
    return Case.objects.get_or_create(study=wave.study, unit_code=code, name=code)[0]


def participation_of(wave: Wave, case: Case, number: int = 1) -> Participation:
    return Participation.objects.create(
        study=wave.study, wave=wave, case=case, role="U", pseudonym=f"P-{number:04}"
    )


def invited(survey: Survey, participation: Participation) -> str:
    return address_of(invitation_make(survey, participation))


def linked(survey: Survey, case: Case) -> str:
    return address_of(stratum_link_make(survey, case, "U"))


def send(client: Client, name: str, body: dict[str, Any]) -> Any:
    return client.post(
        f"/vragenlijst/invullen/{name}/", json.dumps(body), content_type="application/json"
    )


def save(client: Client, sequence: int, patch: dict[str, Any], page: int = 0) -> Any:
    return send(client, "bewaren", {"sequence": sequence, "patch": patch, "page": page})


def finish(client: Client, sequence: int, seconds: int = 300) -> Any:
    return send(client, "klaar", {"sequence": sequence, "seconds": seconds})
