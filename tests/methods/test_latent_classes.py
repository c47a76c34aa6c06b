"""Do class models hold under what may not matter, and say what is wrong with data?"""

from dataclasses import asdict

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.latent_classes import (
    ClassRefusal,
    class_data,
    compare_classes,
    latent_classes,
)

ITEMS = ["A", "B", "C", "D"]


def answers_of(seed: int, n: int = 60, missing: float = 0.1) -> dict[str, list[str | None]]:
    """Answers x, y or z on four items by members of two classes that differ much."""
    rng = np.random.default_rng(seed)
    chances = np.array([[0.8, 0.1, 0.1], [0.1, 0.2, 0.7]])
    group = (rng.random(n) < 0.4).astype(int)
    drawn = [[rng.choice(list("xyz"), p=chances[k]) for k in group] for _ in ITEMS]
    known = rng.random((len(ITEMS), n)) >= missing
    return {
        item: [str(word) if there else None for word, there in zip(words, row, strict=True)]
        for item, words, row in zip(ITEMS, drawn, known, strict=True)
    }


def model_of(table, n_classes=2, **options):
    data = class_data(table, categories=ITEMS)
    return latent_classes(data, n_classes, **{"seed": 1, "starts": 6, **options})


def codes_of(result) -> list[str]:
    return [notice.code for notice in result.notices]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_the_rows_does_not_matter(seed):
    table = answers_of(seed)
    model = model_of(table)
    order = np.random.default_rng(seed).permutation(60)
    moved = model_of({name: [words[i] for i in order] for name, words in table.items()})
    assert moved.fit == model.fit
    assert moved.categories == model.categories
    np.testing.assert_array_equal(moved.members.modal, model.members.modal[order])
    np.testing.assert_array_equal(moved.members.posteriors, model.members.posteriors[order])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_other_names_for_the_answers_do_not_matter(seed):
    table = answers_of(seed)
    new = {"x": "zz", "y": "mm", "z": "aa", None: None}
    model = model_of(table)
    renamed = model_of({name: [new[word] for word in words] for name, words in table.items()})
    assert renamed.fit.log_likelihood == pytest.approx(model.fit.log_likelihood, abs=1e-5)
    assert renamed.fit.n_parameters == model.fit.n_parameters
    assert [s.estimate for s in renamed.shares] == pytest.approx(
        [s.estimate for s in model.shares], abs=1e-3
    )
    for ours, theirs in zip(model.categories, renamed.categories, strict=True):
        places = [theirs.levels.index(new[level]) for level in ours.levels]
        for row, other in zip(ours.probabilities, theirs.probabilities, strict=True):
            assert [one.estimate for one in row] == pytest.approx(
                [other[place].estimate for place in places], abs=1e-3
            )


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_rows_twice_are_rows_that_count_two(seed):
    table = answers_of(seed)
    twice = model_of({name: words * 2 for name, words in table.items()})
    counted = class_data({**table, "n": [2] * 60}, categories=ITEMS, counts="n")
    model = latent_classes(counted, 2, seed=1, starts=6)
    once = model_of(table)
    assert model.fit == twice.fit
    assert model.shares == twice.shares
    assert model.n == twice.n
    assert model.fit.log_likelihood == pytest.approx(2 * once.fit.log_likelihood, abs=1e-5)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.001, 1000), st.floats(-100, 100))
def test_the_unit_of_a_number_does_not_matter(seed, factor, shift):
    rng = np.random.default_rng(seed)
    x = np.where(rng.random((80, 1)) < 0.5, 3.0, -3.0) + rng.normal(size=(80, 2))
    plain = class_data({"a": x[:, 0], "b": x[:, 1]}, numbers=["a", "b"])
    scaled = class_data({"a": x[:, 0] * factor + shift, "b": x[:, 1]}, numbers=["a", "b"])
    one, other = (latent_classes(data, 2, seed=1, starts=4) for data in (plain, scaled))
    assert other.fit.log_likelihood == pytest.approx(
        one.fit.log_likelihood - 80 * np.log(factor), abs=1e-4
    )
    means = [mean.estimate * factor + shift for mean in one.numbers[0].means]
    assert [mean.estimate for mean in other.numbers[0].means] == pytest.approx(
        means, abs=1e-3 * factor
    )
    np.testing.assert_array_equal(one.members.modal, other.members.modal)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.floats(0, 0.5))
