"""Is the search behind a diverse selection complete, and does its climb end at a top?"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from rodedraad.methods.selection.exchange import better, climb, farthest_points, score, scores_after
from rodedraad.methods.selection.proof import SearchTooLong, WiderSelection
from rodedraad.methods.selection.strata import divide

STRATA = ["a", "b", "b", "c", "c", "c", "a", "b", "c", "b"]


def frame(seed, quota):
    distances = squareform(pdist(np.random.default_rng(seed).normal(size=(10, 2))))
    return distances, divide(10, sum(quota.values()), STRATA, quota)


def allowed(quota):
    """Every subset of the frame with the quota."""
    for chosen in combinations(range(10), sum(quota.values())):
        labels = [STRATA[u] for u in chosen]
        if all(labels.count(s) == places for s, places in quota.items()):
            yield chosen


quotas = st.fixed_dictionaries(
    {"a": st.integers(0, 2), "b": st.integers(0, 3), "c": st.integers(0, 3)}
).filter(lambda quota: sum(quota.values()) >= 2)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), quotas)
def test_a_wider_selection_is_found_exactly_when_there_is_one(seed, quota):
    distances, plan = frame(seed, quota)
    scores = [score(distances, chosen)[0] for chosen in allowed(quota)]
    for above in np.unique(distances[np.triu_indices(10, 1)]) - 1e-9:
        found = WiderSelection(distances, plan, above, max_steps=10**6).find()
        assert (found is not None) == (max(scores) > above)
        if found is not None:
            assert tuple(found) in set(allowed(quota))
            assert score(distances, found)[0] > above


def test_a_search_out_of_steps_proves_nothing():
    distances, plan = frame(1, {"a": 1, "b": 1, "c": 1})
    with pytest.raises(SearchTooLong):
        WiderSelection(distances, plan, 0.0, max_steps=0).find()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), quotas)
def test_no_single_exchange_improves_what_the_climb_returns(seed, quota):
    distances, plan = frame(seed, quota)
    start = next(allowed(quota))
    top = climb(distances, plan, start)
    assert top == sorted(start) or better(score(distances, top), score(distances, start))
    for leaver in top:
        for joiner in set(range(10)) - set(top):
            if STRATA[joiner] == STRATA[leaver]:
                after = [joiner if u == leaver else u for u in top]
                assert not better(score(distances, after), score(distances, top))


def test_the_score_of_an_exchange_is_the_score_of_the_selection_it_gives():
    distances, _ = frame(3, {"a": 2})
    smallest, mean_nearest = scores_after(distances, np.array([0, 4, 7]), np.array([1, 9]))
    for i, joiner in enumerate((1, 9)):
        after = score(distances, [0, 4, 7, joiner])
        assert (smallest[i], mean_nearest[i]) == pytest.approx(after)


@given(st.integers(0, 10**6), quotas)
@settings(max_examples=20, deadline=None)
def test_farthest_points_keep_to_the_quota(seed, quota):
    distances, plan = frame(seed, quota)
    start = next(u for u in range(10) if quota[STRATA[u]])
    chosen = farthest_points(distances, plan, start)
    assert chosen[0] == start
    assert tuple(sorted(chosen)) in set(allowed(quota))
