"""Which codes occur in which cases, in how many sources, how strongly, and in how much text?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.methods.distinct import distinct
from rodedraad.overviews.codes import Rows
from rodedraad.overviews.counted import IntArray, Material
from rodedraad.overviews.disclosure import cells_hidden, columns_hidden
from rodedraad.overviews.grid import Cell, Grid, Heading, hidden_cell, shade_of, unseen_cell
from rodedraad.studies.models import Case, Study

SOURCES, STRENGTH, SHARE = "bronnen", "sterkte", "aandeel"
STRONGEST = 3
FloatArray = npt.NDArray[np.float64]
Link = Callable[[Heading, Heading], str]


@dataclass(frozen=True)
class Counts:
    """Per row and column: sources with the code, mean strength in these (NaN: never given, or
    not read), and how many people or documents stand behind it; per column how many sources,
    people, characters.
    """

    n_with: IntArray
    strength: FloatArray
    voices: IntArray
    n_sources: IntArray
    n_voices: IntArray
    n_people: IntArray
    n_characters: IntArray


def counts(found: Material, rows: Rows, column: IntArray, n_columns: int) -> Counts:
    """Count per row of codes and column of sources; ``column`` is -1 for sources in none.

    Voices are counted for a client only, who is shown no number of few.

    The mean strength is first taken within each source, then over the sources that have one: a
    source with much text does not weigh more.
    """
    codings, row = rows.spread(found.codings)
    n_rows, n_sources = len(rows.lines), max(len(found.sources), 1)
    key = row * n_sources + codings.source
    pair = np.flatnonzero(np.bincount(key))
    of_row, of_source = pair // n_sources, pair % n_sources
    inside = column[of_source] >= 0
    shape = (n_rows, n_columns)
    cell = of_row[inside] * n_columns + column[of_source[inside]]
    size = n_rows * n_columns
    mean = np.full(pair.size, np.nan)
    if codings.strength is not None:
        mean = _mean_of(key, codings.strength, pair)
    strength = _mean_of(cell, mean[inside], np.arange(size))
    at_column = column >= 0
    voices, n_voices = np.zeros(shape, dtype=np.int64), np.zeros(n_columns, dtype=np.int64)
    if found.public:
        n_names = int(found.voices.max(initial=-1)) + 1
        spoken = distinct(cell * n_names + found.voices[of_source[inside]]) // max(n_names, 1)
        speaks = distinct(column[at_column] * n_names + found.voices[at_column]) // max(n_names, 1)
        voices = np.bincount(spoken, minlength=size).reshape(shape)
        n_voices = np.bincount(speaks, minlength=n_columns)
    people = {
        (place, source.respondent)
        for place, source in zip(column.tolist(), found.sources, strict=True)
        if place >= 0 and source.respondent
    }
    characters = np.array([source.n_characters for source in found.sources], dtype=np.int64)
    return Counts(
        n_with=np.bincount(cell, minlength=size).reshape(shape),
        strength=strength.reshape(shape),
        voices=voices,
        n_sources=np.bincount(column[at_column], minlength=n_columns),
        n_voices=n_voices,
        n_people=np.bincount([place for place, _name in people], minlength=n_columns)
        if people else np.zeros(n_columns, dtype=np.int64),
        n_characters=np.bincount(
            column[at_column], characters[at_column], minlength=n_columns
        ).astype(np.int64),
    )  # fmt: skip


def _mean_of(key: IntArray, given: IntArray | FloatArray, wanted: IntArray) -> FloatArray:
    """Return the mean of what was given per key, for the keys wanted; NaN where nothing was.

    What is below 0 or NaN was not given.
    """
    has = given >= 0
    size = int(wanted.max(initial=-1)) + 1
    n = np.bincount(key[has], minlength=size)[wanted]
    total = np.bincount(key[has], given[has], size)[wanted]
    mean = np.full(wanted.size, np.nan)
    np.divide(total, n, out=mean, where=n > 0)
    return mean


def matrix(
    study: Study, found: Material, rows: Rows, *, measure: str, link: Link, case: int | None = None
) -> Grid:
    """Return the table of codes by cases; ``link`` gives the address of the quotes of a cell.

    Cases are those that were chosen, and those with a source: a chosen case without one was not
    looked at, which is not the same as empty. ``case`` asks for one case only.
    """
    wanted = study.cases.filter(role__in=(Case.Role.PILOT, Case.Role.MAIN))
    with_source = study.cases.filter(sources__removed_at=None, sources__isnull=False)
    cases = study.cases.filter(pk=case) if case else (wanted | with_source).distinct()
    named = dict(cases.order_by("name", "pk").values_list("pk", "name"))
    used = {source.case for source in found.sources}
    columns = [Heading(name, key=str(pk)) for pk, name in named.items()]
    if None in used:
        columns.append(Heading(_("no case")))
    place: dict[int | None, int] = {pk: i for i, pk in enumerate(named)}
    place[None] = len(named)
    column = np.array([place[source.case] for source in found.sources], dtype=np.int64)
    count = counts(found, rows, column, len(columns))
    hidden = np.zeros(count.n_with.shape, dtype=bool)
    unknown = np.zeros(len(columns), dtype=bool)
    if found.public:
        unknown = columns_hidden(count.n_voices)
        hidden = cells_hidden(count.voices, count.n_voices) | unknown[None, :]
    headings = [Heading(line.code.name, line.depth, str(line.code.uuid)) for line in rows.lines]

    def cell_at(i: int, j: int) -> Cell:
        url = link(headings[i], columns[j]) if count.n_with[i, j] else ""
        return _cell(count, i, j, measure, bool(hidden[i, j]), url)

    below = [
        (_("Sources"), count.n_sources),
        (_("Characters"), count.n_characters),
        (_("People who speak"), count.n_people),
    ]
    return Grid(
        headings, columns, cell_at, _("Code"), measure_words(measure),
        [(label, number_cells(each, unknown)) for label, each in below],
    )  # fmt: skip


def number_cells(each: IntArray, unknown: npt.NDArray[np.bool_]) -> list[Cell]:
    """Return a whole number for each column; ``unknown`` are those with too few people."""
    return [
        hidden_cell() if few else Cell(n, number_shown(n))
        for n, few in zip(each.tolist(), unknown.tolist(), strict=True)
    ]


def _cell(count: Counts, i: int, j: int, measure: str, hidden: bool, url: str) -> Cell:
    if hidden:
        return hidden_cell()
    n_sources, n_with = int(count.n_sources[j]), int(count.n_with[i, j])
    if not n_sources:
        return unseen_cell()
    share = n_with / n_sources
    if measure == STRENGTH:
        mean = float(count.strength[i, j])
        if np.isnan(mean):
            return Cell(None, NOTHING if n_with else _("none"), 0, "seen", url)
        return Cell(mean, number_shown(mean, 1), shade_of(mean / STRONGEST), "seen", url)
    if measure == SHARE:
        return Cell(share, percent(share), shade_of(share), "seen", url)
    return Cell(n_with, str(n_with), shade_of(share), "seen", url)


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{number_shown(share * 100)}%"


def measure_words(measure: str) -> str:
    """What the numbers in the table are."""
    return {
        SOURCES: _("number of sources with the code"),
        STRENGTH: _("mean strength, 0 to 3, over the sources with the code"),
        SHARE: _("share of the sources of the case with the code"),
    }[measure]
