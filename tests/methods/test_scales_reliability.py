"""Do alpha, omega, polychoric correlations and parallel analysis give the numbers of R?"""

import json
import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from rodedraad.methods.scales import (
    ScaleRefusal,
    feldt_interval,
    item_answers,
    one_factor,
    parallel_analysis,
    polychoric_correlations,
    scale_reliability,
)
from rodedraad.methods.scales.polychoric import _bivariate_normal, polychoric

REFERENCE = Path(__file__).parent.parent / "reference" / "scales"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
BFI = pl.read_csv(REFERENCE / "bfi.csv")
SCALES = list(NUMBERS["scales"])


def bfi(name):
    expected = NUMBERS["scales"][name]
    read = item_answers(
        BFI, names=expected["items"], low=1, high=6, reversed_items=expected["reversed"]
    )
    return read, expected


def simulated(n=80, k=4, seed=1, noise=1.0):
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(n, 1)) + noise * rng.normal(size=(n, k))
    return np.clip(np.rint(3 + latent), 1, 5)


def codes_of(result):
    return {notice.code for notice in result.notices}


@pytest.mark.parametrize("name", SCALES)
def test_alpha_and_item_figures_equal_psych(name):
    read, expected = bfi(name)
    result = scale_reliability(read, seed=1, bootstraps=0)
    assert result.alpha == pytest.approx(expected["alpha"], abs=1e-10)
    assert result.alpha_standardised == pytest.approx(expected["alpha_standardised"], abs=1e-10)
    assert result.mean_correlation == pytest.approx(expected["mean_correlation"], abs=1e-10)
    assert [i.item_rest for i in result.items] == pytest.approx(expected["item_rest"], abs=1e-10)
    assert [i.alpha_if_dropped for i in result.items] == pytest.approx(
        expected["alpha_if_dropped"], abs=1e-10
    )
    assert (result.alpha_feldt.low, result.alpha_feldt.high) == pytest.approx(
        expected["feldt"], abs=1e-10
    )
    assert (result.n_used, result.n_complete) == (expected["n"], expected["n_listwise"])


@pytest.mark.parametrize("name", SCALES)
def test_omega_and_loadings_equal_psych(name):
    read, expected = bfi(name)
    result = scale_reliability(read, seed=1, bootstraps=0)
    assert [i.loading for i in result.items] == pytest.approx(expected["loadings"], abs=1e-5)
    assert result.omega_standardised == pytest.approx(expected["omega_standardised"], abs=1e-6)


@pytest.mark.parametrize("name", SCALES)
def test_listwise_alpha_and_omega_of_the_answers_equal_r(name):
    read, expected = bfi(name)
    result = scale_reliability(read, seed=1, bootstraps=0, listwise=True)
    assert result.alpha == pytest.approx(expected["alpha_listwise"], abs=1e-10)
    assert result.omega == pytest.approx(expected["omega_listwise"], abs=1e-6)
    assert result.n_used == expected["n_listwise"]


def test_one_factor_finds_back_the_loadings_that_made_the_correlations():
    loadings = np.array([[0.9, 0.7, 0.5, -0.3], [0.2, 0.4, 0.6, 0.8]])
    made = loadings[:, :, None] * loadings[:, None, :]
    made[:, np.arange(4), np.arange(4)] = 1
    fit = one_factor(made)
    assert fit.converged.all()
    np.testing.assert_allclose(fit.loadings, loadings, atol=1e-6)


def test_a_heywood_case_is_held_at_one_and_told():
    made = np.array([[1, 0.9, 0.8], [0.9, 1, 0.5], [0.8, 0.5, 1]])
    values = np.random.default_rng(1).multivariate_normal(np.zeros(3), made, 4000)
    result = scale_reliability(item_answers(values, low=-9, high=9), seed=1, bootstraps=0)
    assert next(n for n in result.notices if n.code == "heywood").context["items"] == ["item 1"]
    assert result.items[0].loading == 1


def test_the_bootstrap_interval_of_a_large_sample_is_near_the_feldt_interval():
    rng = np.random.default_rng(4)
    values = rng.normal(size=(1500, 1)) + rng.normal(size=(1500, 5))
    result = scale_reliability(item_answers(values, low=-20, high=20), seed=2, bootstraps=2000)
    assert result.alpha_interval.low == pytest.approx(result.alpha_feldt.low, abs=0.005)
    assert result.alpha_interval.high == pytest.approx(result.alpha_feldt.high, abs=0.005)
    assert result.omega_interval.low < result.omega < result.omega_interval.high


