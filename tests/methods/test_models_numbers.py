"""Do the models give the numbers of R (ordinal, lme4, lmerTest, lm) and of plain integration?"""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import integrate, stats

from rodedraad.methods.models import (
    linear_mixed_model,
    linear_model,
    model_data,
    ordinal_mixed_model,
    ordinal_model,
)
from rodedraad.methods.models.cumulative import ordinal_design
from rodedraad.methods.models.quadrature import fit_mixed, marginal, mixed_design

REFERENCE = Path(__file__).parent.parent / "reference" / "models"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
NAMES = {"tempwarm": "temp=warm", "contactyes": "contact=yes", "(Intercept)": "(intercept)"}
WHY = "the published example has fewer groups than we ask for"


def wine(group: str = ""):
    return model_data(
        pl.read_csv(REFERENCE / "wine.csv"),
        outcome="rating",
        predictors=["temp", "contact"],
        group=group,
        ordered=True,
    )


def answers(outcome: str, group: str = ""):
    return model_data(
        pl.read_csv(REFERENCE / "answers.csv"),
        outcome=outcome,
        predictors=["a", "size"],
        group=group,
        ordered=outcome == "answer",
    )


def sleep():
    return model_data(
        pl.read_csv(REFERENCE / "sleepstudy.csv"),
        outcome="Reaction",
        predictors=["Days"],
        group="Subject",
    )


def told(model, field: str) -> dict[str, float]:
    parts = [*getattr(model, "thresholds", ()), *model.coefficients]
    return {part.name: getattr(part, field) for part in parts}


def expected(key: str, field: str) -> dict[str, float]:
    return {NAMES.get(name, name): value for name, value in NUMBERS[key][field].items()}


@pytest.mark.parametrize(
    ("key", "data", "link"),
    [
        ("wine_clm", wine, "logit"),
        ("wine_clm_probit", wine, "probit"),
        ("answers_clm", lambda: answers("answer"), "logit"),
    ],
)
def test_the_cumulative_link_model_equals_clm(key, data, link):
    model = ordinal_model(data(), link=link)
    assert told(model, "estimate") == pytest.approx(expected(key, "coef"), abs=1e-7)
    assert told(model, "standard_error") == pytest.approx(expected(key, "se"), abs=1e-7)
    assert model.log_likelihood == pytest.approx(NUMBERS[key]["loglik"], abs=1e-9)
    assert [c.p for c in model.coefficients] == pytest.approx(
        list(NUMBERS[key]["p"].values()), rel=1e-6
    )
    for name, interval in expected(key, "profile").items():
        ours = model.coefficient(name).interval
        assert [ours.low, ours.high] == pytest.approx(interval, abs=2e-4)


def test_the_published_wine_numbers_come_out():
    model = ordinal_model(wine())
    assert model.coefficient("temp=warm").estimate == pytest.approx(2.503, abs=5e-4)
    assert model.coefficient("contact=yes").standard_error == pytest.approx(0.477, abs=5e-4)


@pytest.mark.parametrize(
    ("key", "data", "link"),
    [
        ("wine_clmm", lambda: wine("judge"), "logit"),
        ("wine_clmm_probit", lambda: wine("judge"), "probit"),
        ("answers_clmm", lambda: answers("answer", "case"), "logit"),
    ],
)
def test_the_model_with_a_random_intercept_equals_clmm_and_is_no_less_likely(key, data, link):
    model = ordinal_mixed_model(data(), link=link, override=WHY)
    assert model.log_likelihood >= NUMBERS[key]["loglik"] - 1e-9
    assert model.log_likelihood == pytest.approx(NUMBERS[key]["loglik"], abs=1e-6)
    assert told(model, "estimate") == pytest.approx(expected(key, "coef"), abs=5e-5)
    assert told(model, "standard_error") == pytest.approx(expected(key, "se"), abs=5e-5)
    assert model.sd == pytest.approx(NUMBERS[key]["sd"], abs=5e-5)
    assert model.p_groups == pytest.approx(NUMBERS[key]["p_groups"], rel=1e-4)
    assert model.converged


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_the_likelihood_is_the_integral_over_the_groups(link):
    data = wine("judge")
    design = mixed_design(data.y, data.x, data.groups, 5, 15)
    parameters = np.array([-1.2, 1.0, 3.0, 4.4, 2.0, 1.1, 0.9])
    cdf = stats.logistic.cdf if link == "logit" else stats.norm.cdf
    bounds = np.concatenate(([-np.inf], parameters[:4], [np.inf]))
    level = data.y.astype(int)
    shift = data.x @ parameters[4:6]

    def of_group(z: float, rows: np.ndarray) -> float:
        at = shift[rows] + 0.9 * z
        chance = cdf(bounds[level[rows] + 1] - at) - cdf(bounds[level[rows]] - at)
        return float(np.prod(chance) * stats.norm.pdf(z))

    whole = sum(
        np.log(integrate.quad(of_group, -9, 9, (np.flatnonzero(data.groups == g),))[0])
        for g in range(9)
    )
    value, slope, _ = marginal(parameters, design, link, np.zeros(9))
    assert value == pytest.approx(whole, abs=1e-7)
    for j in range(parameters.size):
        step = np.zeros(parameters.size)
        step[j] = 1e-5
        ahead, behind = (
            marginal(p, design, link, np.zeros(9))[0]
            for p in (parameters + step, parameters - step)
        )
        assert slope[j] == pytest.approx((ahead - behind) / 2e-5, abs=1e-4)


