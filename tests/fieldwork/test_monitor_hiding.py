"""Can nobody work out a hidden count from what is shown?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rodedraad.fieldwork.monitor_hiding import groups_hidden, with_totals


def worked_out(hidden: np.ndarray) -> np.ndarray:
    """Return which hidden groups the sums of rows and columns fix (linear algebra, not graphs)."""
    places = np.argwhere(hidden)
    if not len(places):
        return np.zeros(0, dtype=bool)
    sums = []
    for axis in (0, 1):
        for line in range(hidden.shape[axis]):
            last = hidden.shape[1 - axis] - 1
            sums.append(
                [
                    (0 if at[axis] != line else -1 if at[1 - axis] == last else 1)
                    for at in places.tolist()
                ]
            )
    _u, values, free = np.linalg.svd(np.array(sums, dtype=float))
    rank = int((values > 1e-9).sum())
    return (np.abs(free[rank:]) < 1e-9).all(axis=0)


shapes = st.tuples(st.integers(1, 6), st.integers(1, 5))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_hidden_group_is_fixed_by_the_sums_of_what_is_shown(data):
    shape = data.draw(shapes)
    asked = data.draw(arrays(np.int64, shape, elements=st.integers(0, 30)))
    done = (asked * data.draw(arrays(np.float64, shape, elements=st.floats(0, 1)))).astype(np.int64)
    hidden = groups_hidden(asked, done)
    every, finished = with_totals(asked), with_totals(done)
    small = np.minimum(np.minimum(every, finished), every - finished) < 5
    assert hidden[small & (every > 0)].all()
    assert not hidden[every == 0].any()
    assert not worked_out(hidden).any()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_is_hidden_in_one_line_is_never_few_people_together(data):
    shape = data.draw(shapes)
    asked = data.draw(arrays(np.int64, shape, elements=st.integers(0, 40)))
    done = asked // 2
    hidden = groups_hidden(asked, done)
    for mask, n, finished in ((hidden, asked, done), (hidden.T, asked.T, done.T)):
        for line in range(n.shape[0]):
            parts = mask[line, :-1]
            if parts.any() and not mask[line, -1]:
                least = min(finished[line][parts].sum(), (n - finished)[line][parts].sum())
                assert least >= 5


def test_a_single_small_group_takes_others_with_it():
    hidden = groups_hidden(np.array([[20, 20], [20, 20]]), np.array([[10, 10], [10, 2]]))
    assert hidden.tolist() == [[True, True, False], [True, True, False], [False, False, False]]


def test_large_groups_stay_shown():
    assert not groups_hidden(np.full((5, 4), 20), np.full((5, 4), 10)).any()


def test_everything_is_hidden_at_the_start_and_a_national_study_takes_little_time():
    assert groups_hidden(np.full((3, 2), 8), np.zeros((3, 2), dtype=np.int64)).all()
    draw = np.random.default_rng(1)
    asked = draw.integers(0, 20, (342, 7))
    hidden = groups_hidden(asked, draw.binomial(asked, 0.5))
    assert 0 < hidden.sum() < hidden.size


@pytest.mark.parametrize("one", [3, 12])
def test_a_study_of_one_case_and_role_hides_all_or_nothing(one):
    hidden = groups_hidden(np.array([[one]]), np.array([[one // 2]]))
    assert hidden.all() == (one == 3)
