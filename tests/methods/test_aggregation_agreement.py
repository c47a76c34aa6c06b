"""Do rwg, rwg(J), awg, average deviation and ICC give the numbers of R, and tell bad input?"""

import json
import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.aggregation import (
    NULL_NAMES,
    AggregationRefusal,
    case_mean_reliability,
    intraclass,
    null_distribution,
    own_null,
    within_case_agreement,
)

REFERENCE = Path(__file__).parent.parent / "reference" / "aggregation"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
BH = pl.read_csv(REFERENCE / "bh1996.csv")
COHESION = pl.read_csv(REFERENCE / "cohesion.csv")
COMPLETE = COHESION.drop_nulls()
ITEMS = [f"COH0{i}" for i in range(1, 6)]
NULLS = [null_distribution(name, 5) for name in NULL_NAMES]


def codes_of(result):
    return {notice.code for notice in result.notices}


@pytest.mark.parametrize("name", ["HRS", "WBEING"])
def test_icc1_and_icc2_of_bliese_and_halverson_equal_multilevel(name):
    expected = NUMBERS["bh1996"][name]
    result = intraclass(BH[name], BH["GRP"], names=[name], mean_size=True)[0]
    assert result.icc1 == pytest.approx(expected["icc1"], abs=1e-10)
    assert result.icc2 == pytest.approx(expected["icc2"], abs=1e-10)
    assert (result.n_cases, result.n_respondents) == (99, 7382)


@pytest.mark.parametrize("name", ["HRS", "WBEING"])
def test_reliability_of_each_case_mean_equals_multilevel_given_its_icc(name):
    expected = NUMBERS["bh1996"][name]
    sizes = BH.group_by("GRP").len()["len"]
    found = case_mean_reliability(expected["reml_icc"], sizes).mean()
    assert found == pytest.approx(expected["mean_group_reliability"], abs=1e-9)


@pytest.mark.parametrize("name", ["HRS", "WBEING"])
def test_the_adjusted_size_brings_icc1_nearer_to_that_of_a_multilevel_model(name):
    expected = NUMBERS["bh1996"][name]["reml_icc"]
    plain, adjusted = (
        intraclass(BH[name], BH["GRP"], mean_size=mean_size)[0] for mean_size in (True, False)
    )
    assert adjusted.case_size < plain.case_size
    assert adjusted.icc1 == pytest.approx(expected, rel=0.05)


def test_icc_of_shrout_and_fleiss_with_its_limits_equals_psych():
    expected = NUMBERS["shrout_fleiss"]
    ratings = np.array(expected["ratings"])
    result = intraclass(ratings.ravel(), np.repeat(range(6), 4))[0]
    interval = result.icc1_interval
    assert (result.icc1, interval.low, interval.high) == pytest.approx(expected["icc1"], abs=1e-10)
    interval = result.icc2_interval
    assert (result.icc2, interval.low, interval.high) == pytest.approx(expected["icc1k"], abs=1e-10)
    assert (result.f, result.p) == pytest.approx((expected["f"], expected["p"]), abs=1e-10)
    assert round(result.icc1, 2) == 0.17  # as published
    assert round(result.icc2, 2) == 0.44


def test_intervals_of_unequal_cases_cover_the_truth_nearly_as_often_as_they_say():
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(300):
        cases = np.repeat(np.arange(30), rng.choice([2, 3, 5, 8, 30], 30))
        values = rng.normal(size=30)[cases] + rng.normal(size=cases.size)
        interval = intraclass(values, cases)[0].icc1_interval
        hits += interval.low <= 0.5 <= interval.high
    assert hits / 300 > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 300)


@pytest.mark.parametrize("null", ["uniform", "slight_skew", "moderate_skew", "strong_skew"])
def test_rwg_of_one_item_and_of_five_equal_multilevel(null):
    expected = NUMBERS["cohesion"]
    five = within_case_agreement(COMPLETE.select(ITEMS), COMPLETE["UNIT"], nulls=NULLS)
    one = within_case_agreement(COMPLETE[ITEMS[0]], COMPLETE["UNIT"], nulls=NULLS)
    assert [case.case for case in five.cases] == expected["cases"]
    assert [c.against(null).rwg_j for c in five.cases] == pytest.approx(expected["rwg_j"][null])
    assert [c.against(null).rwg for c in one.cases] == pytest.approx(expected["rwg_item1"][null])


