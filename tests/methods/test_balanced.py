"""Do balanced and well-spread draws keep their chances, quota and averages, as R's do?"""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.selection import (
    SelectionRefusal,
    method_sentence,
    random_spread,
    select_balanced,
    select_well_spread,
    standardise,
    unit_distances,
)
from rodedraad.methods.selection.balanced import cube_draw, pivotal_draw

REFERENCE = Path(__file__).parent.parent / "reference" / "selection"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))


def frame() -> np.ndarray:
    with (REFERENCE / "frame.csv").open(encoding="utf-8", newline="") as file:
        return np.array([[float(r[v]) for v in "abc"] for r in csv.DictReader(file)])


def error_of_totals(x: np.ndarray, chances: np.ndarray, draws: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    errors = []
    for _ in range(draws):
        # Here chances are balanced too, as in R; in select_balanced the quota does that.
        picked = cube_draw(chances, np.ones((len(x), 1)), x, rng)
        errors.append((x[picked] / chances[picked, None]).sum(axis=0) - x.sum(axis=0))
    return np.sqrt(np.mean(np.square(errors), axis=0)) / 120


@pytest.mark.parametrize("kind", ["equal", "unequal"])
def test_balance_is_as_good_as_that_of_samplecube(kind):
    x = frame()
    chances = np.full(120, 20 / 120)
    if kind == "unequal":
        chances = np.array(NUMBERS["unequal_probabilities"])
        x, chances = x[chances < 1], chances[chances < 1]
    ours, theirs = error_of_totals(x, chances, 150), np.array(NUMBERS[f"{kind}_rmse"])
    # Two Monte Carlo errors of a root mean square over 150 and 300 draws: about 10% each, and small
    # differences in how the last units are decided.
    assert (ours < 1.6 * theirs).all()
    assert (theirs < 1.6 * ours).all()
    if kind == "equal":
        assert (ours < 0.5 * np.array(NUMBERS["random_rmse"])).all()


def inclusion(draw, draws: int) -> np.ndarray:
    return np.mean([draw(seed) for seed in range(draws)], axis=0)


@pytest.mark.parametrize("method", ["cube", "pivotal"])
def test_every_unit_keeps_its_chance(method):
    rng = np.random.default_rng(2)
    x = rng.normal(size=(12, 2))
    chances = np.array([0.2, 0.4, 0.4, 0.5, 0.5, 0.7, 0.3, 0.25, 0.25, 0.5, 0.6, 0.4])
    draws = 1500

    def draw(seed: int) -> np.ndarray:
        own = np.random.default_rng(seed)
        if method == "cube":
            return cube_draw(chances, np.ones((12, 1)), x, own)
        return pivotal_draw(chances, unit_distances(x), own)

    margin = 4 * np.sqrt(chances * (1 - chances) / draws)
    assert (np.abs(inclusion(draw, draws) - chances) < margin).all()


def test_of_two_near_units_with_half_a_chance_exactly_one_is_drawn():
    x = np.array([[0.0], [0.1], [5.0], [5.1], [9.0], [9.1]])
    for seed in range(50):
        chosen = select_well_spread(unit_distances(x), 3, seed=seed).chosen
        assert [unit // 2 for unit in chosen] == [0, 1, 2]


def test_a_variable_that_can_be_kept_is_kept_exactly():
    x = np.array([-1.0, 1.0] * 6)[:, None]
    for seed in range(30):
        chosen = select_balanced(x, 4, seed=seed).chosen
        assert x[list(chosen)].sum() == pytest.approx(0.0)


def test_the_first_variable_is_let_go_last():
    rng = np.random.default_rng(4)
    x = np.column_stack(([-1.0, 1.0] * 10, rng.normal(size=(20, 3))))
    for seed in range(60):
        chosen = select_balanced(x, 4, seed=seed).chosen
        assert x[list(chosen), 0].sum() == pytest.approx(0.0)


def test_well_spread_lies_further_apart_than_random():
    distances = unit_distances(frame())
    spread = [
        select_well_spread(distances, 16, seed=seed).spread.mean_nearest for seed in range(40)
    ]
    by_lot = random_spread(distances, 16, seed=1, draws=1000).mean_nearest
    assert np.mean(spread) > by_lot.mean + 0.7 * by_lot.sd


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_the_quota_of_every_stratum_is_met(seed, data):
    rng = np.random.default_rng(seed)
    labels = [("small", "middle", "large")[i] for i in rng.integers(0, 3, 30)]
    sizes = Counter(labels)
    quota = {name: data.draw(st.integers(0, size)) for name, size in sizes.items()}
    n = sum(quota.values())
    if not n:
        return
    z = rng.normal(size=(30, 3))
    for chosen in (
        select_balanced(z, n, seed=seed, strata=labels, quota=quota),
        select_well_spread(unit_distances(z), n, seed=seed, strata=labels, quota=quota),
    ):
        assert len(chosen.chosen) == n
        assert Counter(labels[u] for u in chosen.chosen) == Counter(
            {name: places for name, places in quota.items() if places}
        )
        reserves = [u for units in chosen.reserves.values() for u in units]
        assert len(set(reserves)) == len(reserves)
        assert not set(reserves) & set(chosen.chosen)


def test_the_seed_repeats_the_draw_and_another_seed_gives_another():
    z = standardise(frame(), ["a", "b", "c"]).z
    first = select_balanced(z, 16, seed=7)
    assert first == select_balanced(z, 16, seed=7)
    assert first.chosen != select_balanced(z, 16, seed=8).chosen
    assert first.seed == 7


def test_the_whole_frame_can_be_drawn():
    z = frame()[:5]
    assert select_balanced(z, 5, seed=1).chosen == (0, 1, 2, 3, 4)
    assert select_well_spread(unit_distances(z), 5, seed=1).chosen == (0, 1, 2, 3, 4)


def test_variables_that_say_the_same_do_no_harm():
    z = frame()
    twice = np.column_stack((z, z[:, 0], np.ones(120)))
    assert len(select_balanced(twice, 16, seed=3).chosen) == 16


def test_a_gap_is_refused_with_unit_and_variable():
    z = frame()
    z[4, 1] = np.nan
    with pytest.raises(SelectionRefusal, match="Variable 1 is not known for unit 4") as refused:
        select_balanced(z, 16, seed=1)
    assert refused.value.code == "balance_with_gaps"
    with pytest.raises(SelectionRefusal, match="at least one variable"):
        select_balanced(np.zeros((5, 0)), 2, seed=1)


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "gebalanceerd"), ("en", "as nearly as can be")]
)
def test_the_method_sentence_says_how(language, words):
    chosen = select_balanced(frame(), 16, seed=1)
    sentence = method_sentence(chosen, language, frame_date=date(2016, 1, 1))
    assert words in sentence
    assert "16" in sentence
