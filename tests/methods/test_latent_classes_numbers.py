"""Are class models those of poLCA, mclust, StepMix and scikit-learn?"""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from sklearn.mixture import GaussianMixture
from stepmix.stepmix import StepMix

from rodedraad.methods.latent_classes import class_data, compare_classes, latent_classes

REFERENCE = Path(__file__).parent.parent / "reference" / "latent_classes"
POLCA = json.loads((REFERENCE / "polca.json").read_text(encoding="utf-8"))
MCLUST = json.loads((REFERENCE / "mclust.json").read_text(encoding="utf-8"))


def table(name: str) -> pl.DataFrame:
    return pl.read_csv(REFERENCE / f"{name}.csv", null_values=["NA", ""])


def polca_data(reference: dict, *, complete: bool = True):
    items = list(reference["probs"])
    frame = table(reference["id"]).select(items)
    return class_data(frame.drop_nulls() if complete else frame, categories=items)


@pytest.mark.parametrize("name", POLCA)
def test_fit_is_that_of_polca(name):
    reference = POLCA[name]
    model = latent_classes(polca_data(reference), reference["nclass"], seed=1, starts=10)
    fit = model.fit
    assert model.n == reference["n"]
    assert fit.log_likelihood == pytest.approx(reference["llik"], abs=1e-6)
    assert fit.log_likelihood == pytest.approx(reference["published_llik"], abs=6e-3)
    assert fit.n_parameters == reference["npar"]
    assert fit.aic == pytest.approx(reference["aic"], abs=1e-5)
    assert fit.bic == pytest.approx(reference["bic"], abs=1e-5)
    assert fit.g_squared == pytest.approx(reference["Gsq"], abs=1e-5)


@pytest.mark.parametrize("name", [name for name in POLCA if name not in {"values3"}])
def test_shares_probabilities_and_errors_are_those_of_polca(name):
    reference = POLCA[name]
    model = latent_classes(polca_data(reference), reference["nclass"], seed=1, starts=10)
    order = np.argsort(-np.atleast_1d(reference["P"]), kind="stable")
    assert [share.estimate for share in model.shares] == pytest.approx(
        np.atleast_1d(reference["P"])[order], abs=2e-5
    )
    if reference["P_se"] is not None:
        assert [share.standard_error for share in model.shares] == pytest.approx(
            np.array(reference["P_se"])[order], abs=2e-6
        )
    for profile in model.categories:
        ours = [[one.estimate for one in row] for row in profile.probabilities]
        theirs = np.array(reference["probs"][profile.item])[order]
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_goodmans_three_classes_are_told_not_to_be_identified():
    model = latent_classes(polca_data(POLCA["values3"]), 3, seed=1, starts=5)
    notice = {one.code: one for one in model.notices}["not_identified"]
    assert notice.context == {"identified": 13, "parameters": 14}
    assert all(share.standard_error is None for share in model.shares)
    assert model.fit.degrees_of_freedom == 1


def test_missing_answers_give_the_likelihood_of_stepmix():
    data = polca_data(POLCA["election3"], complete=False)
    model = latent_classes(data, 2, seed=1, starts=5)
    codes = data.patterns.codes[data.pattern_of].astype(float)
    codes[codes < 0] = np.nan
    peer = StepMix(2, measurement="categorical_nan", random_state=1, progress_bar=0).fit(codes)
    assert model.n == len(codes) == 1785
    assert model.fit.log_likelihood >= peer.score(codes) * len(codes) - 1e-6
    assert model.fit.log_likelihood == pytest.approx(peer.score(codes) * len(codes), abs=1e-4)
    assert model.fit.n_parameters == peer.n_parameters
    ours, theirs = model.members.posteriors, peer.predict_proba(codes)
    order = np.argsort(-peer.weights_)
    np.testing.assert_allclose(ours, theirs[:, order], atol=3e-3)
    assert model.fit.entropy == pytest.approx(peer.relative_entropy(codes), abs=1e-4)
    # StepMix 3.0.0 takes n (n + 2) / 24 for n, where Sclove (1987) takes (n + 2) / 24.
    too_much = peer.n_parameters * np.log(len(codes))
    assert model.fit.adjusted_bic == pytest.approx(peer.sabic(codes) - too_much, abs=1e-3)


def test_missing_answers_give_the_top_of_polca_that_single_searches_miss():
    # poLCA ends at -21311.536; StepMix and our starts by themselves end at -21311.553.
    data = polca_data(POLCA["election3"], complete=False)
    model = latent_classes(data, 3, seed=1, starts=10)
    assert model.fit.log_likelihood == pytest.approx(-21311.536, abs=1e-3)


