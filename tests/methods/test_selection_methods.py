"""Do random, typical and extreme selections choose whom they say they choose?"""

import numpy as np
import pytest
from scipy.stats import chisquare

from rodedraad.methods.selection import (
    SelectionRefusal,
    select_extreme,
    select_random,
    select_typical,
)

STRATA = ["small"] * 20 + ["large"] * 10
LINE = np.array([[0.0], [1.0], [2.0], [3.0], [14.0]])  # mean 4


def test_every_unit_is_drawn_equally_often():
    counts = np.zeros(10)
    for seed in range(600):
        counts[list(select_random(10, 3, seed=seed).chosen)] += 1
    assert chisquare(counts).pvalue > 0.001


def test_a_random_selection_keeps_to_proportional_quota_and_repeats_with_its_seed():
    selection = select_random(30, 6, seed=4, strata=STRATA)
    assert selection.quota == {"large": 2, "small": 4}
    assert sum(unit < 20 for unit in selection.chosen) == 4
    assert selection == select_random(30, 6, seed=4, strata=STRATA)
    assert selection.chosen != select_random(30, 6, seed=5, strata=STRATA).chosen


def test_random_reserves_come_from_the_stratum_of_their_case_and_serve_once():
    selection = select_random(30, 6, seed=4, strata=STRATA)
    served = [unit for units in selection.reserves.values() for unit in units]
    assert len(served) == len(set(served)) == 12
    assert not set(served) & set(selection.chosen)
    assert all(
        STRATA[unit] == STRATA[case] for case, units in selection.reserves.items() for unit in units
    )


def test_first_reserves_are_dealt_before_second_ones_when_units_run_out():
    selection = select_random(5, 2, seed=1)
    assert sorted(len(units) for units in selection.reserves.values()) == [1, 2]
    assert selection.notices[0].message.startswith("1 of 2 cases have fewer than 2 reserves")


def test_adding_a_stratum_elsewhere_does_not_need_its_units_to_be_in_order():
    mixed = [STRATA[i] for i in np.random.default_rng(1).permutation(30)]
    selection = select_random(30, 6, seed=4, strata=mixed, quota={"small": 6})
    assert {mixed[unit] for unit in selection.chosen} == {"small"}


def test_typical_cases_are_nearest_to_the_mean_nearest_first():
    selection = select_typical(LINE, 2)
    assert selection.chosen == (3, 2)
    assert selection.seed is None
    assert selection.reserves == {3: (0, 4), 2: (1,)}


def test_extreme_cases_are_furthest_from_the_mean_and_their_reserves_come_next():
    selection = select_extreme(LINE, 2)
    assert selection.chosen == (4, 0)
    assert selection.reserves == {4: (1, 3), 0: (2,)}


def test_the_centre_is_that_of_the_own_stratum():
    # low: 0, 1, 2 with mean 1; high: 3, 14 with mean 8.5 (both 5.5 away, so frame order).
    selection = select_typical(LINE, 2, strata=["low", "low", "low", "high", "high"])
    assert selection.chosen == (1, 3)


def test_distance_to_the_centre_is_scaled_up_over_known_figures():
    # Means 1 and 1. Unit 2 lies 1 away on its one known variable: sqrt(2), as do units 0 and 1.
    z = np.array([[0.0, 0.0], [2.0, 2.0], [np.nan, 2.0], [1.0, 0.0]])
    # second variable: mean of 0, 2, 2, 0 is 1; unit 3 is 0 and 1 away: 1, so it is most typical.
    assert select_typical(z, 1).chosen == (3,)
    assert select_extreme(z, 3).chosen == (0, 1, 2)


def test_a_unit_without_any_figure_is_refused():
    with pytest.raises(SelectionRefusal, match="Unit 1 has no known figure"):
        select_typical(np.array([[1.0], [np.nan]]), 1)
