"""QCA on the evidence table: the same models as the method gives, and what is said with them."""

import polars as pl
import pytest
from evidence_making import ITEMS, answers, frame, sixteen_cases, stored

from rodedraad.assessment.conclusions.qca import Anchors, combinations
from rodedraad.assessment.models import Run
from rodedraad.assessment.qca_runs import QcaPlan, qca_make
from rodedraad.assessment.queries import latest_by_subject
from rodedraad.errors import Refusal
from rodedraad.methods.qca import Assumed, Cuts, qca
from rodedraad.methods.qca.calibration import calibrate_direct
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study
from rodedraad.studies.template import template_load

CODES = [f"GM{n:04}" for n in range(1, 17)]
CONDITIONS = ("F1", "F4", "F5")
ANCHORS = {"out": 0.2, "crossover": 0.52, "full": 0.8}


def combined(rows: list[dict[str, object]], **given: object) -> dict:
    conditions = given.pop("conditions", CONDITIONS)
    options = {"outcome": "G2", "incl_cut": 0.8, "n_cut": 1, "pri_cut": 0.5} | given
    anchors = dict.fromkeys((*conditions, options["outcome"]), ANCHORS)
    return combinations(frame(rows), conditions=conditions, items=ITEMS, anchors=anchors, **options)


def test_the_models_are_those_of_the_method_on_the_same_scores():
    found = combined(sixteen_cases(CODES), expectations=["F1", "~F4"])
    scores = {code: [found["scores"][code][case]["value"] for case in found["cases"]]
              for code in (*CONDITIONS, "G2")}  # fmt: skip
    table = pl.DataFrame(
        {code: calibrate_direct(values, **ANCHORS).memberships for code, values in scores.items()}
    )
    own = qca(table, outcome="G2", conditions=CONDITIONS, cuts=Cuts(0.8, 1, 0.5), negated=True,
              assumed=Assumed(("F1", "~F4")))  # fmt: skip
    for kind in ("conservative", "parsimonious", "intermediate"):
        solution = getattr(own, kind)
        assert found[kind]["models"] == [list(model.terms) for model in solution.models]
        assert found["negated"][kind]["n_models"] == getattr(own.negated, kind).n_models
    assert found["intermediate"]["fit"][0]["coverage"] == pytest.approx(
        own.intermediate.models[0].coverage
    )


def test_a_case_that_is_not_known_on_every_column_is_left_out_and_named():
    rows = [*sixteen_cases(CODES), *answers("GM0099", "F5", "D", "d", [3, 3, 4])]
    found = combined(rows)
    assert found["left_out"] == ["GM0099"]
    assert {"code": "cases_left_out", "context": {"cases": ["GM0099"]}} in found["notices"]
    assert found["n_cases"] == 16


def test_robustness_tries_other_cuts_and_each_crossover_and_says_which_keep_the_models():
    tested = combined(sixteen_cases(CODES))["robustness"]["parsimonious"]
    assert tested["n_variants"] == len(tested["variants"]) == 5 + 2 * 4
    assert {v["calibration"] for v in tested["variants"]} >= {"F1-", "F1+", "G2-", "G2+"}
    assert tested["n_same"] == sum(v["same"] for v in tested["variants"])
    cut = tested["consistency_range"]
    assert cut["above"] < 0.8 <= cut["up_to"]


def test_five_conditions_over_sixteen_cases_need_a_reason_that_stays_with_the_result():
    rows = sixteen_cases(CODES)
    for code in ("F2", "F6"):
        for i, case in enumerate(CODES):
            rows += answers(case, code, "D", f"{case}-d", [1 + i % 5] * 3)
    items = ITEMS | {"F6": ["F6.1", "F6.2", "F6.3"]}
    five = ("F1", "F2", "F4", "F5", "F6")
    given = {
        "outcome": "G2", "conditions": five, "items": items, "incl_cut": 0.8, "n_cut": 1,
        "pri_cut": 0.5, "anchors": dict.fromkeys((*five, "G2"), ANCHORS),
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        combinations(frame(rows), **given)
    assert refused.value.code == "qca_too_many_conditions"
    reason = "The team asked for these five beforehand."
    found = combinations(frame(rows), **given, override=reason)
    told = [n for n in found["notices"] if n["code"] == "condition_limit_overridden"]
    assert told[0]["context"]["reason"] == reason


def test_anchors_that_cross_and_a_set_nobody_scored_are_refused():
    rows = sixteen_cases(CODES)
    with pytest.raises(Refusal) as refused:
        anchors = dict.fromkeys((*CONDITIONS, "G2"), ANCHORS | {"crossover": 0.9})
        combinations(frame(rows), outcome="G2", conditions=CONDITIONS, items=ITEMS,
                     anchors=anchors, incl_cut=0.8, n_cut=1, pri_cut=0.5)  # fmt: skip
    assert refused.value.code == "qca_crossing_anchors"
    with pytest.raises(Refusal) as refused:
        combined(rows, conditions=("F2",))
    assert refused.value.code == "qca_no_complete_case"


@pytest.fixture
def change_study(db: None) -> Study:
    made = study_create(template=template_load("change-factors"), slug="q", person=None, origin="t")
    frame_fill(made, [(code, f"Gemeente {code}") for code in CODES])
    stored(made, made.waves.get(), sixteen_cases(CODES))
    return made


def test_analyses_are_kept_under_their_name_and_the_newest_of_a_name_holds(change_study):
    wave = change_study.waves.get()
    anchors = {code: Anchors(**ANCHORS) for code in (*CONDITIONS, "G2")}
    plan = {"outcome": "G2", "conditions": CONDITIONS, "anchors": anchors}
    first = qca_make(change_study, wave, QcaPlan(name="Leren", **plan))
    again = qca_make(change_study, wave, QcaPlan(name="Leren", **plan))
    other = qca_make(change_study, wave, QcaPlan(name="Leren", n_cut=2, **plan))
    second = qca_make(change_study, wave, QcaPlan(name="Streng", incl_cut=0.9, **plan))
    assert first.pk == again.pk != other.pk
    assert latest_by_subject(change_study, "qca") == {"Leren": other, "Streng": second}
    with pytest.raises(Refusal) as refused:
        qca_make(change_study, wave, QcaPlan(name=" ", **plan))
    assert refused.value.code == "qca_no_name"
    assert Run.objects.filter(study=change_study, kind="qca").count() == 3
