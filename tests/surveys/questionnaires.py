"""A study with a small framework, a person who designs in it, and questions of every kind."""

import datetime
from typing import Any

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Case, Construct, Framework, Item, Study, TeamMember, Wave
from rodedraad.surveys.models import Survey
from rodedraad.surveys.questionnaire.running import survey_make

TEXT = {"default": "Vraag", "en": "Question"}
SIMPLE: list[dict[str, Any]] = [
    {"type": "text", "name": "naam", "title": TEXT},
    {"type": "text", "name": "aantal", "inputType": "number", "title": TEXT},
    {"type": "text", "name": "dag", "inputType": "date", "title": TEXT},
    {"type": "comment", "name": "uitleg", "title": TEXT},
    {
        "type": "radiogroup", "name": "keuze", "title": TEXT, "showOtherItem": True,
        "choices": [1, {"value": "1", "text": "Een als woord"}, "ja"],
    },
    {"type": "dropdown", "name": "lijst", "title": TEXT, "choices": ["a", "b"]},
    {"type": "checkbox", "name": "meer", "title": TEXT, "choices": ["x", "y", "z"]},
    {"type": "rating", "name": "cijfer", "title": TEXT, "rateMax": 10},
    {"type": "boolean", "name": "akkoord", "title": TEXT, "renderAs": "radio"},
    {"type": "ranking", "name": "orde", "title": TEXT, "choices": ["p", "q", "r"]},
    {"type": "multipletext", "name": "velden", "title": TEXT, "items": [{"name": "een"}]},
    {
        "type": "matrix", "name": "F1", "construct": "F1", "title": TEXT,
        "columns": [1, 2, 3, {"value": "dk", "text": "Weet ik niet", "missing": "dont_know"}],
        "rows": [{"value": "F1.1", "text": TEXT}, {"value": "F1.2", "text": TEXT}],
    },
]  # fmt: skip
ANSWERS: dict[str, Any] = {
    "naam": "Ans",
    "aantal": 3,
    "dag": "2026-05-01",
    "uitleg": "Omdat.",
    "keuze": "other",
    "keuze-Comment": "iets anders",
    "lijst": "b",
    "meer": ["x", "z"],
    "cijfer": 7,
    "akkoord": False,
    "orde": ["q", "r", "p"],
    "velden": {"een": "hier"},
    "F1": {"F1.1": 2, "F1.2": "dk"},
}
OTHER_KINDS: list[dict[str, Any]] = [
    {"type": "html", "name": "tekst", "html": "<p>Lees dit <b>eerst</b>.</p>"},
    {"type": "tagbox", "name": "labels", "title": TEXT, "choices": ["a", "b"]},
    {"type": "buttongroup", "name": "knoppen", "title": TEXT, "choices": ["a", "b"]},
    {"type": "slider", "name": "schuif", "title": TEXT, "min": 0, "max": 10},
    {
        "type": "matrixdropdown", "name": "tabel", "title": TEXT, "rows": ["een", "twee"],
        "columns": [
            {"name": "k1", "title": "Kolom", "cellType": "dropdown", "choices": ["a", "b"]},
            {"name": "k2", "title": "Tekst", "cellType": "text"},
        ],
    },
    {
        "type": "matrixdynamic", "name": "rijen", "title": TEXT, "rowCount": 1, "maxRowCount": 3,
        "columns": [{"name": "k1", "title": "Kolom", "cellType": "text"}],
    },
    {
        "type": "paneldynamic", "name": "groepen", "title": TEXT, "panelCount": 1,
        "templateElements": [{"type": "text", "name": "t1", "title": TEXT}],
    },
    {"type": "panel", "name": "samen", "elements": [{"type": "text", "name": "in", "title": TEXT}]},
    {"type": "file", "name": "bestand", "title": TEXT},
]  # fmt: skip


def study_made() -> tuple[Wave, Person]:
    """A study with two constructs of two statements, and a researcher in its team."""
    person = Person.objects.create_user("onderzoek@voorbeeld.test", "x", name="Onderzoek")
    study = Study.objects.create(
        slug="proef", title_nl="Proef", title_en="Trial", template_key="change-factors",
        template_version="1.0", template={},
    )  # fmt: skip
    TeamMember.objects.create(study=study, person=person, role=TeamMember.Role.RESEARCHER)
    framework = Framework.objects.create(study=study, version=1)
    for order, code in enumerate(("F1", "F2")):
        construct = Construct.objects.create(
            framework=framework, code=code, order=order, kind="factor", name_nl=f"Factor {code}",
            name_en=f"Factor {code}",
        )  # fmt: skip
        for number, (roles, turned) in enumerate(((["U", "D"], False), (["U"], True)), start=1):
            Item.objects.create(
                construct=construct, code=f"{code}.{number}", order=number, reversed=turned,
                text_nl=f"Stelling {code}.{number}", text_en=f"Statement {code}.{number}",
                roles=roles,
            )  # fmt: skip
    Case.objects.create(study=study, unit_code="GM1", name="Proefstad", role=Case.Role.MAIN)
    wave = Wave.objects.create(
        study=study, label="2026", reference_date=datetime.date(2026, 1, 1), framework=framework
    )
    return wave, person