@pytest.mark.parametrize(
    "reference", MCLUST, ids=lambda r: f"{r['data']}-{r['model']}{r['classes']}"
)
def test_profiles_are_those_of_mclust(reference):
    frame = table(reference["data"]).select(pl.selectors.numeric())
    model = latent_classes(
        class_data(frame, numbers=frame.columns),
        reference["classes"],
        seed=1,
        starts=20,
        variances="own" if reference["model"] == "VVI" else "shared",
    )
    assert model.fit.n_parameters == reference["df"]
    assert model.fit.log_likelihood >= reference["loglik"] - 1e-6
    if (reference["data"], reference["model"], reference["classes"]) == ("iris", "VVI", 3):
        return  # A higher top than that of mclust; scikit-learn stays at it: see below.
    assert model.fit.log_likelihood == pytest.approx(reference["loglik"], abs=1e-5)
    assert [share.estimate for share in model.shares] == pytest.approx(
        reference["shares"], abs=1e-4
    )
    means = np.array([[one.estimate for one in item.means] for item in model.numbers]).T
    sds = np.array([[one.estimate for one in item.sds] for item in model.numbers]).T
    np.testing.assert_allclose(means, reference["means"], atol=2e-3)
    np.testing.assert_allclose(sds, reference["sds"], atol=2e-3)


def test_profiles_with_own_variances_lie_at_a_top_of_scikit_learn():
    frame = table("iris").select(pl.selectors.numeric())
    model = latent_classes(
        class_data(frame, numbers=frame.columns), 3, seed=1, starts=20, variances="own"
    )
    x = frame.to_numpy()
    means = np.array([[one.estimate for one in item.means] for item in model.numbers]).T
    sds = np.array([[one.estimate for one in item.sds] for item in model.numbers]).T
    peer = GaussianMixture(
        3,
        covariance_type="diag",
        tol=1e-10,
        max_iter=5000,
        reg_covar=0,
        weights_init=[share.estimate for share in model.shares],
        means_init=means,
        precisions_init=1 / sds**2,
    ).fit(x)
    assert model.fit.log_likelihood == pytest.approx(peer.score(x) * len(x), abs=1e-6)
    assert model.fit.bic == pytest.approx(peer.bic(x), abs=1e-5)
    np.testing.assert_allclose(model.members.posteriors, peer.predict_proba(x), atol=1e-5)
    assert model.starts.log_likelihoods[0] == pytest.approx(model.fit.log_likelihood, abs=1e-4)


def test_profiles_with_missing_numbers_are_those_of_stepmix():
    frame = table("iris").select(pl.selectors.numeric())
    x = frame.to_numpy()
    x[np.random.default_rng(1).random(x.shape) < 0.15] = np.nan
    data = class_data(dict(zip(frame.columns, x.T, strict=True)), numbers=frame.columns)
    model = latent_classes(data, 2, seed=1, starts=5, variances="own")
    peer = StepMix(2, measurement="gaussian_diag_nan", n_init=5, random_state=1, progress_bar=0)
    peer.fit(x)
    assert model.fit.log_likelihood == pytest.approx(peer.score(x) * len(x), abs=1e-4)


def test_answers_and_numbers_together_are_as_in_stepmix():
    rng = np.random.default_rng(4)
    group = rng.random(300) < 0.4
    answers = (rng.random((300, 3)) < np.where(group[:, None], 0.8, 0.2)).astype(float)
    score = np.where(group, 1.0, -1.0) + rng.normal(size=300)
    x = np.column_stack([answers, score])
    peer = StepMix(
        2,
        measurement={
            "answers": {"model": "binary", "n_columns": 3},
            "score": {"model": "gaussian_diag", "n_columns": 1},
        },
        n_init=5,
        random_state=1,
        progress_bar=0,
    ).fit(x)
    table_of = {"a": answers[:, 0], "b": answers[:, 1], "c": answers[:, 2], "score": score}
    data = class_data(table_of, categories=["a", "b", "c"], numbers=["score"])
    model = latent_classes(data, 2, seed=1, starts=5, variances="own")
    assert model.kind == "both kinds of item"
    assert model.fit.log_likelihood == pytest.approx(peer.score(x) * 300, abs=1e-4)


def test_errors_of_means_and_spreads_hold_in_repeated_samples():
    rng = np.random.default_rng(11)
    found, errors, spreads, spread_errors = [], [], [], []
    for _ in range(60):
        group = rng.random(400) < 0.5
        x = np.where(group, 2.0, -2.0)[:, None] + rng.normal(size=(400, 3))
        data = class_data(dict(zip("abc", x.T, strict=True)), numbers=["a", "b", "c"])
        model = latent_classes(data, 2, seed=1, starts=1)
        means = model.numbers[0].means
        low = min(range(2), key=lambda k, means=means: means[k].estimate)
        found.append(means[low].estimate)
        errors.append(means[low].standard_error)
        spreads.append(model.numbers[0].sds[0].estimate)
        spread_errors.append(model.numbers[0].sds[0].standard_error)
    assert np.mean(errors) == pytest.approx(np.std(found), rel=0.35)
    assert np.mean(spread_errors) == pytest.approx(np.std(spreads), rel=0.35)


def test_criteria_lay_models_side_by_side():
    found = compare_classes(polca_data(POLCA["carcinoma2"]), range(1, 5), seed=1, starts=5)
    assert found.lowest["bic"] == 3
    assert [model.n_classes for model in found.models] == [1, 2, 3, 4]
    two = found.model(2)
    weights = two.members.posteriors
    in_doubt = -np.sum(weights * np.log(np.maximum(weights, 1e-300)))
    assert two.fit.icl == pytest.approx(two.fit.bic + 2 * in_doubt)
    assert two.fit.entropy == pytest.approx(1 - in_doubt / (118 * np.log(2)))
    assert found.model(1).fit.entropy is None
