"""Are classes related to other variables with their uncertainty, and tested by bootstrap?"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, cohen_kappa_score
from stepmix.stepmix import StepMix

from rodedraad.methods.latent_classes import (
    ClassRefusal,
    bootstrap_test,
    class_data,
    class_means,
    class_shares,
    latent_classes,
    rule_agreement,
)

ITEMS = list("abcde")
CHANCES = np.array([[0.9, 0.8, 0.8, 0.8, 0.7], [0.2, 0.2, 0.3, 0.1, 0.3]])


def respondents(seed: int, n: int, sizes=(0.6, 0.4)):
    rng = np.random.default_rng(seed)
    group = rng.choice(2, n, p=sizes)
    answers = (rng.random((n, 5)) < CHANCES[group]).astype(int)
    label = (rng.random(n) < np.where(group == 0, 0.8, 0.2)).astype(int)
    number = np.where(group == 0, 1.0, 3.0) + rng.normal(size=n)
    return group, answers, label, number


def data_of(answers):
    return class_data(dict(zip(ITEMS, answers.T, strict=True)), categories=ITEMS)


@pytest.fixture(scope="module")
def study():
    group, answers, label, number = respondents(3, 400)
    model = latent_classes(data_of(answers), 2, seed=1, starts=4)
    return model, group, answers, label, number


def peer_of(answers, other, structural, correction):
    peer = StepMix(
        2,
        measurement="binary",
        structural=structural,
        n_steps=3,
        correction=correction,
        assignment="modal",
        n_init=3,
        abs_tol=1e-12,
        max_iter=5000,
        random_state=1,
        progress_bar=0,
    ).fit(answers, other[:, None])
    return peer, np.argsort(-peer.weights_)


def test_means_per_class_are_those_of_stepmix_with_bch(study):
    model, _, answers, _, number = study
    peer, order = peer_of(answers, number, "gaussian_unit", "BCH")
    found = class_means(model, number)
    assert [mean.estimate for mean in found.means] == pytest.approx(
        peer.get_parameters()["structural"]["means"][order, 0], abs=1e-5
    )


def test_shares_per_class_are_those_of_stepmix_with_ml(study):
    model, _, answers, label, _ = study
    peer, order = peer_of(answers, label, "binary", "ML")
    found = class_shares(model, label, resamples=0)
    assert [row[1].estimate for row in found.of_class] == pytest.approx(
        peer.get_parameters()["structural"]["pis"][order, 0], abs=1e-5
    )


def test_corrected_relations_are_nearer_the_truth_than_assigned_ones():
    group, answers, label, number = respondents(8, 6000)
    model = latent_classes(data_of(answers), 2, seed=1, starts=2)
    means = class_means(model, number)
    gap = means.means[1].estimate - means.means[0].estimate
    true_gap = number[group == 1].mean() - number[group == 0].mean()
    assigned_gap = means.assigned_means[1] - means.assigned_means[0]
    assert assigned_gap < 0.93 * true_gap
    assert gap == pytest.approx(true_gap, rel=0.03)
    shares = class_shares(model, label, resamples=0)
    true = label[group == 0].mean()
    assert shares.of_class[0][1].estimate == pytest.approx(true, abs=0.02)


def test_intervals_of_means_and_shares_hold_as_often_as_they_say():
    hits, share_hits = 0, 0
    for seed in range(80):
        _, answers, label, number = respondents(seed, 300)
        model = latent_classes(data_of(answers), 2, seed=1, starts=1, errors=False)
        interval = class_means(model, number).means[0].interval
        hits += interval.low < 1 < interval.high
        share = class_shares(model, label, resamples=200).of_class[0][1].interval
        share_hits += share.low < 0.8 < share.high
    # 95% of 80 is 76; the model is taken as known, so a little lower is right.
    assert 68 <= hits <= 80
    assert 68 <= share_hits <= 80


def test_shares_lie_between_0_and_1_where_the_inverse_leaves_them(study):
    model, *_ = study
    labels = ["all one" if modal == 1 else "other" for modal in model.members.modal]
    found = class_shares(model, labels, resamples=50)
    flat = [share for row in found.of_label for share in row]
    assert all(0 <= share.estimate <= 1 for share in flat)
    assert all(share.interval.low <= share.interval.high for share in flat)
    for row in found.of_label:
        assert sum(share.estimate for share in row) == pytest.approx(1)


def test_the_boundary_solution_is_the_likeliest(study):
    model, *_ = study
    labels = ["one" if modal == 1 else "other" for modal in model.members.modal]
    found = class_shares(model, labels, resamples=0)
    seen, errors = np.array(found.assigned), model.members.errors

    def likelihood(share):
        return np.sum(seen[0] * np.log(np.maximum(np.array([share, 1 - share]) @ errors, 1e-300)))

    best = max(np.linspace(0, 1, 1001), key=likelihood)
    assert found.of_label[0][0].estimate == pytest.approx(best, abs=1e-3)


def test_rows_without_a_label_or_number_are_counted(study):
    model, _, _, label, number = study
    some = [None if i < 30 else int(one) for i, one in enumerate(label)]
    assert class_shares(model, some, resamples=0).n_missing == 30
    partly = np.where(np.arange(400) < 25, np.nan, number)
    found = class_means(model, partly)
    assert (found.n, found.n_missing) == (375, 25)


def test_rows_that_count_two_are_rows_twice():
    _, answers, label, number = respondents(5, 150)
    twice = latent_classes(data_of(np.vstack([answers, answers])), 2, seed=1, starts=2)
    table = {**dict(zip(ITEMS, answers.T, strict=True)), "n": [2] * 150}
    counted = latent_classes(class_data(table, categories=ITEMS, counts="n"), 2, seed=1, starts=2)
    both = np.concatenate([number, number])
    once, both_times = class_means(counted, number), class_means(twice, both)
    assert once.n == both_times.n == 300
    for ours, theirs in zip(once.means, both_times.means, strict=True):
        assert ours.estimate == pytest.approx(theirs.estimate)
        assert ours.standard_error == pytest.approx(theirs.standard_error)
    labels = class_shares(counted, label, seed=4)
    assert labels == class_shares(twice, np.concatenate([label, label]), seed=4)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([1.0] * 399, "classes_column_length"),
        ([math.nan] * 400, "classes_all_missing"),
        ([2.0] * 400, "classes_constant"),
    ],
)
def test_a_number_that_cannot_be_related_is_refused(study, values, code):
    with pytest.raises(ClassRefusal) as refused:
        class_means(study[0], values, name="age")
    assert refused.value.code == code
    assert "age" in str(refused.value)


def test_a_class_to_which_nobody_is_assigned_cannot_be_related():
    answers = np.random.default_rng(1).integers(0, 2, (60, 5))
    model = latent_classes(data_of(answers), 2, seed=1, starts=1)
    members = model.members
    object.__setattr__(members, "assigned", (60, 0))
    with pytest.raises(ClassRefusal, match="most probable class is 2"):
        class_shares(model, ["x"] * 60)


def test_kappa_and_adjusted_rand_are_those_of_scikit_learn(study):
    model, group, *_ = study
    found = rule_agreement(model, group, resamples=0)
    modal = model.members.modal
    assert found.pairs == (1, 2)
    assert found.kappa.estimate == pytest.approx(cohen_kappa_score(group + 1, modal))
    assert found.adjusted_rand.estimate == pytest.approx(adjusted_rand_score(group, modal))
    table = np.zeros((2, 2))
    np.add.at(table, group, model.members.posteriors)
    np.testing.assert_allclose(found.expected, table)
    chance = (table.sum(axis=0) * table.sum(axis=1)).sum() / 400**2
    agreed = np.trace(table) / 400
    assert found.expected_kappa == pytest.approx((agreed - chance) / (1 - chance))


@settings(max_examples=20, deadline=None)
@given(st.permutations(["north", "south", "west"]), st.integers(0, 1000))
def test_the_names_of_types_do_not_matter(names, seed):
    _, answers, _, _ = respondents(2, 90)
    model = latent_classes(data_of(answers), 2, seed=1, starts=1, errors=False)
    types = np.random.default_rng(seed).integers(0, 3, 90)
    plain = rule_agreement(model, types, resamples=0)
    named = rule_agreement(model, [names[i] for i in types], resamples=0)
    assert named.adjusted_rand == plain.adjusted_rand
    assert named.agreed == plain.agreed
    assert named.notices[0].code == "labels_unpaired"


def test_types_all_alike_have_no_kappa_and_no_nan(study):
    found = rule_agreement(study[0], ["same"] * 400, resamples=20)
    assert found.notices[0].code == "classes_unpaired"
    assert found.adjusted_rand.estimate == pytest.approx(0)
    one = latent_classes(data_of(study[2]), 1, seed=1)
    alike = rule_agreement(one, ["same"] * 400, resamples=20)
    assert (alike.kappa.estimate, alike.kappa.interval) == (None, None)
    assert alike.agreed == 1


def test_the_bootstrap_finds_the_second_class_and_no_third():
    _, answers, _, _ = respondents(1, 250)
    data = data_of(answers)
    one, two, three = (latent_classes(data, k, seed=1, starts=6) for k in (1, 2, 3))
    second = bootstrap_test(data, one, two, seed=1, samples=19)
    third = bootstrap_test(data, two, three, seed=1, samples=19)
    assert second.p == 1 / 20
    assert third.p > 0.05
    assert third.p == (third.as_large + 1) / 20
    assert second.statistic == 2 * (two.fit.log_likelihood - one.fit.log_likelihood)


def test_the_bootstrap_does_not_depend_on_the_number_of_workers():
    _, answers, _, _ = respondents(1, 100)
    data = data_of(answers)
    one, two = (latent_classes(data, k, seed=1, starts=2) for k in (1, 2))
    results = [bootstrap_test(data, one, two, seed=3, samples=19, workers=n) for n in (1, 3)]
    assert results[0] == results[1]


def test_the_bootstrap_rejects_a_true_model_about_as_often_as_it_says():
    rejected = 0
    for seed in range(12):
        answers = (np.random.default_rng(seed).random((80, 4)) < 0.4).astype(int)
        data = class_data(dict(zip("abcd", answers.T, strict=True)), categories=list("abcd"))
        one, two = (latent_classes(data, k, seed=1, starts=4, errors=False) for k in (1, 2))
        rejected += bootstrap_test(data, one, two, seed=seed, samples=19, starts=1).p <= 0.2
    # 12 times 0.2 is 2.4, with a standard deviation of 1.4.
    assert rejected <= 7


def test_the_bootstrap_works_for_numbers_with_gaps():
    rng = np.random.default_rng(2)
    x = np.where(rng.random((100, 1)) < 0.5, 2.0, -2.0) + rng.normal(size=(100, 3))
    x[rng.random(x.shape) < 0.1] = np.nan
    data = class_data(dict(zip("abc", x.T, strict=True)), numbers=list("abc"))
    one, two = (latent_classes(data, k, seed=1, starts=3) for k in (1, 2))
    assert bootstrap_test(data, one, two, seed=1, samples=19).p == 0.05


def test_models_that_do_not_differ_one_class_are_not_compared():
    _, answers, _, _ = respondents(1, 100)
    data = data_of(answers)
    one, three = (latent_classes(data, k, seed=1, starts=2) for k in (1, 3))
    with pytest.raises(ClassRefusal, match="differ one class") as refused:
        bootstrap_test(data, one, three, seed=1)
    assert refused.value.code == "classes_bootstrap_pair"
