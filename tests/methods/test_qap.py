"""Do QAP and MRQAP give the numbers of R, permutation by permutation, and tell bad input apart?"""

import csv
import json
import math
from itertools import permutations as orders_of
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.dyads import DyadsRefused, dyads_of
from rodedraad.methods.mrqap_nulls import design_of, double_semi_partialling, y_permutation
from rodedraad.methods.qap import INTERCEPT, mrqap, permuted_correlations, qap_correlation

REFERENCE = Path(__file__).parent.parent / "reference" / "networks"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
CASES = ("directed", "undirected", "directed_missing", "undirected_missing")


def matrix_of(name: str) -> np.ndarray:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])


def florentine() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    with (REFERENCE / "florentine_attr.csv").open(encoding="utf-8", newline="") as file:
        wealth = np.array([float(row["wealth"]) for row in csv.DictReader(file)])
    return matrix_of("florentine_marriage"), {
        "business": matrix_of("florentine_business"),
        "wealth difference": np.abs(wealth[:, None] - wealth[None, :]),
    }


def case_of(name: str) -> tuple[dict, np.ndarray, dict[str, np.ndarray], bool]:
    case = NUMBERS["permuted"][name]
    matrix = {key: np.array(case[key], dtype=float) for key in ("y", "a", "b")}
    return case, matrix.pop("y"), matrix, name.startswith("directed")


def simulated(n: int, seed: int, n_matrices: int = 3) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [m + m.T for m in rng.normal(size=(n_matrices, n, n))]


def assert_close_to_monte_carlo(ours, theirs, n_ours, n_theirs):
    pooled = (ours * n_ours + theirs * n_theirs + 1) / (n_ours + n_theirs + 2)
    margin = 4 * math.sqrt(pooled * (1 - pooled) * (1 / n_ours + 1 / n_theirs))
    assert abs(ours - theirs) <= margin + 1 / n_ours


def test_florentine_coefficients_and_t_equal_netlm():
    y, predictors = florentine()
    fit = mrqap(y, predictors, permutations=10, seed=1)
    expected = NUMBERS["florentine"]
    assert [t.coefficient for t in fit.terms] == pytest.approx(expected["coefficients"], abs=1e-10)
    assert [t.t for t in fit.terms] == pytest.approx(expected["t"], abs=1e-9)
    assert fit.r2 == pytest.approx(expected["r2"], abs=1e-12)
    assert fit.adjusted_r2 == pytest.approx(expected["adjusted_r2"], abs=1e-12)
    assert fit.n_dyads == expected["n_dyads"]
    assert [t.name for t in fit.terms] == [INTERCEPT, "business", "wealth difference"]
    assert "binary_outcome" in {notice.code for notice in fit.notices}


@pytest.mark.parametrize(
    ("null", "key"), [("double-semi-partialling", "mc_dsp"), ("y-permutation", "mc_y")]
)
def test_florentine_p_values_are_those_of_netlm_within_monte_carlo_error(null, key):
    y, predictors = florentine()
    expected = NUMBERS["florentine"][key]
    fit = mrqap(y, predictors, permutations=4000, seed=7, null=null)
    for j, term in enumerate(fit.terms):
        for side in ("two_sided", "greater", "less"):
            assert_close_to_monte_carlo(
                getattr(term.p, side), expected[side][j], 4000, expected["permutations"]
            )


def test_florentine_correlation_equals_the_published_one_and_qaptest():
    y, predictors = florentine()
    expected = NUMBERS["florentine_qap"]
    result = qap_correlation(y, predictors["business"], permutations=4000, seed=3)
    assert result.correlation == pytest.approx(0.372, abs=5e-4)  # Hanneman & Riddle (2005)
    assert result.correlation == pytest.approx(expected["correlation"], abs=1e-12)
    mc = expected["mc"]
    assert_close_to_monte_carlo(result.p.greater, mc["greater"], 4000, mc["permutations"])
    assert_close_to_monte_carlo(result.p.less, mc["less"], 4000, mc["permutations"])


@pytest.mark.parametrize("name", CASES)
def test_the_fit_equals_lm_with_and_without_missing_pairs(name):
    case, y, predictors, directed = case_of(name)
    fit = mrqap(y, predictors, permutations=5, seed=1, directed=directed)
    assert [t.coefficient for t in fit.terms] == pytest.approx(case["coefficients"], abs=1e-10)
    assert [t.t for t in fit.terms] == pytest.approx(case["t"], abs=1e-9)
    assert (fit.r2, fit.adjusted_r2) == pytest.approx((case["r2"], case["adjusted_r2"]))
    assert (fit.n_dyads, fit.n_missing_dyads) == (case["n_dyads"], case["n_missing"])
    assert ("missing_dyads" in {n.code for n in fit.notices}) == bool(case["n_missing"])


