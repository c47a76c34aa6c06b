"""How are facts written for a person: numbers, dates, and texts that exist in two languages?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

NOTHING = "–"


@dataclass(frozen=True)
class Shown:
    """A fact as a person reads it, and the published record it was taken from."""

    text: str
    source: str
    source_row: str


def number_shown(value: float | None, decimals: int = 0) -> str:
    """A number in the language of the page, with thousands grouped; a dash when missing.

    A negative number has a minus sign, which is as wide as a plus; a hyphen is not.
    """
    if value is None:
        return NOTHING
    rounded = round(value, decimals) + 0  # number_format() cuts off; -0.0 + 0 is 0.0
    text = number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return text.replace("-", "\N{MINUS SIGN}")


def date_shown(when: date | None) -> str:
    """A date in words; a dash when there is none."""
    return NOTHING if when is None else date_format(when, "j F Y")


def in_language(row: Mapping[str, Any], field: str) -> str:
    """The text of ``field_nl`` or ``field_en``, whichever the page is in."""
    return str(row[f"{field}_en" if get_language() == "en" else f"{field}_nl"])
