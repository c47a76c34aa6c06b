"""Do agreement coefficients equal those of R, and tell what cannot be compared?"""

import csv
import json
import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from rodedraad.methods.agreement import (
    AgreementRefused,
    agreement_coefficients,
    krippendorff_alpha,
    ratings_of,
)

REFERENCE = Path(__file__).parent.parent / "reference" / "agreement"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
ORACLE = json.loads((REFERENCE / "oracle.json").read_text(encoding="utf-8"))
LEVELS = ("nominal", "ordinal", "interval", "ratio")
IRRCAC = {
    "percent": "pa",
    "gwet": "ac",
    "fleiss": "fleiss",
    "conger": "conger",
    "brennan-prediger": "bp",
    "krippendorff": "kripp",
}


def csv_rows(name, first_column=0):
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [[None if cell == "NA" else cell for cell in row[first_column:]] for row in rows]


def read(rows, **options):
    return ratings_of(rows, unit="unit", universe="all units", **options)


def coefficients(rows, **options):
    return agreement_coefficients(read(rows), **{"resamples": 0, "seed": 1, **options})


def abstractors():
    table = np.array(csv_rows("gwet_abstractors.csv", 1), dtype=int)
    return [[i, j] for (i, j), n in np.ndenumerate(table) for _ in range(n)]


def simulated(seed, n_units=30, n_coders=4, missing=0.3):
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, 5, (n_units, 1))
    noise = rng.integers(1, 5, (n_units, n_coders))
    table = np.where(rng.random(noise.shape) < 0.6, truth, noise).astype(float)
    table[rng.random(noise.shape) < missing] = np.nan
    table[0, :2] = 1, 2
    return table


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_of_the_published_table_equals_irr(level):
    result = krippendorff_alpha(read(csv_rows("krippendorff_C.csv")), level=level, seed=1)
    assert result.alpha == pytest.approx(NUMBERS["krippendorff_C"][level], abs=1e-10)
    assert (result.n_units, result.n_units_used, result.n_ratings) == (12, 11, 40)
    assert result.n_not_rated == 7
    assert result.interval.low < result.alpha < result.interval.high


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_with_many_missing_ratings_equals_the_package_krippendorff(level):
    table = np.array(ORACLE["ratings"], dtype=float)
    result = krippendorff_alpha(read(table), level=level, resamples=0, seed=1)
    assert result.alpha == pytest.approx(ORACLE["alpha"][level], abs=1e-12)


@pytest.mark.parametrize("weights", ["identity", "linear", "quadratic", "ordinal"])
def test_coefficients_errors_and_p_values_equal_irrcac(weights):
    expected = NUMBERS["cac_raw4raters"]["unweighted" if weights == "identity" else weights]
    result = coefficients(csv_rows("gwet_raw4raters.csv", 1), weights=weights)
    assert {one.name for one in result.coefficients} == set(IRRCAC)
    for one in result.coefficients:
        theirs = expected[IRRCAC[one.name]]
        assert one.estimate == pytest.approx(theirs["coeff.val"], abs=5.1e-6)
        assert one.standard_error == pytest.approx(theirs["coeff.se"], abs=5.1e-6)
        assert one.observed == pytest.approx(theirs["pa"], abs=1e-10)
        assert one.expected == pytest.approx(theirs["pe"], abs=1e-10)
        assert one.p_value == pytest.approx(theirs["p.value"], rel=1e-4)
        low, high = (float(side) for side in theirs["conf.int"].strip("()").split(","))
        assert one.interval.low == pytest.approx(low, abs=1e-3)
        assert one.interval.high == pytest.approx(high, abs=1e-3)


def test_coefficients_of_a_published_cross_table_equal_irrcac():
    expected = NUMBERS["cont3x3"]
    result = coefficients(abstractors())
    names = {"percent": "pa", "cohen": "kappa", "scott": "scott", "gwet": "ac1"}
    for name, key in {**names, "brennan-prediger": "bp", "krippendorff": "kripp"}.items():
        one = result.coefficient(name)
        assert one.estimate == pytest.approx(expected[key]["coeff.val"], abs=1e-10)
        # For a cross table irrCAC divides by n squared, for raw ratings by n (n - 1).
        shrunk = one.standard_error * math.sqrt(99 / 100)
        assert shrunk == pytest.approx(expected[key]["coeff.se"], rel=5.2e-3)
        if name != "krippendorff":
            assert shrunk == pytest.approx(expected[key]["coeff.se"], abs=1e-10)