def test_the_interval_of_the_spread_ends_where_the_deviance_has_risen_by_its_limit():
    data = wine("judge")
    model = ordinal_mixed_model(data, override=WHY)
    design = mixed_design(data.y, data.x, data.groups, 5, 11)
    start = np.array([*told(model, "estimate").values(), model.sd])
    for end in (model.sd_interval.low, model.sd_interval.high):
        fit = fit_mixed(
            design, "logit", start=start, inverse=0.1 * np.eye(start.size), fixed_sd=end
        )
        rise = 2 * (model.log_likelihood - fit.log_likelihood)
        assert rise == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-3)


@pytest.mark.parametrize(
    ("key", "data", "slopes"),
    [
        ("sleep_intercept", sleep, ()),
        ("sleep_slopes", sleep, ("Days",)),
        ("answers_lmer", lambda: answers("score", "case"), ()),
    ],
)
def test_the_linear_mixed_model_equals_lmer_with_the_degrees_of_freedom_of_lmertest(
    key, data, slopes
):
    model = linear_mixed_model(data(), slopes=slopes, override=WHY)
    assert model.criterion == pytest.approx(NUMBERS[key]["reml"], abs=1e-6)
    assert told(model, "estimate") == pytest.approx(expected(key, "coef"), abs=1e-5)
    assert told(model, "standard_error") == pytest.approx(expected(key, "se"), abs=1e-4)
    assert told(model, "df") == pytest.approx(expected(key, "df"), rel=1e-3)
    assert told(model, "p") == pytest.approx(expected(key, "p"), rel=2e-3)
    sds = [*model.spreads.values(), *([model.correlations[0, 1]] if slopes else [])]
    assert [*sds, model.residual_sd] == pytest.approx(NUMBERS[key]["sdcor"], rel=1e-4)


def test_the_published_sleep_study_numbers_come_out():
    model = linear_mixed_model(sleep(), slopes=["Days"], override=WHY)
    assert model.criterion == pytest.approx(1743.628, abs=5e-4)
    days = model.coefficient("Days")
    assert (days.estimate, days.standard_error) == pytest.approx((10.467, 1.546), abs=5e-4)


@pytest.mark.parametrize(
    ("key", "data"),
    [("sleep_shared", sleep), ("answers_shared", lambda: answers("score", "case"))],
)
def test_the_share_between_groups_and_its_interval_equal_the_profile_of_lme4(key, data):
    model = linear_mixed_model(data(), override=WHY)
    assert model.shared == pytest.approx(NUMBERS[key]["shared"], abs=1e-6)
    ours = [model.shared_interval.low, model.shared_interval.high]
    assert ours == pytest.approx(NUMBERS[key]["interval"], abs=1e-6)


def test_least_squares_equals_lm():
    model, reference = linear_model(answers("score")), NUMBERS["answers_lm"]
    assert told(model, "estimate") == pytest.approx(expected("answers_lm", "coef"), abs=1e-10)
    assert told(model, "standard_error") == pytest.approx(expected("answers_lm", "se"), abs=1e-10)
    assert told(model, "p") == pytest.approx(expected("answers_lm", "p"), rel=1e-8)
    for name, interval in expected("answers_lm", "interval").items():
        ours = model.coefficient(name).interval
        assert [ours.low, ours.high] == pytest.approx(interval, abs=1e-9)
    assert (model.residual_sd, model.r2, model.adjusted_r2) == pytest.approx(
        (reference["sigma"], reference["r2"], reference["adjusted_r2"]), abs=1e-10
    )


def test_rows_that_are_alike_are_counted_not_repeated():
    y, x = np.array([0.0, 1, 1, 1]), np.array([[1.0], [2], [2], [3]])
    design = ordinal_design(y, x, 2)
    assert sorted(design.counts) == [1, 1, 2]
