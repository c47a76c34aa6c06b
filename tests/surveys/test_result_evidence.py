"""Do answers become evidence as they were given, once, and are they taken back when withdrawn?"""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.surveys.answered import DAY, ITEMS, answered, cases_make, framework_fill, version_out

from rodedraad.assessment.models import Evidence, Withdrawal
from rodedraad.assessment.queries import evidence_table
from rodedraad.errors import Refusal
from rodedraad.surveys.models import LeftOut, Response, ResponseState
from rodedraad.surveys.results.columns import columns_of
from rodedraad.surveys.results.evidence import responses_to_evidence
from rodedraad.surveys.results.flags import flags_frame, longest_contradicting
from rodedraad.surveys.results.frame import answers_frame, survey_columns
from rodedraad.surveys.results.leaving_out import flagged_leave_out

pytestmark = pytest.mark.django_db
TEN = {"F1": [(f"F1.{n}", ["U"], n == 5) for n in range(1, 11)]}


@pytest.fixture
def asked(survey):
    framework_fill(survey.wave, ITEMS)
    return version_out(survey, ["D", "U"])


@pytest.fixture
def case(survey):
    return cases_make(survey.wave, "GM0001")[0]


def over(survey):
    return responses_to_evidence(survey, person=None, origin="test")


def rows(survey):
    return {(row["respondent"], row["about"]): row for row in evidence_table(survey.study).rows(
        named=True)}  # fmt: skip


def test_a_row_stands_for_each_item_that_was_asked_and_no_other(survey, asked, case):
    answered(asked, case, "U", "U-1", {"F1": {"F1.1": 4, "F1.2": "dk", "F1.3": 4}})
    answered(asked, case, "D", "D-1", {"F1": {"F1.1": 1, "F1.3": "na"}})
    counts = over(survey)
    found = rows(survey)
    assert counts["new"] == len(found) == 6
    assert ("D-1", "F1.2") not in found
    assert ("U-1", "X1.1") not in found
    assert found["U-1", "F1.1"]["value"] == 0.75
    assert (found["U-1", "F1.3"]["raw"], found["U-1", "F1.3"]["value"]) == (4, 0.25)
    assert found["U-1", "F1.2"]["missing"] == "dont_know"
    assert found["D-1", "F1.3"]["missing"] == "not_applicable"
    assert found["D-1", "X1.1"]["missing"] == "unanswered"
    assert found["D-1", "X1.1"]["construct"] == "X1"
    assert found["U-1", "F1.1"]["source"] == survey.slug
    assert found["U-1", "F1.1"]["role"] == "U"


def test_what_is_there_does_not_name_the_response(survey, asked, case):
    made = answered(asked, case, "U", "U-1", {"F1": {"F1.1": 4}})
    over(survey)
    assert not any(str(made.pk)[:8] in row["source_id"] for row in rows(survey).values())


def test_the_second_time_changes_nothing(survey, asked, case):
    answered(asked, case, "U", "U-1", {"F1": {"F1.1": 4}})
    over(survey)
    before = list(Evidence.objects.values_list("pk", flat=True))
    counts = over(survey)
    assert (counts["new"], counts["changed"], counts["gone"], counts["kept"]) == (0, 0, 0, 3)
    assert list(Evidence.objects.values_list("pk", flat=True)) == before
    assert Response.objects.get().evidence_on is not None


def test_rows_of_a_withdrawn_response_are_taken_back_at_the_next_time(survey, asked, case):
    one = answered(asked, case, "U", "U-1", {"F1": {"F1.1": 4}})
    answered(asked, case, "U", "U-2", {"F1": {"F1.1": 2}})
    over(survey)
    Response.objects.filter(pk=one.pk).update(state=Response.State.WITHDRAWN)
    counts = over(survey)
    assert (counts["gone"], counts["kept"], counts["new"]) == (3, 3, 0)
    assert {who for who, _about in rows(survey)} == {"U-2"}
    assert Withdrawal.objects.get().reason == "answers_gone"
    one.refresh_from_db()
    assert one.evidence_on is None


def test_an_answer_that_changed_stands_once(survey, asked, case):
    made = answered(asked, case, "U", "U-1", {"F1": {"F1.1": 4}})
    over(survey)
    ResponseState.objects.filter(pk=made.pk).update(data={"F1": {"F1.1": 5}})
    assert over(survey)["changed"] == 1
    assert rows(survey)["U-1", "F1.1"]["raw"] == 5


