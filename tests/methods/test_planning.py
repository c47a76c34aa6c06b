"""Are simulated power and precision those of exact theory, and repeated by the seed alone?"""

import json
from itertools import product

import numpy as np
import pytest
from click.testing import CliRunner
from scipy import stats

from rodedraad.cli import commands
from rodedraad.errors import Refusal
from rodedraad.methods.planning import (
    PlanningRefusal,
    plan_case_means,
    plan_coding,
    plan_conditions,
    plan_multilevel,
    plan_network,
    plan_ordinal,
    plan_relation,
    plan_scale,
    plan_share,
    simulated,
)


def near(figure, expected: float, *, times: float = 4) -> bool:
    return abs(figure.value - expected) <= times * max(figure.error, 1e-9)


def test_a_relation_is_found_as_often_as_with_the_test_of_scipy():
    rng = np.random.default_rng(5)
    correlation = np.sin(np.pi * 0.5 / 2)
    found = 0
    for _ in range(1500):
        x = rng.normal(size=12)
        y = correlation * x + np.sqrt(1 - correlation**2) * rng.normal(size=12)
        found += stats.kendalltau(x, y, method="exact").pvalue < 0.05
    plan = plan_relation(n_cases=12, tau=0.5, runs=1500, seed=2)
    error = np.hypot(plan.figure("power").error, np.sqrt(found / 1500 * (1 - found / 1500) / 1500))
    assert abs(plan.figure("power").value - found / 1500) < 4 * error
    assert near(plan.figure("tau_b"), 0.5)


def test_without_a_relation_no_more_is_found_than_the_level_of_the_test():
    for levels in (0, 4):
        plan = plan_relation(n_cases=16, tau=0, levels=levels, tests=5, runs=2000, seed=3)
        assert plan.figure("power").value <= 0.05 + 4 * plan.figure("power").error
        assert plan.figure("power_family").value <= 0.01 + 4 * plan.figure("power_family").error
        assert plan.figure("power").value > 0.02


def test_unreliable_measures_and_more_tests_cost_power_and_cases_bring_it():
    base = plan_relation(n_cases=16, tau=0.5, tests=35, runs=1000, seed=4)
    noisy = plan_relation(n_cases=16, tau=0.5, reliability=0.6, runs=1000, seed=4)
    more = plan_relation(n_cases=30, tau=0.5, runs=1000, seed=4)
    power = base.figure("power").value
    assert noisy.figure("power").value < power - 0.1
    assert more.figure("power").value > power + 0.1
    assert base.figure("power_family").value < power - 0.2


def test_the_precision_of_alpha_is_that_of_the_distribution_of_feldt():
    n, k, alpha = 40, 6, 0.75
    plan = plan_scale(n_respondents=n, n_items=k, alpha=alpha, runs=4000, seed=1)
    f = stats.f(n - 1, (n - 1) * (k - 1))
    found = plan.figure("alpha")
    # (1 - alpha) / (1 - estimate) follows F.
    for ours, share in ((found.low, 0.025), (found.high, 0.975)):
        assert ours == pytest.approx(1 - (1 - alpha) / f.ppf(share), abs=0.015)
    assert near(plan.figure("at_least_70"), f.sf((1 - alpha) / 0.3))


def test_the_precision_of_icc_is_that_of_the_analysis_of_variance():
    cases, size, icc = 16, 8, 0.2
    plan = plan_case_means(n_cases=cases, per_case=size, icc=icc, runs=3000, seed=1)
    ratio = 1 + size * icc / (1 - icc)
    f = stats.f(cases - 1, cases * (size - 1))
    for ours, share in ((plan.figure("icc1").low, 0.025), (plan.figure("icc1").high, 0.975)):
        expected = ratio * f.ppf(share)
        assert ours == pytest.approx((expected - 1) / (expected - 1 + size), abs=0.02)
    assert near(plan.figure("icc2_at_least_70"), f.sf(1 / 0.3 / ratio))
    assert plan.figure("half_width").value == pytest.approx(
        1.96 * np.sqrt(0.8) / np.sqrt(size), abs=0.01
    )


def test_a_share_is_as_precise_as_the_hypergeometric_distribution():
    plan = plan_share(n_frame=342, n_cases=30, share=0.1, runs=5000, seed=1)
    law = stats.hypergeom(342, 34, 30)
    assert near(plan.figure("none_seen"), law.pmf(0))
    assert near(plan.figure("share"), 34 / 342)
    assert plan.figure("share").high == pytest.approx(law.ppf(0.975) / 30, abs=1 / 30 + 1e-9)
    clustered = plan_share(n_frame=342, n_cases=30, share=0.1, design_effect=3, seed=1)
    assert near(clustered.figure("none_seen"), stats.hypergeom(342, 34, 10).pmf(0))


def test_chance_findings_of_qca_equal_the_count_over_all_tables():
    n, found, covered = 4, 0, 0.0
    for bits in product((0, 1), repeat=2 * n):
        rows, outcome = np.array(bits[:n]), np.array(bits[n:])
        sufficient = [r for r in (0, 1) if (rows == r).any() and outcome[rows == r].mean() >= 0.8]
        found += bool(sufficient)
        if outcome.any():
            covered += outcome[np.isin(rows, sufficient)].sum() / outcome.sum()
    plan = plan_conditions(n_cases=n, n_conditions=1, runs=4000, seed=1)
    assert near(plan.figure("found_by_chance"), found / 4**n)
    assert near(plan.figure("covered_by_chance"), covered / 4**n)


