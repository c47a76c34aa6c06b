"""How do pages about fieldwork and interviews write shares and codes?"""

from django import template

from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.fieldwork.interviews_words import BY_KIND

register = template.Library()


@register.filter
def share_shown(share: float | None) -> str:
    """Return a share of 0 to 1 as a percentage, or a dash when there is none."""
    return NOTHING if share is None else f"{number_shown(100 * share)}%"


@register.filter
def interview_called(code: str, kind: str) -> str:
    """Return what a code is called: ``{{ interview.stands|interview_called:"state" }}``."""
    return str(BY_KIND[kind].get(code, code))
