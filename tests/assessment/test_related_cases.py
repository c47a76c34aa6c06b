"""Relations on the evidence table: whose answers count, and that the numbers are the method's."""

import pytest
from evidence_making import ITEMS, answers, frame, measure, rubric, sixteen_cases, stored
from scipy.stats import kendalltau

from rodedraad.assessment.conclusions.case_table import BREADTH, case_table
from rodedraad.assessment.conclusions.relations import relations
from rodedraad.assessment.queries import run_is_stale
from rodedraad.assessment.relation_runs import relations_make
from rodedraad.errors import Refusal
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study
from rodedraad.studies.template import template_load

CODES = [f"GM{n:04}" for n in range(1, 17)]


def related(rows, **given):
    options = {"factors": ["F1", "F5"], "outcomes": ["G1", "G2", BREADTH], "items": ITEMS}
    return relations(frame(rows), **options, seed=1, permutations=99, bootstraps=200, **given)


def test_a_factor_is_what_managers_and_documents_say_and_an_outcome_what_workers_say():
    rows = [
        *answers("GM0001", "F5", "D", "d1", [5, 5, 4]),
        *answers("GM0001", "F5", "U", "u1", [1, 1, 1]),
        rubric("GM0001", "F5", "document", 1),
        rubric("GM0001", "F5", "interview", 2, "D"),
        rubric("GM0001", "F5", "interview", 0, "U"),
        *answers("GM0001", "G1", "U", "u1", [2, 2, 2]),
        *answers("GM0001", "G1", "U", "u2", [4, 4, 4]),
        *answers("GM0001", "G1", "D", "d1", [5, 5, 5]),
        rubric("GM0001", "G1", "document", 3),
    ]
    found = case_table(frame(rows), factors=["F5"], outcomes=["G1"], items=ITEMS)
    factor, outcome = found.scores["F5"]["GM0001"], found.scores["G1"]["GM0001"]
    assert factor.value == pytest.approx(2 / 3)  # the median of 11/12, 2/3 and 1/3
    assert factor.kinds == ("survey", "interview", "document")
    assert (outcome.value, outcome.people) == (pytest.approx(0.5), 2)
    assert found.sources == {"F5": ("D", "document"), "G1": ("U",)}


def test_a_score_of_fewer_than_five_people_is_marked_as_not_to_be_shown():
    few = [a for p in range(4) for a in answers("GM0001", "G1", "U", f"u{p}", [3, 3, 3])]
    more = [a for p in range(5) for a in answers("GM0002", "G1", "U", f"v{p}", [3, 3, 3])]
    column = case_table(frame(few + more), factors=[], outcomes=["G1"], items=ITEMS).scores["G1"]
    assert (column["GM0001"].suppressed, column["GM0002"].suppressed) == (True, False)


def test_a_person_who_left_more_than_a_third_open_does_not_count():
    rows = [
        *answers("GM0001", "G1", "U", "u1", [5, None, None]),
        *answers("GM0001", "G1", "U", "u2", [2, 2, None]),
    ]
    column = case_table(frame(rows), factors=[], outcomes=["G1"], items=ITEMS).scores["G1"]
    assert (column["GM0001"].value, column["GM0001"].people) == (pytest.approx(0.25), 1)


def test_breadth_takes_measures_in_the_field_only_and_the_careful_one_of_two_sources():
    rows = [
        measure("GM0001", "A1", 4), measure("GM0001", "A1", 2, "interview"),
        measure("GM0001", "B1", 0), measure("GM0001", "A2", None),
        measure("GM0001", "C1", 4), measure("GM0001", "D1", 4),
    ]  # fmt: skip
    column = case_table(frame(rows), factors=[], outcomes=[BREADTH], items={}).scores[BREADTH]
    assert column["GM0001"].value == pytest.approx(0.25)  # a pilot (0.5) and none (0)


def test_the_numbers_are_those_of_scipy_on_the_same_matrix():
    result = related(sixteen_cases(CODES))
    scores = result["scores"]
    for relation in result["relations"]:
        x, y = ([scores[code][case]["value"] for case in result["cases"]]
                for code in (relation["factor"], relation["outcome"]))  # fmt: skip
        assert relation["tested"]["estimate"] == pytest.approx(kendalltau(x, y).statistic)
        first = result["cases"][0]
        assert relation["without"][first] == pytest.approx(kendalltau(x[1:], y[1:]).statistic)
    assert result["n_tested"] == 6


def test_what_comes_from_the_same_documents_is_flagged_and_what_does_not_is_not():
    rows = sixteen_cases(CODES)
    by_pair = {(r["factor"], r["outcome"]): r for r in related(rows)["relations"]}
    assert by_pair["F5", "G1"]["same_source"] is False
    assert by_pair["F1", BREADTH]["same_source"] is True
    said = [n for n in by_pair["F1", BREADTH]["notices"] if n["code"] == "same_source"]
    assert said == [{"code": "same_source", "context": {"sources": ["document"]}}]


def test_below_eight_complete_cases_there_is_only_the_matrix():
    result = related(sixteen_cases(CODES[:7]))
    assert result["n_tested"] == 0
    assert [notice["code"] for notice in result["notices"]] == ["only_the_matrix"]
    assert len(result["scores"]["F5"]) == 7


def test_the_order_of_rows_changes_nothing():
    rows = sixteen_cases(CODES)
    assert related(rows) == related(rows[::-1])


@pytest.fixture
def change_study(db: None) -> Study:
    made = study_create(template=template_load("change-factors"), slug="f", person=None, origin="t")
    frame_fill(made, [(code, f"Gemeente {code}") for code in CODES])
    return made


def test_a_run_takes_the_factors_and_outcomes_of_the_framework_that_have_rows(change_study):
    wave = change_study.waves.get()
    assert relations_make(change_study, wave) is None
    stored(change_study, wave, sixteen_cases(CODES))
    run = relations_make(change_study, wave)
    assert (run.parameters["factors"], run.parameters["outcomes"]) == (
        ["F1", "F4", "F5"],
        ["G1", "G2", BREADTH],
    )
    assert relations_make(change_study, wave).pk == run.pk
    stored(change_study, wave, answers(CODES[0], "G1", "U", "new", [1, 1, 1]))
    assert run_is_stale(run)


def test_the_type_is_no_outcome_and_an_unknown_construct_is_refused(change_study):
    wave = change_study.waves.get()
    with pytest.raises(Refusal, match="Take AB") as refused:
        relations_make(change_study, wave, factors=["F2"], outcomes=["change_type"])
    assert refused.value.code == "relation_to_type"
    with pytest.raises(Refusal, match="'F9'"):
        relations_make(change_study, wave, factors=["F9"], outcomes=["G1"])
