"""Which rows and columns of a large table does one page show?"""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from rodedraad.overviews.grid import Grid, Heading, Part

ROWS, COLUMNS = 40, 12
PICTURES = ("svg", "png")


def part_asked(grid: Grid, data: QueryDict) -> tuple[Part, Page[Heading], Page[Heading]]:
    """Return the part of a grid that is asked for, and which page of rows and columns it is."""
    rows = Paginator(grid.rows, ROWS).get_page(data.get("page"))
    columns = Paginator(grid.columns, COLUMNS).get_page(data.get("kolommen"))
    return grid.part(_slice(rows), _slice(columns)), rows, columns


def _slice(page: Page[Any]) -> slice:
    return slice(max(page.start_index() - 1, 0), page.end_index())
