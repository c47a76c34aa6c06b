"""Change types on evidence rows: the rule on what the sources say, and how sure that is."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from evidence_making import answers, frame, measure, rubric

from rodedraad.assessment.conclusions.change_type import change_type_of_cases, type_bootstrap
from rodedraad.assessment.conclusions.scores import construct_scores
from rodedraad.assessment.conclusions.type_evidence import type_evidence
from rodedraad.errors import Refusal
from rodedraad.methods.rulesets import Attitudes, MeasureStatus, change_type
from rodedraad.methods.rulesets.measures import MEASURES

CODES = {"necessity": "T1", "small_steps": "T2", "waiting": "T3", "doubt": "T4"}
ITEMS = {code: [f"{code}.{n}" for n in (1, 2, 3)] for code in CODES.values()}


def types(rows, **given):
    options = {"attitudes": CODES, "items": ITEMS, "seed": 1, "resamples": 20} | given
    return change_type_of_cases(frame(rows), **options)


def simulated(n_cases=6, seed=7):
    """Evidence of a few cases; drawn, so that roles differ in number and some say nothing."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n_cases):
        case = f"GM{i:04}"
        level = rng.random()
        for about, n in (("document", rng.integers(1, 4)), ("interview", rng.integers(1, 4))):
            for source in range(n):
                for code in MEASURES:
                    status = int(np.clip(np.rint(rng.normal(4 * level, 1)), 0, 4))
                    row = measure(case, code, None if rng.random() < 0.1 else status, about)
                    rows.append(row | {"source_id": f"{case}-{about}-{source}"})
                for code in CODES.values():
                    rows.append(
                        rubric(case, code, about, int(rng.integers(0, 4)))
                        | {"source_id": f"{case}-{about}-{source}"}
                    )
        for role, n in (("D", 1), ("C", rng.integers(0, 5)), ("B", rng.integers(2, 7))):
            for person in range(n):
                for code in CODES.values():
                    given = [None if rng.random() < 0.15 else int(x) for x in rng.integers(1, 6, 3)]
                    rows += answers(case, code, role, f"{case}-{role}{person}", given)
    return rows


def test_attitudes_are_the_combined_scores_of_the_chain_that_scores_use():
    rows = simulated()
    found = types(rows)["cases"]
    for attitude, code in CODES.items():
        own = frame(rows).filter(pl.col("construct") == code)
        scores = construct_scores(own, construct=code, items=ITEMS[code], seed=1, bootstraps=20)
        assert scores["cases"].keys() == found.keys()
        for case, score in scores["cases"].items():
            shown = found[case]["attitudes"][attitude]
            assert shown["value"] == pytest.approx(score["combined"])
            for source in ("survey", "document", "interview"):
                assert shown[source] == pytest.approx(score[source])
            assert shown["n_respondents"] == score["n_respondents"]


def test_the_label_is_that_of_the_rule_on_one_municipality():
    result = types(simulated(12))
    for case in result["cases"].values():
        one = change_type(
            {m: MeasureStatus(each["status"]) for m, each in case["measures"].items()},
            Attitudes(**{name: each["value"] for name, each in case["attitudes"].items()}),
            source_types=case["source_types"],
            on=date(2015, 1, 1),
        )
        assert (case["label"], case["stability"]) == (one.label, pytest.approx(one.stability))
        assert case["explanation"] == {"nl": one.explanation.nl, "en": one.explanation.en}
        assert case["missing_cells"] == list(one.missing_cells)
        assert sum(case["bootstrap"].values()) == pytest.approx(1)
    assert sum(result["counts"].values()) == 12
    assert len({case["label"] for case in result["cases"].values()}) > 2


def test_what_only_one_of_two_sources_sees_does_not_count():
    rows = [measure("GM0001", code, 4, "document") for code in MEASURES]
    rows += [measure("GM0001", code, 1, "interview") for code in MEASURES]
    case = types(rows)["cases"]["GM0001"]
    assert case["breadth"] == 0
    assert case["measures"]["A1"] == {
        "status": 1, "apart": True, "document": 4, "interview": 1, "survey": -1
    }  # fmt: skip
    assert case["flags"] == ["sources_apart"]


def test_broad_action_outside_only_says_what_is_missing_and_what_would_change_it():
    rows = [
        measure("GM0001", code, 3 if code[0] in "AB" else 0, about)
        for code in MEASURES
        for about in ("document", "interview")
    ]
    rows += [rubric("GM0001", code, "document", 2) for code in CODES.values()]
    case = types(rows)["cases"]["GM0001"]
    assert case["label"] != "veranderaar"
    assert case["missing_cells"] == ["C", "D"]
    assert {"label": "veranderaar", "direction": "up", "measures": ["C1", "C2", "D1", "D2"]} in (
        case["changes"]["measures"]
    )


def test_size_reputation_and_other_constructs_never_enter_the_type():
    rows = simulated()
    others = [
        *answers("GM0000", "T5", "D", "GM0000-D0", [5, 5, 5]),
        rubric("GM0000", "F2", "document", 3),
        measure("GM0000", "A1", 4, "session"),
    ]
    assert types(rows)["cases"] == types(rows + others)["cases"]


def test_the_order_of_rows_does_not_matter():
    rows = simulated()
    turned = frame(rows).reverse()
    options = {"attitudes": CODES, "items": ITEMS, "seed": 1, "resamples": 20}
    assert change_type_of_cases(turned, **options) == types(rows)


def test_no_attitude_of_fewer_than_five_people_may_be_shown():
    rows = [measure("GM0001", code, 3) for code in MEASURES]
    few = [a for n in range(4) for a in answers("GM0001", "T1", "D", f"d{n}", [4, 4, 4])]
    fifth = answers("GM0001", "T1", "D", "d4", [4, 4, 4])
    hidden = types(rows + few)["cases"]["GM0001"]["attitudes"]["necessity"]
    shown = types(rows + few + fifth)["cases"]["GM0001"]["attitudes"]["necessity"]
    assert (hidden["suppressed"], shown["suppressed"]) == (True, False)


def test_without_evidence_there_are_no_types():
    assert types([rubric("GM0001", "F1", "document", 3)])["cases"] == {}


def test_a_status_that_does_not_exist_is_refused_with_its_row():
    rows = [measure("GM0001", "A1", 3) | {"raw": 2.5}]
    with pytest.raises(Refusal, match="row 1 "):
        types(rows)


def test_documents_that_are_each_about_one_measure_do_not_stand_in_for_each_other():
    rows = [
        measure("GM0001", code, 3, about) | {"source_id": f"{code}-{about}"}
        for code in MEASURES
        for about in ("document", "interview")
    ]
    case = types(rows)["cases"]["GM0001"]
    assert case["bootstrap"]["veranderaar"] == 1
    assert case["n_sources"]["document"] == 20
    linked = [row | {"source_id": f"{row['construct'][0]}-{row['about']}"} for row in rows]
    twice = [row | {"source_id": "all", "raw": 0.0} for row in rows]
    shares = types(linked + twice, resamples=200)["cases"]["GM0001"]["bootstrap"]
    assert 0 < shares["veranderaar"] < 1


def test_the_shares_do_not_depend_on_the_number_of_workers():
    found = type_evidence(frame(simulated()), attitudes=CODES, items=ITEMS, min_per_role=3)
    one = type_bootstrap(found.units, resamples=120, seed=5, threads=1)
    two = type_bootstrap(found.units, resamples=120, seed=5, threads=2)
    assert np.array_equal(one, two)
    assert one.sum(axis=1) == pytest.approx(np.ones(6))
    assert (one.max(axis=1) < 1).any()
