"""A number never rounds onto the threshold that it does not reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods.told_apart import MOST_PLACES, places_apart

SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("value", "threshold", "places"),
    [(0.098, 0.1, 3), (0.0996, 0.1, 4), (0.33, 0.334, 3), (0.2, 0.1, 2), (0.6 - 0.5, 0.1, 2),
     (None, 0.1, 2)],
)  # fmt: skip
def test_as_many_decimals_as_needed(value: float | None, threshold: float, places: int) -> None:
    assert places_apart(value, threshold) == places


@given(SHARES, SHARES)
def test_what_differs_looks_different(value: float, threshold: float) -> None:
    places = places_apart(value, threshold)
    differ = round(value, MOST_PLACES) != round(threshold, MOST_PLACES)
    assert (f"{value:.{places}f}" != f"{threshold:.{places}f}") is differ or not differ
