"""Does a file say who was left out, who was flagged, which version and weight, and can it not?"""

import csv
import io
import json

import polars as pl
import pytest
from lxml import etree
from tests.exchange.ddi_schema import faults
from tests.exchange.sav_layout import sav_read
from tests.surveys.answered import ITEMS, answered, cases_make, framework_fill, version_out

from rodedraad.errors import Refusal
from rodedraad.surveys import exchange_answers
from rodedraad.surveys.exchange_answers import Wanted, answers_coded, answers_described
from rodedraad.surveys.exchange_codebook import codebook_of
from rodedraad.surveys.exchange_files import file_make
from rodedraad.surveys.models import Survey, SurveyVersion, SurveyWeights
from rodedraad.surveys.results.leaving_out import flagged_leave_out

pytestmark = pytest.mark.django_db
QUICK = ("P1", "P2")


@pytest.fixture
def filled(wave, survey):
    """Eight people, of whom two were far too quick; the second version is comparable for a part."""
    framework_fill(wave, ITEMS)
    survey.roles = ["D", "U"]
    survey.save(update_fields=["roles"])
    one, two = cases_make(wave, "GM0001", "GM0002")
    first = version_out(survey, ["D", "U"])
    second = version_out(survey, ["D", "U"])
    SurveyVersion.objects.filter(pk=second.pk).update(comparable="partly", note="Nieuwe zin")
    for number in range(8):
        answered(
            second if number > 5 else first, one if number < 6 else two, "U", f"P{number}",
            {"F1": {"F1.1": 1 + number % 5, "F1.2": 3, "F1.3": 2}, "open": "Ja."},
            seconds=2 if f"P{number}" in QUICK else 300,
        )  # fmt: skip
    by_case = {"GM0001": 0.5, "GM0002": 2.5}
    SurveyWeights.objects.create(
        survey=survey, parameters={"method": "rake", "variables": ["size"],
                                   "population": "municipalities", "highest": 5.0},
        fingerprint="0" * 64, result={"by_case": by_case, "design_effect": 1.25},
    )  # fmt: skip
    return survey


@pytest.fixture(autouse=True)
def no_country(monkeypatch):
    """Whether weights are stale asks the figures of all municipalities, which are not here."""
    monkeypatch.setattr(exchange_answers, "weights_stale", lambda _weights, _now: True)


def leave_out(survey):
    flagged_leave_out(survey, ["speeder"], reason="Te snel", person=None, origin="test")


def rows_of(survey, **wanted):
    made = answers_coded(survey, Wanted(**wanted))
    return {row["respondent"]: row for row in made.frame.to_dicts()}


def test_who_was_left_out_stands_in_the_file_with_a_mark_and_nobody_vanishes(filled):
    assert {row["left_out"] for row in rows_of(filled).values()} == {0}
    leave_out(filled)
    rows = rows_of(filled)
    assert len(rows) == 8
    assert {who for who, row in rows.items() if row["left_out"]} == set(QUICK)
    assert {who for who, row in rows.items() if row["speeder"]} == set(QUICK)
    assert not any(row["straight_liner"] for row in rows.values())


def test_the_file_can_be_made_without_who_was_left_out_and_says_so(filled):
    leave_out(filled)
    made = answers_coded(filled, Wanted(left_out="without"))
    assert set(made.frame["respondent"]) == {f"P{n}" for n in (0, 3, 4, 5, 6, 7)}
    assert made.file.n_rows == 6
    assert "niet in" in " ".join(made.file.notes)


def test_version_comparability_and_weight_stand_beside_the_answers(filled):
    leave_out(filled)
    rows = rows_of(filled)
    assert (rows["P0"]["version"], rows["P0"]["comparable"]) == (1, 1)
    assert (rows["P7"]["version"], rows["P7"]["comparable"]) == (2, 2)
    assert (rows["P0"]["weight"], rows["P7"]["weight"]) == (0.5, 2.5)
    assert rows["P1"]["weight"] is None
    variables = {one.name: one for one in answers_coded(filled, Wanted()).file.variables}
    assert variables["version"].labels[2] == "Versie 2: Nieuwe zin"
    assert "1,25" in variables["weight"].about
    assert "Maak ze eerst opnieuw" in " ".join(answers_coded(filled, Wanted()).file.notes)


