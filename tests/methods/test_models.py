"""Do the models refuse what the data cannot bear, and do only what matters matter?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.models import (
    ModelRefusal,
    between_terms,
    linear_mixed_model,
    linear_model,
    model_data,
    ordinal_mixed_model,
    ordinal_model,
)


def table(n: int = 120, n_groups: int = 24, seed: int = 3, spread: float = 0.8) -> dict:
    rng = np.random.default_rng(seed)
    group = np.arange(n) % n_groups
    a, b = rng.normal(size=(2, n)).round(2)
    size = rng.normal(size=n_groups).round(2)[group]
    latent = 0.7 * a + spread * rng.normal(size=n_groups)[group] + rng.logistic(size=n)
    return {
        "answer": np.digitize(latent, [-1, 0.3, 1.5]) + 1,
        "score": latent.round(3),
        "a": a,
        "b": b,
        "size": size,
        "case": [f"m{i}" for i in group],
        "role": [("lead", "worker", "chain")[i % 3] for i in range(n)],
    }


def read(data: dict, outcome: str = "answer", predictors=("a",), **options):
    options.setdefault("ordered", outcome == "answer")
    return model_data(data, outcome=outcome, predictors=list(predictors), **options)


def codes(model) -> set[str]:
    return {notice.code for notice in model.notices}


def test_words_become_terms_beside_the_first_word():
    data = read(table(), predictors=["role"])
    assert data.terms == ("role=lead", "role=worker")
    assert data.x[:3].tolist() == [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]


def test_incomplete_rows_are_counted_per_column_and_not_used():
    data = table() | {"a": [None, float("nan"), *table()["a"][2:]]}
    model = ordinal_model(read(data))
    assert (model.n, model.n_rows, model.missing["a"]) == (118, 120, 2)
    notice = next(n for n in model.notices if n.code == "incomplete_rows")
    assert notice.context == {"n": 2, "of": 120, "columns": {"a": 2}}


def test_a_level_nobody_chose_is_left_out_and_told():
    data = table()
    words = {1: "nooit", 2: "soms", 3: "vaak", 4: "altijd"}
    data["answer"] = [words[v] for v in data["answer"]]
    levels = ["nooit", "zelden", "soms", "vaak", "altijd"]
    model = ordinal_model(read(data, levels=levels))
    assert model.levels == ("nooit", "soms", "vaak", "altijd")
    notice = next(n for n in model.notices if n.code == "levels_nobody_chose")
    assert notice.context["levels"] == ["zelden"]
    by_number = ordinal_model(read(table()))
    assert model.log_likelihood == pytest.approx(by_number.log_likelihood)


def test_seven_predictors_need_seventy_cases_unless_there_is_a_reason():
    rng = np.random.default_rng(1)
    names = [f"F{i}" for i in range(1, 8)]
    data = {name: rng.normal(size=69) for name in names} | {"G1": rng.normal(size=69)}
    with pytest.raises(ModelRefusal, match="at least 70 cases; here are 69") as refused:
        linear_model(read(data, "G1", names))
    assert refused.value.code == "model_many_terms"
    model = linear_model(read(data, "G1", names), override="to show why not")
    (notice,) = model.notices
    assert (notice.code, notice.context["reason"]) == ("rule_overridden", "to show why not")


def test_a_blank_reason_is_no_reason():
    data = {"G1": [1, 2, 3, 4, 5, 6, 9], "a": [1, 3, 2, 5, 4, 7, 6]}
    with pytest.raises(ModelRefusal, match="at least 8 cases"):
        linear_model(read(data, "G1"), override="  ")


def test_rows_inside_fewer_than_twenty_cases_are_refused():
    data = read(table(n_groups=19), group="case")
    with pytest.raises(ModelRefusal, match="at least 20 of them; here are 19"):
        ordinal_mixed_model(data)
    with pytest.raises(ModelRefusal, match="at least 20 of them; here are 19"):
        linear_mixed_model(read(table(n_groups=19), "score", group="case"))


def test_twenty_cases_are_enough():
    assert linear_mixed_model(read(table(n_groups=20), "score", group="case")).n_groups == 20


def test_properties_of_the_group_are_counted_against_the_groups():
    data = table() | {f"g{i}": np.tile(np.random.default_rng(i).normal(size=24), 5) for i in (1, 2)}
    read_data = read(data, "score", ["a", "size", "g1", "g2"], group="case")
    assert between_terms(read_data) == ("size", "g1", "g2")
    with pytest.raises(ModelRefusal, match="need at least 30 of them; here are 24"):
        linear_mixed_model(read_data)


def test_perfectly_separated_answers_are_refused_with_the_term():
    data = {"answer": [1] * 10 + [2] * 10, "a": list(range(20)), "b": [1, 2] * 10}
    with pytest.raises(ModelRefusal, match="'a' most") as refused:
        ordinal_model(read(data, predictors=["a", "b"]))
    assert refused.value.code == "model_separation"


def test_a_word_that_only_occurs_with_the_highest_answer_is_refused():
    data = table()
    data["role"] = ["worker" if v < 4 or i % 2 else "lead" for i, v in enumerate(data["answer"])]
    with pytest.raises(ModelRefusal, match="role=worker"):
        ordinal_model(read(data, predictors=["a", "role"]))


def test_a_strong_but_imperfect_relation_is_not_called_separation():
    data = {"answer": [1] * 15 + [2] * 15, "a": [*range(14), 29, 14, *range(15, 29)]}
    assert ordinal_model(read(data)).converged


@pytest.mark.parametrize(
    ("change", "predictors", "code", "named"),
    [
        ({"a": [2] * 120}, ["a"], "model_constant", "'a'"),
        ({"answer": [2] * 120}, ["a"], "model_constant", "'answer'"),
        ({"b": table()["a"] * 2 + 1}, ["a", "b"], "model_singular", "'b' follows from a"),
        ({"a": ["x", *table()["a"][1:]]}, ["a"], "model_not_a_number", "'a', row 1"),
        ({"a": [None] * 120}, ["a"], "model_no_complete_row", "a 120"),
        ({}, ["c"], "model_column_unknown", "'c'"),
        ({}, ["a", "a"], "model_column_twice", "'a'"),
    ],
)
def test_bad_columns_are_refused_by_name(change, predictors, code, named):
    with pytest.raises(ModelRefusal, match=named) as refused:
        read(table() | change, predictors=predictors)
    assert refused.value.code == code


def test_an_answer_that_is_no_level_is_refused_with_its_row():
    with pytest.raises(ModelRefusal, match="row 1: '") as refused:
        read(table(), levels=["nooit"])
    assert refused.value.code == "model_level_unknown"


@pytest.mark.parametrize(
    ("fit", "outcome", "options", "code"),
    [
        (ordinal_model, "answer", {"group": "case"}, "model_group_unused"),
        (ordinal_model, "score", {}, "model_not_ordered"),
        (ordinal_mixed_model, "answer", {}, "model_no_group"),
        (linear_mixed_model, "answer", {"group": "case"}, "model_ordered"),
        (linear_mixed_model, "score", {}, "model_no_group"),
        (linear_model, "answer", {}, "model_not_linear"),
    ],
)
def test_a_model_asked_of_the_wrong_data_is_refused(fit, outcome, options, code):
    with pytest.raises(ModelRefusal) as refused:
        fit(read(table(), outcome, **options))
    assert refused.value.code == code


def test_groups_of_one_row_and_unknown_slopes_are_refused():
    single = read(table(n=24), "score", group="case")
    with pytest.raises(ModelRefusal, match="one row"):
        linear_mixed_model(single)
    with pytest.raises(ModelRefusal, match="Slopes"):
        linear_mixed_model(read(table(), "score", group="case"), slopes=["b"])


def test_groups_that_do_not_differ_get_a_spread_of_zero_and_a_notice():
    data = table()
    rng = np.random.default_rng(5)
    rest = rng.normal(size=120)
    for g in range(24):
        rest[np.arange(120) % 24 == g] -= rest[np.arange(120) % 24 == g].mean()
    data["score"] = 0.5 * data["a"] + rest
    data["answer"] = np.digitize(rest, [-0.7, 0.7]) + 1
    linear = linear_mixed_model(read(data, "score", group="case"))
    assert linear.shared == 0.0
    assert "no_spread_between_groups" in codes(linear)
    least_squares = linear_model(read(data, "score"))
    assert linear.coefficient("a").estimate == pytest.approx(
        least_squares.coefficient("a").estimate, abs=1e-6
    )
    assert linear.coefficient("a").df == pytest.approx(118, rel=1e-3)
    ordinal = ordinal_mixed_model(read(data, group="case"))
    assert ordinal.sd == 0.0
    assert ordinal.p_groups == 1.0
    assert "no_spread_between_groups" in codes(ordinal)
    simple = ordinal_model(read(data))
    assert ordinal.coefficient("a").estimate == pytest.approx(simple.coefficient("a").estimate)


def test_terms_that_are_nearly_alike_are_told():
    data = table()
    data["b"] = data["a"] + 0.01 * data["b"]
    model = linear_model(read(data, "score", ["a", "b"]))
    assert "terms_alike" in codes(model)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.1, 10))
def test_the_order_of_rows_and_the_unit_of_a_term_do_not_matter(seed, scale):
    data = table(seed=seed)
    order = np.random.default_rng(seed).permutation(120)
    other = {name: np.array(values)[order] for name, values in data.items()}
    other["a"] = other["a"] * scale
    for fit, outcome in ((ordinal_model, "answer"), (linear_model, "score")):
        first = fit(read(data, outcome, ["a", "b"]))
        second = fit(read(other, outcome, ["a", "b"]))
        assert second.coefficient("a").estimate * scale == pytest.approx(
            first.coefficient("a").estimate, rel=1e-5, abs=1e-7
        )
        assert second.coefficient("b").p == pytest.approx(first.coefficient("b").p, rel=1e-4)


def test_turning_the_answers_round_turns_the_coefficients():
    data = table()
    turned = data | {"answer": 5 - data["answer"]}
    for fit, options in ((ordinal_model, {}), (ordinal_mixed_model, {"group": "case"})):
        first = fit(read(data, **options)).coefficient("a").estimate
        second = fit(read(turned, **options)).coefficient("a").estimate
        assert second == pytest.approx(-first, abs=1e-5)


def test_the_names_of_groups_do_not_matter():
    data = table()
    renamed = data | {"case": [f"x{(7 * int(c[1:])) % 24}" for c in data["case"]]}
    first, second = (
        linear_mixed_model(read(d, "score", ["a", "size"], group="case")) for d in (data, renamed)
    )
    assert second.shared == pytest.approx(first.shared, abs=1e-7)
    assert second.coefficient("size").p == pytest.approx(first.coefficient("size").p, rel=1e-4)