def survey_made(wave: Wave, person: Person, **given: Any) -> Survey:
    """A survey of workers, from the framework."""
    usual = {
        "title_nl": "Uitvoerders", "title_en": "Workers", "wave": wave, "roles": ["U"],
        "mode": "confidential", "start": "framework", "person": person, "origin": "test",
    }  # fmt: skip
    return survey_make(wave.study, **(usual | given))


WRONG: dict[str, tuple[dict[str, Any], Any, str]] = {
    "required": ({"type": "text", "isRequired": True}, None, "Beantwoord deze vraag."),
    "number": (
        {"type": "text", "validators": [{"type": "numeric"}]}, "veel", "Vul een getal in.",
    ),
    "least": ({"type": "text", "inputType": "number", "min": 3}, 2, "Dit moet 3 of meer zijn."),
    "most": ({"type": "text", "inputType": "number", "max": 60}, 61, "Dit mag 60 of minder zijn."),
    "decimal": (
        {"type": "text", "inputType": "number", "min": 1.5}, 1.25, "Dit moet 1,5 of meer zijn.",
    ),
    "negative": (
        {"type": "text", "inputType": "number", "max": -0.5}, 1, "Dit mag -0,5 of minder zijn.",
    ),
    "step": (
        {"type": "text", "inputType": "number", "step": 0.5}, 0.75,
        "Alleen stappen van 0,5 zijn mogelijk.",
    ),
    "first day": (
        {"type": "text", "inputType": "date", "min": "2024-01-01", "max": "2024-12-31"},
        "2023-12-31", "Dit moet 1 januari 2024 of later zijn.",
    ),
    "last day": (
        {"type": "text", "inputType": "date", "min": "2024-01-01", "max": "2024-03-31"},
        "2024-04-01", "Dit moet 31 maart 2024 of eerder zijn.",
    ),
    "moment": (
        {"type": "text", "inputType": "datetime-local", "min": "2024-01-01T09:30"},
        "2024-01-01T09:00", "Dit moet 1 januari 2024, 09:30 uur of later zijn.",
    ),
    "time": (
        {"type": "text", "inputType": "time", "max": "17:30"}, "18:00",
        "Dit moet 17:30 uur of eerder zijn.",
    ),
    "month": (
        {"type": "text", "inputType": "month", "min": "2024-02"}, "2024-01",
        "Dit moet februari 2024 of later zijn.",
    ),
    "week": (
        {"type": "text", "inputType": "week", "max": "2024-W05"}, "2024-W06",
        "Dit moet week 5 van 2024 of eerder zijn.",
    ),
    "own words": (
        {"type": "text", "inputType": "date", "max": "2024-12-31",
         "maxErrorText": "Kies een dag tot en met {0}."},
        "2025-01-01", "Kies een dag tot en met 31 december 2024.",
    ),
    "between": (
        {"type": "text", "validators": [{"type": "numeric", "minValue": 1, "maxValue": 9}]},
        12, "Vul een getal in van 1 tot en met 9.",
    ),
    "between decimals": (
        {"type": "text", "validators": [{"type": "numeric", "minValue": 0.5, "maxValue": 9.5}]},
        12, "Vul een getal in van 0,5 tot en met 9,5.",
    ),
    "mail": (
        {"type": "text", "inputType": "email"}, "niets",
        "Vul een e-mailadres in, zoals naam@voorbeeld.nl.",
    ),
    "short": (
        {"type": "comment", "validators": [{"type": "text", "minLength": 5}]}, "kort",
        "Schrijf minstens 5 tekens.",
    ),
    "long": (
        {"type": "comment", "validators": [{"type": "text", "maxLength": 5}]}, "te lang",
        "Schrijf niet meer dan 5 tekens.",
    ),
    "few": (
        {"type": "checkbox", "choices": ["a", "b", "c"], "minSelectedChoices": 2}, ["a"],
        "Kies er minstens 2.",
    ),
    "many": (
        {"type": "checkbox", "choices": ["a", "b", "c"],
         "validators": [{"type": "answercount", "maxCount": 1}]},
        ["a", "b"], "Kies er niet meer dan 1.",
    ),
    "rows": (
        {"type": "matrix", "columns": [1, 2], "rows": ["x", "y"], "eachRowRequired": True},
        {"x": 1}, "Geef een antwoord in elke rij.",
    ),
    "other": (
        {"type": "radiogroup", "choices": ["a"], "showOtherItem": True}, "other",
        "Schrijf op wat u bedoelt.",
    ),
    "expression": (
        {"type": "text", "validators": [{"type": "expression", "expression": "1 = 2"}]}, "x",
        "Dit past niet bij uw andere antwoorden. Kijk het nog eens na.",
    ),
    "pattern": (
        {"type": "text", "validators": [{"type": "regex", "regex": "^[0-9]{4}$"}]}, "12",
        "Dit klopt niet. Kijk nog eens wat u heeft ingevuld.",
    ),
}  # fmt: skip
"""Answers that are wrong: the question, the answer, and what is said of it in Dutch."""


def wrongly_answered(
    wrong: dict[str, tuple[dict[str, Any], Any, str]],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """One page with these questions, and their answers."""
    elements = [{"name": name, **element} for name, (element, _value, _said) in wrong.items()]
    answers = {name: value for name, (_, value, _) in wrong.items() if value is not None}
    return {"pages": [{"elements": elements}]}, answers