def test_shares_posteriors_and_errors_are_chances_whatever_the_data(seed, n_classes, missing):
    model = model_of(answers_of(seed, 25, missing), n_classes, starts=2)
    weights, members = model.members.posteriors, model.members
    assert sum(share.estimate for share in model.shares) == pytest.approx(1)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    np.testing.assert_allclose(members.errors.sum(axis=1), 1)
    assert sum(members.expected) == pytest.approx(model.n)
    assert sum(members.assigned) == model.n
    estimates = [share.estimate for share in model.shares]
    assert estimates == sorted(estimates, reverse=True)
    for profile in model.categories:
        for row in profile.probabilities:
            assert sum(one.estimate for one in row) == pytest.approx(1)
            for one in row:
                assert 0 <= one.estimate <= 1
                if one.interval is not None:
                    assert one.interval.low < one.estimate < one.interval.high
    assert np.isfinite(list(asdict(model.fit).values())[:6]).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_more_classes_never_fit_worse(seed):
    found = compare_classes(class_data(answers_of(seed), categories=ITEMS), [1, 2, 3], seed=1)
    likelihoods = [model.fit.log_likelihood for model in found.models]
    assert likelihoods == sorted(likelihoods)


def test_one_class_is_what_each_item_says_by_itself():
    table = answers_of(5)
    model = model_of(table, 1)
    for profile in model.categories:
        words = [word for word in table[profile.item] if word]
        expected = [words.count(level) / len(words) for level in profile.levels]
        assert [one.estimate for one in profile.probabilities[0]] == pytest.approx(expected)
    assert model.members.modal.tolist() == [1] * 60
    assert model.fit.entropy is None


def test_the_result_does_not_depend_on_the_number_of_workers():
    one, three = (model_of(answers_of(2, 200), 3, workers=n) for n in (1, 3))
    assert one.fit == three.fit
    assert one.starts == three.starts
    np.testing.assert_array_equal(one.members.posteriors, three.members.posteriors)


def test_another_seed_starts_elsewhere_and_ends_at_the_same_top():
    one, other = (model_of(answers_of(2, 200), seed=seed) for seed in (1, 2))
    assert one.starts.log_likelihoods != other.starts.log_likelihoods
    assert one.fit.log_likelihood == pytest.approx(other.fit.log_likelihood, abs=1e-6)
    assert one.starts.replicated == 6


def test_classes_can_keep_the_numbers_of_an_earlier_wave():
    first = model_of(answers_of(3, 200))
    table = answers_of(4, 200)
    # In the second wave those who answered like the smaller class are the larger one.
    small = [i for i in range(200) if first.members.modal[i] == 2]
    swapped = {name: words + [words[i] for i in small] * 4 for name, words in table.items()}
    later = model_of(swapped, like=first)
    free = model_of(swapped)
    assert later.order == "like the model it was compared with"
    assert free.shares[0].estimate > free.shares[1].estimate
    for k in range(2):
        here, there = (m.categories[0].probabilities[k][0].estimate for m in (later, first))
        assert here == pytest.approx(there, abs=0.2)


def test_a_model_of_other_items_cannot_number_the_classes():
    first = model_of(answers_of(3))
    with pytest.raises(ClassRefusal, match="must have 3"):
        model_of(answers_of(3), 3, like=first)


def test_a_row_without_answers_has_no_class_and_is_told():
    table = {name: [*words, None] for name, words in answers_of(6, 40, 0).items()}
    model = model_of(table)
    assert codes_of(model)[0] == "rows_without_answers"
    assert model.members.modal[-1] == 0
    assert (model.n, model.n_rows) == (40, 41)
    assert model.fit == model_of(answers_of(6, 40, 0)).fit
    np.testing.assert_allclose(model.members.posteriors[-1], [s.estimate for s in model.shares])


def test_an_incomplete_row_is_used_for_what_is_known_of_it():
    model = model_of(answers_of(7, 80, 0.3))
    notice = {one.code: one.context for one in model.notices}["incomplete_rows"]
    assert notice["n"] > 20
    assert model.n == 79  # One row has no answer at all.
    assert sum(model.missing.values()) > 20
    assert model.fit.g_squared is None


def test_a_level_that_nobody_chose_is_left_out_with_a_notice():
    data = class_data(answers_of(1), categories=ITEMS, levels={"A": ["w", "x", "y", "z"]})
    assert data.notices[0].code == "levels_nobody_chose"
    assert data.notices[0].context == {"item": "A", "levels": ["w"]}
    assert data.levels[0] == ("x", "y", "z")


def test_more_parameters_than_cells_and_rows_are_told():
    table = {"A": ["x", "y", "x", "y", "x"], "B": ["x", "x", "y", "y", "y"]}
    model = latent_classes(class_data(table, categories=["A", "B"]), 2, seed=1, starts=3)
    assert {"more_parameters_than_cells", "not_identified"} <= set(codes_of(model))
    assert model.fit.degrees_of_freedom == -2


def test_probabilities_at_the_boundary_have_no_interval_and_are_told():
    table = {name: ["x"] * 30 + ["y"] * 20 for name in ITEMS}
    model = model_of(table)
    assert "at_boundary" in codes_of(model)
    assert model.categories[0].probabilities[0][0].interval is None
    assert model.shares[0].interval.low < 0.6 < model.shares[0].interval.high
    assert model.fit.entropy == pytest.approx(1)


