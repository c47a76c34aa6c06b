"""How does a round open, who is done with what, and how does it close?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.agreement.models import Finished, GivenSegment
from rodedraad.agreement.reading import round_read
from rodedraad.agreement.results import RESULT_PARTS, result_make
from rodedraad.agreement.spots import spots_make
from rodedraad.agreement.units import SEGMENT, UNITS
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.coding.rounds import round_close, round_open, round_require
from rodedraad.coding.visible import codings_now, codings_visible
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

CLOSE_PARTS = RESULT_PARTS + 2


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What is chosen when a round opens; ``segments`` is the code that marks what to compare."""

    label: str
    kind: str
    unit: str
    sources: Sequence[Source]
    coders: Sequence[Coder]
    segments: Code | None = None


@transaction.atomic
def coding_round_open(
    study: Study, facts: RoundFacts, *, person: Person | None, origin: str
) -> Round:
    """Open a round, and keep the segments that it compares as they are now.

    Raises
    ------
    Refusal
        What ``round_open`` refuses; ``round_unit`` for an unknown unit, and ``round_no_segments``
        when segments are asked for and the code marks none in these sources.
    """
    if facts.kind == Round.Kind.BLIND and facts.unit not in UNITS:
        raise Refusal("Choose the unit that coders are compared on.", code="round_unit")
    unit = facts.unit if facts.kind == Round.Kind.BLIND else ""
    made = round_open(
        study, label=facts.label, kind=facts.kind, sources=facts.sources, coders=facts.coders,
        unit=unit, person=person, origin=origin,
    )  # fmt: skip
    if unit == SEGMENT:
        _segments_keep(made, facts)
    return made


@transaction.atomic
def consensus_open(of: Round, *, person: Person | None, origin: str) -> Round:
    """Return the consensus round that settles a closed blind round, opened when there is none.

    Raises
    ------
    Refusal
        When the round is not a closed blind one.
    """
    Round.objects.select_for_update(no_key=True).get(pk=of.pk)
    known = consensus_of(of)
    if known is not None:
        return known
    return round_open(
        of.study,
        label=_("Consensus: %(label)s") % {"label": of.label},
        kind=Round.Kind.CONSENSUS,
        sources=of.sources.all(),
        coders=of.coders.all(),
        settles=of,
        unit=of.unit,
        person=person,
        origin=origin,
    )


def consensus_of(of: Round, coder: Coder | None = None) -> Round | None:
    """Return the newest consensus round that settles a blind round.

    ``is_mine`` of it tells whether ``coder`` is one of those who settle in it.
    """
    found = Round.objects.filter(settles=of, kind=Round.Kind.CONSENSUS).order_by("-number")
    mine = Round.coders.through.objects.filter(round=OuterRef("pk"), coder=coder)
    return (found.annotate(is_mine=Exists(mine)) if coder else found).first()


@transaction.atomic
def source_finish(of: Round, coder: Coder, source: Source, *, origin: str) -> Finished:
    """Say that a coder is done with a source; saying it twice is saying it once.

    Raises
    ------
    Refusal
        When the round is closed, or not of this coder or source.
    """
    round_require(of, coder, source)
    row, made = Finished.objects.get_or_create(round=of, coder=coder, source=source)
    if made:
        _told("round_finish", of, coder, source, origin)
    return row


@transaction.atomic
def source_unfinish(of: Round, coder: Coder, source: Source, *, origin: str) -> None:
    """Take back that a coder is done with a source; refuses as ``source_finish`` does."""
    round_require(of, coder, source)
    gone, _each = Finished.objects.filter(round=of, coder=coder, source=source).delete()
    if gone:
        _told("round_finish_undo", of, coder, source, origin)


def coding_round_close(
    of: Round,
    *,
    person: Person | None,
    origin: str,
    between: Callable[[], object] = lambda: None,
) -> Refusal | None:
    """Close a round; of a blind one, write down the places compared and the agreement.

    Returns why there is no agreement, when there is none: the round is closed all the same.
    ``between`` is called ``CLOSE_PARTS`` times meanwhile.

    Raises
    ------
    Refusal
        ``round_closed`` when it was closed already.
    """
    with transaction.atomic():
        closed = round_close(of, person=person, origin=origin)
        if closed.kind != Round.Kind.BLIND:
            return None
        read = round_read(closed)
        between()
        spots_make(closed, read=read)
    between()
    try:
        result_make(closed, person=person, between=between)
    except Refusal as refusal:
        return refusal
    return None


def n_compared(of: Round) -> int:
    """Return how many sources two or more coders are done with: only these can be compared."""
    done = Finished.objects.filter(round=of).values("source").annotate(n=Count("pk"))
    return done.filter(n__gte=2).count()


def not_finished(of: Round) -> list[tuple[Coder, int]]:
    """Return each coder who is not done, with the number of sources that wait."""
    n = of.sources.count()
    done: dict[int, int] = {}
    for coder_id in Finished.objects.filter(round=of).values_list("coder", flat=True):
        done[coder_id] = done.get(coder_id, 0) + 1
    rows = [(coder, n - done.get(coder.pk, 0)) for coder in of.coders.all()]
    return [(coder, waits) for coder, waits in rows if waits]


def _segments_keep(made: Round, facts: RoundFacts) -> None:
    found = codings_now(made.study).filter(
        pk__in=codings_visible(None, made.study).values("pk"),
        code=facts.segments,
        version__source__in=facts.sources,
        start__isnull=False,
    )
    ranges = sorted(set(found.values_list("version", "start", "end")))
    kept: list[tuple[int, int, int]] = []
    for version, start, end in ranges:
        if not kept or kept[-1][0] != version or start >= kept[-1][2]:
            kept.append((version, start, end))
    if not kept:
        raise Refusal(
            "The code that should mark the segments marks nothing in these sources. Mark the "
            "segments with it first, or choose another unit.",
            code="round_no_segments",
        )
    GivenSegment.objects.bulk_create(
        GivenSegment(round=made, version_id=version, start=start, end=end)
        for version, start, end in kept
    )


def _told(action: str, of: Round, coder: Coder, source: Source, origin: str) -> None:
    audit_record(
        person=coder.person,
        action=action,
        object=f"study:{of.study.slug} round:{of.number} source:{source.uuid}",
        origin=origin,
    )


def codings_by_source(of: Round, coder: Coder) -> dict[int, int]:
    """Return how many codings a coder has in each source of a round."""
    rows = Coding.objects.filter(round=of, coder=coder, removed_at=None)
    counts: dict[int, int] = {}
    for source in rows.values_list("version__source", flat=True):
        counts[source] = counts.get(source, 0) + 1
    return counts
