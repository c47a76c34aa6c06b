"""Answers, rubric scores and measures: valued by their rule, added once, refused with a cure."""

import polars as pl
import pytest

from rodedraad.assessment.evidence import (
    AnswerFact,
    EvidenceRefusal,
    MeasureFact,
    RubricFact,
    answer_rows_write,
    measure_rows_write,
    rows_check,
    rubric_rows_write,
)
from rodedraad.assessment.evidence.facts import facts_frame
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import EVIDENCE_SCHEMA, evidence_change, evidence_table
from rodedraad.studies.actions import frame_fill, study_create, wave_freeze
from rodedraad.studies.models import Wave
from rodedraad.studies.template import template_load

UNITS = (("GM0003", "Appingedam"), ("GM0010", "Delfzijl"))


@pytest.fixture
def wave(db: None) -> Wave:
    """Return the wave of a study on change factors in two municipalities."""
    study = study_create(
        template=template_load("change-factors"), slug="factoren", person=None, origin="test"
    )
    frame_fill(study, UNITS)
    return study.waves.get()


def answer(item: str, raw: float | None, **other: object) -> AnswerFact:
    """Return an answer of a worker in Appingedam."""
    given = {"case": "GM0003", "role": "U", "respondent": "r1", "source": "enquete"}
    given |= {"source_id": "1"}
    return AnswerFact(item=item, raw=raw, **(given | other))


def values(wave: Wave) -> list[tuple[object, ...]]:
    """Return what the rows say, oldest first."""
    return list(
        Evidence.objects.filter(wave=wave).values_list("construct", "about", "raw", "value")
    )


def faults_of(refused: pytest.ExceptionInfo[EvidenceRefusal]) -> list[tuple[int, str, str]]:
    """Return row, column and code of every fault."""
    return [(fault.row, fault.column, fault.code) for fault in refused.value.faults]


def test_an_answer_gets_its_place_on_the_scale_and_a_reversed_item_is_turned(wave: Wave) -> None:
    assert answer_rows_write(wave, [answer("F1.1", 4), answer("F1.4", 4)]).new == 2
    assert values(wave) == [("F1", "F1.1", 4, 0.75), ("F1", "F1.4", 4, 0.25)]


def test_why_there_is_no_answer_is_kept_and_value_and_raw_are_empty(wave: Wave) -> None:
    answer_rows_write(wave, [answer("F1.1", None, missing="dont_know")])
    row = Evidence.objects.get(wave=wave)
    assert (row.raw, row.value, row.missing, row.respondent) == (None, None, "dont_know", "r1")


def test_a_rubric_score_is_divided_by_the_highest_of_the_rubric(wave: Wave) -> None:
    fact = RubricFact(case="GM0010", construct="F1", source_type="document", raw=2,
                      source="beleidsplan", source_id="beleidsplan-2015")  # fmt: skip
    rubric_rows_write(wave, [fact])
    row = Evidence.objects.get(wave=wave)
    assert row.value == pytest.approx(2 / 3)
    assert (row.role, row.respondent, row.missing) == ("", None, "")


@pytest.mark.parametrize(
    ("status", "value"), [(0, 0), (1, 0), (2, 0.5), (3, 1), (4, 1), (None, None)]
)
def test_a_measure_counts_by_its_status_and_an_intention_does_not(
    wave: Wave, status: float | None, value: float | None
) -> None:
    fact = MeasureFact(case="GM0010", measure="B1", source_type="interview", raw=status,
                       missing="" if status is not None else "dont_know",
                       source="gesprek", source_id="g1")  # fmt: skip
    measure_rows_write(wave, [fact])
    row = Evidence.objects.get(wave=wave)
    assert (row.construct, row.value, row.unit) == ("B1", value, "status")


def test_the_same_rows_are_added_once_and_a_frozen_wave_takes_them_too(wave: Wave) -> None:
    wave_freeze(wave, person=None, origin="test")
    facts = [answer("F1.1", 4), answer("F1.2", None, missing="unanswered")]
    assert answer_rows_write(wave, facts).new == 2
    again = answer_rows_write(wave, [*facts, answer("F1.3", 1)])
    assert (again.new, again.known) == (1, 2)
    assert Evidence.objects.filter(wave=wave).count() == 3


def test_a_record_that_is_there_with_another_answer_is_refused_and_nothing_is_written(
    wave: Wave,
) -> None:
    answer_rows_write(wave, [answer("F1.1", 4)])
    with pytest.raises(EvidenceRefusal) as refused:
        answer_rows_write(wave, [answer("F1.2", 3), answer("F1.1", 5)])
    assert faults_of(refused) == [(2, "raw", "changed")]
    assert Evidence.objects.filter(wave=wave).count() == 1


