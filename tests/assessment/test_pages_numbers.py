"""Numbers on pages are rounded, never cut off, and say when they are not known."""

import pytest
from django.utils.translation import override

from rodedraad.assessment.templatetags.shown_numbers import decimals, percent, raw_figure
from rodedraad.assessment.types_shown import changes_shown, gap_shown


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(0.8299999, 2, "0,83"), (2 / 3, 2, "0,67"), (12995, 0, "12.995"),
     (-0.005, 2, "\N{MINUS SIGN}0,01"), (-0.001, 2, "0,00"), (None, 2, "–"), ("", 2, "–")],
)  # fmt: skip
def test_a_number_is_rounded_to_its_decimals(
    value: float | str | None, places: int, text: str
) -> None:
    with override("nl"):
        assert decimals(value, places) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (1, "100%"), (0.996, "99,6%"), (0.001, "0,1%"), (0.9999, "bijna 100%"),
     (0.0001, "bijna 0%"), (0.506, "51%"), (None, "–"), ("", "–")],
)  # fmt: skip
def test_a_share_that_is_not_all_never_shows_as_all(share: float | str | None, text: str) -> None:
    with override("nl"):
        assert percent(share) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (24162827.0, "24.162.827"), (5.25, "5,25"), (6.123456789, "6,1235"), (None, "–")],
)
def test_a_published_figure_keeps_the_decimals_it_has(value: float | None, text: str) -> None:
    with override("nl"):
        assert raw_figure(value) == text


def test_a_number_never_rounds_onto_what_it_is_held_against() -> None:
    attitude = {"attitude": "necessity", "label": "voorzichtige", "value": 0.33, "now": 0.334}
    case = {
        "changes": {"needs": {}, "measures": [], "attitudes": [attitude]},
        "attitudes": {"necessity": {"suppressed": False}},
    }
    with override("nl"):
        (sentence,) = changes_shown(case, {}, {"necessity": "Noodzaak"}, all_scores=True)
        gap = gap_shown({"pro": 0.421, "con": 0.519, "gap": -0.098}, 0.1)
    assert gap == {"pro": "0,421", "con": "0,519", "gap": "\N{MINUS SIGN}0,098", "cut": "0,10"}
    assert "0,330 was, en niet 0,334" in sentence
