"""Which codings count in an overview, of which sources, for who looks at it?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from rodedraad.coding.models import Coder, Coding, Round
from rodedraad.coding.visible import codings_now, codings_standing
from rodedraad.methods.distinct import places_in
from rodedraad.overviews.disclosure import voices_of
from rodedraad.sources.access import sources_for
from rodedraad.sources.models import Source
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Study, TeamMember

IntArray = npt.NDArray[np.int64]
NONE = -1
"""Stands for what a coding does not have: a place in the text, or a strength."""

ALL = ("pk", "start", "end", "strength")
"""What is read of a coding when asked, besides its code and source."""


class SourceRow(NamedTuple):
    """What an overview needs to know of a source; ``version`` is its newest text."""

    pk: int
    uuid: UUID
    title: str
    case: int | None
    wave: int | None
    kind: str
    role: str
    respondent: str
    day: date | None
    confidentiality: str
    version: int | None
    n_characters: int


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings as arrays of one length; ``source`` is a place in the list of sources.

    ``code`` is a key of the database; ``start``, ``end`` and ``strength`` are -1 where unknown.
    What was not asked to be read is none.
    """

    code: IntArray
    source: IntArray
    pk: IntArray | None = None
    start: IntArray | None = None
    end: IntArray | None = None
    strength: IntArray | None = None

    def __len__(self) -> int:
        return int(self.code.size)

    def read(self, name: str) -> IntArray:
        """Return a column that was asked for."""
        found: IntArray | None = getattr(self, name)
        if found is None:
            raise LookupError(f"The {name} of codings was not read; name it where they are asked.")
        return found

    def where(self, chosen: npt.NDArray[np.bool_] | IntArray) -> "Codings":
        """Return some of the codings."""
        every = {name: getattr(self, name) for name in Codings.__slots__}
        return Codings(**{name: each[chosen] for name, each in every.items() if each is not None})


@dataclass(frozen=True)
class Material:
    """The sources that are looked at and the codings in them that count.

    ``public``: it is shown to a client. ``n_blind``: sources left out, as who looks codes them
    blind now.
    """

    sources: list[SourceRow]
    codings: Codings
    public: bool
    n_blind: int

    @cached_property
    def voices(self) -> IntArray:
        """Number of who speaks, of each source."""
        return voices_of([(source.respondent, source.pk) for source in self.sources])


def sources_counted(access: StudyAccess) -> QuerySet[Source]:
    """Return the sources whose codings are counted: those a person may see.

    A client sees numbers above a threshold only, and these are about all sources.
    """
    if is_public(access):
        return Source.objects.filter(study=access.study, removed_at=None)
    return sources_for(access)


def is_public(access: StudyAccess) -> bool:
    """Tell whether this person stands outside the team that reads: a client."""
    return access.role == TeamMember.Role.CLIENT


def codings_counted(study: Study) -> QuerySet[Coding]:
    """Return the codings that count now, without those of blind rounds, open or closed.

    Coders who code blind code the same twice; what they agree on is in a consensus round.
    """
    return without_blind(codings_now(study))


def without_blind(codings: QuerySet[Coding]) -> QuerySet[Coding]:
    """Leave out the codings of blind rounds; asked without a join, as nearly all are in none."""
    blind = Round.objects.filter(kind=Round.Kind.BLIND).values("pk")
    return codings.filter(Q(round=None) | ~Q(round__in=blind))


def material(
    access: StudyAccess, sources: QuerySet[Source], *, reads: Sequence[str] = ALL
) -> Material:
    """Read the sources, in the order in which they were added, and their codings.

    ``reads``: what of a coding is needed besides its code and source; of many, each costs time.
    """
    blind = _blind_now(access)
    # A row for each version, the newest last: that one stays.
    listed = sources.order_by("added_at", "pk", "versions__number").values_list(
        "pk", "uuid", "title", "case", "wave", "kind", "role", "respondent", "date",
        "confidentiality", "versions__pk", "versions__n_characters",
    )  # fmt: skip
    newest = {row[0]: row for row in listed}
    found = [SourceRow._make((*row[:-1], row[-1] or 0)) for row in newest.values()]
    rows = [row for row in found if row.pk not in blind] if blind else found
    return Material(
        sources=rows, codings=_codings(access.study, rows, reads), public=is_public(access),
        n_blind=len(found) - len(rows),
    )  # fmt: skip


def _blind_now(access: StudyAccess) -> set[int]:
    """Return the sources that this person codes in an open blind round."""
    mine = Coder.objects.filter(study=access.study, person=access.person)
    rounds = Round.objects.filter(coders__in=mine, kind=Round.Kind.BLIND, closed_at=None)
    return set(rounds.values_list("sources", flat=True)) - {None}


def _codings(study: Study, sources: list[SourceRow], reads: Sequence[str]) -> Codings:
    """Read the codings that count.

    Those on other versions than the newest of these sources are left out here: that is quicker
    than asking the database.
    """
    fields = ["code", "version", *(name for name in ALL if name in reads)]
    columns = {
        "pk": F("pk"), "code": F("code_id"), "version": F("version_id"),
        "start": Coalesce(F("start"), NONE), "end": Coalesce(F("end"), NONE),
        "strength": Coalesce(F("strength"), NONE),
    }  # fmt: skip
    query, parameters = (
        without_blind(codings_standing(study))
        .order_by()
        .values_list(*(columns[name] for name in fields))
        .query.sql_with_params()
    )
    found = packed(query, parameters, fields)
    with_text = [place for place, source in enumerate(sources) if source.version]
    at = places_in(found.pop("version"), [sources[place].version or 0 for place in with_text])
    codings = Codings(source=at, **found)
    if not (at >= 0).all():
        codings = codings.where(at >= 0)
    if len(with_text) == len(sources):
        return codings
    return replace(codings, source=np.array(with_text, dtype=np.int64)[codings.source])


def packed(query: str, parameters: Sequence[Any], names: Sequence[str]) -> dict[str, IntArray]:
    """Return the columns of a query as arrays, by name.

    The numbers are of four bytes; the database refuses one that does not fit. They come two by two,
    each pair of columns as one piece of bytes, as every piece costs time. All aggregates of one
    query see the rows in the same order.
    """
    columns = [f"c_{name}::int4" for name in names]
    pairs = [columns[at : at + 2] for at in range(0, len(columns), 2)]
    pieces = ", ".join(f"string_agg({_bytes_of(*pair)}, ''::bytea)" for pair in pairs)
    listed = ", ".join(f"c_{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {pieces} FROM ({query}) AS found ({listed})", parameters)  # noqa: S608
        row = cursor.fetchone()
    found: dict[str, IntArray] = {}
    for at, data in enumerate(row):
        pair = names[2 * at : 2 * at + 2]
        read = np.frombuffer(data or b"", dtype=">i4").reshape(-1, len(pair))
        found |= {name: read[:, place].astype(np.int64) for place, name in enumerate(pair)}
    return found


def _bytes_of(first: str, second: str = "") -> str:
    if not second:
        return f"int4send({first})"
    return f"int8send(({first}::int8 << 32) | ({second}::int8 & 4294967295))"
