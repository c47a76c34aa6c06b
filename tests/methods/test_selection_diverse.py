"""Is a diverse selection really the widest one?"""

from itertools import combinations
from time import perf_counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from rodedraad.methods.selection import (
    SelectionRefusal,
    random_spread,
    select_diverse,
    standardise,
    unit_distances,
)


def points(n_units, n_vars, seed):
    return squareform(pdist(np.random.default_rng(seed).normal(size=(n_units, n_vars))))


def widest(distances, n, strata=None, quota=None):
    """Largest smallest distance over all allowed subsets: brute force."""
    best = -1.0
    for chosen in combinations(range(len(distances)), n):
        labels = [strata[u] for u in chosen] if strata else []
        if strata and any(labels.count(s) != quota.get(s, 0) for s in set(strata)):
            continue
        best = max(best, min(distances[a, b] for a, b in combinations(chosen, 2)))
    return best


@settings(max_examples=40, deadline=None)
@given(
    st.integers(5, 11), st.integers(2, 5), st.integers(0, 10**6), st.sampled_from(["round", "raw"])
)
def test_no_subset_of_a_small_frame_is_wider(n_units, n, seed, kind):
    distances = points(n_units, 2, seed)
    if kind == "round":  # many equal distances
        distances = np.round(distances)
    selection = select_diverse(distances, n, seed=seed)
    assert selection.proven
    assert selection.spread.smallest == pytest.approx(widest(distances, n))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 3), st.integers(1, 3))
def test_no_subset_with_the_same_quota_is_wider(seed, a, b, c):
    strata = ["a", "b", "c"] * 3 + ["c"]
    quota = {"a": a, "b": b, "c": c}
    n = a + b + c
    if n < 2:
        return
    distances = points(10, 3, seed)
    selection = select_diverse(distances, n, seed=1, strata=strata, quota=quota)
    assert [[strata[u] for u in selection.chosen].count(s) for s in "abc"] == [a, b, c]
    assert selection.proven
    assert selection.spread.smallest == pytest.approx(widest(distances, n, strata, quota))


@pytest.mark.parametrize("seed", range(3))
def test_networkx_finds_no_wider_selection_in_a_larger_frame(seed):
    distances = points(150, 4, seed)
    selection = select_diverse(distances, 10, seed=1)
    assert selection.proven
    for above, size in (
        (selection.spread.smallest + 1e-9, 9),
        (selection.spread.smallest - 1e-9, 10),
    ):
        graph = nx.from_numpy_array(distances > above)
        assert min(10, nx.max_weight_clique(graph, weight=None)[1]) == size


def test_a_national_frame_takes_less_than_two_seconds_and_beats_every_random_draw():
    rng = np.random.default_rng(393)
    figures = rng.lognormal(size=(393, 8)) @ rng.normal(size=(8, 8))
    distances = unit_distances(standardise(figures, list("abcdefgh")).z)
    began = perf_counter()
    selection = select_diverse(distances, 16, seed=2015)
    middle = perf_counter()
    drawn = random_spread(distances, 16, seed=2015, draws=1000, against=selection.chosen)
    assert middle - began < 2
    assert perf_counter() - middle < 2
    assert drawn.smallest.n_at_least == 0
    assert drawn.smallest.p == 1 / 1001


def test_the_same_seed_gives_the_same_selection_and_relabelled_units_the_same_spread():
    distances = points(60, 4, 3)
    first = select_diverse(distances, 8, seed=11)
    assert first == select_diverse(distances, 8, seed=11)
    order = np.random.default_rng(1).permutation(60)
    moved = select_diverse(distances[np.ix_(order, order)], 8, seed=11)
    assert moved.spread.smallest == pytest.approx(first.spread.smallest)


def test_a_search_that_was_cut_short_says_so():
    selection = select_diverse(points(60, 6, 4), 12, seed=1, max_steps=1)
    assert selection.proven is False
    assert [n.code for n in selection.notices] == ["diverse_not_proven"]


def test_reserves_are_the_nearest_units_of_the_same_stratum_and_no_unit_serves_twice():
    distances = points(40, 3, 5)
    strata = ["north", "south"] * 20
    selection = select_diverse(distances, 4, seed=1, strata=strata)
    served = [unit for units in selection.reserves.values() for unit in units]
    assert len(set(served)) == 8
    assert not set(served) & set(selection.chosen)
    for case, (first, second) in selection.reserves.items():
        assert strata[first] == strata[second] == strata[case]
        assert distances[case, first] <= distances[case, second]
        nearer = [
            u
            for u in range(40)
            if distances[case, u] < distances[case, first] and strata[u] == strata[case]
        ]
        assert set(nearer) <= {*selection.chosen, *served}


def test_a_stratum_that_is_used_up_leaves_cases_without_reserves_and_a_notice():
    selection = select_diverse(points(6, 2, 1), 4, seed=1)
    assert sum(len(units) for units in selection.reserves.values()) == 2
    assert selection.notices[-1].code == "reserves_short"
    assert selection.notices[-1].count == 4


def test_one_case_is_the_unit_furthest_from_all_others():
    distances = np.abs(np.subtract.outer([0.0, 1.0, 2.0, 9.0], [0.0, 1.0, 2.0, 9.0]))
    selection = select_diverse(distances, 1, seed=1)
    assert selection.chosen == (3,)
    assert selection.spread is None


def test_all_units_can_be_selected():
    assert select_diverse(points(5, 2, 1), 5, seed=1).chosen == (0, 1, 2, 3, 4)


def test_a_quota_larger_than_its_stratum_or_that_does_not_add_up_is_refused():
    strata = ["a", "a", "b", "b", "b"]
    with pytest.raises(SelectionRefusal, match="Stratum 'a' has 2 units and its quota is 3"):
        select_diverse(points(5, 2, 1), 4, seed=1, strata=strata, quota={"a": 3, "b": 1})
    with pytest.raises(SelectionRefusal, match="add up to 2 and 4 cases are asked"):
        select_diverse(points(5, 2, 1), 4, seed=1, strata=strata, quota={"a": 1, "b": 1})
    with pytest.raises(SelectionRefusal, match="Give one label per unit"):
        select_diverse(points(5, 2, 1), 2, seed=1, strata=["a"])
