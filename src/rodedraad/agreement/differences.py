"""What is read of the places where coders differ: a page of the list, and one place in context."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from rodedraad.agreement.models import Settled, Spot
from rodedraad.agreement.settling import makes_up, settled_standing
from rodedraad.coding.models import Coder, Coding, Round
from rodedraad.sources.models import Paragraph, Source

AROUND = 600
PARAGRAPHS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Version:
    """What one coder says of a place: their codings, or none."""

    coder: Coder
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many differences are settled, of how many."""

    settled: int
    of: int

    @property
    def open(self) -> int:
        """How many wait."""
        return self.of - self.settled


@dataclass(frozen=True, slots=True)
class Place:
    """The how manyeth difference one is, the numbers of those beside it, and how far all are."""

    number: int
    before: int | None
    after: int | None
    progress: Progress


def differences_of(of: Round, sources: QuerySet[Source]) -> QuerySet[Spot]:
    """Return the places of a blind round on which coders differ, in reading order."""
    return Spot.objects.filter(round=of, agreed=False, source__in=sources).order_by("pk")


def progress_of(
    of: Round, sources: QuerySet[Source], consensus: Round | None
) -> tuple[Progress, int]:
    """Tell how far the differences are settled, and how many agreed places are not taken over."""
    done = settled_standing(consensus).values("spot") if consensus else ()
    differs = Q(agreed=False, source__in=sources)
    told = Spot.objects.filter(round=of).aggregate(
        n=Count("pk", filter=differs),
        done=Count("pk", filter=differs & Q(pk__in=done)),
        agreed=Count("pk", filter=Q(agreed=True) & ~Q(pk__in=done)),
    )
    return Progress(told["done"], told["n"]), told["agreed"]


def differences_placed(differences: QuerySet[Spot], consensus: Round | None) -> QuerySet[Spot]:
    """Return the differences, each with where it stands among them: see ``place_of``."""
    others = differences.order_by()
    done = settled_standing(consensus).values("spot") if consensus else ()
    return differences.annotate(
        n_to_here=_number(others.filter(pk__lte=OuterRef("pk"))),
        n_settled=_number(others.filter(pk__in=done)),
        n_differences=_number(others),
        before=Subquery(_others(others.filter(pk__lt=OuterRef("pk")), "-pk")),
        after=Subquery(_others(others.filter(pk__gt=OuterRef("pk")), "pk")),
    )


def place_of(spot: Spot) -> Place:
    """Return where a difference of ``differences_placed`` stands, and how far all are settled."""
    told: Any = spot
    progress = Progress(told.n_settled, told.n_differences)
    return Place(told.n_to_here, told.before, told.after, progress)


def _others(differences: QuerySet[Spot], order: str) -> QuerySet[Spot, dict[str, int]]:
    return differences.order_by(order).values("pk")[:1]


def _number(differences: QuerySet[Spot]) -> Coalesce:
    one = differences.values(one=Value(1))
    return Coalesce(Subquery(one.annotate(n=Count("*")).values("n")), 0)


def codings_there(spot: Spot, consensus: Round | None) -> list[Coding]:
    """Return all codings at a place: of the coders who finished the source, and the consensus."""
    where = Q(start=None) if spot.start is None else Q(start__lt=spot.end, end__gt=spot.start)
    done = spot.round.finished.filter(source=spot.source_id).values("coder")
    rounds = Q(round=spot.round_id, coder__in=done)
    if consensus is not None:
        rounds |= Q(round=consensus)
    found = Coding.objects.filter(where, rounds, version=spot.version_id, removed_at=None)
    return list(found.select_related("coder", "code").order_by("start", "pk"))


def versions_at(spot: Spot, there: Iterable[Coding]) -> list[Version]:
    """Return what each coder who finished the source says of a place, by name."""
    own: dict[int, list[Coding]] = defaultdict(list)
    for coding in there:
        if makes_up(spot, coding):
            own[coding.coder_id].append(coding)
    who = Coder.objects.filter(finished__round=spot.round_id, finished__source=spot.source_id)
    return [Version(coder, tuple(own[coder.pk])) for coder in who.order_by("name", "pk")]


def beside(spot: Spot, there: Iterable[Coding]) -> list[Coding]:
    """Return what else stands at a place: other codes of the coders, and the consensus."""
    return [one for one in there if one.round_id != spot.round_id or one.code_id != spot.code_id]


def paragraphs_around(spot: Spot) -> list[Paragraph]:
    """Return the paragraphs of a place with what stands before and after it."""
    if spot.start is None or spot.end is None:
        return []
    found = Paragraph.objects.filter(
        version=spot.version_id, end__gt=max(0, spot.start - AROUND), start__lt=spot.end + AROUND
    )
    shown = list(found.defer("search").order_by("number")[: 4 * PARAGRAPHS_AT_MOST])
    first = next((k for k, one in enumerate(shown) if one.end > spot.start), 0)
    start = max(0, first - 2)
    return shown[start : start + PARAGRAPHS_AT_MOST]


def who_gave(spots: Iterable[Spot]) -> dict[int, tuple[str, list[str]]]:
    """Return by place its first words, and who gave the code there, in one query."""
    listed = list(spots)
    where = Q(pk__in=())
    for spot in listed:
        here = Q(start=None) if spot.start is None else Q(start__lt=spot.end, end__gt=spot.start)
        where |= here & Q(round=spot.round_id, version=spot.version_id, code=spot.code_id)
    rows = list(
        Coding.objects.filter(where, removed_at=None).select_related("coder").order_by("start")
    )
    told: dict[int, tuple[str, list[str]]] = {}
    for spot in listed:
        own = [
            one
            for one in rows
            if (one.version_id, one.code_id) == (spot.version_id, spot.code_id)
            and (one.start is None) == (spot.start is None)
            and (one.start is None or (one.start < spot.end and one.end > spot.start))
        ]
        names = sorted({one.coder.name for one in own})
        told[spot.pk] = (own[0].quote if own else "", names)
    return told


def decisions_of(consensus: Round | None, spots: Iterable[Spot]) -> dict[int, Settled]:
    """Return the decisions that stand about these places."""
    if consensus is None:
        return {}
    found = settled_standing(consensus).filter(spot__in=[one.pk for one in spots])
    return {one.spot_id: one for one in found.select_related("coder", "version_of", "memo")}


def open_after(spot: Spot, differences: QuerySet[Spot], consensus: Round) -> Spot | None:
    """Return the next place that waits, beginning again at the top."""
    waiting = differences.exclude(pk__in=settled_standing(consensus).values("spot"))
    return waiting.filter(pk__gt=spot.pk).first() or waiting.first()
