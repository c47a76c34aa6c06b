"""Is what people answered one table, with every way of not answering apart?"""

import pytest
from tests.surveys.answered import DAY, ITEMS, answered, cases_make, framework_fill, version_out

from rodedraad.surveys.engine.pool import answers_check
from rodedraad.surveys.models import OwnQuestion, ResponseState
from rodedraad.surveys.results.columns import columns_of, places_routed
from rodedraad.surveys.results.frame import answers_frame, answers_frames, survey_columns

pytestmark = pytest.mark.django_db

OTHER = {
    "elements": [
        {"type": "checkbox", "name": "waar", "choices": ["thuis", {"value": "werk"}]},
        {"type": "text", "name": "uren", "inputType": "number"},
        {"type": "ranking", "name": "eerst", "choices": ["a", "b"]},
        {"type": "boolean", "name": "eens"},
        {"type": "comment", "name": "uitleg", "visibleIf": "{eens} = true"},
        {"type": "html", "name": "tussen", "html": "x"},
        {"type": "multipletext", "name": "delen", "items": [{"name": "x"}]},
        {"type": "radiogroup", "name": "cijfer", "item": "X1.1", "construct": "X1",
         "choices": [1, 2, {"value": 9, "missing": "dont_know"}], "visibleIf": "{role} = 'D'"},
        {"type": "paneldynamic", "name": "lijst", "templateElements": []},
    ]
}  # fmt: skip


@pytest.fixture
def asked(survey):
    framework_fill(survey.wave, ITEMS)
    return version_out(survey, ["D", "U"])


def test_each_way_of_not_answering_is_told_apart(survey, asked):
    (case,) = cases_make(survey.wave, "GM0001")
    answered(asked, case, "U", "r1", {"F1": {"F1.1": 4, "F1.2": "dk", "F1.3": "na"}})
    answered(asked, case, "D", "r2", {"F1": {"F1.1": 5}, "open": "Goed zo."})
    answered(asked, case, "D", "r3", {}, state="started")
    frame = answers_frame(survey).sort("pseudonym")
    assert frame["pseudonym"].to_list() == ["r1", "r2"]
    assert frame["case"].to_list() == ["GM0001"] * 2
    assert frame["day"].to_list() == [DAY] * 2
    assert frame["F1.1"].to_list() == [4, 5]
    assert frame["F1.2"].to_list() == [None, None]
    assert frame["F1.2__missing"].to_list() == ["dont_know", "not_asked"]
    assert frame["F1.3__missing"].to_list() == ["not_applicable", "unanswered"]
    assert frame["X1.1__missing"].to_list() == ["not_asked", "unanswered"]
    assert frame["open"].to_list() == [None, "Goed zo."]


def test_answers_that_python_holds_equal_stay_apart(survey, asked):
    # Each kind of answer is read once: 1 and True must not become the same one.
    (case,) = cases_make(survey.wave, "GM0001")
    for name, given in (("r1", 1), ("r2", True), ("r3", 1.5), ("r4", "1")):
        answered(asked, case, "D", name, {"open": given})
    frame = answers_frame(survey).sort("pseudonym")
    assert frame["open"].to_list() == ["1", "True", "1.5", "1"]


def test_a_reversed_item_stands_as_it_was_given_and_is_named(survey, asked):
    column = next(one for one in survey_columns(survey) if one.name == "F1.3")
    assert column.is_reversed
    assert column.construct == "F1"
    assert [choice.missing for choice in column.choices[-2:]] == ["dont_know", "not_applicable"]