def test_the_feldt_interval_covers_the_true_alpha_as_often_as_it_says():
    rng = np.random.default_rng(5)
    true = 4 * 0.5 / (1 + 3 * 0.5)
    hits = 0
    for _ in range(300):
        values = rng.normal(size=(40, 1)) + rng.normal(size=(40, 4))
        cov = np.cov(values, rowvar=False)
        interval = feldt_interval(4 / 3 * (1 - np.trace(cov) / cov.sum()), 40, 4)
        hits += interval.low <= true <= interval.high
    assert abs(hits / 300 - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 300)


def test_drawing_whole_cases_gives_a_wider_interval_when_colleagues_answer_alike():
    rng = np.random.default_rng(6)
    cases = np.repeat(np.arange(20), 15)
    latent = 2 * rng.normal(size=20)[cases][:, None] + rng.normal(size=(300, 4))
    read = item_answers(latent, low=-20, high=20)
    alone = scale_reliability(read, seed=1).alpha_interval
    result = scale_reliability(read, seed=1, clusters=cases)
    assert result.n_clusters == 20
    assert result.alpha_interval.high - result.alpha_interval.low > 2 * (alone.high - alone.low)


def test_the_first_draws_do_not_depend_on_how_many_follow():
    read = item_answers(simulated())
    same = [scale_reliability(read, seed=3, bootstraps=200).alpha_interval for _ in range(2)]
    assert same[0] == same[1]
    assert scale_reliability(read, seed=4, bootstraps=200).alpha_interval != same[0]


@given(st.permutations(range(4)), st.integers(0, 50), st.sampled_from([0, 2]))
@settings(max_examples=25, deadline=None)
def test_alpha_and_omega_do_not_depend_on_order_direction_or_unit(order, seed, turn):
    values = simulated(seed=seed)
    plain = scale_reliability(item_answers(values), seed=1, bootstraps=0)
    moved = (6 - values if turn else values)[:, list(order)] * 10
    other = scale_reliability(item_answers(moved, low=10, high=50), seed=1, bootstraps=0)
    assert other.alpha == pytest.approx(plain.alpha, abs=1e-10)
    assert other.omega == pytest.approx(plain.omega, abs=1e-6)


def test_an_item_that_was_not_reversed_is_pointed_out():
    values = simulated(200)
    values[:, 2] = 6 - values[:, 2]
    result = scale_reliability(item_answers(values, names=list("abcd")), seed=1, bootstraps=0)
    told = next(n for n in result.notices if n.code == "negative_item_rest")
    assert told.context["items"] == ["c"]
    dropped = {i.name: i.alpha_if_dropped for i in result.items}
    assert max(dropped, key=dropped.get) == "c"


def test_two_items_have_alpha_but_no_omega():
    result = scale_reliability(item_answers(simulated(k=2)), seed=1, bootstraps=100)
    assert result.omega is None
    assert result.omega_interval is None
    assert result.items[0].alpha_if_dropped is None
    assert "two_items" in codes_of(result)


def test_draws_in_which_an_item_does_not_vary_are_counted():
    values = simulated(8)
    values[:, 0] = 3
    values[0, 0] = 4
    result = scale_reliability(item_answers(values), seed=1, bootstraps=200)
    told = next(n for n in result.notices if n.code == "bootstraps_failed")
    assert 30 < told.context["n"] < 120  # (7/8)^8 = 34%
    assert "few_respondents" in codes_of(result)


def gaps():
    left = [[1, np.nan], [2, np.nan], [4, np.nan], [np.nan, 2], [np.nan, 3], [np.nan, 5]]
    return np.column_stack([left, simulated(6, 2, seed=9)])


REFUSED = [
    (simulated(9, 1), {}, "scale_too_few_items", "at least two items"),
    (simulated(2, 3), {}, "scale_too_few_respondents", "Got 2 of 2"),
    (np.full((9, 2), 3.0), {}, "scale_constant_item", "'item 1'.*Leave it out"),
    (gaps(), {}, "scale_no_common_respondents", "'item 1' and 'item 2'"),
    (np.column_stack([[1, 2, 3], [3, 2, 1]]), {}, "scale_items_cancel", "reversed"),
    (simulated(), {"bootstraps": 50}, "scale_bootstraps", "at least 100"),
    (simulated(), {"confidence": 95}, "scale_confidence", "between 0 and 1"),
    (simulated(), {"clusters": [1, 2]}, "scale_clusters", "2 cluster labels for 80"),
]


@pytest.mark.parametrize(("values", "options", "code", "says"), REFUSED)
def test_scales_without_a_reliability_are_refused_with_the_cure(values, options, code, says):
    with pytest.raises(ScaleRefusal, match=says) as refusal:
        scale_reliability(item_answers(values), seed=1, **options)
    assert refusal.value.code == code


