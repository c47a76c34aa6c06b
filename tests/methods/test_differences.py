"""Is a standardised difference what its source says, and silent where nothing can be said?"""

import numpy as np
import pytest

from rodedraad.methods.differences import standardised_difference


def test_it_is_what_the_book_says_worked_by_hand():
    found = standardised_difference([5, 7, 9, 11], [4, 4, 8, 8, 6])
    # means 8 and 6; squares 20 and 16; pooled sd sqrt(36/7); correction 1 - 3/27
    d = 2 / np.sqrt(36 / 7)
    g = d * (1 - 3 / 27)
    error = np.sqrt(9 / 20 + g**2 / 18)
    assert found.value == pytest.approx(g)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (g - 1.959964 * error, g + 1.959964 * error), abs=1e-5
    )


def test_turning_the_groups_turns_the_sign_and_scale_does_not_matter():
    rng = np.random.default_rng(1)
    one, two = rng.normal(size=20), rng.normal(1, size=30)
    forth, back = standardised_difference(one, two), standardised_difference(two, one)
    assert forth.value == pytest.approx(-back.value)
    assert standardised_difference(one * 7 + 3, two * 7 + 3).value == pytest.approx(forth.value)


def test_unknown_units_are_left_out():
    with_gap = standardised_difference([1, 2, np.nan, 4], [2, 3, 5])
    assert with_gap == standardised_difference([1, 2, 4], [2, 3, 5])
    assert with_gap.n_first == 3


def test_nothing_is_said_of_one_unit_or_of_equal_ones():
    assert standardised_difference([1], [1, 2]).value is None
    assert standardised_difference([3, 3], [3, 3]).interval is None
    assert standardised_difference([], [1, 2]).mean_first is None
