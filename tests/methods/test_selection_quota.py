"""Does the quota per stratum follow the method of the largest remainder?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods.selection import SelectionRefusal, quota_largest_remainder

# Census of 1790 and the bill for 120 seats that Hamilton drew up and Washington vetoed in 1792.
# Source: COMAP, For All Practical Purposes, 10th edition, table 14.5; census of 1790.
CENSUS_1790 = {
    "Connecticut": 236_841,
    "Delaware": 55_540,
    "Georgia": 70_835,
    "Kentucky": 68_705,
    "Maryland": 278_514,
    "Massachusetts": 475_327,
    "New Hampshire": 141_822,
    "New Jersey": 179_570,
    "New York": 331_589,
    "North Carolina": 353_523,
    "Pennsylvania": 432_879,
    "Rhode Island": 68_446,
    "South Carolina": 206_236,
    "Vermont": 85_533,
    "Virginia": 630_560,
}
HAMILTON_1792 = [8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21]


def test_the_bill_of_1792_comes_out_seat_for_seat():
    quota = quota_largest_remainder(CENSUS_1790, 120, minimum=0)
    assert list(quota.values()) == HAMILTON_1792


def test_a_needed_stratum_under_its_share_is_held_at_the_minimum_and_the_rest_is_shared():
    # 16 of 393: small 1 of 3 (share 0.12), then 15 over 390: 40/390*15 = 1.54, 350/390*15 = 13.46.
    quota = quota_largest_remainder({"big four": 3, "large": 40, "other": 350}, 16)
    assert quota == {"big four": 1, "large": 2, "other": 13}


def test_only_strata_named_as_needed_are_held_at_the_minimum():
    sizes = {"a": 2, "b": 2, "c": 96}
    assert quota_largest_remainder(sizes, 10, needed=["a"]) == {"a": 1, "b": 0, "c": 9}


def test_equal_remainders_go_to_the_larger_stratum_and_then_by_name():
    assert quota_largest_remainder({"b": 5, "a": 5}, 1, minimum=0) == {"b": 0, "a": 1}
    assert quota_largest_remainder({"a": 1, "b": 3}, 2, minimum=0) == {"a": 0, "b": 2}


def test_more_needed_strata_than_cases_is_refused_with_the_cure():
    with pytest.raises(SelectionRefusal, match="Select at least 3 cases, merge strata") as refusal:
        quota_largest_remainder({"a": 5, "b": 5, "c": 5}, 2)
    assert refusal.value.code == "quota_too_many_needed_strata"


def test_a_needed_stratum_without_units_is_refused_by_name():
    with pytest.raises(SelectionRefusal, match="'islands' has no units"):
        quota_largest_remainder({"mainland": 10, "islands": 0}, 2, needed=["islands"])


@pytest.mark.parametrize("n", [0, -1, 11])
def test_an_impossible_number_of_cases_is_refused(n):
    with pytest.raises(SelectionRefusal, match="from 1 to the 10 units"):
        quota_largest_remainder({"a": 10}, n)


def test_a_negative_size_or_minimum_is_refused():
    with pytest.raises(SelectionRefusal, match="negative size"):
        quota_largest_remainder({"a": 10, "b": -1}, 2)
    with pytest.raises(SelectionRefusal, match="0 or more"):
        quota_largest_remainder({"a": 10}, 2, minimum=-1)


@given(
    st.dictionaries(st.text(max_size=3), st.integers(0, 60), min_size=1, max_size=12),
    st.integers(1, 200),
    st.integers(0, 3),
)
def test_a_quota_adds_up_and_stays_between_the_minimum_and_the_stratum(sizes, n, minimum):
    floors = {s: min(minimum, size) for s, size in sizes.items()}
    if not max(1, sum(floors.values())) <= n <= sum(sizes.values()):
        with pytest.raises(SelectionRefusal):
            quota_largest_remainder(sizes, n, minimum=minimum)
        return
    quota = quota_largest_remainder(sizes, n, minimum=minimum)
    assert sum(quota.values()) == n
    assert all(floors[s] <= quota[s] <= sizes[s] for s in sizes)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 60), min_size=1), st.data())
def test_the_order_of_the_strata_does_not_matter(sizes, data):
    n = data.draw(st.integers(1, sum(sizes.values())))
    backwards = dict(reversed(sizes.items()))
    assert quota_largest_remainder(sizes, n, minimum=0) == quota_largest_remainder(
        backwards, n, minimum=0
    )
