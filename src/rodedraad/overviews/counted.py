"""Which codings count in an overview, of which sources, for who looks at it?"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rodedraad.coding.models import Coder, Coding, Round
from rodedraad.coding.visible import codings_now
from rodedraad.overviews.disclosure import voices_of
from rodedraad.sources.access import sources_for
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Study, TeamMember

IntArray = npt.NDArray[np.int64]
NONE = -1
"""Stands for what a coding does not have: a place in the text, or a strength."""

FIELDS = {"pk": 8, "code": 8, "version": 8, "start": 4, "end": 4, "strength": 4}
"""What is read of a coding, and in how many bytes."""


@dataclass(frozen=True, slots=True)
class SourceRow:
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
    added_at: datetime
    confidentiality: str
    version: int | None
    n_characters: int


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings as arrays of one length; ``source`` is a place in the list of sources.

    ``code`` is a key of the database; ``start``, ``end`` and ``strength`` are -1 where unknown.
    """

    pk: IntArray
    code: IntArray
    source: IntArray
    start: IntArray
    end: IntArray
    strength: IntArray

    def where(self, chosen: npt.NDArray[np.bool_] | IntArray) -> "Codings":
        """Return some of the codings."""
        return Codings(*(getattr(self, name)[chosen] for name in Codings.__slots__))


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
    return codings_now(study).exclude(round__kind=Round.Kind.BLIND)


def material(access: StudyAccess, sources: QuerySet[Source]) -> Material:
    """Read the sources, in the order in which they were added, and their codings."""
    blind = _blind_now(access)
    newest = SourceVersion.objects.filter(source=OuterRef("pk")).order_by("-number")
    listed = (
        sources.order_by("added_at", "pk")
        .annotate(
            version=Subquery(newest.values("pk")[:1]),
            n_characters=Coalesce(Subquery(newest.values("n_characters")[:1]), 0),
        )
        .values_list(
            "pk", "uuid", "title", "case", "wave", "kind", "role", "respondent", "date",
            "added_at", "confidentiality", "version", "n_characters",
        )
    )  # fmt: skip
    found = [SourceRow(*row) for row in listed]
    rows = [row for row in found if row.pk not in blind]
    return Material(
        sources=rows, codings=_codings(access.study, rows), public=is_public(access),
        n_blind=len(found) - len(rows),
    )  # fmt: skip


def _blind_now(access: StudyAccess) -> set[int]:
    """Return the sources that this person codes in an open blind round."""
    mine = Coder.objects.filter(study=access.study, person=access.person)
    rounds = Round.objects.filter(coders__in=mine, kind=Round.Kind.BLIND, closed_at=None)
    return set(rounds.values_list("sources", flat=True)) - {None}


def _codings(study: Study, sources: list[SourceRow]) -> Codings:
    """Read the codings that count: each column as one piece of bytes, not row by row.

    All aggregates of one query see the rows in the same order.
    """
    query, parameters = (
        codings_counted(study)
        .order_by()
        .values_list(
            "pk", "code_id", "version_id", Coalesce(F("start"), NONE), Coalesce(F("end"), NONE),
            Coalesce(F("strength"), NONE),
        )
        .query.sql_with_params()
    )  # fmt: skip
    names = ", ".join(f"c_{field}" for field in FIELDS)
    packed = ", ".join(
        f"string_agg(int{size}send(c_{field}::int{size}), ''::bytea)"
        for field, size in FIELDS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {packed} FROM ({query}) AS found ({names})", parameters)  # noqa: S608
        row = cursor.fetchone()
    columns = {
        field: np.frombuffer(data or b"", dtype=f">i{size}").astype(np.int64)
        for (field, size), data in zip(FIELDS.items(), row, strict=True)
    }
    places = {source.version: place for place, source in enumerate(sources) if source.version}
    known = np.array(sorted(places), dtype=np.int64)
    where = np.array([places[version] for version in known.tolist()], dtype=np.int64)
    at = np.searchsorted(known, columns["version"])
    here = np.zeros(at.size, dtype=bool)
    if known.size:
        at = np.minimum(at, known.size - 1)
        here = known[at] == columns["version"]
    return Codings(
        pk=columns["pk"][here], code=columns["code"][here],
        source=where[at[here]] if known.size else at[here],
        start=columns["start"][here], end=columns["end"][here],
        strength=columns["strength"][here],
    )  # fmt: skip
