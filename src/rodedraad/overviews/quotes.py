"""Which quotes stand behind a code, in an order that does not tell who said what?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from rodedraad.accounts.audit import audit_record
from rodedraad.coding.tree import Line
from rodedraad.methods.distinct import distinct, order_of, places_in
from rodedraad.overviews.attribution import FULL, LEVELS, Named, Names, level_words, names_of
from rodedraad.overviews.codes import Rows
from rodedraad.overviews.counted import IntArray, Material, SourceRow
from rodedraad.sources.models import Source
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Study

AT_ONCE = 2000
MIXED = 2654435761
"""An odd number: multiplied by it, keys that follow each other come far apart (Knuth)."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote: its code with what that stands under, the words, and what is told of who said it.

    ``source`` is none unless everything is told; ``broader``: less is told than was asked.
    """

    code: str
    words: str
    named: Named
    source: SourceRow | None
    start: int
    broader: bool


@dataclass(frozen=True)
class Quotes:
    """The quotes that were asked for, in their order: keys, not yet the words."""

    material: Material
    lines: dict[int, Line]
    pk: IntArray
    code: IntArray
    source: IntArray
    start: IntArray
    level: str
    names: Names

    def __len__(self) -> int:
        return int(self.pk.size)

    @property
    def n_broader(self) -> int:
        """Quotes of which less is told than was asked."""
        if self.level == FULL:
            return 0
        broader = np.zeros(len(self.material.sources), dtype=bool)
        for place in distinct(self.source).tolist():
            pk = self.material.sources[place].pk
            broader[place] = self.names.level_of(pk) != self.level
        return int(broader[self.source].sum())

    def read(self, chosen: slice = slice(None)) -> Iterator[Quote]:
        """Read the words, some thousands at a time."""
        places = range(len(self))[chosen]
        for first in range(0, len(places), AT_ONCE):
            yield from self._read(places[first : first + AT_ONCE])

    def _read(self, places: range) -> Iterator[Quote]:
        keys = self.pk[places.start : places.stop].tolist()
        words = _words(keys)
        whole = _("(about the whole source)")
        for place in places:
            source = self.material.sources[int(self.source[place])]
            named = self.names[source.pk]
            yield Quote(
                code=self.lines[int(self.code[place])].path,
                words=words.get(int(self.pk[place]), "") or whole,
                named=named,
                source=source if named.level == FULL else None,
                start=max(int(self.start[place]), 0),
                broader=named.level != self.level,
            )


def _words(keys: list[int]) -> dict[int, str]:
    """Return the words of these codings; the keys go to the database as one array."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, quote FROM coding_coding WHERE id = ANY(%s)", [keys])
        return dict(cursor.fetchall())


def quotes(study: Study, found: Material, lines: list[Line], rows: Rows, *, level: str) -> Quotes:
    """Return the quotes on the codes of ``rows``, in the order of the tree.

    Within a code: by source and place when everything is told; otherwise mixed, always in the same
    way, so that neighbours do not tell that one person said both.
    """
    codings = found.codings
    inside = places_in(codings.code, list(rows.goes_to)) >= 0
    if not inside.all():
        codings = codings.where(inside)
    pk = codings.read("pk")
    at_code = places_in(codings.code, [line.code.pk for line in lines])
    if level == FULL:
        titles = sorted(range(len(found.sources)), key=lambda i: (found.sources[i].title, i))
        of_title = np.argsort(np.array(titles, dtype=np.int64))
        start = codings.read("start")
        at_source = at_code * len(found.sources) + of_title[codings.source]
        order = order_of(at_source * (int(start.max(initial=0)) + 2) + start, pk)
    else:
        start = np.zeros_like(pk)  # without a way to the source, no place in it
        order = order_of((at_code << 32) | (pk * MIXED % 2**32), pk)
    return Quotes(
        found, {line.code.pk: line for line in lines}, pk[order], codings.code[order],
        codings.source[order], start[order], level, names_of(study, level),
    )  # fmt: skip


def reading_record(
    access: StudyAccess, found: Quotes, chosen: slice, *, action: str, origin: str
) -> None:
    """Write once in the audit log that quotes of personal sources were read, and how many."""
    personal = np.array(
        [source.confidentiality == Source.Confidentiality.PERSONAL
         for source in found.material.sources], dtype=bool,
    )  # fmt: skip
    read = found.source[chosen]
    read = read[personal[read]] if read.size else read
    if read.size:
        audit_record(
            person=access.person,
            action=action,
            object=f"study:{access.study.slug} quotes:{read.size} sources:{distinct(read).size}",
            origin=origin,
        )


def columns() -> list[str]:
    """The heads of the columns of the sheet."""
    return [
        _("Code"), _("Quote"), _("Role"), _("Kind of case"), _("Case"), _("Kind of source"),
        _("Date"), _("Source"), _("What is told"),
    ]  # fmt: skip


def quote_rows(read: Iterable[Quote]) -> Iterator[list[object]]:
    """Give the rows of the sheet."""
    said = {level: level_words(level) for level in LEVELS}
    for quote in read:
        named = quote.named
        yield [
            quote.code, quote.words, named.role, named.case_type, named.case, named.kind,
            named.day, named.source, said[named.level],
        ]  # fmt: skip
