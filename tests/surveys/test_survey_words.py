"""Does survey-core speak plain Dutch, whole and the same to browsers and on the server?"""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find

from rodedraad.surveys.engine.pool import answers_check, engine_close
from rodedraad.surveys.engine.worker import ENGINES, WORDS, engine_begin
from rodedraad.surveys.questionnaire.plain_choices import BUILT_IN, NO, YES

from .questionnaires import WRONG, wrongly_answered

PLACES = re.compile(r"\{\w+\}")
SAME_IN_BOTH = {"timerMin", "timerSec", "ok", "rowNameTemplateTitle"}


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    engine_close()


@pytest.fixture(scope="module")
def texts():
    """What survey-core says in English and in Dutch."""
    engine_begin(str(settings.REPOSITORY / "node_modules"))
    told = ENGINES.of("answers").eval("JSON.stringify(Survey.surveyLocalization.locales)")
    ENGINES.close()
    return json.loads(str(told))


def test_every_text_that_survey_core_has_is_there_with_the_same_places(texts):
    """A new version may bring a text; without Dutch of ours it would be English."""
    english, dutch = texts["en"], texts["nl"]
    assert set(dutch) == set(english)
    for name, text in dutch.items():
        assert set(PLACES.findall(text)) <= set(PLACES.findall(english[name])), name
    assert {name for name in dutch if dutch[name] == english[name]} == SAME_IN_BOTH


def test_no_text_is_difficult(texts):
    hard = re.compile(
        r"gelieve|vereis|dien|waarde|karakter|formaat|ongeldig|\bje\b|…\.|\.\.\.", re.I
    )
    assert [text for text in texts["nl"].values() if hard.search(text)] == []


def test_browsers_get_the_file_that_the_server_reads():
    assert find("surveys/survey-words.js") == str(WORDS)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_what_to_do(name):
    element, value, said = WRONG[name]
    checked = answers_check(*wrongly_answered({name: (element, value, said)}))
    assert [one.text for one in checked.errors] == [said]


def test_limits_in_english_are_words_too():
    names = ("decimal", "first day", "moment", "time", "week", "own words")
    definition, answers = wrongly_answered({name: WRONG[name] for name in names})
    assert [one.text for one in answers_check(definition, answers, "en").errors] == [
        "The value should not be less than 1.5",
        "This must be 1 January 2024 or later.",
        "This must be 1 January 2024, 09:30 or later.",
        "This must be 17:30 or earlier.",
        "This must be week 5 of 2024 or earlier.",
        "Kies een dag tot en met 31 December 2024.",
    ]


def test_choices_of_survey_core_read_the_same_on_paper_and_without_scripts(texts):
    """A choice is a stimulus: who answers with and without scripts reads the same one."""
    in_core = {
        "noneText": "noneItemText", "refuseText": "refuseItemText",
        "dontKnowText": "dontKnowItemText", "otherText": "otherItemText",
    }  # fmt: skip
    for _names, _value, own, words in BUILT_IN:
        assert words == {"default": texts["nl"][in_core[own]], "en": texts["en"][in_core[own]]}
    assert {"default": texts["nl"]["booleanCheckedLabel"], "en": "Yes"} == YES
    assert {"default": texts["nl"]["booleanUncheckedLabel"], "en": "No"} == NO
    assert (texts["en"]["booleanCheckedLabel"], texts["en"]["booleanUncheckedLabel"]) == (
        "Yes",
        "No",
    )


def test_who_answers_in_english_reads_english():
    definition, answers = wrongly_answered(WRONG)
    errors = answers_check(definition, answers, "en").errors
    assert len(errors) == len(WRONG)
    assert all(one.text for one in errors)
    own_words = {WRONG["own words"][2]}
    dutch = {said for _element, _value, said in WRONG.values()} - own_words
    assert not {one.text for one in errors} & dutch
