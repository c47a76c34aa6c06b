"""How are numbers written on these pages, and how does an address keep its conditions?"""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.wording import number_shown
from rodedraad.overviews.grid import Cell, Part

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


@register.simple_tag
def grid_rows(part: Part) -> SafeString:
    """Show the rows of a grid; put together here, as a page has five hundred cells."""
    rows = (
        f'<tr><th scope="row"><div class="ovw-depth-{row.depth}">{escape(row.label)}</div></th>'
        f"{''.join(map(_cell, cells))}</tr>"
        for row, cells in part.lines
    )
    return mark_safe("\n".join(rows))  # noqa: S308 every text in it is escaped


def _cell(cell: Cell) -> str:
    text = escape(cell.text)
    shown = f'<a href="{escape(cell.url)}">{text}</a>' if cell.url else text
    return f'<td class="numeric ovw-{cell.state}">{shown}</td>'