def test_every_type_has_columns_of_its_own(survey):
    columns = {one.name: one for one in columns_of(OTHER)}
    assert list(columns) == [
        "waar.thuis", "waar.werk", "uren", "eerst.a", "eerst.b", "eens", "uitleg", "delen.x",
        "X1.1", "lijst",
    ]  # fmt: skip
    assert columns["uitleg"].conditional
    assert columns["X1.1"].roles == {"D"}
    version = version_out(survey, [], OTHER)
    (case,) = cases_make(survey.wave, "GM0001")
    answered(version, case, "D", "r1", {
        "waar": ["werk"], "uren": 7, "eerst": ["b", "a"], "eens": False, "delen": {"x": "ja"},
        "cijfer": 9, "lijst": [{"q": 1}],
    })  # fmt: skip
    row = answers_frame(survey).row(0, named=True)
    assert (row["waar.thuis"], row["waar.werk"]) == (False, True)
    assert (row["eerst.a"], row["eerst.b"]) == (2, 1)
    assert (row["uren"], row["eens"], row["delen.x"]) == (7, False, "ja")
    assert (row["X1.1"], row["X1.1__missing"]) == (None, "dont_know")
    assert row["lijst"] == '[{"q": 1}]'


def test_a_question_of_a_case_is_asked_of_nobody_else(survey, asked):
    one, two = cases_make(survey.wave, "GM0001", "GM0002")
    OwnQuestion.objects.create(
        survey=survey, case=two, order=1, element={"type": "text", "name": "x", "title": "Wie?"}
    )
    answered(asked, one, "D", "r1", {})
    answered(asked, two, "D", "r2", {"eigen1": "wij"})
    frame = answers_frame(survey).sort("pseudonym")
    assert frame["GM0002_eigen1"].to_list() == [None, "wij"]
    assert frame["GM0002_eigen1__missing"].to_list() == ["not_asked", ""]


def test_what_an_older_version_did_not_ask_was_not_asked(survey, asked):
    (case,) = cases_make(survey.wave, "GM0001")
    newer = version_out(survey, [], {"elements": [{"type": "text", "name": "nieuw"}]})
    answered(asked, case, "D", "r1", {"F1": {"F1.1": 1}})
    answered(newer, case, "D", "r2", {"nieuw": "a"})
    frame = answers_frame(survey).sort("pseudonym")
    assert frame["version"].to_list() == [1, 2]
    assert frame["nieuw__missing"].to_list() == ["not_asked", ""]
    assert frame["F1.1__missing"].to_list() == ["", "not_asked"]


def test_a_survey_that_nobody_answered_has_columns_and_no_rows(survey, asked):
    frame = answers_frame(survey)
    assert frame.height == 0
    assert "F1.1__missing" in frame.columns


def test_parts_together_are_the_whole(survey, asked):
    (case,) = cases_make(survey.wave, "GM0001")
    for number in range(5):
        answered(asked, case, "U", f"r{number}", {"F1": {"F1.1": 1 + number % 5}})
    parts = list(answers_frames(survey, at_once=2))
    assert [part.height for part in parts] == [2, 2, 1]
    assert parts[0].schema == answers_frame(survey).schema


def test_what_other_answers_routed_is_told_apart_from_what_was_left_blank(survey):
    definition = {
        "elements": [
            {"type": "boolean", "name": "eens"},
            {"type": "comment", "name": "uitleg", "visibleIf": "{eens} = true"},
            {"type": "matrix", "name": "F1", "construct": "F1", "columns": [1, 2],
             "rows": [{"value": "F1.1"}, {"value": "F1.2", "visibleIf": "{eens} = true"}]},
        ]
    }  # fmt: skip
    assert places_routed(definition) == {"uitleg", "F1/F1.2"}
    version = version_out(survey, [], definition)
    (case,) = cases_make(survey.wave, "GM0001")
    for name, agrees in (("r1", True), ("r2", False)):
        made = answered(version, case, "U", name, {"eens": agrees})
        shown = answers_check(definition, {"eens": agrees}).shown
        routed = [place for place in shown if place in places_routed(definition)]
        ResponseState.objects.filter(pk=made.pk).update(asked=routed)
    frame = answers_frame(survey).sort("pseudonym")
    assert frame["uitleg__missing"].to_list() == ["unanswered", "not_asked"]
    assert frame["F1.2__missing"].to_list() == ["unanswered", "not_asked"]
    assert frame["F1.1__missing"].to_list() == ["unanswered", "unanswered"]
