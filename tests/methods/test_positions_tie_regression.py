"""Does regression of ties equal R glm permutation by permutation, and is a bad outcome refused?"""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.dyads import DyadsRefused, dyads_of
from rodedraad.methods.positions import tie_regression
from rodedraad.methods.positions.newton import Family
from rodedraad.methods.positions.tie_regression import OutcomePermuted, ResidualPermuted

REFERENCE = Path(__file__).parent.parent / "reference" / "positions"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
CASES = ("undirected", "directed", "directed_missing", "count")


def case_of(name):
    case = NUMBERS["regression"][name]
    matrix = {key: np.array(case[key], dtype=float) for key in ("y", "a", "b")}
    outcome = "count" if name == "count" else "binary"
    return case, matrix.pop("y"), matrix, {"outcome": outcome, "directed": name != "undirected"}


def simulated(seed, n=14):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, n, n))
    y = rng.random((n, n)) < 1 / (1 + np.exp(1 - a))
    return y.astype(float), {"a": a, "b": b}


@pytest.mark.parametrize("name", CASES)
def test_coefficients_errors_and_deviance_equal_glm(name):
    case, y, predictors, kind = case_of(name)
    fit = tie_regression(y, predictors, permutations=3, seed=1, **kind)
    for ours, theirs in (("coefficient", "coefficients"), ("standard_error", "errors"), ("z", "z")):
        found = [getattr(term, ours) for term in fit.terms]
        np.testing.assert_allclose(found, case[theirs], rtol=1e-7)
    assert fit.deviance == pytest.approx(case["deviance"], rel=1e-9)
    assert fit.null_deviance == pytest.approx(case["null_deviance"], rel=1e-9)
    assert fit.aic == pytest.approx(case["aic"], rel=1e-9)
    assert fit.n_dyads == case["n"]
    assert fit.dispersion == pytest.approx(case["pearson"] / (case["n"] - 3), rel=1e-7)
    assert ("missing_dyads" in {one.code for one in fit.notices}) == (name == "directed_missing")
    assert [term.ratio for term in fit.terms] == pytest.approx(
        [math.exp(term.coefficient) for term in fit.terms]
    )


@pytest.mark.parametrize(("null", "key"), [(ResidualPermuted, "z_dsp"), (OutcomePermuted, "z_y")])
@pytest.mark.parametrize("name", CASES)
def test_z_of_each_given_permutation_equals_glm(name, null, key):
    case, y, predictors, kind = case_of(name)
    dyads = dyads_of({"y": y, **predictors}, directed=kind["directed"])
    rows = np.vstack((np.ones(dyads.n_dyads), dyads.values[:, 1:].T))
    work = null(Family(kind["outcome"]), dyads, rows, dyads.values[:, 0])
    found = work.z_values(np.array(case["orders"]))
    np.testing.assert_allclose(found, np.array(case[key], dtype=float), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found[0], case["z"], rtol=1e-5)  # the order that changes nothing


@pytest.mark.parametrize(("key", "names"), [("netlogit", "ab"), ("netlogit_one", "a")])
def test_p_values_are_those_of_netlogit_within_monte_carlo_error(key, names):
    _, y, predictors, kind = case_of("undirected")
    predictors = {name: predictors[name] for name in names}
    theirs = NUMBERS[key]
    fit = tie_regression(y, predictors, permutations=1000, seed=2, **kind)
    for term, two_sided, greater in zip(
        fit.terms, theirs["two_sided"], theirs["greater"], strict=True
    ):
        for ours, other in ((term.p.two_sided, two_sided), (term.p.greater, greater)):
            pooled = (ours * 1000 + other * 2000 + 1) / 3002
            margin = 4 * math.sqrt(pooled * (1 - pooled) * (1 / 1000 + 1 / 2000))
            assert abs(ours - other) <= margin + 1 / 1000


def test_the_number_of_workers_does_not_change_p():
    y, predictors = simulated(1)
    one, two = (
        tie_regression(
            y, predictors, outcome="binary", directed=True, permutations=230, seed=5, workers=w
        )
        for w in (1, 2)
    )
    assert one == two


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-10, 10))
def test_scale_and_origin_of_a_predictor_change_its_coefficient_only(seed, scale, shift):
    y, predictors = simulated(seed)
    settings_ = {"outcome": "binary", "directed": True, "permutations": 40, "seed": 3}
    one = tie_regression(y, predictors, **settings_)
    moved = {"a": predictors["a"] * scale + shift, "b": predictors["b"]}
    other = tie_regression(y, moved, **settings_)
    assert other.term("a").coefficient * scale == pytest.approx(one.term("a").coefficient, rel=1e-6)
    for name in ("a", "b"):
        assert other.term(name).z == pytest.approx(one.term(name).z, rel=1e-6, abs=1e-8)
        assert other.term(name).p == one.term(name).p


def test_turning_ties_into_no_ties_turns_the_signs():
    y, predictors = simulated(4)
    settings_ = {"outcome": "binary", "directed": True, "permutations": 50, "seed": 3}
    one, other = (tie_regression(out, predictors, **settings_) for out in (y, 1 - y))
    for name in ("a", "b"):
        assert other.term(name).z == pytest.approx(-one.term(name).z, rel=1e-7)
        assert other.term(name).p.two_sided == one.term(name).p.two_sided
        assert other.term(name).p.greater == one.term(name).p.less


def test_counts_that_vary_more_than_chance_are_told():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(12, 12))
    y = rng.poisson(np.exp(0.5 * x + rng.normal(size=(12, 12))))
    fit = tie_regression(y, {"x": x}, outcome="count", directed=True, permutations=20, seed=1)
    assert "overdispersed" in {notice.code for notice in fit.notices}


@pytest.mark.parametrize(
    ("outcome", "change", "code"),
    [
        ("binary", lambda y, a: (y * 2, {"a": a}), "tie_regression_value"),
        ("count", lambda y, a: (y - 0.5, {"a": a}), "tie_regression_value"),
        ("binary", lambda y, a: ((a > 0) * 1.0, {"a": a}), "tie_regression_separated"),
        ("binary", lambda y, a: (y, {}), "mrqap_no_predictors"),
        ("binary", lambda y, a: (np.ones_like(y), {"a": a}), "network_matrix_constant"),
        ("binary", lambda y, a: (y, {"a": a, "twice": 2 * a}), "mrqap_singular"),
        ("sometimes", lambda y, a: (y, {"a": a}), "tie_regression_outcome"),
    ],
)
def test_an_outcome_that_cannot_be_regressed_is_refused(outcome, change, code):
    y, predictors = simulated(1)
    y, predictors = change(y, predictors["a"])
    with pytest.raises(DyadsRefused) as refusal:
        tie_regression(y, predictors, outcome=outcome, directed=True, permutations=5, seed=1)
    assert refusal.value.code == code
