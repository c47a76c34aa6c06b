"""Do weights hit the population and do estimates have the standard errors of R's survey?"""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.weights import (
    WeightRefusal,
    kish_design_effect,
    post_stratify,
    rake,
    sample_design,
    survey_mean,
    survey_total,
)

REFERENCE = Path(__file__).parent.parent / "reference" / "weights"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
TYPES = {"E": 4421, "H": 755, "M": 1018}
WIDE = {"No": 1072, "Yes": 5122}


def columns_of(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


STRATIFIED = columns_of("apistrat")
CLUSTERED = columns_of("apiclus1")


def number(columns, name):
    return columns[name].astype(float)


def stratified_design():
    sizes = dict(zip(STRATIFIED["stype"], number(STRATIFIED, "fpc"), strict=True))
    return sample_design(200, strata=STRATIFIED["stype"], stratum_sizes=sizes)


def clustered_design(size=757):
    return sample_design(183, clusters=CLUSTERED["dnum"], stratum_sizes=size)


def raked(**options):
    margins = {"stype": (CLUSTERED["stype"], TYPES), "wide": (CLUSTERED["sch.wide"], WIDE)}
    return rake(margins, base=number(CLUSTERED, "pw"), **options)


def assert_equals(estimate, expected, rel=1e-9):
    assert estimate.value == pytest.approx(expected["est"], rel=rel)
    assert estimate.standard_error == pytest.approx(expected["se"], rel=rel)


def test_stratified_mean_total_and_design_effect_equal_svymean():
    expected = NUMBERS["strat"]
    design = stratified_design()
    weights = number(STRATIFIED, "pw")
    mean = survey_mean(number(STRATIFIED, "api00"), weights, design=design)
    assert_equals(mean, expected["mean"])
    assert mean.design_effect == pytest.approx(expected["deff"], rel=1e-8)
    assert (mean.interval.low, mean.interval.high) == pytest.approx(expected["interval"], rel=1e-9)
    assert (mean.degrees, mean.n_strata) == (expected["degf"], 3)
    total = survey_total(number(STRATIFIED, "enroll"), weights, design=design)
    assert_equals(total, expected["total"])


def test_means_of_domains_equal_svyby():
    expected = NUMBERS["strat"]["by_type"]
    for stype, est, se in zip(expected["stype"], expected["est"], expected["se"], strict=True):
        found = survey_mean(
            number(STRATIFIED, "api00"),
            number(STRATIFIED, "pw"),
            design=stratified_design(),
            domain=STRATIFIED["stype"] == stype,
        )
        assert_equals(found, {"est": est, "se": se})


def test_missing_answers_are_a_domain_as_in_svymean_and_are_told():
    values = number(STRATIFIED, "api00")
    values[2::7] = np.nan
    found = survey_mean(values, number(STRATIFIED, "pw"), design=stratified_design())
    assert_equals(found, NUMBERS["strat"]["with_gaps"])
    assert {n.code: n.context for n in found.notices}["missing"] == {"n": found.n_missing}
    assert found.n_missing == len(values[2::7])


def test_clustered_means_with_and_without_a_finite_population_equal_svymean():
    expected = NUMBERS["clus"]
    values, weights = number(CLUSTERED, "api00"), number(CLUSTERED, "pw")
    mean = survey_mean(values, weights, design=clustered_design())
    assert_equals(mean, expected["mean"])
    assert (mean.degrees, mean.n_clusters) == (expected["degf"], 15)
    assert_equals(survey_mean(values, weights, design=clustered_design(None)), expected["open"])


def test_post_stratified_weights_and_their_estimates_equal_survey():
    expected = NUMBERS["poststrat"]
    weights = post_stratify(CLUSTERED["stype"], TYPES, base=number(CLUSTERED, "pw"))
    np.testing.assert_allclose(weights.values, expected["weights"], rtol=1e-11)
    design = clustered_design()
    assert_equals(survey_mean(number(CLUSTERED, "api00"), weights, design=design), expected["mean"])
    assert_equals(
        survey_total(number(CLUSTERED, "enroll"), weights, design=design), expected["total"]
    )


def test_with_unequal_base_weights_residuals_are_weighted_as_in_survey():
    expected = NUMBERS["uneven"]
    weights = post_stratify(CLUSTERED["stype"], TYPES, base=expected["base"])
    np.testing.assert_allclose(weights.values, expected["weights"], rtol=1e-11)
    design = clustered_design(None)
    assert_equals(survey_mean(number(CLUSTERED, "api00"), weights, design=design), expected["mean"])
    assert_equals(
        survey_total(number(CLUSTERED, "enroll"), weights, design=design), expected["total"]
    )


def test_raked_weights_and_their_estimates_equal_survey():
    expected = NUMBERS["rake"]
    weights = raked()
    np.testing.assert_allclose(weights.values, expected["weights"], rtol=1e-8)
    assert weights.converged
    design = clustered_design()
    mean = survey_mean(number(CLUSTERED, "api00"), weights, design=design)
    assert_equals(mean, expected["mean"], rel=1e-6)
    total = survey_total(number(CLUSTERED, "enroll"), weights, design=design)
    assert_equals(total, expected["total"], rel=1e-6)


def test_trimmed_weights_stay_in_bounds_and_still_hit_the_margins():
    free = raked()
    trimmed = raked(trim=(0.85, 1.6))
    mean = trimmed.values.mean()
    assert free.values.max() > 1.6 * mean
    assert trimmed.converged
    assert trimmed.values.max() <= 1.6 * mean * (1 + 1e-9)
    assert trimmed.values.min() >= 0.85 * mean * (1 - 1e-9)
    assert trimmed.largest_difference < 1e-8
    assert trimmed.n_trimmed > 0
    assert trimmed.ratio < free.ratio


def test_bounds_too_tight_for_the_margins_do_not_converge_and_say_so():
    weights = raked(trim=(0.99, 1.01))
    assert not weights.converged
    assert {n.code for n in weights.notices} >= {"not_converged", "trimmed"}
    assert weights.largest_difference > 0.01


def test_kish_design_effect_is_one_plus_the_squared_variation():
    weights = np.random.default_rng(1).lognormal(size=500)
    expected = 1 + (weights.std() / weights.mean()) ** 2
    assert kish_design_effect(weights) == pytest.approx(expected, rel=1e-12)
    found = post_stratify(["a"] * 3 + ["b"], {"a": 10, "b": 90})
    assert found.design_effect == pytest.approx(4 * (3 * (10 / 3) ** 2 + 90**2) / 100**2)
    assert found.n_effective == pytest.approx(4 / found.design_effect)
    assert {n.code for n in found.notices} == {"large_ratio", "small_strata"}


def test_the_interval_of_a_stratified_mean_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(7)
    population = [rng.normal(mean, 1, 400) for mean in (0, 2)]
    truth = np.concatenate(population).mean()
    hits = 0
    for _ in range(300):
        drawn = [rng.choice(population[i], n, replace=False) for i, n in ((0, 15), (1, 60))]
        strata = ["a"] * 15 + ["b"] * 60
        design = sample_design(75, strata=strata, stratum_sizes={"a": 400, "b": 400})
        weights = np.repeat([400 / 15, 400 / 60], [15, 60])
        interval = survey_mean(np.concatenate(drawn), weights, design=design).interval
        hits += interval.low <= truth <= interval.high
    assert abs(hits / 300 - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 300)


def test_a_census_has_no_standard_error():
    found = survey_mean([1, 2, 5], [1, 1, 1], design=sample_design(3, stratum_sizes=3))
    assert found.standard_error == 0


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=6, max_size=40),
    st.integers(1, 9),
    st.floats(0.5, 50),
)
@settings(max_examples=50, deadline=None)
def test_raking_hits_every_margin_and_is_scaled_with_the_population(pairs, seed, factor):
    everything = (("a", "x"), ("b", "y"), ("b", "z"))
    first, second = (list(labels) for labels in zip(*pairs, *everything, strict=True))
    rng = np.random.default_rng(seed)
    truth = rng.uniform(0.5, 2, len(first))

    def counts(labels, scale):
        return {c: scale * sum(truth[i] for i, v in enumerate(labels) if v == c) for c in {*labels}}

    def margins(scale):
        return {
            "first": (first, counts(first, scale)),
            "second": (second, counts(second, scale)),
        }

    weights = rake(margins(1))
    assert weights.converged
    for margin in weights.margins:
        np.testing.assert_allclose(
            np.bincount(margin.codes, weights=weights.values), margin.population, rtol=1e-8
        )
    np.testing.assert_allclose(rake(margins(factor)).values, factor * weights.values, rtol=1e-6)