def test_awg_and_average_deviation_of_five_items_equal_multilevel():
    expected = NUMBERS["cohesion"]
    mean = within_case_agreement(COMPLETE.select(ITEMS), COMPLETE["UNIT"])
    median = within_case_agreement(
        COMPLETE.select(ITEMS), COMPLETE["UNIT"], deviation_around="median"
    )
    assert [c.awg for c in mean.cases] == pytest.approx(expected["awg"])
    assert [c.average_deviation for c in mean.cases] == pytest.approx(expected["ad_mean"])
    assert [c.average_deviation for c in median.cases] == pytest.approx(expected["ad_median"])


def test_agreement_in_99_companies_of_unequal_size_equals_multilevel():
    expected = NUMBERS["wellbeing"]
    frame = BH.filter(pl.col("WBEING") >= 1)
    result = within_case_agreement(frame["WBEING"], frame["GRP"])
    assert [c.case for c in result.cases] == expected["cases"]
    assert [c.against("uniform").rwg for c in result.cases] == pytest.approx(expected["rwg"])
    assert [c.average_deviation for c in result.cases] == pytest.approx(expected["ad_mean"])
    assert [c.awg for c in result.cases] == pytest.approx(expected["awg"])
    assert "not_whole_numbers" in codes_of(result)


def test_published_means_of_the_companies_are_found_back():
    expected = NUMBERS["wellbeing_all"]
    two = own_null("variance 2 on 0-5", [0.28, 0, 0.36, 0, 0.36, 0])
    shift = 2 / two.variance  # rwg with another null follows from its variance
    result = within_case_agreement(BH["WBEING"], BH["GRP"], low=0, high=5, nulls=[two])
    rwg = [1 - (1 - c.by_null[0].rwg) / shift for c in result.cases]
    assert np.mean(rwg) == pytest.approx(expected["rwg_mean"], abs=1e-10)
    deviation = np.mean([c.average_deviation for c in result.cases])
    assert deviation == pytest.approx(expected["ad_mean"], abs=1e-10)


def test_variances_of_the_null_distributions_are_the_published_ones():
    published = {"uniform": 2.0, "slight_skew": 1.34, "moderate_skew": 0.90, "strong_skew": 0.44}
    for name, variance in published.items():
        assert null_distribution(name, 5).variance == pytest.approx(variance, abs=1e-12)
    # printed as 1.32, from shares rounded to .11, .22, .34; exact: 4/3
    assert null_distribution("triangular", 5).variance == pytest.approx(4 / 3)
    assert null_distribution("uniform", 7).variance == pytest.approx((7**2 - 1) / 12)
    assert null_distribution("triangular", 4).variance == pytest.approx(11 / 12)


def test_with_gaps_the_variance_of_an_item_is_over_those_who_answered_it():
    result = within_case_agreement(COHESION.select(ITEMS), COHESION["UNIT"])
    unit = COHESION.filter(pl.col("UNIT") == "1044B").select(ITEMS)
    variance = float(np.mean([unit[item].drop_nulls().var() for item in ITEMS]))
    agreed = 5 * (1 - variance / 2)
    assert result.cases[0].against("uniform").rwg_j == pytest.approx(
        agreed / (agreed + variance / 2)
    )
    assert result.cases[0].n == 6


def test_a_single_respondent_and_one_without_answers_say_nothing_and_are_told():
    values = [[4, 4], [5, 4], [3, 3], [np.nan, np.nan], [2, np.nan], [np.nan, 2]]
    result = within_case_agreement(values, ["a", "a", "b", "b", "c", "c"])
    by_case = {case.case: case for case in result.cases}
    assert by_case["b"].by_null == ()
    assert by_case["b"].average_deviation is None
    assert by_case["c"].n == 2
    assert by_case["c"].n_items == 0
    assert by_case["b"].against("uniform") is None
    told = {notice.code: notice.context for notice in result.notices}
    assert told["single_respondent"] == {"cases": ["b", "c"]}
    assert told["respondents_without_answers"] == {"n": 1}


def test_more_variance_than_the_null_is_no_agreement_and_is_told():
    result = within_case_agreement([[1], [5], [1], [5]], [1, 1, 1, 1])
    found = result.cases[0].against("uniform")
    assert (found.rwg, found.rwg_j, found.truncated) == (0, 0, 1)
    assert "more_variance_than_null" in codes_of(result)


def test_full_agreement_is_one_everywhere():
    result = within_case_agreement([[5, 3], [5, 3], [5, 3]], ["a"] * 3, nulls=NULLS)
    assert {found.rwg_j for found in result.cases[0].by_null} == {1.0}
    assert result.cases[0].awg == 1
    assert result.cases[0].average_deviation == 0


ANSWERS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 5), st.integers(1, 5)), min_size=4, max_size=40
)


