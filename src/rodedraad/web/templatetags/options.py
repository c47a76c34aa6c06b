"""How are the choices of a list written: hundreds of them, so without a template for each?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
Option = Mapping[str, Any]


@register.filter
def options_written(options: Iterable[Option]) -> SafeString:
    """Return the elements of some options of a widget, as Django's own templates write them."""
    return mark_safe("".join(map(_written, options)))  # noqa: S308 each part is escaped


def _written(option: Option) -> str:
    value, label = conditional_escape(str(option["value"])), conditional_escape(option["label"])
    attributes = "".join(_attribute(name, set_to) for name, set_to in option["attrs"].items())
    return f'\n  <option value="{value}"{attributes}>{label}</option>'


def _attribute(name: str, set_to: object) -> str:
    if set_to is False:
        return ""
    name = conditional_escape(name)
    return f" {name}" if set_to is True else f' {name}="{conditional_escape(str(set_to))}"'
