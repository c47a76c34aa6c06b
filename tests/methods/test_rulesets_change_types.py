"""Does the rule on arrays give what the rule on one municipality gives, on any input?"""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods.rulesets import (
    Attitudes,
    ChangeTypeRules,
    MeasureStatus,
    RuleRefusal,
    change_type,
)
from rodedraad.methods.rulesets.change_type import type_variants
from rodedraad.methods.rulesets.change_types import TYPE_LABELS, change_types, type_labels
from rodedraad.methods.rulesets.measures import CELLS, MEASURES

DAY = date(2016, 1, 1)
KINDS = ("document", "interview", "survey")
# Tenths and the like lie on thresholds, where the two must round alike.
SCORES = st.none() | st.integers(0, 20).map(lambda n: n / 20) | st.floats(0, 1)
MOSTLY_KNOWN = st.sampled_from([-2, -1, *([0, 1, 2, 3, 4] * 4)])
CASE = st.tuples(
    st.lists(MOSTLY_KNOWN, min_size=20, max_size=20),
    st.tuples(SCORES, SCORES, SCORES, SCORES),
    st.integers(0, 3),
)


def one_by_one(case, rules):
    statuses, (necessity, steps, waiting, doubt), n_kinds = case
    return change_type(
        {m: MeasureStatus(s) for m, s in zip(MEASURES, statuses, strict=True)},
        Attitudes(necessity=necessity, small_steps=steps, waiting=waiting, doubt=doubt),
        source_types=KINDS[:n_kinds],
        on=DAY,
        rules=rules,
    )


def as_arrays(cases):
    statuses, attitudes, n_kinds = zip(*cases, strict=True)
    return np.array(statuses), np.array(attitudes, dtype=float), np.array(n_kinds)


def same(array_value, value):
    return np.isnan(array_value) if value is None else array_value == pytest.approx(value)


@given(
    st.lists(CASE, min_size=1, max_size=8),
    st.sampled_from([ChangeTypeRules(), ChangeTypeRules(breadth=0.4, cell=0.3, gap=0.2)]),
)
def test_arrays_give_what_the_rule_gives_one_by_one(cases, rules):
    found = change_types(*as_arrays(cases), rules=rules)
    for i, case in enumerate(cases):
        one = one_by_one(case, rules)
        assert found.labels[i] == one.label
        assert found.stability[i] == pytest.approx(one.stability)
        varied = [one_by_one(case, variant).label for variant in type_variants(rules)]
        assert [TYPE_LABELS[label] for label in found.variants[:, i]] == varied
        assert same(found.breadth[i], one.breadth.breadth)
        assert same(found.external[i], one.breadth.external)
        assert all(same(found.cells[i, j], one.breadth.cells[c]) for j, c in enumerate(CELLS))
        assert same(found.known[i], one.breadth.known)
        assert same(found.pro[i], one.pro)
        assert same(found.con[i], one.con)
        assert tuple(np.array(CELLS)[found.below[i]]) == one.missing_cells
        assert found.waits[i] == ("waiting_conflict" in one.flags)


def test_the_labels_alone_are_the_same_labels():
    rng = np.random.default_rng(3)
    statuses = rng.integers(-1, 5, (200, 20))
    attitudes, n_kinds = rng.random((200, 4)), rng.integers(1, 4, 200)
    found = change_types(statuses, attitudes, n_kinds)
    assert np.array_equal(found.label, type_labels(statuses, attitudes, n_kinds))
    assert len(set(found.labels)) >= 4


@pytest.mark.parametrize(
    ("statuses", "attitudes", "n_kinds", "code"),
    [
        (np.zeros((1, 19)), np.zeros((1, 4)), [2], "change_types_shape"),
        (np.zeros((1, 20)), np.zeros((1, 3)), [2], "change_types_shape"),
        (np.zeros((1, 20)), np.zeros((1, 4)), [2, 2], "change_types_shape"),
        (np.full((1, 20), 5), np.zeros((1, 4)), [2], "change_types_status"),
        (np.zeros((1, 20)), np.full((1, 4), 1.01), [2], "share_out_of_range"),
    ],
)
def test_unsound_input_is_refused(statuses, attitudes, n_kinds, code):
    with pytest.raises(RuleRefusal) as refused:
        change_types(statuses, attitudes, n_kinds)
    assert refused.value.code == code