def test_weighted_kappa_equals_irr_and_scikit_learn():
    rows = [row[:2] for row in csv_rows("anxiety.csv")]
    expected = NUMBERS["anxiety_kappa_r1r2"]
    for weights, theirs, sklearn_name in (
        ("identity", "unweighted", None),
        ("linear", "weighted_linear", "linear"),
        ("quadratic", "weighted_squared", "quadratic"),
    ):
        ours = coefficients(rows, weights=weights).coefficient("cohen").estimate
        assert ours == pytest.approx(expected[theirs], abs=1e-10)
        one, other = zip(*rows, strict=True)
        labels = [str(k) for k in range(1, 7)]
        by_sklearn = cohen_kappa_score(one, other, labels=labels, weights=sklearn_name)
        assert ours == pytest.approx(by_sklearn, abs=1e-12)


def test_a_table_worked_by_hand_gives_the_hand_worked_numbers():
    rows = [["a", "a"]] * 4 + [["b", "b"]] * 3 + [["a", "b"]] * 2 + [["b", "a"]]
    result = coefficients(rows)
    # Coder 1: a 6, b 4. Coder 2: a 5, b 5. Together: a 11, b 9 of 20.
    by_hand = {
        "percent": (0.7, 0.0),
        "cohen": (0.7, 0.6 * 0.5 + 0.4 * 0.5),
        "scott": (0.7, 0.55**2 + 0.45**2),
        "gwet": (0.7, 2 * 0.55 * 0.45),
        "brennan-prediger": (0.7, 0.5),
    }
    for name, (observed, expected) in by_hand.items():
        estimate = result.coefficient(name).estimate
        assert estimate == pytest.approx((observed - expected) / (1 - expected))
    # Coincidences: 6 unequal of 20; chance: 2 * 11 * 9 / (20 * 19).
    alpha = 1 - (6 / 20) / (2 * 11 * 9 / (20 * 19))
    assert result.coefficient("krippendorff").estimate == pytest.approx(alpha)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(LEVELS))
def test_order_of_units_and_coders_makes_no_difference(seed, level):
    table = simulated(seed)
    rng = np.random.default_rng(seed)
    moved = table[rng.permutation(30)][:, rng.permutation(4)]
    one = krippendorff_alpha(read(table), level=level, resamples=0, seed=1)
    other = krippendorff_alpha(read(moved), level=level, resamples=0, seed=1)
    assert other.alpha == pytest.approx(one.alpha, abs=1e-12)
    for ours, theirs in zip(
        coefficients(table).coefficients, coefficients(moved).coefficients, strict=True
    ):
        assert ours.estimate == pytest.approx(theirs.estimate, abs=1e-12)
        assert ours.standard_error == pytest.approx(theirs.standard_error, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-50, 50))
