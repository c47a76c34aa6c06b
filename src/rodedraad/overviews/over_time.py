"""In which share of the sources of each month, quarter or year does a code occur?"""

from dataclasses import replace
from datetime import date

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rodedraad.overviews.codes import Rows
from rodedraad.overviews.counted import Material
from rodedraad.overviews.disclosure import cells_hidden, columns_hidden
from rodedraad.overviews.grid import Cell, Grid, Heading, hidden_cell, shade_of, unseen_cell
from rodedraad.overviews.matrix import Link, counts, number_cells, percent
from rodedraad.overviews.shown import UNDATED

MONTH, QUARTER, YEAR = "maand", "kwartaal", "jaar"
MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
MOST = 600
"""Columns at most; beyond it a source is dated so wrongly that gaps are not filled."""


def over_time(found: Material, rows: Rows, *, period: str, link: Link) -> Grid:
    """Return the share of sources with each code per period of their date.

    Periods without a source stand between the others, so that time runs evenly; sources without
    a date stand apart, last.
    """
    step = MONTHS[period]
    at = [_number(source.day, step) if source.day else None for source in found.sources]
    known = sorted({number for number in at if number is not None})
    filled = bool(known) and known[-1] - known[0] < MOST
    numbers = list(range(known[0], known[-1] + 1)) if filled else known
    place: dict[int | None, int] = {number: i for i, number in enumerate(numbers)}
    columns = [Heading(_name(number, step), key=_key(number, step)) for number in numbers]
    if None in at:
        place[None] = len(columns)
        columns.append(Heading(_("no date")))
    column = np.array([place[number] for number in at], dtype=np.int64)
    count = counts(found, rows, column, len(columns))
    headings = [Heading(line.code.name, line.depth, str(line.code.uuid)) for line in rows.lines]
    hidden = np.zeros(count.n_with.shape, dtype=bool)
    unknown = np.zeros(len(columns), dtype=bool)
    if found.public:
        unknown = columns_hidden(count.n_voices)
        hidden = cells_hidden(count.voices, count.n_voices) | unknown[None, :]

    def cell_at(i: int, j: int) -> Cell:
        if hidden[i, j]:
            return hidden_cell()
        n_sources = int(count.n_sources[j])
        if not n_sources:
            return unseen_cell()
        share = int(count.n_with[i, j]) / n_sources
        url = link(headings[i], columns[j]) if share else ""
        return Cell(share, percent(share), shade_of(share), "seen", url)

    return Grid(
        headings, columns, cell_at, _("Code"),
        _("share of the sources of the period with the code"),
        [(_("Sources"), number_cells(count.n_sources, unknown))],
    )  # fmt: skip


def in_period(found: Material, key: str) -> Material:
    """Return the material with only the codings in sources of a period: the key of a column."""
    days = _days(key)
    inside = [
        source.day is None if key == UNDATED
        else bool(days and source.day and days[0] <= source.day < days[1])
        for source in found.sources
    ]  # fmt: skip
    here = np.array(inside, dtype=bool)[found.codings.source]
    return replace(found, codings=found.codings.where(here))


def _days(key: str) -> tuple[date, date] | None:
    """Return the first day of a period and that of the next; none for what is no period."""
    first, _plus, months = key.partition("+")
    try:
        begin, step = date.fromisoformat(first), int(months)
    except ValueError:
        return None
    after = begin.year * 12 + begin.month - 1 + step
    if step not in MONTHS.values() or begin.day != 1 or after // 12 > date.max.year:
        return None
    return begin, date(after // 12, after % 12 + 1, 1)


def _number(day: date, step: int) -> int:
    return (day.year * 12 + day.month - 1) // step


def _begin(number: int, step: int) -> date:
    month = number * step
    return date(month // 12, month % 12 + 1, 1)


def _key(number: int, step: int) -> str:
    return f"{_begin(number, step)}+{step}"


def _name(number: int, step: int) -> str:
    begin = _begin(number, step)
    if step == MONTHS[YEAR]:
        return str(begin.year)
    if step == MONTHS[QUARTER]:
        return _("Q%(n)s %(year)s") % {"n": begin.month // 3 + 1, "year": begin.year}
    return date_format(begin, "M Y")
