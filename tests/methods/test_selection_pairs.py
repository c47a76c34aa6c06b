"""Are matched pairs the closest pairs that differ on the label?"""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from rodedraad.methods.selection import SelectionRefusal, matched_pairs


def least_total(distances, having, lacking, n_pairs, allowed):
    totals = (
        sum(distances[a, b] for a, b in zip(some, others, strict=True))
        for some in combinations(having, n_pairs)
        for others in permutations(lacking, n_pairs)
        if all(allowed(a, b) for a, b in zip(some, others, strict=True))
    )
    return min(totals, default=None)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3), st.booleans())
def test_no_other_set_of_pairs_is_closer(seed, n_pairs, within_strata):
    rng = np.random.default_rng(seed)
    distances = squareform(pdist(rng.normal(size=(9, 2))))
    label = [True] * 4 + [False] * 5
    strata = rng.choice(["a", "b"], size=9).tolist() if within_strata else ["a"] * 9
    best = least_total(
        distances, range(4), range(4, 9), n_pairs, lambda a, b: strata[a] == strata[b]
    )
    if best is None:
        with pytest.raises(SelectionRefusal, match="At most"):
            matched_pairs(distances, label, n_pairs, strata=strata)
        return
    chosen = matched_pairs(distances, label, n_pairs, strata=strata).chosen
    pairs = list(zip(chosen[::2], chosen[1::2], strict=True))
    assert all(label[a] and not label[b] and strata[a] == strata[b] for a, b in pairs)
    assert len(set(chosen)) == 2 * n_pairs
    assert sum(distances[a, b] for a, b in pairs) == pytest.approx(best)


def test_a_reserve_has_the_label_of_its_case_and_is_near_its_partner():
    # With the label at 0, -1 and 4.5, without at 2, 9 and 20. The nearest pair is 0 and 2; seen
    # from 2, the replacement for 0 is 4.5, although -1 is nearer to 0 itself.
    places = np.array([0.0, -1.0, 4.5, 2.0, 9.0, 20.0])
    distances = np.abs(np.subtract.outer(places, places))
    selection = matched_pairs(distances, [True, True, True, False, False, False], 1)
    assert selection.chosen == (0, 3)
    assert selection.reserves == {0: (2, 1), 3: (4, 5)}


def test_more_pairs_than_the_smaller_group_are_refused():
    with pytest.raises(SelectionRefusal, match="At most 1 pairs"):
        matched_pairs(np.zeros((3, 3)), [True, False, False], 2)
    with pytest.raises(SelectionRefusal, match="one of each per unit"):
        matched_pairs(np.zeros((3, 3)), [True, False], 1)