@pytest.mark.parametrize(
    ("marks", "gone"),
    [(("flags", "weight"), {"version", "comparable"}), (("version", "weight"),
     {"speeder", "straight_liner"}), (("version", "flags"), {"weight"})],
)  # fmt: skip
def test_each_of_them_can_be_left_out_and_no_question_gets_another_name(filled, marks, gone):
    whole = answers_coded(filled, Wanted()).frame.columns
    some = answers_coded(filled, Wanted(marks=marks)).frame.columns
    assert set(whole) - set(some) == gone
    assert [name for name in whole if name not in gone] == some


def test_a_weight_never_stands_where_the_case_does_not_because_it_would_tell_it(filled):
    for case in ("small", "out"):
        assert "weight" not in answers_coded(filled, Wanted(case=case)).frame.columns


def test_an_unknown_choice_is_refused():
    for wrong in ({"left_out": "maybe"}, {"marks": ("names",)}):
        with pytest.raises(Refusal):
            Wanted(**wrong)


def test_every_form_of_file_carries_the_marks_with_their_words(filled, tmp_path):
    leave_out(filled)
    made = {
        form: file_make(filled, form, Wanted(), tmp_path, person=None, origin="test")
        for form in ("sav", "csv-codes", "csv-labels", "parquet", "ddi")
    }
    told = "Door het team buiten de resultaten gelaten"
    sav = sav_read(made["sav"])
    assert sav.variables["left_out"].label == told
    assert sav.variables["left_out"].values == {0.0: "Nee", 1.0: "Ja"}
    assert sum(row["left_out"] for row in sav.rows) == 2
    assert sav.rows[1]["weight"] is None
    codes = list(csv.DictReader(io.StringIO(made["csv-codes"].read_text())))
    words = list(csv.DictReader(io.StringIO(made["csv-labels"].read_text())))
    assert sum(int(row["left_out"]) for row in codes) == 2
    assert [row["left_out"] for row in words].count("Ja") == 2
    assert words[7]["comparable"].startswith("voor een deel")
    assert pl.read_parquet(made["parquet"])["left_out"].sum() == 2
    kept = json.loads(pl.read_parquet_metadata(made["parquet"])["rodedraad"])
    assert told in {one["label"] for one in kept["variables"]}
    space = {"d": "ddi:codebook:2_5"}
    var = etree.parse(made["ddi"]).xpath("//d:var[@name='left_out']", namespaces=space)[0]
    assert var.xpath("string(d:labl)", namespaces=space) == told
    assert faults(made["ddi"].read_bytes()) == []


def test_the_codebook_tells_every_variable_of_the_file_and_reads_no_answer(filled, monkeypatch):
    leave_out(filled)
    made = answers_coded(filled, Wanted())

    def never(*_any):
        raise AssertionError("the codebook read answers")

    monkeypatch.setattr(exchange_answers, "answers_frames", never)
    told = answers_described(filled, Wanted())
    assert told.file.variables == made.file.variables
    assert told.file.n_rows == 8
    assert told.unique == made.unique
    assert "left_out" in {one.variable.name for one in codebook_of(told)}


def test_a_choice_that_only_an_older_version_had_keeps_its_words_and_takes_no_code(wave, survey):
    framework_fill(wave, ITEMS)
    (case,) = cases_make(wave, "GM0001")
    versions = [
        version_out(survey, ["U"], {"pages": [{"elements": [
            {"type": "radiogroup", "name": "kleur", "choices": [
                {"value": value, "text": {"default": value.title()}} for value in choices]}
        ]}]})
        for choices in (["blauw", "rood"], ["rood", "groen"])
    ]  # fmt: skip
    answered(versions[0], case, "U", "A", {"kleur": "blauw"})
    answered(versions[1], case, "U", "B", {"kleur": "groen"})
    survey = Survey.objects.get(pk=survey.pk)
    made = answers_coded(survey, Wanted())
    (kleur,) = [one for one in made.file.variables if one.name == "kleur"]
    assert kleur.values == ((1, "Rood"), (2, "Groen"), (3, "Blauw"))
    assert made.frame["kleur"].to_list() == [3, 2]
    assert answers_described(survey, Wanted()).file.variables == made.file.variables


def test_a_file_made_as_long_work_tells_how_far_it_is_of_all(survey, filled, monkeypatch):
    monkeypatch.setattr(exchange_answers, "PART", 3)
    told = []
    answers_coded(survey, Wanted(), lambda done, total, message="": told.append((done, total)))
    assert told == [(3, 8), (6, 8), (8, 8)]
