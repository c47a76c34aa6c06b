"""How are numbers written on these pages, and how does an address keep its conditions?"""

from typing import Any

from django import template
from django.template.context import Context

from rodedraad.country.wording import number_shown

register = template.Library()


@register.filter
def whole(value: float) -> str:
    """A number without decimals, with thousands grouped."""
    return number_shown(value)


@register.filter
def one_decimal(value: float) -> str:
    """A number with one decimal."""
    return number_shown(value, 1)


@register.filter
def two_decimals(value: float) -> str:
    """A number with two decimals."""
    return number_shown(value, 2)


@register.simple_tag(takes_context=True)
def with_parameter(context: Context, name: str, value: Any) -> str:
    """Return the query of this page with one parameter changed."""
    query = context["request"].GET.copy()
    query[name] = str(value)
    if name != "kolommen":
        query.pop("kolommen", None)
        query.pop("page", None)
    return query.urlencode()
