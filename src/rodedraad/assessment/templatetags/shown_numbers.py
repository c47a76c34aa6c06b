"""How are numbers of runs and rows written on a page: decimals, percent, a figure as published?

Django hands a filter an empty text for what is not there, such as ``none.consistency``.
"""

from django import template
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from rodedraad.country.wording import NOTHING, number_shown

register = template.Library()
UNIT_WORDS = "rodedraad.assessment.evidence_words.unit_words"
"""Imported by who asks: it draws on much, and every page loads these tags."""


@register.filter
def decimals(value: float | str | None, places: int) -> str:
    """The number with so many decimals; a dash when it is not known."""
    return NOTHING if value is None or isinstance(value, str) else number_shown(value, places)


@register.filter
def percent(share: float | str | None) -> str:
    """A share of 0 to 1 as a whole percentage; a dash when it is not known.

    A share that is not quite 0 or 1 never shows as 0% or 100%.
    """
    if share is None or isinstance(share, str):
        return NOTHING
    whole, tenths = round(share * 100), round(share * 100, 1)
    if whole not in {0, 100} or share in {0, 1}:
        return f"{number_shown(whole)}%"
    if tenths not in {0, 100}:
        return f"{number_shown(tenths, 1)}%"
    return _("almost %(share)s") % {"share": f"{whole}%"}


@register.filter
def raw_figure(value: float | None) -> str:
    """A published figure with the decimals it has, at most four; a dash when it is missing."""
    if value is None:
        return NOTHING
    places = next((n for n in range(4) if round(value, n) == round(value, 4)), 4)
    return number_shown(value, places)


@register.filter
def unit_shown(unit: str) -> str:
    """The unit of a raw figure in the language of the page."""
    return str(import_string(UNIT_WORDS)(unit))