def test_more_conditions_leave_more_rows_without_cases():
    few = plan_conditions(n_cases=16, n_conditions=3, seed=1)
    many = plan_conditions(n_cases=16, n_conditions=7, seed=1)
    assert few.figure("rows_without_cases").value < 2
    assert many.figure("rows_without_cases").value > 128 - 16
    strict = plan_conditions(n_cases=16, n_conditions=3, n_cut=3, seed=1)
    found, before = strict.figure("found_by_chance"), few.figure("found_by_chance")
    assert found.value < before.value


def test_the_agreement_found_is_the_agreement_made():
    plan = plan_coding(n_units=400, alpha=0.8, n_codes=3, rarest=0.2, runs=100, seed=1)
    assert near(plan.figure("alpha"), 0.8, times=5)
    small = plan_coding(n_units=40, alpha=0.8, runs=100, seed=1)
    wide, narrow = small.figure("alpha"), plan.figure("alpha")
    assert wide.high - wide.low > narrow.high - narrow.low
    assert small.figure("surely_tentative").value < plan.figure("surely_tentative").value


def test_networks_without_a_relation_are_seldom_called_related():
    plan = plan_network(n_nodes=12, correlation=0, node_share=0.6, runs=200, seed=1)
    assert plan.figure("power").value <= 0.05 + 4 * plan.figure("power").error
    related = plan_network(n_nodes=25, correlation=0.5, runs=40, seed=1)
    assert related.figure("power").value > 0.9


def test_an_effect_of_municipalities_is_found_as_often_as_on_their_means():
    rng = np.random.default_rng(9)
    found = 0
    for _ in range(800):
        x = rng.normal(size=15)
        y = 0.5 * x + np.sqrt(0.3) * rng.normal(size=15) + np.sqrt(0.7 / 5) * rng.normal(size=15)
        found += stats.linregress(x, y).pvalue < 0.05
    plan = plan_multilevel(
        n_groups=15, per_group=5, effect=0.5, shared=0.3, level="between", runs=150, seed=1
    )
    assert abs(plan.figure("power").value - found / 800) < 4 * np.hypot(
        plan.figure("power").error, 0.02
    )
    assert near(plan.figure("effect"), 0.5)


def test_an_ordinal_effect_is_recovered_and_nothing_is_not():
    plan = plan_ordinal(n_groups=20, per_group=8, log_odds=0.8, runs=40, seed=1)
    assert plan.figure("power").value > 0.85
    assert near(plan.figure("log_odds"), 0.8)
    nothing = plan_ordinal(n_groups=20, per_group=8, log_odds=0, runs=60, seed=1)
    assert nothing.figure("power").value < 0.05 + 4 * nothing.figure("power").error


def test_the_numbers_depend_on_the_seed_and_not_on_the_workers():
    one = plan_relation(n_cases=10, tau=0.3, runs=120, seed=6)
    assert one == plan_relation(n_cases=10, tau=0.3, runs=120, seed=6, workers=3)
    assert one.figures != plan_relation(n_cases=10, tau=0.3, runs=120, seed=7).figures


def test_studies_that_fail_are_counted_and_have_found_nothing():
    def study(rng: np.random.Generator) -> dict[str, float]:
        if rng.random() < 0.5:
            raise Refusal("no variation")
        return {"power": 1.0, "size": 2.0}

    plan = simulated("made", {}, study, shares=("power",), estimates=("size",), runs=200, seed=1)
    assert plan.failed == plan.notices[0].context["n"] > 60
    assert plan.figure("power").value == pytest.approx(1 - plan.failed / 200)
    assert plan.figure("size").value == 2.0
    assert plan.figure("size").n == 200 - plan.failed


def test_a_bug_in_a_study_is_not_taken_for_a_failed_study():
    def study(rng: np.random.Generator) -> dict[str, float]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        simulated("made", {}, study, shares=(), estimates=("size",), runs=20, seed=1)


@pytest.mark.parametrize(
    ("plan", "settings", "named"),
    [
        (plan_relation, {"n_cases": 2, "tau": 0.4}, "n_cases"),
        (plan_relation, {"n_cases": 16, "tau": 1.4}, "tau"),
        (plan_relation, {"n_cases": 16, "tau": 0.4, "runs": 5}, "20 runs"),
        (plan_scale, {"n_respondents": 40, "n_items": 1, "alpha": 0.7}, "n_items"),
        (plan_case_means, {"n_cases": 16, "per_case": 1, "icc": 0.1}, "per_case"),
        (plan_share, {"n_frame": 10, "n_cases": 11, "share": 0.5}, "n_cases"),
        (plan_multilevel, {"n_groups": 20, "per_group": 5, "effect": 1, "level": "x"}, "level"),
    ],
)
def test_a_design_that_cannot_exist_is_refused_by_name(plan, settings, named):
    with pytest.raises(PlanningRefusal, match=named):
        plan(seed=1, **settings)


def run(*options: str):
    return CliRunner().invoke(commands, ["methods", "planning", *options])


def test_the_command_plans_every_value_that_is_given():
    done = run("relation", "--set", "n_cases=8,16", "--set", "tau=0.4", "--runs", "100", "--json")
    document = json.loads(done.stdout)
    assert [plan["settings"]["n_cases"] for plan in document] == [8, 16]
    assert document[0]["figures"][0]["name"] == "power"
    table = run("share", "--set", "n_frame=342", "--set", "n_cases=30", "--set", "share=0.2")
    assert "none_seen" in table.stdout


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--set", "n_cases=16"), "planning_setting_missing"),
        (("--set", "cases=16"), "planning_setting_unknown"),
        (("--set", "n_cases=16.5", "--set", "tau=0.4"), "planning_setting_number"),
    ],
)
def test_the_command_names_a_setting_that_is_wrong(options, code):
    done = run("relation", *options)
    assert isinstance(done.exception, Refusal)
    assert done.exception.code == code
