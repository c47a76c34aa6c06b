"""Do associations, exact p, adjusted p and intervals equal those of R, SciPy and full listing?"""

import csv
import json
from itertools import permutations as orders_of
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from rodedraad.methods.relations import association, benjamini_hochberg, holm, max_t
from rodedraad.methods.relations.association import doubled_ranks
from rodedraad.methods.relations.exact import exact_null, normal_p, null_variance, statistic
from rodedraad.methods.relations.resampling import (
    bca_interval,
    bootstrap_draws,
    leave_one_out,
    permutation_p,
    permuted_statistics,
)

REFERENCE = Path(__file__).parent.parent / "reference" / "relations"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
MEASURES = ("kendall", "spearman")
SCORES = arrays(float, st.integers(3, 7), elements=st.integers(0, 4).map(float))


def provinces() -> dict[str, np.ndarray]:
    with (REFERENCE / "swiss.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: np.array([float(r[name]) for r in rows]) for name in rows[0] if name != "province"
    }


def all_statistics(x: np.ndarray, y: np.ndarray, measure: str) -> np.ndarray:
    return np.array([statistic(x, y[list(o)], measure) for o in orders_of(range(y.size))])


@pytest.mark.parametrize(("measure", "key"), [("kendall", "tau"), ("spearman", "rho")])
def test_associations_with_ties_equal_those_of_r(measure, key):
    columns = provinces()
    ours = [
        association(columns[p["factor"]], columns[p["outcome"]], measure) for p in NUMBERS["pairs"]
    ]
    assert ours == pytest.approx(NUMBERS[key], abs=1e-12)


def test_exact_p_without_ties_equals_cor_test_of_r():
    x, y = provinces()["Agriculture"], provinces()["Fertility"]
    kendall = exact_null(x, y, "kendall")
    assert kendall.two_sided(statistic(x, y, "kendall")) == pytest.approx(
        NUMBERS["kendall_untied"]["p"], abs=1e-12
    )
    x, y = x[:9], y[:9]
    spearman = exact_null(x, y, "spearman")
    assert spearman.two_sided(statistic(x, y, "spearman")) == pytest.approx(
        NUMBERS["spearman_untied_9"]["p"], abs=1e-12
    )


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_exact_distribution_is_that_of_listing_all_orders(measure, data):
    x = data.draw(SCORES)
    y = data.draw(arrays(float, x.size, elements=st.integers(0, 4).map(float)))
    values, counts = np.unique(all_statistics(x, y, measure), return_counts=True)
    null = exact_null(x, y, measure)
    order = np.argsort(null.values)
    known = null.probabilities[order] > 0
    assert null.values[order][known].tolist() == values.tolist()
    assert null.probabilities[order][known] == pytest.approx(counts / counts.sum())


@pytest.mark.parametrize("n", [30, 200])
def test_kendall_without_ties_is_exact_for_hundreds_of_cases(n):
    rng = np.random.default_rng(n)
    x, y = rng.normal(size=(2, n))
    y += 0.15 * x
    p = exact_null(x, y, "kendall").two_sided(statistic(x, y, "kendall"))
    assert p == pytest.approx(stats.kendalltau(x, y, method="exact").pvalue, rel=1e-9)


def test_sixteen_cases_with_ties_are_tested_exactly():
    columns = provinces()
    for pair in NUMBERS["pairs"]:
        x, y = columns[pair["factor"]], columns[pair["outcome"]]
        p = exact_null(x, y, "kendall").two_sided(statistic(x, y, "kendall"))
        drawn = permutation_p(x, y, "kendall", permutations=1999, seed=3)
        assert abs(p - drawn) < 4 * np.sqrt(p * (1 - p) / 2000) + 5e-4


@pytest.mark.parametrize("measure", MEASURES)
def test_a_permuted_statistic_is_the_statistic_of_permuted_values(measure):
    columns = provinces()
    x, y = columns["Examination"], columns["Education"]
    orders = np.random.default_rng(1).permuted(np.tile(np.arange(16), (5, 1)), axis=1)
    ours = permuted_statistics(np.stack((x, y), axis=1), y, orders, measure)
    assert ours[:, 0].tolist() == [statistic(x, y[order], measure) for order in orders]
    assert ours[:, 1].tolist() == [statistic(y, y[order], measure) for order in orders]


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_the_variance_over_all_orders_is_that_of_the_exact_distribution(measure, data):
    x = data.draw(SCORES)
    y = data.draw(arrays(float, x.size, elements=st.integers(0, 4).map(float)))
    null = exact_null(x, y, measure)
    assert null_variance(x, y, measure) == pytest.approx(
        float(null.probabilities @ null.values.astype(float) ** 2), abs=1e-9
    )


def test_no_order_of_many_cases_more_extreme_gives_one_in_the_number_of_draws_plus_one():
    x = np.arange(40.0)
    assert permutation_p(x, x, "spearman", permutations=199, seed=1) == 1 / 200


