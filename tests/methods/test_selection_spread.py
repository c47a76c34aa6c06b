"""Is the spread of a selection, and of random draws, what it should be?"""

from itertools import combinations

import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform

from rodedraad.methods.selection import SelectionRefusal, measure_spread, random_spread

RNG = np.random.default_rng(7)
DISTANCES = squareform(pdist(RNG.normal(size=(9, 2))))
LINE = np.abs(np.subtract.outer([0.0, 1.0, 3.0, 7.0], [0.0, 1.0, 3.0, 7.0]))


def test_spread_on_a_line_is_what_one_works_out_by_hand():
    # Units at 0, 1 and 7: distances 1, 7 and 6; nearest 1, 1 and 6.
    spread = measure_spread(LINE, [0, 1, 3])
    assert spread.smallest == 1
    assert spread.mean_nearest == pytest.approx(8 / 3)
    assert spread.mean_pairwise == pytest.approx(14 / 3)


def test_one_case_has_no_spread():
    assert measure_spread(LINE, [2]) is None


def test_random_draws_approach_the_mean_over_all_subsets():
    subsets = [measure_spread(DISTANCES, c) for c in combinations(range(9), 4)]
    drawn = random_spread(DISTANCES, 4, seed=1, draws=20_000)
    for name in ("smallest", "mean_nearest", "mean_pairwise"):
        exact = np.mean([getattr(s, name) for s in subsets])
        measure = getattr(drawn, name)
        assert measure.mean == pytest.approx(exact, abs=4 * measure.sd / np.sqrt(20_000))


def test_random_draws_keep_to_the_quota_of_each_stratum():
    strata = ["near", "near", "far", "far"]
    drawn = random_spread(LINE, 2, seed=1, strata=strata, quota={"near": 2}, draws=50)
    assert drawn.smallest.mean == 1
    assert drawn.smallest.sd == 0


def test_the_share_of_draws_that_reach_a_selection_counts_the_selection_itself():
    widest = max(combinations(range(9), 3), key=lambda c: measure_spread(DISTANCES, c).smallest)
    drawn = random_spread(DISTANCES, 3, seed=2, draws=999, against=widest)
    among = sum(
        measure_spread(DISTANCES, c).smallest >= drawn.smallest.given - 1e-12
        for c in combinations(range(9), 3)
    )
    assert drawn.smallest.p == (drawn.smallest.n_at_least + 1) / 1000
    assert drawn.smallest.n_at_least / 999 == pytest.approx(among / 84, abs=0.02)


def test_draws_repeat_with_the_seed_alone():
    once = random_spread(DISTANCES, 4, seed=5, draws=300)
    assert once == random_spread(DISTANCES, 4, seed=5, draws=300)
    assert once != random_spread(DISTANCES, 4, seed=6, draws=300)


def test_a_table_that_is_no_distance_table_is_refused():
    with pytest.raises(SelectionRefusal, match="square, symmetric"):
        random_spread(np.array([[0.0, 1.0], [2.0, 0.0]]), 2, seed=1)


def test_spread_of_one_case_or_of_no_draws_is_refused():
    with pytest.raises(SelectionRefusal, match="at least 2 cases and 1 draw"):
        random_spread(LINE, 1, seed=1)