def test_other_words_or_units_of_measurement_make_no_difference(seed, scale, shift):
    table = simulated(seed)
    words = [[None if math.isnan(v) else "dcba"[int(v) - 1] for v in row] for row in table]
    nominal = krippendorff_alpha(read(table), level="nominal", resamples=0, seed=1).alpha
    named = krippendorff_alpha(read(words), level="nominal", resamples=0, seed=1).alpha
    assert named == pytest.approx(nominal, abs=1e-12)
    for level, other in (("interval", table * scale + shift), ("ratio", table * scale)):
        before = krippendorff_alpha(read(table), level=level, resamples=0, seed=1).alpha
        after = krippendorff_alpha(read(other), level=level, resamples=0, seed=1).alpha
        assert after == pytest.approx(before, abs=1e-7)
    before = krippendorff_alpha(read(table), level="ordinal", resamples=0, seed=1).alpha
    after = krippendorff_alpha(read(table**3), level="ordinal", resamples=0, seed=1).alpha
    assert after == pytest.approx(before, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_repeating_all_units_leaves_kappas_as_they_are_and_narrows_errors(seed):
    table = simulated(seed, missing=0.1)
    once, twice = coefficients(table), coefficients(np.vstack([table, table]))
    for name in ("percent", "conger", "fleiss", "gwet", "brennan-prediger"):
        one, two = once.coefficient(name), twice.coefficient(name)
        assert two.estimate == pytest.approx(one.estimate, abs=1e-12)
        assert two.standard_error < one.standard_error


def test_alpha_for_two_numbers_equals_interval_and_nominal_alike():
    table = (simulated(3) > 2).astype(float)
    alphas = [
        krippendorff_alpha(read(table), level=level, resamples=0, seed=1).alpha
        for level in ("nominal", "interval", "ordinal")
    ]
    assert alphas == pytest.approx([alphas[0]] * 3, abs=1e-12)


def test_alpha_with_quadratic_weights_is_interval_alpha():
    table = simulated(5)
    weighted = coefficients(table, weights="quadratic").coefficient("krippendorff").estimate
    interval = krippendorff_alpha(read(table), level="interval", resamples=0, seed=1).alpha
    assert weighted == pytest.approx(interval, abs=1e-12)


def test_the_bootstrap_draws_whole_units_and_agrees_with_drawing_rows_of_the_table():
    table = simulated(8, n_units=40)
    result = krippendorff_alpha(read(table), level="ordinal", resamples=1500, seed=2)
    rng = np.random.default_rng(9)
    draws = [
        krippendorff_alpha(
            read(table[rng.integers(0, 40, 40)]), level="ordinal", resamples=0, seed=1
        ).alpha
        for _ in range(400)
    ]
    low, high = np.quantile(draws, (0.025, 0.975))
    assert result.interval.low == pytest.approx(low, abs=0.06)
    assert result.interval.high == pytest.approx(high, abs=0.06)
    assert result.resampling.drawn == "unit"


def test_intervals_from_errors_and_from_resamples_are_about_as_wide():
    result = coefficients(simulated(4, n_units=300, missing=0.2), resamples=1000)
    for one in result.coefficients:
        by_error = one.interval.high - one.interval.low
        by_draws = one.bootstrap.high - one.bootstrap.low
        assert by_draws == pytest.approx(by_error, rel=0.2)


def test_passages_of_one_document_widen_the_interval_when_documents_are_drawn():
    table = np.repeat(simulated(6, n_units=25, missing=0), 8, axis=0)
    documents = np.repeat(np.arange(25), 8)
    units = krippendorff_alpha(read(table), level="nominal", seed=1)
    clustered = krippendorff_alpha(
        read(table), level="nominal", seed=1, clusters=documents, cluster="document"
    )
    width = units.interval.high - units.interval.low
    assert clustered.interval.high - clustered.interval.low > 2 * width
    assert (clustered.resampling.drawn, clustered.resampling.n_drawn) == ("document", 25)
    assert "resamples of document" in clustered.interval.method
    apart = coefficients(table)
    together = coefficients(table, clusters=documents)
    for one, other in zip(apart.coefficients, together.coefficients, strict=True):
        assert other.standard_error > 2 * one.standard_error
    # A cluster per unit is no cluster at all.
    alone = coefficients(table, clusters=np.arange(200))
    for one, other in zip(apart.coefficients, alone.coefficients, strict=True):
        assert other.standard_error == pytest.approx(one.standard_error, rel=1e-12)


def test_the_same_seed_gives_the_same_interval():
    ratings = read(simulated(1))
    one, two = (krippendorff_alpha(ratings, level="nominal", seed=7) for _ in range(2))
    other = krippendorff_alpha(ratings, level="nominal", seed=8)
    assert one.interval == two.interval
    assert one.interval != other.interval


def test_equal_ratings_give_no_coefficient_but_full_percent_agreement():
    result = coefficients([["yes", "yes"]] * 5, resamples=200)
    assert result.coefficient("percent").estimate == 1
    for name in ("cohen", "scott", "gwet", "brennan-prediger", "krippendorff"):
        assert result.coefficient(name).estimate is None
    assert "no_variation" in {notice.code for notice in result.notices}
    alpha = krippendorff_alpha(read([[0.1, 0.1]] * 5), level="interval", seed=1)
    assert (alpha.alpha, alpha.interval) == (None, None)


def test_full_agreement_has_no_interval_of_width_zero():
    alpha = krippendorff_alpha(read([[1, 1], [2, 2], [3, 3]] * 9), level="nominal", seed=1)
    assert (alpha.alpha, alpha.interval) == (1, None)
    assert [notice.code for notice in alpha.notices] == ["no_disagreement"]
    result = coefficients([[1, 1], [2, 2], [3, 3]] * 9, resamples=200)
    assert {(one.estimate, one.interval, one.bootstrap) for one in result.coefficients} == {
        (1, None, None)
    }


def test_a_rare_category_is_named_when_kappa_misleads():
    rows = [[0, 0]] * 90 + [[0, 1]] * 5 + [[1, 0]] * 4 + [[1, 1]]
    result = coefficients(rows)
    assert "kappa_paradox" in {notice.code for notice in result.notices}
    assert result.coefficient("cohen").estimate < 0.4 < result.coefficient("gwet").estimate
    skewed = krippendorff_alpha(read(rows), level="nominal", resamples=0, seed=1)
    assert [notice.code for notice in skewed.notices] == ["skewed"]


def test_a_category_that_nobody_chose_counts_where_chance_depends_on_it():
    rows = [["low", "low"], ["high", "high"], ["low", "high"]] * 4
    found = coefficients(rows)
    declared = agreement_coefficients(
        read(rows, categories=["low", "middle", "high"]), resamples=0, seed=1
    )
    assert found.coefficient("cohen").estimate == declared.coefficient("cohen").estimate
    assert declared.coefficient("brennan-prediger").expected == pytest.approx(1 / 3)
    assert found.coefficient("brennan-prediger").expected == pytest.approx(1 / 2)
    assert "unused_categories" in {notice.code for notice in declared.notices}


def test_blank_text_none_and_null_are_all_not_rated():
    rows = [["a", "  "], ["b", None], ["a", "a"], ["b", "a"]]
    frame = pl.DataFrame(rows, schema=["A", "B"], orient="row")
    for table in (rows, frame):
        ratings = read(table)
        assert ratings.rated.tolist() == [[True, False], [True, False], [True, True], [True, True]]
    assert read(frame).coders == ("A", "B")


@pytest.mark.parametrize(
    ("rows", "options", "code", "words"),
    [
        ([[1], [2]], {}, "agreement_shape", "two coders"),
        ([], {}, "agreement_shape", "row per unit"),
        ([[1, None], [None, 2]], {}, "agreement_no_pairs", "two coders"),
        ([[1.0, math.inf], [1.0, 1.0]], {}, "agreement_infinite", "unit 1"),
        ([["a", "b"], ["a", "c"]], {"categories": "ab"}, "agreement_category_unknown", "unit 2"),
        ([["a", "b"]], {"categories": "aab"}, "agreement_categories_double", "once"),
        (
            pl.DataFrame({"A": [1], "B": [1]}),
            {"coders": ["A", "C"]},
            "agreement_coder_unknown",
            "C",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_place_and_cure(rows, options, code, words):
    with pytest.raises(AgreementRefused, match=words) as refusal:
        read(rows, **options)
    assert refusal.value.code == code


def test_what_cannot_be_worked_out_is_refused_with_the_cure():
    texts = read([["low", "high"], ["low", "low"]])
    with pytest.raises(AgreementRefused, match="order"):
        krippendorff_alpha(texts, level="ordinal", seed=1)
    with pytest.raises(AgreementRefused, match="order"):
        agreement_coefficients(texts, weights="linear", seed=1)
    with pytest.raises(AgreementRefused, match="level='interval'"):
        krippendorff_alpha(read([[-1, 2], [1, 1]]), level="ratio", seed=1)
    with pytest.raises(AgreementRefused, match="at least 100"):
        krippendorff_alpha(read([[1, 2], [1, 1]]), level="nominal", resamples=20, seed=1)
    with pytest.raises(AgreementRefused, match="'coder 3' rated no unit"):
        coefficients([[1, 2, None], [1, 1, None]])
    with pytest.raises(AgreementRefused, match="one label per unit"):
        coefficients([[1, 2], [1, 1]], clusters=["a"])
    with pytest.raises(AgreementRefused, match="must be one of"):
        krippendorff_alpha(texts, level="interval-ish", seed=1)


def test_measurements_have_an_alpha_but_no_categories_to_compare():
    rng = np.random.default_rng(1)
    truth = rng.normal(size=(400, 1))
    table = truth + rng.normal(0, 0.3, (400, 3))
    alpha = krippendorff_alpha(read(table), level="interval", resamples=0, seed=1).alpha
    # With all ratings known, alpha is the intraclass correlation but for one degree of freedom.
    within, total = table.var(axis=1, ddof=1).mean(), table.var(ddof=1)
    assert alpha == pytest.approx(1 - within / total, abs=1e-12)
    with pytest.raises(AgreementRefused, match="alpha at level interval"):
        coefficients(table)
    many = ratings_of(rng.normal(size=(9000, 3)), unit="unit", universe="all")
    for level in ("nominal", "ordinal"):
        with pytest.raises(AgreementRefused, match="Round the values"):
            krippendorff_alpha(many, level=level, resamples=0, seed=1)


def test_ordered_texts_are_compared_in_the_order_that_is_given():
    rows = [["low", "middle"], ["middle", "high"], ["high", "high"], ["low", "low"]]
    order = ["low", "middle", "high"]
    numbers = [[order.index(cell) + 1 for cell in row] for row in rows]
    for level in ("ordinal", "interval"):
        worded = krippendorff_alpha(read(rows, categories=order), level=level, resamples=0, seed=1)
        counted = krippendorff_alpha(read(numbers), level=level, resamples=0, seed=1)
        assert worded.alpha == pytest.approx(counted.alpha, abs=1e-12)
