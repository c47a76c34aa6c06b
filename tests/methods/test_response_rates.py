"""Are the outcome rates those of AAPOR?

The worked example: 100 people of a list. 40 complete, 5 partial, 15 refused, 10 not reached, 2
ill, 20 of whom nothing is known, 8 not in the population. The denominators below are written out
by hand from the formulas of Standard Definitions, 10th edition (2023), section on outcome rates.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods.response_rates import Disposition, response_rates

D = Disposition
EXAMPLE = {
    D.COMPLETE: 40, D.PARTIAL: 5, D.REFUSAL: 15, D.NON_CONTACT: 10, D.OTHER: 2, D.UNKNOWN: 20,
    D.INELIGIBLE: 8,
}  # fmt: skip
counts = st.dictionaries(st.sampled_from(list(D)), st.integers(0, 500))


def test_the_worked_example():
    rates = response_rates(EXAMPLE)
    assert rates.n == 92
    assert rates.rr1 == pytest.approx(40 / 92)
    assert rates.rr2 == pytest.approx(45 / 92)
    assert rates.rr3 == pytest.approx(40 / (72 + 0.9 * 20))
    assert rates.rr4 == pytest.approx(45 / (72 + 0.9 * 20))
    assert rates.rr5 == pytest.approx(40 / 72)
    assert rates.rr6 == pytest.approx(45 / 72)
    assert rates.cooperation1 == pytest.approx(40 / 62)
    assert rates.cooperation3 == pytest.approx(40 / 60)
    assert rates.refusal1 == pytest.approx(15 / 92)
    assert rates.contact1 == pytest.approx(62 / 92)


def test_a_share_that_is_given_is_used():
    assert response_rates(EXAMPLE, eligible=0.5).rr3 == pytest.approx(40 / 82)


def test_nobody_gives_no_rate_rather_than_nought():
    assert response_rates({}).rr1 is None


@given(counts)
def test_stricter_rates_are_never_higher(given_counts):
    rates = response_rates(given_counts)
    if rates.rr1 is not None and rates.rr3 is not None and rates.rr5 is not None:
        assert rates.rr1 <= rates.rr3 + 1e-12
        assert rates.rr3 <= rates.rr5 + 1e-12


@given(counts)
def test_all_or_none_of_the_unknown_gives_the_outer_rates(given_counts):
    assert response_rates(given_counts, eligible=1).rr4 == response_rates(given_counts).rr2
    assert response_rates(given_counts, eligible=0).rr3 == response_rates(given_counts).rr5


@pytest.mark.parametrize(("wrong", "eligible"), [({D.REFUSAL: -1}, None), ({}, 1.5)])
def test_impossible_numbers_are_refused(wrong, eligible):
    with pytest.raises(ValueError, match=r"below 0|from 0 to 1"):
        response_rates(wrong, eligible=eligible)