def test_polychoric_correlations_and_thresholds_equal_polycor_and_psych():
    expected = NUMBERS["polychoric"]
    complete = BFI.select("A1", "A2", "A3", "A4", "A5").drop_nulls()
    result = polychoric_correlations(item_answers(complete, low=1, high=6))
    found = result.correlations[np.triu_indices(5, 1)]
    np.testing.assert_allclose(found, expected["two_step"], atol=2e-5)
    np.testing.assert_allclose(found, expected["psych"], atol=2e-5)
    for ours, theirs in zip(result.thresholds, expected["thresholds"], strict=True):
        assert ours == pytest.approx(theirs, abs=1e-10)
    assert set(result.n.ravel().tolist()) == {complete.height}


@pytest.mark.parametrize("case", NUMBERS["tables"])
def test_polychoric_of_small_tables_equals_polycor(case):
    table = np.array(case["table"])
    rows = np.repeat(np.arange(len(table)), table.sum(axis=1))
    columns = np.concatenate([np.repeat(np.arange(len(table)), row) for row in table])
    read = item_answers(np.column_stack([rows, columns]), low=0, high=len(table) - 1)
    found = polychoric_correlations(read).correlations[0, 1]
    assert found == pytest.approx(case["rho"], abs=2e-5)


@pytest.mark.parametrize("rho", [-0.99, -0.4, 0.0, 0.7, 0.999])
def test_the_bivariate_normal_equals_scipy(rho):
    h, k = np.array([-1.3, 0.0, 0.4, 0.0, 2.0]), np.array([0.7, 0.0, 0.5, -1.0, np.inf])
    expected = [
        multivariate_normal.cdf([a, min(b, 40)], cov=[[1, rho], [rho, 1]])
        for a, b in zip(h, k, strict=True)
    ]
    np.testing.assert_allclose(_bivariate_normal(h, k, rho), expected, atol=1e-6)


def test_items_that_always_agree_run_to_the_bound_and_say_so():
    values = np.tile([1.0, 2, 3], 10)[:, None].repeat(2, axis=1)
    result = polychoric_correlations(item_answers(values))
    assert result.correlations[0, 1] == pytest.approx(1, abs=1e-3)
    assert codes_of(result) >= {"at_bound", "category_not_chosen"}
    assert polychoric([[0, 9], [9, 0]], [0.0], [0.0]) == pytest.approx(-1, abs=1e-3)


def test_polychoric_refuses_constant_and_continuous_items():
    with pytest.raises(ScaleRefusal, match="1 different answers"):
        polychoric_correlations(item_answers([[3, 2], [3, 1], [3, 5]]))
    with pytest.raises(ScaleRefusal, match="group its answers"):
        polychoric_correlations(item_answers(np.linspace(1, 5, 40).reshape(20, 2)))
    with pytest.raises(ScaleRefusal, match="Nobody answered both"):
        polychoric_correlations(item_answers([[1, np.nan], [2, np.nan], [np.nan, 3], [np.nan, 4]]))


def test_parallel_analysis_equals_the_loop_in_r_within_monte_carlo_error():
    expected = NUMBERS["parallel"]
    result = parallel_analysis(item_answers(BFI, low=1, high=6), seed=1, draws=200)
    assert result.n_used == expected["n"]
    np.testing.assert_allclose(result.eigenvalues, expected["eigenvalues"], atol=1e-9)
    error = np.array(expected["mc_sd"]) * math.sqrt(1 / 200 + 1 / 2000)
    assert (np.abs(np.array(result.shuffled_mean) - expected["mc_mean"]) < 4 * error).all()
    np.testing.assert_allclose(result.limit, expected["mc_limit"], atol=0.015)
    assert result.n_components == 3
    assert "incomplete_respondents" in codes_of(result)


def test_parallel_analysis_finds_nothing_in_noise():
    noise = np.random.default_rng(2).integers(1, 6, size=(300, 6))
    assert parallel_analysis(item_answers(noise), seed=1, draws=100).n_components == 0


@pytest.mark.parametrize(
    ("values", "draws", "says"),
    [
        (simulated(5, 4), 100, "at least 6"),
        (simulated(50, 1), 100, "two items"),
        (simulated(50, 3), 5, "at least 20"),
        (np.full((50, 2), 2.0), 100, "same answer"),
    ],
)
def test_parallel_analysis_refuses_what_has_no_eigenvalues(values, draws, says):
    with pytest.raises(ScaleRefusal, match=says):
        parallel_analysis(item_answers(values), seed=1, draws=draws)