def test_adjusted_p_values_equal_p_adjust_of_r():
    assert holm(NUMBERS["p"]) == pytest.approx(NUMBERS["holm"], abs=1e-12)
    assert benjamini_hochberg(NUMBERS["p"]) == pytest.approx(NUMBERS["bh"], abs=1e-12)


def test_the_bca_interval_equals_that_of_boot_on_the_same_draws():
    kept = NUMBERS["bca"]
    ours = bca_interval(
        kept["estimate"], np.array(kept["draws"]), np.array(kept["without_each"]), 0.9
    )
    assert [ours.low, ours.high] == pytest.approx(kept["interval"], abs=2e-3)


@pytest.mark.parametrize("measure", MEASURES)
def test_bootstrap_draws_equal_the_association_of_the_repeated_cases(measure):
    x, y = provinces()["Examination"], provinces()["Education"]
    rng = np.random.default_rng(np.random.SeedSequence(5).spawn(1)[0])
    drawn_cases = rng.integers(16, size=(100, 16))
    other = stats.kendalltau if measure == "kendall" else stats.spearmanr
    expected = [other(x[cases], y[cases]).statistic for cases in drawn_cases]
    drawn = bootstrap_draws(x, y, measure, bootstraps=100, seed=5)
    assert drawn == pytest.approx(np.array(expected), abs=1e-9)


def test_leaving_one_out_names_the_case_that_carries_the_relation():
    x = np.array([1, 2, 3, 4, 5, 6, 7, 8, 20.0])
    y = np.array([5, 3, 6, 2, 7, 4, 5.5, 3.5, 30.0])
    left = leave_one_out(x, y, "kendall")
    expected = [stats.kendalltau(np.delete(x, i), np.delete(y, i)).statistic for i in range(x.size)]
    assert left.influential == 8
    assert left.without == pytest.approx(expected[8])
    assert (left.lowest, left.highest) == pytest.approx((min(expected), max(expected)))


@pytest.mark.parametrize("measure", MEASURES)
def test_max_t_equals_the_step_down_over_all_orders_within_monte_carlo_error(measure):
    rng = np.random.default_rng(4)
    factors, outcomes = rng.integers(0, 5, (6, 2)).astype(float), rng.normal(size=(6, 2))
    outcomes[:, 0] += factors[:, 0]
    pairs = [(f, o) for f in range(2) for o in range(2)]
    every = np.array(
        [
            [statistic(factors[:, f], outcomes[list(order), o], measure) for f, o in pairs]
            for order in orders_of(range(6))
        ],
        dtype=float,
    )
    spread = np.sqrt((every**2).mean(axis=0))
    strength, null = np.abs(every[0] / spread), np.abs(every / spread)
    expected, below = {}, 0.0
    for rank, j in enumerate(np.argsort(-strength)):
        rest = np.argsort(-strength)[rank:]
        below = max(below, float((null[:, rest].max(axis=1) >= strength[j] - 1e-9).mean()))
        expected[pairs[j]] = below
    ours = max_t(factors, outcomes, measure, permutations=4999, seed=2)
    for (f, o), p in expected.items():
        assert abs(ours[f, o] - p) < 4 * np.sqrt(p * (1 - p) / 5000) + 1e-3


@settings(max_examples=40, deadline=None)
@given(x=SCORES, seed=st.integers(0, 1000), measure=st.sampled_from(MEASURES))
def test_only_order_counts_and_turning_a_column_turns_the_sign(x, seed, measure):
    y = np.random.default_rng(seed).integers(0, 4, x.size).astype(float)
    here = association(x, y, measure)
    order = np.random.default_rng(seed).permutation(x.size)
    same = [association(x[order], y[order], measure), association(np.exp(x), 3 * y - 2, measure)]
    assert same == pytest.approx([here, here], nan_ok=True)
    assert association(y, x, measure) == pytest.approx(here, nan_ok=True)
    assert association(-x, y, measure) == pytest.approx(-here, nan_ok=True)
    assert np.isnan(here) == (np.ptp(x) == 0 or np.ptp(y) == 0)
    assert doubled_ranks(x).sum() == 0


def many_cases(n: int = 342) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    x = np.round(rng.uniform(size=n), 2)
    return x, np.round(0.15 * x + rng.uniform(size=n), 2)


def test_p_of_many_cases_is_that_of_scipy_and_near_that_of_random_orders():
    x, y = many_cases()
    by_normal = normal_p(x, y, "kendall")
    assert by_normal == pytest.approx(stats.kendalltau(x, y, method="asymptotic").pvalue, rel=1e-9)
    shuffled = permutation_p(x, y, "kendall", permutations=1999, seed=3)
    assert by_normal == pytest.approx(shuffled, abs=4 * np.sqrt(0.25 / 1999))
    spearman = permutation_p(x, y, "spearman", permutations=9999, seed=3)
    assert normal_p(x, y, "spearman") == pytest.approx(spearman, abs=0.02)


def test_few_cases_and_a_column_that_is_nearly_constant_get_no_normal_p():
    x, y = many_cases()
    assert normal_p(x[:99], y[:99], "kendall") is None
    assert normal_p((x > 0.9).astype(float), y, "kendall") is None
