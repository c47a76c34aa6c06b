"""Steering modes on evidence rows: whose view is whose, and when the two differ."""

import pytest
from evidence_making import answers, frame, rubric

from rodedraad.assessment.conclusions.steering import steering_of_cases

ITEMS = {"N3a": ["N3a.1", "N3a.2", "N3a.3"], "N3b": ["N3b.1", "N3b.2", "N3b.3"]}


def steering(rows):
    return steering_of_cases(frame(rows), items=ITEMS)


def view(role, respondent, frames, room, case="GM0001"):
    return [
        *answers(case, "N3a", role, respondent, [frames] * 3),
        *answers(case, "N3b", role, respondent, [room] * 3),
    ]


def test_a_commissioner_who_sees_room_and_a_team_that_does_not_is_a_tension():
    rows = [*view("D", "d1", 5, 5), *view("U", "u1", 5, 1), *view("P", "p1", 4, 2)]
    result = steering(rows)
    case = result["cases"]["GM0001"]
    assert case["commissioner"]["label"] == "kaderstellend loslaten"
    assert case["team"]["label"] == "sturen"
    assert case["team"]["frames"]["value"] == pytest.approx((1 + 0.75) / 2)
    assert (case["team"]["frames"]["people"], case["team"]["suppressed"]) == (2, True)
    assert case["label"] == "spanningsveld"
    assert result["counts"] == {"spanningsveld": 1, "zelfde beeld": 0, "onbepaald": 0}


def test_both_sides_in_one_quadrant_see_the_same():
    rows = [*view("B", "b1", 1, 5), *view("C", "c1", 2, 4)]
    assert steering(rows)["cases"]["GM0001"]["label"] == "zelfde beeld"


def test_an_interview_counts_for_the_side_of_who_speaks_and_a_document_for_none():
    rows = [
        rubric("GM0001", "N3a", "interview", 3, "D"),
        rubric("GM0001", "N3b", "interview", 0, "D"),
        rubric("GM0001", "N3a", "document", 0),
        rubric("GM0001", "N3b", "interview", 3),
        *view("U", "u1", 5, 1),
    ]
    case = steering(rows)["cases"]["GM0001"]
    assert (case["commissioner"]["label"], case["team"]["label"]) == ("sturen", "sturen")
    assert case["commissioner"]["frames"]["value"] == 1


def test_a_side_that_nobody_asked_leaves_it_undetermined():
    case = steering(view("U", "u1", 5, 1))["cases"]["GM0001"]
    assert case["commissioner"]["label"] == case["label"] == "onbepaald"


def test_residents_and_councillors_are_on_no_side():
    assert steering([*view("I", "i1", 5, 5), *view("R", "r1", 5, 5)])["cases"] == {}
