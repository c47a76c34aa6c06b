"""Is what is said to give another change type the least, and does it give that type?"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.rulesets.change_types import ATTITUDES, TYPE_LABELS, type_labels
from rodedraad.methods.rulesets.measures import MEASURES
from rodedraad.methods.rulesets.type_changes import type_changes

MIDDLE = np.array([0.5, 0.5, 0.5, 0.5])
STATUSES = st.lists(st.sampled_from([-2, -1, 0, 0, 1, 2, 3, 3, 4]), min_size=20, max_size=20)
VALUES = st.lists(st.integers(0, 100).map(lambda n: n / 100), min_size=4, max_size=4)
MOST_TRIED = 3


def label(statuses, attitudes, n_kinds=2):
    found = type_labels(np.array([statuses]), np.array([attitudes]), np.array([n_kinds]))
    return TYPE_LABELS[found[0]]


def changed(statuses, measures, direction):
    after = np.array(statuses)
    after[[MEASURES.index(m) for m in measures]] = 3 if direction == "up" else 0
    return after


@settings(max_examples=30)
@given(STATUSES, VALUES)
def test_every_change_gives_the_label_it_promises(statuses, values):
    found = type_changes(np.array(statuses), np.array(values), 2)
    for change in found.measures:
        after = changed(statuses, change.measures, change.direction)
        assert label(after, values) == change.label != label(statuses, values)
    for change in found.attitudes:
        after = list(values)
        after[ATTITUDES.index(change.attitude)] = change.value
        assert label(statuses, after) == change.label != label(statuses, values)


@settings(max_examples=8, deadline=None)
@given(STATUSES, VALUES, st.sampled_from(["up", "down"]))
def test_no_smaller_set_of_measures_gives_another_label(statuses, values, direction):
    found = type_changes(np.array(statuses), np.array(values), 2)
    sizes = [len(c.measures) for c in found.measures if c.direction == direction]
    least = min(sizes, default=MOST_TRIED + 1)
    usable = [
        m
        for m, s in zip(MEASURES, statuses, strict=True)
        if (0 <= s < 3 if direction == "up" else s > 1)
    ]
    for size in range(1, min(least, MOST_TRIED + 1)):
        sets = list(combinations(usable, size))
        if not sets:
            continue
        tried = np.array([changed(statuses, chosen, direction) for chosen in sets])
        n = len(tried)
        labels = type_labels(tried, np.tile(values, (n, 1)), np.full(n, 2))
        assert {TYPE_LABELS[i] for i in labels} == {label(statuses, values)}


@settings(max_examples=30, deadline=None)
@given(STATUSES, VALUES)
def test_no_nearer_value_of_an_attitude_gives_that_label(statuses, values):
    found = type_changes(np.array(statuses), np.array(values), 2)
    for change in found.attitudes:
        j = ATTITUDES.index(change.attitude)
        tried = np.tile(values, (101, 1))
        tried[:, j] = np.arange(101) / 100
        labels = type_labels(np.tile(statuses, (101, 1)), tried, np.full(101, 2))
        there = tried[labels == TYPE_LABELS.index(change.label), j]
        assert np.abs(there - values[j]).min() >= abs(change.value - values[j]) - 1e-12


def test_broad_action_outside_lacks_four_measures_in_the_municipality():
    # C and D empty: each needs two of five measures to reach .25, and the breadth is there.
    found = type_changes(np.array([3] * 10 + [0] * 10), MIDDLE, 2)
    change = next(c for c in found.measures if c.label == "veranderaar")
    assert (change.direction, change.measures) == ("up", ("C1", "C2", "D1", "D2"))


@pytest.mark.parametrize(
    ("statuses", "attitudes", "n_kinds", "needs"),
    [
        ([3] * 10 + [-1] * 10, MIDDLE, 2, {"measures": 4, "cells": ["C", "D"]}),
        ([3] * 20, MIDDLE, 1, {"source_types": 1}),
        ([3] * 20, MIDDLE, 2, {}),
        (
            [3] * 5 + [0] * 15,
            np.array([np.nan, 0.5, np.nan, 0.5]),
            2,
            {"attitudes": ["necessity", "waiting"]},
        ),
        ([-1] * 5 + [3] * 14 + [-2], MIDDLE, 2, {"cells": ["A"]}),
    ],
)
def test_what_is_lacking_for_a_label_is_named(statuses, attitudes, n_kinds, needs):
    assert type_changes(np.array(statuses), attitudes, n_kinds).needs == needs


def test_an_unknown_attitude_says_from_which_value_there_is_a_label():
    statuses = np.array([3] * 5 + [0] * 15)
    found = type_changes(statuses, np.array([np.nan, 0.5, np.nan, 0.5]), 2)
    assert {c.attitude for c in found.attitudes} == {"necessity", "waiting"}
    assert all(c.now is None for c in found.attitudes)