@pytest.mark.parametrize(
    ("null", "key"), [(double_semi_partialling, "t_dsp"), (y_permutation, "t_y")]
)
@pytest.mark.parametrize("name", CASES)
def test_t_of_each_given_permutation_equals_lm(name, null, key):
    case, y, predictors, directed = case_of(name)
    orders = np.array(NUMBERS["permuted"]["orders"])
    dyads = dyads_of({"y": y, **predictors}, directed=directed)
    t = null(design_of(dyads, (INTERCEPT, *predictors)), orders)
    np.testing.assert_allclose(t, np.array(case[key], dtype=float), atol=1e-9)
    np.testing.assert_allclose(t[0], case["t"], atol=1e-9)  # the order that changes nothing


@pytest.mark.parametrize("name", CASES)
def test_correlation_of_each_given_permutation_equals_r(name):
    case, y, predictors, directed = case_of(name)
    orders = np.array(NUMBERS["permuted"]["orders"])
    dyads = dyads_of({"y": y, "x": predictors["a"]}, directed=directed)
    np.testing.assert_allclose(
        permuted_correlations(dyads, orders), case["correlations"], atol=1e-12
    )


def test_orders_that_give_the_same_network_count_as_extreme():
    ring = np.roll(np.eye(6), 1, axis=1) + np.roll(np.eye(6), -1, axis=1)
    result = qap_correlation(ring / 3, ring / 7, permutations=6000, seed=4)
    exact = 12 / 720  # a ring of six can be turned and mirrored in 12 ways
    for p in (result.p.greater, result.p.two_sided):
        assert abs(p - exact) < 4 * math.sqrt(exact * (1 - exact) / 6000)


def test_p_values_approach_those_of_all_orders_of_six_nodes():
    expected = NUMBERS["enumerated"]
    y, a, b = (np.array(expected[key], dtype=float) for key in ("y", "a", "b"))
    fit = mrqap(y, {"a": a, "b": b}, permutations=6000, seed=5)
    result = qap_correlation(y, a, permutations=6000, seed=5)
    pairs = [
        *zip([t.p.two_sided for t in fit.terms], expected["dsp_two_sided"], strict=True),
        *zip([t.p.greater for t in fit.terms], expected["dsp_greater"], strict=True),
        (result.p.two_sided, expected["cor_two_sided"]),
        (result.p.greater, expected["cor_greater"]),
    ]
    for ours, exact in pairs:
        assert abs(ours - exact) <= 4 * math.sqrt(exact * (1 - exact) / 6000) + 1 / 6000
    assert "few_distinct_permutations" in {notice.code for notice in fit.notices}


def test_missing_pairs_travel_with_their_nodes_in_a_correlation():
    rng = np.random.default_rng(4)
    y, x = rng.normal(size=(2, 6, 6))
    y[0, 3] = x[2, 5] = x[4, 1] = np.nan
    off = ~np.eye(6, dtype=bool)
    known = off & ~np.isnan(y) & ~np.isnan(x)
    brute = []
    for order in orders_of(range(6)):
        moved = np.ix_(order, order)
        both = known & known[moved]
        brute.append(np.corrcoef(y[both], x[moved][both])[0, 1])
    result = qap_correlation(y, x, permutations=6000, seed=2, directed=True)
    assert result.correlation == pytest.approx(brute[0])
    exact = np.mean(np.abs(brute) >= abs(brute[0]) - 1e-9)
    assert abs(result.p.two_sided - exact) <= 4 * math.sqrt(exact * (1 - exact) / 6000) + 1 / 6000


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from(["double-semi-partialling", "y-permutation"]),
    st.floats(0.001, 1000),
    st.floats(-1000, 1000),
)
def test_scale_and_origin_change_coefficients_only(seed, null, scale, shift):
    y, a, b = simulated(9, seed)
    plain = mrqap(y, {"a": a, "b": b}, permutations=60, seed=seed, null=null)
    other = mrqap(
        y * scale + shift, {"a": a * 3 - 5, "b": b}, permutations=60, seed=seed, null=null
    )
    for name, factor in (("a", scale / 3), ("b", scale)):
        one, two = plain.term(name), other.term(name)
        assert two.coefficient == pytest.approx(one.coefficient * factor, rel=1e-6, abs=1e-9)
        assert two.standardised == pytest.approx(one.standardised, rel=1e-6, abs=1e-9)
        assert two.t == pytest.approx(one.t, rel=1e-6, abs=1e-9)
        assert two.p == one.p


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_order_of_nodes_and_direction_of_pairs_make_no_difference_to_the_fit(seed, directed):
    y, a, b = simulated(8, seed)
    order = np.random.default_rng(seed).permutation(8)
    moved = np.ix_(order, order)
    plain = mrqap(y, {"a": a, "b": b}, permutations=5, seed=1, directed=directed)
    other = mrqap(
        y[moved], {"b": b[moved], "a": a[moved]}, permutations=5, seed=1, directed=directed
    )
    for name in ("a", "b", INTERCEPT):
        assert other.term(name).coefficient == pytest.approx(plain.term(name).coefficient)
        assert other.term(name).t == pytest.approx(plain.term(name).t)
    assert qap_correlation(y, a, permutations=1, seed=1).correlation == pytest.approx(
        qap_correlation(y, a, permutations=1, seed=1, directed=True).correlation
    )