def test_a_class_round_one_value_is_held_at_the_lowest_variance_and_told():
    x = [1.0] * 20 + np.random.default_rng(1).normal(3, 1, 20).tolist()
    model = latent_classes(class_data({"x": x}, numbers=["x"]), 2, seed=1, variances="own")
    assert "variance_at_floor" in codes_of(model)
    assert np.isfinite(model.fit.log_likelihood)


def test_a_search_that_was_stopped_is_told():
    model = model_of(answers_of(8, 200, 0.4), 3, most_steps=3)
    assert "not_converged" in codes_of(model)
    assert not model.starts.best_converged


def test_a_top_that_one_start_found_is_told():
    rng = np.random.default_rng(3)
    table = {name: rng.choice(list("xyz"), 40).tolist() for name in ITEMS}
    model = model_of(table, 4, starts=4)
    assert "best_not_replicated" in codes_of(model)
    assert model.starts.replicated <= 1
    assert model.fit.log_likelihood == model.starts.best >= model.starts.log_likelihoods[0] - 1e-9


def test_numbers_of_classes_beyond_the_different_rows_are_left_out():
    table = {"A": ["x", "y", "x"], "B": ["x", "y", "y"]}
    found = compare_classes(class_data(table, categories=["A", "B"]), range(1, 6), seed=1, starts=2)
    assert [model.n_classes for model in found.models] == [1, 2, 3]
    assert found.notices[0].context == {"left_out": [4, 5], "distinct": 3}


def test_numbers_read_as_floats_are_the_same_levels_as_whole_ones():
    frame = pl.DataFrame({"A": [1.0, 2.0, None, 10.0]})
    assert class_data(frame, categories=["A"]).levels == (("1", "2", "10"),)


@pytest.mark.parametrize(
    ("table", "options", "code", "sentence"),
    [
        ({"A": ["x", "x"]}, {"categories": ["A"]}, "classes_constant", "'A' is x in every row"),
        ({"A": [None, None]}, {"categories": ["A"]}, "classes_all_missing", "known of no row"),
        ({"A": [2.0, 2.0]}, {"numbers": ["A"]}, "classes_constant", "cannot tell classes apart"),
        ({"A": [None, None]}, {"numbers": ["A"]}, "classes_all_missing", "Leave it out"),
        ({"A": ["1", "b"]}, {"numbers": ["A"]}, "classes_not_a_number", "row 2: 'b'"),
        ({"A": ["1", "inf"]}, {"numbers": ["A"]}, "classes_not_a_number", "row 2: 'inf'"),
        ({"A": [1e200, 2e200]}, {"numbers": ["A"]}, "classes_unit", "Take another unit"),
        ({"A": ["x", "y"]}, {"categories": ["B"]}, "classes_column_unknown", "columns are: A"),
        ({"A": ["x", "y"]}, {"categories": ["A", "A"]}, "classes_column_twice", "named twice"),
        ({"A": ["x", "y"]}, {}, "classes_no_items", "No item is named"),
        ({"A": []}, {"categories": ["A"]}, "classes_no_rows", "no rows"),
        ({"A": ["x", "y"], "B": ["x"]}, {"categories": ["A"]}, "classes_lengths", "differ"),
        (
            {"A": ["x", "q"]},
            {"categories": ["A"], "levels": {"A": ["x", "y"]}},
            "classes_level_unknown",
            "row 2: 'q'",
        ),
        (
            {"A": ["x", "y"]},
            {"categories": ["A"], "levels": {"B": ["x", "y"]}},
            "classes_levels_unused",
            "'B'",
        ),
        (
            {"A": ["x", "y"], "n": [1, 1.5]},
            {"categories": ["A"], "counts": "n"},
            "classes_counts",
            "row 2: 1.5 is not a whole number",
        ),
        (
            {"A": ["x", "y"], "n": [0, 0]},
            {"categories": ["A"], "counts": "n"},
            "classes_counts_zero",
            "All of 'n' is 0",
        ),
    ],
)
def test_data_that_cannot_be_read_are_refused_with_column_and_cure(table, options, code, sentence):
    with pytest.raises(ClassRefusal, match=sentence) as refused:
        class_data(table, **options)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("n_classes", "options", "code"),
    [
        (0, {}, "classes_setting"),
        (2, {"starts": 0}, "classes_setting"),
        (2, {"workers": 0}, "classes_setting"),
        (2, {"confidence": 1.0}, "classes_confidence"),
        (5, {}, "classes_too_many"),
    ],
)
def test_a_model_that_cannot_be_made_is_refused(n_classes, options, code):
    table = {"A": ["x", "y", "x", "y"], "B": ["x", "x", "y", "y"]}
    with pytest.raises(ClassRefusal) as refused:
        latent_classes(
            class_data(table, categories=["A", "B"]), n_classes, **{"seed": 1, **options}
        )
    assert refused.value.code == code