def test_what_the_framework_does_not_know_is_left_out_and_counted(survey, case):
    framework_fill(survey.wave, ITEMS)
    version = version_out(survey, [], {"elements": [
        {"type": "matrix", "name": "F1", "construct": "F1", "columns": [1, 2], "rows": ["F1.9"]},
    ]})  # fmt: skip
    answered(version, case, "U", "U-1", {"F1": {"F1.9": 2}})
    counts = over(survey)
    assert counts["left_out_why"] == {"item_unknown": 1}
    assert rows(survey) == {}


def test_few_answers_to_an_open_anonymous_survey_wait(survey, asked, case):
    survey.mode, survey.state = "anonymous", "open"
    for number in range(4):
        answered(asked, case, "U", f"x{number}", {"F1": {"F1.1": 3}})
    with pytest.raises(Refusal) as refused:
        over(survey)
    assert refused.value.code == "evidence_too_few"
    answered(asked, case, "U", "x4", {"F1": {"F1.1": 3}})
    assert over(survey)["new"] == 15


def test_rows_of_an_anonymous_survey_stand_in_the_order_of_random_keys(survey, asked, case):
    survey.mode, survey.state = "anonymous", "closed"
    made = [answered(asked, case, "U", f"x{n}", {"F1": {"F1.1": 3}}) for n in range(12)]
    over(survey)
    order = list(Evidence.objects.order_by("pk").filter(about="F1.1").values_list(
        "respondent", flat=True))  # fmt: skip
    assert order == [one.pseudonym for one in sorted(made, key=lambda one: one.pk)]


def test_speeders_and_straight_liners_are_flagged_by_the_rules_of_the_page(survey, case):
    framework_fill(survey.wave, TEN)
    version = version_out(survey, ["U"])
    honest = [4, 3, 4, 5, 2, 4, 3, 4, 5, 4]
    for number in range(10):
        answered(version, case, "U", f"U-{number}", {"F1": items(honest)}, seconds=300)
    answered(version, case, "U", "fast1", {"F1": items(honest)}, seconds=99)
    answered(version, case, "U", "slow1", {"F1": items(honest)}, seconds=101)
    answered(version, case, "U", "same1", {"F1": items([4] * 10)}, seconds=300)
    answered(version, case, "U", "some1", {"F1": items([4] * 7)}, seconds=300)
    frame = answers_frame(survey)
    flags = flags_frame(frame, survey_columns(survey))
    speeders = flags.filter("speeder")["pseudonym"].to_list()
    straight = flags.filter("straight_liner")["pseudonym"].to_list()
    assert speeders == ["fast1"]
    assert straight == ["same1"]
    counts = over(survey)
    assert counts["responses_left_out"] == 0
    flagged_leave_out(survey, ["speeder"], reason="Te snel.", person=None, origin="test")
    counts = over(survey)
    assert (counts["gone"], counts["responses_left_out"]) == (10, 1)
    flagged_leave_out(survey, [], reason="Toch wel.", person=None, origin="test")
    assert over(survey)["new"] == 10
    assert LeftOut.objects.count() == 2


def items(values):
    return {f"F1.{number}": value for number, value in enumerate(values, start=1)}


def test_equal_answers_without_a_turned_item_contradict_nothing():
    rows = np.full((1, 9), 4.0)
    assert longest_contradicting(rows, np.zeros(9, bool)).tolist() == [0]


def test_leaving_out_asks_for_a_reason(survey):
    with pytest.raises(Refusal) as refused:
        flagged_leave_out(survey, ["speeder"], reason=" ", person=None, origin="test")
    assert refused.value.code == "left_out_reason"


def test_two_seconds_for_a_statement_is_the_least_without_a_median(survey, case):
    framework_fill(survey.wave, TEN)
    version = version_out(survey, ["U"])
    answered(version, case, "U", "a1", {"F1": items([4, 2] * 5)}, seconds=19)
    answered(version, case, "U", "a2", {"F1": items([4, 2] * 5)}, seconds=20)
    flags = flags_frame(answers_frame(survey), columns_of(version.definition))
    assert flags.filter("speeder")["pseudonym"].to_list() == ["a1"]


def test_queries_do_not_grow_with_respondents(survey, asked, case):
    counted = []
    for start, n in ((0, 2), (2, 40)):
        for number in range(start, start + n):
            answered(asked, case, "U", f"U-{number}", {"F1": {"F1.1": 3}}, day=DAY)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            over(survey)
        counted.append(len(queries))
    assert counted[1] <= counted[0]
