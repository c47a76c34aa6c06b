"""Do the guard and survey-core together take every honest answer, and none that is made up?"""

import json
import time

import pytest
from django.conf import settings

from rodedraad.errors import Refusal
from rodedraad.surveys.engine.guarding import answers_fault
from rodedraad.surveys.engine.pool import (
    answers_check,
    definition_lint,
    engine_close,
    guard_derive,
)
from rodedraad.surveys.engine.worker import ENGINES, engine_begin

from .tampering import BAD, CASES, GOOD, definition_of

ABSTRACT = "matrixdropdownbase"
"""What two kinds of matrix have in common; survey-core registers it, and shows it nowhere."""

REGISTERED = """
JSON.stringify(Survey.Serializer.getChildrenClasses("question", true).map((one) => one.name))
"""


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    engine_close()


@pytest.fixture(scope="module")
def guards():
    return {name: guard_derive(definition_of(name)) for name in CASES}


def taken(name, value, guards) -> bool:
    if answers_fault(guards[name], {"q": value}) is not None:
        return False
    return answers_check(definition_of(name), {"q": value}).is_right


@pytest.mark.parametrize(("name", "value"), GOOD, ids=lambda one: str(one)[:30])
def test_an_honest_answer_is_taken_and_comes_back_as_it_was(name, value, guards):
    assert answers_fault(guards[name], {"q": value}) is None
    checked = answers_check(definition_of(name), {"q": value})
    assert checked.is_right, checked
    assert checked.data == {"q": value}


def test_no_answer_that_is_tampered_with_is_taken(guards):
    assert len(BAD) >= 60
    assert [(name, value) for name, value in BAD if taken(name, value, guards)] == []


def registered() -> set[str]:
    """The types of question that this survey-core makes; a new version may bring a new one."""
    engine_begin(str(settings.REPOSITORY / "node_modules"))
    told = ENGINES.of("answers").eval(REGISTERED)
    ENGINES.close()
    return set(json.loads(str(told)))


def test_the_suite_has_each_type_of_question_that_survey_core_registers():
    kinds = {definition_of(name)["pages"][0]["elements"][0]["type"] for name in CASES}
    assert len(kinds) == 26
    assert kinds == registered() - {ABSTRACT}
    tampered = {definition_of(name)["pages"][0]["elements"][0]["type"] for name, _ in BAD}
    assert tampered == kinds


def test_a_questionnaire_with_a_type_that_is_only_a_base_is_refused():
    base = {"pages": [{"elements": [{"type": ABSTRACT, "name": "q"}]}]}
    with pytest.raises(Refusal, match=ABSTRACT):
        guard_derive(base)


def test_an_answer_to_a_question_that_is_not_there_is_named(guards):
    assert answers_fault(guards["text"], {"iets": "x"}) == "iets"


def test_taking_an_answer_away_is_always_allowed_for_a_question_that_is_there(guards):
    assert answers_fault(guards["ranking"], {"q": None}) is None
    assert answers_fault(guards["ranking"], {"r": None}) == "r"


ROUTED = {
    "pages": [
        {
            "elements": [
                {"type": "radiogroup", "name": "team", "choices": ["ja", "nee"]},
                {"type": "text", "name": "naam", "visibleIf": "{team} = 'ja'", "isRequired": True},
            ]
        }
    ]
}


def test_an_answer_to_a_question_that_routing_hid_is_left_out():
    checked = answers_check(ROUTED, {"team": "nee", "naam": "Noord"})
    assert checked.is_right
    assert checked.data == {"team": "nee"}
    assert checked.shown == ("team",)


def test_a_question_that_must_be_answered_is_named_in_dutch():
    checked = answers_check(ROUTED, {"team": "ja"})
    assert [error.question for error in checked.errors] == ["naam"]
    assert "Answer" not in checked.errors[0].text


def test_a_pattern_that_never_ends_stops_and_harms_nobody():
    element = {"type": "text", "name": "q", "validators": [{"type": "regex", "regex": "^(a+)+$"}]}
    begin = time.monotonic()
    with pytest.raises(Refusal, match="too long") as refused:
        answers_check({"pages": [{"elements": [element]}]}, {"q": "a" * 40 + "b"})
    assert refused.value.code == "survey_too_heavy"
    assert time.monotonic() - begin < 10
    assert answers_check(ROUTED, {"team": "nee"}).is_right


def test_the_linter_names_a_condition_on_a_question_that_is_not_there():
    broken = {"pages": [{"elements": [{"type": "text", "name": "q", "visibleIf": "{weg} = 1"}]}]}
    assert [fault.rule for fault in definition_lint(broken)] == ["reference/unknown"]


def test_answers_cannot_reach_what_scripts_share(guards):
    assert answers_fault(guards["text"], {"__proto__": {"x": 1}}) == "__proto__"
