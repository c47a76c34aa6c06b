"""How does a code look on a page: a line in its colour and pattern, drawn once for each look?"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rodedraad.coding.models import Code, Coding

register = template.Library()
LOOKS_AT_MOST = 1_000
LINE = (
    '<svg class="cod-line" width="8" data-start="{}" data-end="{}" aria-hidden="true"'
    ' focusable="false">{}</svg>'
)


@register.simple_tag
def swatch(code: Code) -> SafeString:
    """Draw the line of a code."""
    return _drawn("coding/part/swatch.html", code.colour, code.pattern)


@register.simple_tag
def margin_line(coding: Coding) -> SafeString:
    """Draw the line of a coding in the margin, as long as its passage."""
    stroke = _drawn("coding/part/line.html", coding.code.colour, coding.code.pattern)
    return format_html(LINE, coding.start, coding.end, stroke)


@lru_cache(maxsize=LOOKS_AT_MOST)
def _drawn(name: str, colour: str, pattern: str) -> SafeString:
    return render_to_string(name, {"code": {"colour": colour, "pattern": pattern}})