@given(ANSWERS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_names_and_direction_do_not_change_agreement(rows, chance):
    table = np.array(rows, dtype=float)
    order = list(range(len(rows)))
    chance.shuffle(order)
    plain = within_case_agreement(table[:, 1:], table[:, 0].astype(int), nulls=NULLS)
    other = within_case_agreement(
        6 - table[order][:, [2, 1]], [f"case {int(g)}" for g in table[order, 0]], nulls=NULLS
    )
    for a, b in zip(plain.cases, other.cases, strict=True):
        assert 0 <= max((f.rwg_j for f in a.by_null), default=0) <= 1
        assert [f.rwg_j for f in a.by_null] == pytest.approx([f.rwg_j for f in b.by_null])
        assert a.average_deviation == pytest.approx(b.average_deviation)
        assert a.awg == pytest.approx(b.awg)


@given(ANSWERS, st.floats(0.1, 9), st.floats(-5, 5))
@settings(max_examples=50, deadline=None)
def test_icc_does_not_depend_on_unit_or_zero_point(rows, factor, shift):
    table = np.array([*rows, (0, 1, 1), (0, 2, 5), (1, 5, 2)], dtype=float)
    plain = intraclass(table[:, 1], table[:, 0].astype(int))[0]
    moved = intraclass(shift + factor * table[:, 1], table[:, 0].astype(int))[0]
    assert moved.icc1 == pytest.approx(plain.icc1, abs=1e-8)
    assert plain.icc1_interval.low <= plain.icc1_interval.high
    assert plain.icc1 <= 1


def test_missing_answers_and_single_cases_are_counted_in_icc():
    result = intraclass([1, 2, np.nan, 4, 5, 3], ["a", "a", "a", "b", "b", "c"])[0]
    assert (result.n_missing, result.n_single, result.n_cases) == (1, 1, 3)
    assert codes_of(result) >= {"few_cases", "single_respondent_cases", "unequal_sizes"}


def test_cases_that_differ_less_than_chance_have_a_negative_icc_and_a_notice():
    result = intraclass([1, 5, 1, 5], ["a", "a", "b", "b"])[0]
    assert result.icc1 == -1
    assert result.icc2 is None
    assert result.icc2_interval.low == -1
    assert "negative" in codes_of(result)


def test_when_nobody_differs_within_cases_icc_is_one_without_an_f():
    result = intraclass([1, 1, 4, 4], ["a", "a", "b", "b"])[0]
    assert (result.icc1, result.icc2, result.f, result.p) == (1, 1, None, None)
    assert "no_differences_within" in codes_of(result)


REFUSED = [
    (lambda: intraclass([1, 2], ["a", "a"]), "aggregation_icc_cases", "at least two cases"),
    (lambda: intraclass([1, 2], ["a", "b"]), "aggregation_icc_cases", "with two answers"),
    (lambda: intraclass([3] * 4, list("aabb")), "aggregation_constant", "item 1.*Leave it out"),
    (lambda: intraclass([1, 2], ["a", None]), "aggregation_label_missing", "Respondent 2"),
    (lambda: intraclass([1, 2], ["a", " "]), "aggregation_label_missing", "no case"),
    (lambda: intraclass([], []), "aggregation_empty", "at least one"),
    (lambda: intraclass([1, 2, 3], ["a", "b"]), "aggregation_shape", "2 respondents"),
    (lambda: intraclass([1, np.inf], ["a", "a"]), "aggregation_infinite", "Respondent 2"),
    (lambda: intraclass([1, 2], ["a", "a"], names=["x", "y"]), "aggregation_names", "2 names"),
    (lambda: intraclass([1, 2], ["a", "a"], confidence=0), "aggregation_confidence", "0"),
    (lambda: within_case_agreement([[9]], ["a"]), "aggregation_answer_outside", "Respondent 1.*9"),
    (
        lambda: within_case_agreement([1], ["a"], low=1, high=7, nulls=NULLS),
        "aggregation_null_answers",
        "has 7",
    ),
    (lambda: within_case_agreement([1], ["a"], nulls=[]), "aggregation_no_null", "at least one"),
    (lambda: null_distribution("slight_skew", 7), "aggregation_null_answers", "five answers"),
    (lambda: null_distribution("normal", 5), "aggregation_null_unknown", "Choose from uniform"),
    (lambda: null_distribution("uniform", 1), "aggregation_null_answers", "at least two"),
    (lambda: own_null("x", [0.5, 0.6]), "aggregation_null_shares", "1.1"),
    (lambda: own_null("x", [0, 1]), "aggregation_null_shares", "no variance"),
]


@pytest.mark.parametrize(("call", "code", "says"), REFUSED)
def test_groups_that_cannot_be_compared_are_refused_with_the_cure(call, code, says):
    with pytest.raises(AggregationRefusal, match=says) as refusal:
        call()
    assert refusal.value.code == code