@given(st.permutations(range(8)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_respondents_does_not_change_an_estimate(order):
    values = np.array([3, 1, 4, 1, 5, 9, 2, 6], dtype=float)
    clusters, weights = np.array(list("ppqqrrss")), np.arange(1, 9, dtype=float)
    order = list(order)
    plain = survey_mean(values, weights, design=sample_design(8, clusters=clusters))
    moved = survey_mean(
        values[order], weights[order], design=sample_design(8, clusters=clusters[order])
    )
    assert moved.value == pytest.approx(plain.value)
    assert moved.standard_error == pytest.approx(plain.standard_error)


AB = ["a", "a", "b"]
REFUSED = [
    (lambda: post_stratify(AB, {"a": 1}), "weights_category_unknown", "'b' occurs in the sample"),
    (lambda: post_stratify(AB, {"a": 1, "b": 0}), "weights_category_unknown", "no population"),
    (lambda: post_stratify(AB, {"a": 1, "b": 1, "c": 7}), "weights_category_empty", "'c', 7"),
    (lambda: post_stratify(AB, {"a": -1, "b": 1}), "weights_population_count", "'a'"),
    (lambda: post_stratify(AB, {}), "weights_population_count", "no population is given"),
    (lambda: post_stratify([*AB, None], {"a": 1, "b": 1}), "weights_label_missing", "dent 4"),
    (lambda: post_stratify(AB, {"a": 1, "b": 1}, base=[1, 0, 1]), "weights_not_positive", "dent 2"),
    (lambda: post_stratify(AB, {"a": 1, "b": 1}, base=[1]), "weights_shape", "1 weights for 3"),
    (lambda: post_stratify([], {"a": 1}), "weights_category_empty", "'a'"),
    (lambda: rake({}), "weights_no_margins", "at least one margin"),
    (
        lambda: rake({"s": (AB, {"a": 1, "b": 1}), "t": (AB, {"a": 1, "b": 3})}),
        "weights_totals_differ",
        "2 by s and 4 by t",
    ),
    (
        lambda: rake({"s": (AB, {"a": 1, "b": 1}), "t": (["a", "b"], {"a": 1, "b": 1})}),
        "weights_shape",
        "t has 2 respondents",
    ),
    (lambda: rake({"s": (AB, {"a": 1, "b": 1})}, trim=(2, 3)), "weights_trim", "below 1"),
    (lambda: survey_mean([1, np.inf], [1, 1]), "weights_values", "finite"),
    (lambda: survey_mean([np.nan, np.nan], [1, 1]), "weights_nobody", "Nobody"),
    (lambda: survey_mean([1, 2], [1, 1], domain=[True]), "weights_shape", "1 entries for 2"),
    (lambda: survey_mean([1.0], [1]), "weights_single_unit", "at least two"),
    (lambda: survey_mean([1, 2], [1, 1], confidence=95), "weights_confidence", "95"),
    (
        lambda: survey_mean([1, 2], [1, 1], design=sample_design(3)),
        "weights_shape",
        "3 respondents, the values 2",
    ),
    (lambda: sample_design(3, strata=AB), "weights_single_unit", "stratum 'b'"),
    (
        lambda: sample_design(3, strata=AB, stratum_sizes={"a": 1, "b": 1}),
        "weights_stratum_size",
        "'a': 2 units",
    ),
    (
        lambda: sample_design(3, strata=AB, stratum_sizes={"a": 5}),
        "weights_stratum_size",
        "not given",
    ),
    (lambda: sample_design(4, strata=AB), "weights_shape", "3 stratum labels for 4"),
    (lambda: sample_design(3, clusters=["a", "", "b"]), "weights_label_missing", "dent 2"),
]


@pytest.mark.parametrize(("call", "code", "says"), REFUSED)
def test_samples_and_populations_that_do_not_fit_are_refused_with_the_cure(call, code, says):
    with pytest.raises(WeightRefusal, match=says) as refusal:
        call()
    assert refusal.value.code == code


def test_a_stratum_taken_whole_may_have_one_unit():
    design = sample_design(3, strata=AB, stratum_sizes={"a": 10, "b": 1})
    assert survey_mean([1, 3, 9], [5, 5, 1], design=design).standard_error > 0
