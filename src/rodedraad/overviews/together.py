"""Which codes stand together: in one source, one paragraph, or on the same characters?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from django.utils.translation import gettext as _

from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.methods.cooccurrence import (
    Cooccurrence,
    FloatArray,
    cooccurrence_by_overlap,
    cooccurrence_in_units,
)
from rodedraad.methods.distinct import distinct, places_in
from rodedraad.overviews.codes import Rows
from rodedraad.overviews.counted import Codings, IntArray, Material, packed
from rodedraad.overviews.disclosure import LEAST
from rodedraad.overviews.grid import Cell, Grid, Heading, hidden_cell, shade_of

SOURCE, PARAGRAPH, CHARACTERS = "bron", "alinea", "tekens"
LARGEST = 25
"""Codes in the picture: those that stand together most."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes, how often they stand together, how often each stands at all, and Jaccard."""

    first: Heading
    second: Heading
    together: int
    n_first: int
    n_second: int
    jaccard: float


@dataclass(frozen=True)
class Pairs(Sequence[Pair]):
    """Pairs of codes; each is made when it is shown."""

    first: IntArray
    second: IntArray
    counted: Cooccurrence
    jaccard: FloatArray
    headings: list[Heading]
    paths: list[str]

    def __len__(self) -> int:
        return int(self.first.size)

    @overload
    def __getitem__(self, at: int) -> Pair: ...
    @overload
    def __getitem__(self, at: slice) -> list[Pair]: ...
    def __getitem__(self, at: int | slice) -> Pair | list[Pair]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        i, j = int(self.first[at]), int(self.second[at])
        together = self.counted.together
        return Pair(
            Heading(self.paths[i], key=self.headings[i].key),
            Heading(self.paths[j], key=self.headings[j].key),
            int(together[i, j]), int(together[i, i]), int(together[j, j]),
            float(self.jaccard[i, j]),
        )  # fmt: skip


@dataclass(frozen=True)
class Together:
    """All pairs of codes that stand together, most often first, and the square of the largest.

    ``n_units``: sources or paragraphs with a code, or characters with one. ``n_hidden``: pairs
    that a client does not see.
    """

    pairs: Pairs
    square: Grid
    unit: str
    n_units: int
    n_hidden: int


def together(found: Material, rows: Rows, *, unit: str) -> Together:
    """Count pairs of rows; a code and one that it adds up to always stand together: left out."""
    unit = SOURCE if found.public else unit
    codings, row = rows.spread(found.codings)
    n_rows = len(rows.lines)
    counted = _counted(found, codings, row, unit, n_rows)
    headings = [Heading(line.code.name, line.depth, str(line.code.uuid)) for line in rows.lines]
    paths = [line.path for line in rows.lines]
    seen = np.triu(counted.together, 1) > 0
    hidden = _hidden(found, codings, row, n_rows) if found.public else np.zeros_like(seen)
    nested = _nested(rows)
    seen &= ~nested
    n_hidden = int((seen & hidden).sum())
    first, second = np.nonzero(seen & ~hidden)
    jaccard = counted.jaccard
    order = np.lexsort((second, first, -jaccard[first, second], -counted.together[first, second]))
    pairs = Pairs(first[order], second[order], counted, jaccard, headings, paths)
    apart = hidden | hidden.T
    weight = np.where((seen | seen.T) & ~apart, counted.together, 0).sum(axis=1)
    largest = np.sort(np.argsort(-weight, kind="stable")[:LARGEST])
    largest = largest[weight[largest] > 0]
    square = _square(counted, headings, largest, apart | nested | nested.T, nested | nested.T)
    return Together(pairs, square, unit, counted.n_units, n_hidden)


def _counted(
    found: Material, codings: Codings, row: IntArray, unit: str, n_rows: int
) -> Cooccurrence:
    if unit == SOURCE:
        return cooccurrence_in_units(row, codings.source, n_codes=n_rows)
    inside = codings.read("start") >= 0  # what is about a whole source stands on no characters
    codings, row = codings.where(inside), row[inside]
    if unit == CHARACTERS:
        return cooccurrence_by_overlap(
            row, codings.source, codings.read("start"), codings.read("end"), n_codes=n_rows
        )
    at, paragraph = _paragraphs(found, codings)
    return cooccurrence_in_units(row[at], paragraph, n_codes=n_rows)


def _paragraphs(found: Material, codings: Codings) -> tuple[IntArray, IntArray]:
    """Return for each coding the paragraphs that it touches: its place, and the paragraph."""
    versions = [found.sources[place].version for place in distinct(codings.source).tolist()]
    known = packed(
        'SELECT version_id, start, "end" FROM sources_paragraph WHERE version_id = ANY(%s) '
        'AND "end" > start',
        [versions],
        ("version", "start", "end"),
    )
    text = places_in(known["version"], [source.version or 0 for source in found.sources])
    coding_start, coding_end = codings.read("start"), codings.read("end")
    far = int(max(known["end"].max(initial=0), coding_end.max(initial=0))) + 1
    starts, ends = text * far + known["start"], text * far + known["end"]
    order = np.argsort(starts)  # no two begin at one place
    starts, ends = starts[order], ends[order]
    # In the order of the text: places are then found three times as fast.
    begin = codings.source * far + coding_start
    along = np.argsort(begin)
    begin, finish = begin[along], (codings.source * far + coding_end)[along]
    # Paragraphs of one text do not overlap: the first that ends after the start of the coding,
    # up to the last that starts before its end.
    first = np.searchsorted(ends, begin, side="right")
    last = np.searchsorted(starts, finish, side="left")
    times = np.maximum(last - first, 0)
    at = np.repeat(along, times)
    step = np.arange(at.size) - np.repeat(times.cumsum() - times, times)
    return at, np.repeat(first, times) + step


def _hidden(
    found: Material, codings: Codings, row: IntArray, n_rows: int
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Tell of which pairs fewer than five people or documents have both, or all have."""
    voices = cooccurrence_in_units(row, found.voices[codings.source], n_codes=n_rows)
    n_voices = int(found.voices.max(initial=-1)) + 1
    few: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = (voices.together < LEAST) | (
        voices.together >= n_voices
    )
    alone = np.diag(few)
    return few | alone[:, None] | alone[None, :]


def _nested(rows: Rows) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    nested = np.zeros((len(rows.lines), len(rows.lines)), dtype=bool)
    for targets in rows.goes_to.values():
        nested[targets[0], list(targets[1:])] = True
        nested[list(targets[1:]), targets[0]] = True
    return nested


def _square(
    counted: Cooccurrence,
    headings: list[Heading],
    largest: IntArray,
    hidden: object,
    nested: object,
) -> Grid:
    names = [headings[i] for i in largest.tolist()]
    away, within = np.asarray(hidden), np.asarray(nested)
    jaccard = counted.jaccard

    def cell_at(i: int, j: int) -> Cell:
        a, b = int(largest[i]), int(largest[j])
        if a == b or within[a, b]:
            return Cell(None, NOTHING)
        if away[a, b]:
            return hidden_cell()
        return Cell(
            int(counted.together[a, b]), str(counted.together[a, b]), shade_of(jaccard[a, b])
        )

    return Grid(names, names, cell_at, _("Code"), _("how often two codes stand together"))


def unit_words(unit: str) -> str:
    """What counts as together, in words."""
    return {
        SOURCE: _("in the same source"),
        PARAGRAPH: _("in the same paragraph"),
        CHARACTERS: _("on the same characters"),
    }[unit]


def jaccard_shown(share: float) -> str:
    """The index with two decimals."""
    return number_shown(share, 2)
