"""How do pages about fieldwork say codes in words?"""

from django import template
from django.utils.module_loading import import_string

from rodedraad.fieldwork.wording import BY_KIND

register = template.Library()
ROLES = "rodedraad.fieldwork.people_file.roles_known"
"""Imported by who asks: reading files takes long to import, and every page loads these tags."""


@register.filter
def fieldwork_called(code: str, kind: str) -> str:
    """Return what a code is called: ``{{ row.state|fieldwork_called:"state" }}``."""
    return str(BY_KIND[kind].get(code, code))


@register.filter
def role_called(code: str) -> str:
    """Return what a role is called in the language of the page; an own one as it is written."""
    return import_string(ROLES)().get(code, code)