@pytest.mark.parametrize(
    ("fact", "column", "code"),
    [
        (answer("F1.1", 4, case="GM9999"), "case", "case_unknown"),
        (answer("F1.1", 4, case="GM0004"), "case", "case_near"),
        (answer("F9.1", 4), "item", "item_unknown"),
        (answer("F1.1", 4, role="Z"), "role", "role_unknown"),
        (answer("F1.1", 4, role=""), "role", "role_unknown"),
        (answer("F1.1", 4, respondent=""), "respondent", "respondent_missing"),
        (answer("F1.1", 4, respondent="Jan de Vries"), "respondent", "respondent_named"),
        (answer("F1.1", 4, respondent="jan@voorbeeld.test"), "respondent", "respondent_named"),
        (answer("F1.1", 6), "raw", "raw_outside"),
        (answer("F1.1", 3.5), "raw", "raw_outside"),
        (answer("F1.1", None), "raw", "raw_missing"),
        (answer("F1.1", None, missing="later"), "raw", "missing_unknown"),
        (answer("F1.1", 4, missing="dont_know"), "raw", "raw_and_missing"),
        (answer("F1.1", 4, source=""), "source", "source_missing"),
        (answer("F1.1", 4, source_id=" "), "source_id", "source_id_missing"),
        (answer("F1.1", 4, source="x" * 61), "source", "too_long"),
        (answer("F1.1", 4, source="Simulation/1"), "source", "simulated_source"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_its_column(
    wave: Wave, fact: AnswerFact, column: str, code: str
) -> None:
    with pytest.raises(EvidenceRefusal) as refused:
        answer_rows_write(wave, [answer("F1.2", 2), fact])
    assert faults_of(refused) == [(2, column, code)]
    assert Evidence.objects.filter(wave=wave).count() == 0


def test_a_score_of_what_is_no_construct_measure_or_type_of_source_is_refused(wave: Wave) -> None:
    source = {"case": "GM0003", "source": "plan", "source_id": "p1"}
    with pytest.raises(EvidenceRefusal) as refused:
        rubric_rows_write(
            wave, [RubricFact(construct="Q1", source_type="survey", raw=4, role="", **source)]
        )
    assert faults_of(refused) == [
        (1, "construct", "construct_unknown"),
        (1, "raw", "raw_outside"),
        (1, "source_type", "about_unknown"),
    ]
    with pytest.raises(EvidenceRefusal) as refused:
        measure_rows_write(
            wave, [MeasureFact(measure="E1", source_type="document", raw=1, **source)]
        )
    assert faults_of(refused) == [(1, "construct", "measure_unknown")]


def test_a_record_that_stands_twice_is_refused(wave: Wave) -> None:
    with pytest.raises(EvidenceRefusal) as refused:
        answer_rows_write(wave, [answer("F1.1", 4), answer("F1.2", 4), answer("F1.1", 4)])
    assert faults_of(refused) == [(3, "", "twice")]


def test_many_faults_are_counted_and_the_first_hundred_told(wave: Wave) -> None:
    facts = [answer("F1.1", 9, respondent=f"r{i}") for i in range(250)]
    with pytest.raises(EvidenceRefusal, match="and 150 more") as refused:
        answer_rows_write(wave, facts)
    assert (refused.value.n, len(refused.value.faults)) == (250, 100)


def test_checking_tells_what_would_be_added_and_adds_nothing(wave: Wave) -> None:
    checked = rows_check(wave, facts_frame("answer", [answer("F1.1", 4)]))
    assert (checked.new, checked.rows["value"].to_list()) == (1, [0.75])
    assert Evidence.objects.count() == 0


def test_what_is_read_is_what_the_database_holds_with_nothing_and_empty_text_apart(
    wave: Wave,
) -> None:
    quoted = 'enquete "A", deel 1\nvervolg'
    facts = [answer("F1.1", 4, source=quoted), answer("F1.2", None, missing="not_applicable")]
    answer_rows_write(wave, facts)
    rubric_rows_write(
        wave,
        [RubricFact(case="GM0010", construct="F1", source_type="session", raw=0, source=r"\N",
                    source_id="s1")],
    )  # fmt: skip
    stored = Evidence.objects.values_list(
        "pk", "study__slug", "wave__label", "case__unit_code", "construct", "kind", "about",
        "source", "source_id", "role", "respondent", "value", "weight", "raw", "unit", "missing",
    )  # fmt: skip
    read = evidence_table(wave.study)
    assert read.schema == EVIDENCE_SCHEMA
    assert read.rows() == list(stored)
    assert read["source"].to_list() == [quoted, "enquete", r"\N"]
    assert evidence_table(wave.study, columns=("about", "raw")).to_dict(as_series=False) == {
        "about": ["F1.1", "F1.2", "session"],
        "raw": [4, None, 0],
    }


def test_a_frame_gives_the_same_rows_as_facts_do(wave: Wave) -> None:
    frame = pl.DataFrame(
        {"case": ["GM0003"], "item": ["F1.4"], "role": ["U"], "respondent": ["r1"], "raw": [2],
         "missing": [""], "source": ["enquete"], "source_id": ["1"]}
    )  # fmt: skip
    assert answer_rows_write(wave, frame).new == 1
    assert answer_rows_write(wave, [answer("F1.4", 2)]).known == 1


def test_every_change_of_the_rows_has_a_number_of_its_own(wave: Wave) -> None:
    assert evidence_change(wave.study) == 0
    answer_rows_write(wave, [answer("F1.1", 4)])
    first = evidence_change(wave.study)
    answer_rows_write(wave, [answer("F1.2", 4)])
    second = evidence_change(wave.study)
    Evidence.objects.filter(about="F1.1").delete()
    assert 0 < first < second < evidence_change(wave.study)
