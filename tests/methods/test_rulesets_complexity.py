"""Is the profile of horizontal complexity what its definition says?"""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from rodedraad.methods.rulesets import Development, Link, RuleRefusal, horizontal_complexity
from rodedraad.methods.rulesets.scale import LEVELS

DAY = date(2016, 1, 1)


def development(key, levels, domains=("jeugd",), **rest):
    return Development(key, frozenset(domains), frozenset(levels), **rest)


CASE = [
    development("team", ["wijk"], ["jeugd", "wmo"], sources=frozenset({"interview 1"})),
    development("regio", ["regio"], sources=frozenset({"interview 1", "note 2"})),
    development("akkoord", ["regio", "landelijk"], ["wmo", "werk"]),
]


def test_a_small_case_is_what_one_works_out_by_hand():
    links = [Link("team", "regio", 2), Link("regio", "team", 1), Link("regio", "akkoord", 0)]
    profile = horizontal_complexity(CASE, links, on=DAY)
    assert profile.n == 3
    assert profile.per_level == {
        "wijk": 1,
        "gemeente": 0,
        "regio": 1.5,
        "bovenregionaal": 0,
        "landelijk": 0.5,
    }
    assert profile.link_density == pytest.approx(1 / 3)  # the pair counts once, no evidence not
    assert profile.cross_level_link_density == pytest.approx(1 / 2)  # regio - akkoord share a level
    assert profile.multi_domain_share == pytest.approx(2 / 3)
    assert profile.n_sources == 2
    assert profile.links_without_evidence == 1


@given(st.lists(st.sets(st.sampled_from(LEVELS), min_size=1), min_size=1, max_size=12))
def test_level_entropy_agrees_with_scipy(level_sets):
    case = [development(str(i), levels) for i, levels in enumerate(level_sets)]
    profile = horizontal_complexity(case, None, on=DAY)
    weights = [sum(1 / len(s) for s in level_sets if level in s) for level in LEVELS]
    assert profile.level_entropy == pytest.approx(entropy(weights) / np.log(5), abs=1e-12)
    assert sum(profile.per_level.values()) == pytest.approx(len(case))


def test_all_at_one_level_is_no_spread_and_one_at_each_level_is_full_spread():
    one = [development(str(i), ["regio"]) for i in range(4)]
    assert horizontal_complexity(one, (), on=DAY).level_entropy == 0
    each = [development(level, [level]) for level in LEVELS]
    assert horizontal_complexity(each, (), on=DAY).level_entropy == pytest.approx(1)


def test_what_does_not_exist_is_unknown_and_not_zero():
    nothing = horizontal_complexity([], (), on=DAY)
    assert (nothing.n, nothing.level_entropy, nothing.link_density) == (0, None, None)
    unlooked = horizontal_complexity(CASE, None, on=DAY)
    assert (unlooked.link_density, unlooked.cross_level_link_density) == (None, None)
    same_level = [development("a", ["regio"]), development("b", ["regio"])]
    looked = horizontal_complexity(same_level, (), on=DAY)
    assert (looked.link_density, looked.cross_level_link_density) == (0, None)


def test_only_developments_active_on_the_day_count():
    case = [
        development("past", ["regio"], until=DAY),
        development("now", ["regio"], since=DAY),
        development("later", ["regio"], since=date(2016, 1, 2)),
    ]
    profile = horizontal_complexity(case, [Link("past", "now", 1)], on=DAY)
    assert (profile.n, profile.inactive, profile.link_density) == (1, 2, None)
    assert profile.inputs["developments"] == ["now"]


def test_unknown_levels_double_keys_and_loose_links_are_refused():
    with pytest.raises(RuleRefusal, match="Development a has levels"):
        horizontal_complexity([development("a", ["europees"])], (), on=DAY)
    with pytest.raises(RuleRefusal, match="same key"):
        horizontal_complexity([CASE[0], CASE[0]], (), on=DAY)
    with pytest.raises(RuleRefusal, match="does not join two developments"):
        horizontal_complexity(CASE, [Link("team", "elsewhere", 1)], on=DAY)
