"""Does congruence give the numbers of scikit-learn, and of a table counted by hand?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import adjusted_rand_score

from rodedraad.methods.partitions import (
    PartitionRefused,
    adjusted_rand,
    congruence,
    congruence_matrix,
    partition_change,
)

label_pairs = st.integers(2, 25).flatmap(
    lambda n: st.tuples(
        hnp.arrays(np.int64, n, elements=st.integers(-1, 5)),
        hnp.arrays(np.int64, n, elements=st.integers(-1, 5)),
    )
)


def test_adjusted_rand_reproduces_a_published_example():
    # Contingency table of Yeung & Ruzzo (2001), Bioinformatics 17, supplement: 0.313.
    table = [[1, 1, 0], [1, 2, 1], [0, 0, 4]]
    a = [i for i, row in enumerate(table) for _ in range(sum(row))]
    b = [j for row in table for j, count in enumerate(row) for _ in range(count)]
    assert adjusted_rand(a, b) == pytest.approx(0.313, abs=5e-4)


@given(label_pairs)
def test_adjusted_rand_equals_scikit_learn_on_the_units_in_both(pair):
    a, b = pair
    both = (a >= 0) & (b >= 0)
    if both.sum() < 2:
        assert adjusted_rand(a, b) is None
    else:
        assert adjusted_rand(a, b) == pytest.approx(adjusted_rand_score(a[both], b[both]))


def test_nesting_and_whole_regions_equal_a_count_by_hand():
    #    a: 0 0 0 0 0 | 1 1 1 | 2 2 | -
    #    b: 0 0 0 1 1 | 1 1 1 | -  2 | 2   -> common: 9 units
    match = congruence([0, 0, 0, 0, 0, 1, 1, 1, 2, 2, -1], [0, 0, 0, 1, 1, 1, 1, 1, -1, 2, 2])
    assert match.n_common == 9
    assert match.nesting_ab == pytest.approx((3 + 3 + 1) / 9)
    assert match.nesting_ba == pytest.approx((3 + 3 + 1) / 9)
    assert match.whole_ab == pytest.approx(2 / 3)  # regions 1 and 2
    assert match.whole_ba == pytest.approx(2 / 3)  # regions 0 and 2
    assert not match.identical


def test_small_regions_inside_large_ones_nest_one_way_only():
    match = congruence([0, 0, 1, 1, 2, 2, 3, 3], [0, 0, 0, 0, 1, 1, 1, 1])
    assert (match.nesting_ab, match.whole_ab) == (1, 1)
    assert (match.nesting_ba, match.whole_ba) == (0.5, 0)
    assert not match.identical


def test_the_same_regions_under_other_numbers_are_identical():
    match = congruence([3, 3, 9, 9, -1], [1, 1, 0, 0, 4])
    assert match.identical
    assert (match.n_common, match.adjusted_rand, match.nesting_ba) == (4, 1, 1)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([0, 0, 0], [4, 4, 4], 1.0),
        ([0, 1, 2], [5, 4, 3], 1.0),
        ([0, 0, 0], [0, 1, 2], 0.0),
        ([0, -1], [-1, 0], None),
        ([0, -1], [0, 0], None),
        ([], [], None),
    ],
)
def test_degenerate_partitions_have_the_documented_index(a, b, expected):
    assert adjusted_rand(a, b) == expected


def test_types_without_common_units_have_no_shares():
    match = congruence([0, 0, -1, -1], [-1, -1, 0, 1])
    assert match.n_common == 0
    assert match.nesting_ab is match.whole_ab is match.adjusted_rand is None
    assert not match.identical


@settings(max_examples=50)
@given(
    hnp.arrays(
        np.int64,
        st.tuples(st.integers(0, 15), st.integers(1, 4)),
        elements=st.integers(-1, 4),
    ),
    st.randoms(use_true_random=False),
)
def test_the_matrix_is_all_pairs_and_ignores_order_and_numbering(labels, random):
    matrix = congruence_matrix(labels)
    order = list(range(labels.shape[0]))
    random.shuffle(order)
    new_number = [10, 11, 12, 13, 14, -1]
    random.shuffle(new_number[:5])
    renumbered = np.array(new_number)[labels]
    again = congruence_matrix(renumbered[order])
    for a in range(labels.shape[1]):
        for b in range(labels.shape[1]):
            assert matrix.pair(a, b) == congruence(labels[:, a], labels[:, b])
            assert matrix.pair(a, b) == again.pair(a, b)


@given(label_pairs)
def test_swapping_the_partitions_swaps_the_directions(pair):
    forward, backward = congruence(*pair), congruence(*pair[::-1])
    assert forward.nesting_ab == backward.nesting_ba
    assert forward.whole_ba == backward.whole_ab
    assert forward.adjusted_rand == backward.adjusted_rand


@given(label_pairs)
def test_nesting_is_one_exactly_when_every_region_is_whole(pair):
    match = congruence(*pair)
    assert (match.nesting_ab == 1) == (match.whole_ab == 1)


def test_a_unit_that_changes_region_has_moved():
    change = partition_change([0, 0, 0, 1, 1, 1, -1, 2], [8, 8, 9, 9, 9, 9, 9, -1])
    assert [(m.before, m.after, m.n_units) for m in change.matches] == [(0, 8, 2), (1, 9, 3)]
    assert np.flatnonzero(change.moved).tolist() == [2]
    assert (change.n_both, change.n_only_before, change.n_only_after) == (6, 1, 1)
    assert change.share_moved == pytest.approx(1 / 6)
    # Before 3 + 3 pairs; after 1 + 6; still together 1 + 3.
    assert (change.n_pairs_before, change.n_pairs_after, change.n_pairs_kept) == (6, 7, 4)
    assert change.share_pairs_kept == pytest.approx(4 / 6)
    assert change.share_pairs_lost == pytest.approx(2 / 6)
    assert change.share_pairs_new == pytest.approx(3 / 7)
    assert change.matching_unique


def test_regions_that_merge_move_all_but_the_largest():
    change = partition_change([0, 0, 0, 1, 1, 2], [0, 0, 0, 0, 0, 0])
    assert change.n_moved == 3
    assert (change.share_pairs_lost, change.matching_unique) == (0, True)


def test_matching_beats_taking_the_largest_overlap_first():
    # Largest first would match 0-0 (3 units) and leave 1 without a match: 3 stay, not 2 + 2.
    before = [0, 0, 0, 0, 0, 1, 1]
    after = [0, 0, 0, 1, 1, 0, 0]
    change = partition_change(before, after)
    assert change.n_both - change.n_moved == 4


def test_a_tie_between_matchings_is_said():
    change = partition_change([0, 0, 1, 1], [0, 1, 0, 1])
    assert change.n_moved == 2
    assert not change.matching_unique


@given(hnp.arrays(np.int64, st.integers(0, 20), elements=st.integers(-1, 4)))
def test_without_change_nothing_moves(labels):
    change = partition_change(labels, np.where(labels >= 0, labels + 7, -1))
    assert change.n_moved == 0
    assert change.share_pairs_lost in (0, None)
    assert change.matching_unique


def test_nothing_in_both_gives_no_shares():
    change = partition_change([0, -1], [-1, 0])
    assert change.share_moved is None
    assert change.share_pairs_kept is None


@pytest.mark.parametrize(
    ("a", "b", "code", "says"),
    [
        ([0, 1], [0, 1, 1], "partition_lengths_differ", "a has 2 values, b has 3"),
        ([0.5, 1], [0, 1], "partition_labels_not_integer", "Number the regions first"),
        ([0, 1], [0, -2], "partition_label_negative", "Got -2"),
        ([[0, 1]], [0, 1], "partition_labels", "one value per unit"),
    ],
)
def test_labels_that_cannot_be_compared_are_refused_with_the_cure(a, b, code, says):
    with pytest.raises(PartitionRefused, match=says) as refusal:
        congruence(a, b)
    assert refusal.value.code == code
