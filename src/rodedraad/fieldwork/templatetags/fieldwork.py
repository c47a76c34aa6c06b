"""How do pages about fieldwork say codes in words?"""

from django import template

from rodedraad.fieldwork.people_file import roles_known
from rodedraad.fieldwork.wording import BY_KIND

register = template.Library()


@register.filter
def fieldwork_called(code: str, kind: str) -> str:
    """Return what a code is called: ``{{ row.state|fieldwork_called:"state" }}``."""
    return str(BY_KIND[kind].get(code, code))


@register.filter
def role_called(code: str) -> str:
    """Return what a role is called in the language of the page; an own one as it is written."""
    return roles_known().get(code, code)