@pytest.mark.parametrize("null", ["double-semi-partialling", "y-permutation"])
def test_results_do_not_depend_on_the_number_of_workers(null):
    y, a, b = simulated(12, 3)
    one = mrqap(y, {"a": a, "b": b}, permutations=350, seed=11, null=null)
    two = mrqap(y, {"a": a, "b": b}, permutations=350, seed=11, null=null, workers=3)
    assert one == two
    other_seed = mrqap(y, {"a": a, "b": b}, permutations=350, seed=12, null=null)
    assert other_seed.term("a").p != one.term("a").p


def test_a_true_null_gives_p_values_that_are_spread_evenly():
    p = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        place = rng.normal(size=(3, 10))
        y, a, b = (np.abs(v[:, None] - v[None, :]) for v in place)
        p.append(mrqap(y, {"a": a, "b": b}, permutations=99, seed=seed).term("a").p.two_sided)
    # 200 draws of a chance of 0.1: within 3.5 standard errors.
    assert abs(np.mean(np.array(p) <= 0.1) - 0.1) < 3.5 * math.sqrt(0.1 * 0.9 / 200)


def test_a_strong_relation_has_the_smallest_p_the_number_of_permutations_allows():
    y, a, b = simulated(15, 8)
    fit = mrqap(y + 3 * a, {"a": a, "b": b}, permutations=199, seed=1)
    assert fit.term("a").p.two_sided == pytest.approx(1 / 200)
    assert fit.term("a").p.less == 1


def test_collinear_predictors_are_told_in_a_notice():
    y, a, b = simulated(12, 5)
    fit = mrqap(y, {"a": a, "almost a": a + 0.01 * b}, permutations=5, seed=1)
    notice = next(n for n in fit.notices if n.code == "collinear")
    assert set(notice.context["variance_inflation"]) == {"a", "almost a"}


def infinite(matrix: np.ndarray) -> np.ndarray:
    changed = matrix.copy()
    changed[1, 2] = changed[2, 1] = np.inf
    return changed


def refused_calls():
    y, a, b = simulated(7, 2)
    nowhere = np.full((7, 7), np.nan)
    return [
        ({"a": a[:, :5]}, "network_matrix_shape", "'a' must be square"),
        ({"a": a[:5, :5]}, "network_matrix_sizes_differ", "'a' has 5 nodes"),
        ({"a": np.triu(a)}, "network_matrix_asymmetric", "'a' is not symmetric.*directed=True"),
        ({"a": infinite(a)}, "network_matrix_infinite", "'a' holds infinite"),
        ({"a": a, "same": np.full((7, 7), 2)}, "network_matrix_constant", "'same' .* 2"),
        ({"a": a, "b": b, "sum": a + b - 1}, "mrqap_singular", "'sum' follows from .*'a', 'b'"),
        ({"a": a, "double": 2 * y + 1}, "mrqap_perfect_fit", "exactly"),
        ({"a": nowhere}, "network_no_common_dyads", "same order of nodes"),
        ({}, "mrqap_no_predictors", "at least one"),
        ({"y": a}, "mrqap_predictor_name", "another name"),
    ]


@pytest.mark.parametrize(("predictors", "code", "says"), refused_calls())
def test_matrices_that_cannot_be_tested_are_refused_with_name_and_cure(predictors, code, says):
    y = simulated(7, 2)[0]
    with pytest.raises(DyadsRefused, match=says) as refusal:
        mrqap(y, predictors, permutations=5, seed=1)
    assert refusal.value.code == code


def test_too_few_nodes_pairs_or_permutations_are_refused():
    y, a, b = simulated(4, 2)
    with pytest.raises(DyadsRefused, match="at least 5 nodes"):
        qap_correlation(y, a, permutations=5, seed=1)
    y, a, b = simulated(5, 2)
    with pytest.raises(DyadsRefused, match="at least 1"):
        qap_correlation(y, a, permutations=0, seed=1)
    known = np.zeros((5, 5))
    known[:3, :3] = 1
    with pytest.raises(DyadsRefused, match="3 terms cannot be estimated from 3 pairs"):
        mrqap(np.where(known, y, np.nan), {"a": a, "b": b}, permutations=5, seed=1)
