"""Does the questionnaire that follows from a framework ask each item of whom it is for?"""

import pytest

from rodedraad.studies.models import Construct, Item
from rodedraad.surveys.building import definition_of
from rodedraad.surveys.engine.guarding import answers_fault
from rodedraad.surveys.engine.pool import (
    answers_check,
    definition_lint,
    engine_close,
    guard_derive,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    engine_close()


@pytest.fixture
def framework(wave):
    for order, (code, items) in enumerate(
        {
            "F1": [("F1.1", ["D", "U"], False), ("F1.4", ["U"], True)],
            "X1": [("X1.1", ["D"], False)],
        }.items()
    ):
        construct = Construct.objects.create(
            framework=wave.framework, code=code, order=order, kind="factor", name_nl=code,
            name_en=code,
        )  # fmt: skip
        for number, (item, roles, reversed_) in enumerate(items):
            Item.objects.create(
                construct=construct, code=item, order=number, text_nl=f"Stelling {item}",
                text_en=f"Statement {item}", reversed=reversed_, roles=roles,
            )  # fmt: skip
    return wave


def matrices(definition):
    return {
        element["name"]: [row["value"] for row in element["rows"]]
        for page in definition["pages"]
        for element in page["elements"]
        if element["type"] == "matrix"
    }


def test_a_role_gets_its_own_items_and_no_others(framework):
    assert matrices(definition_of(framework, ["D"])) == {"F1": ["F1.1"], "X1": ["X1.1"]}
    assert matrices(definition_of(framework, ["U"])) == {"F1": ["F1.1", "F1.4"]}


def test_reversed_items_are_named_and_not_turned_round(framework):
    element = definition_of(framework, ["U"])["pages"][0]["elements"][0]
    assert element["reversed"] == ["F1.4"]


def test_the_linter_finds_no_error(framework):
    found = definition_lint(definition_of(framework, ["D", "U"]))
    assert [fault for fault in found if fault.severity == "error"] == []


def test_not_known_and_not_applicable_are_answers_apart(framework):
    definition = definition_of(framework, ["U"])
    guard = guard_derive(definition)
    answers = {"F1": {"F1.1": "dk", "F1.4": "na"}}
    assert answers_fault(guard, answers) is None
    assert answers_check(definition, answers).data == answers
    assert answers_fault(guard, {"F1": {"F1.1": 6}}) == "F1/F1.1"


def test_every_text_is_there_in_two_languages(framework):
    for page in definition_of(framework, ["D"])["pages"]:
        for element in page["elements"]:
            for part in (element, *element.get("rows", []), *element.get("columns", [])):
                words = part.get("title") or part["text"]
                assert words["default"]
                assert words["en"]


def test_a_row_for_another_role_is_not_asked(framework):
    definition = definition_of(framework, ["D", "U"])
    answers = {"F1": {"F1.1": 4, "F1.4": 2}}
    assert answers_check(definition, answers, known={"role": "U"}).data == answers
    asked_of_director = answers_check(definition, answers, known={"role": "D"})
    assert asked_of_director.is_right
    assert asked_of_director.data == {"F1": {"F1.1": 4}}
