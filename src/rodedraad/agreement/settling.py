"""How is a difference between coders settled, and what all agree on taken over?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from rodedraad.agreement.models import Finished, Settled, Spot
from rodedraad.coding.actions.codings import CONTEXT, QUOTE_AT_MOST, coding_add
from rodedraad.coding.actions.memos import memo_add
from rodedraad.coding.changes import round_closed, step_write
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Code, Coder, Coding, Memo, Round
from rodedraad.coding.rounds import round_require
from rodedraad.errors import Refusal
from rodedraad.sources.models import SourceVersion

Choice = Settled.Choice
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: the version of a coder, another code or range, or no code."""

    choice: str
    version_of: Coder | None = None
    code: Code | None = None
    place: Range | None = None
    quote: str | None = None
    valence: int | None = None
    strength: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many agreed places were taken over, and how many could not be: text or code is new."""

    taken: int
    left: int


def settled_standing(of: Round) -> QuerySet[Settled]:
    """Return the decisions of a consensus round that stand."""
    gone = Settled.codings.through.objects.filter(coding__removed_at__isnull=False)
    return Settled.objects.filter(round=of, withdrawn_at=None).exclude(
        pk__in=gone.values("settled_id")
    )


@transaction.atomic
def spot_settle(consensus: Round, spot: Spot, coder: Coder, decision: Decision) -> Settled:
    """Settle one place; the blind round stays as it was.

    Raises
    ------
    Refusal
        When the round is closed or of others, the place is settled already or of another round,
        or the coding cannot be made (see ``coding_add``).
    """
    _require(consensus, spot, coder)
    if settled_standing(consensus).filter(spot=spot).exists():
        raise Refusal(
            "This place is settled already. Undo that decision first.", code="settled_already"
        )
    Settled.objects.filter(round=consensus, spot=spot, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    codings = [
        _coding(consensus, spot, coder, code, place, decision.quote, valence, strength)
        for code, place, valence, strength in _wanted(spot, decision)
    ]
    made = Settled.objects.create(
        round=consensus,
        spot=spot,
        choice=decision.choice,
        version_of=decision.version_of,
        coder=coder,
        memo=_memo(coder, spot, codings, decision.reason),
    )
    made.codings.set(codings)
    return made


@transaction.atomic
def settled_undo(consensus: Round, spot: Spot, coder: Coder) -> None:
    """Take a decision back, with its codings that no other decision rests on.

    Raises
    ------
    Refusal
        When the round is closed or of others, or nothing was decided.
    """
    _require(consensus, spot, coder)
    found = (
        Settled.objects.select_for_update().filter(round=consensus, spot=spot, withdrawn_at=None)
    ).first()
    if found is None:
        raise Refusal("Nothing was decided about this place.", code="settled_not")
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    shared = Settled.codings.through.objects.filter(settled__withdrawn_at=None).values("coding_id")
    codings = found.codings.filter(removed_at=None).exclude(pk__in=shared)
    rows = list(Coding.objects.select_for_update(of=("self",)).filter(pk__in=codings.values("pk")))
    memos = [found.memo] if found.memo and found.memo.removed_at is None else []
    gone = {"removed_at": timezone.now()}
    step_write(coder, "consensus_undo", changed=[(one, gone) for one in (*rows, *memos)])


def agreed_waiting(consensus: Round) -> QuerySet[Spot]:
    """Return the places on which all agree and that are not in the consensus yet."""
    return Spot.objects.filter(round=consensus.settles_id, agreed=True).exclude(
        pk__in=settled_standing(consensus).values("spot")
    )


@transaction.atomic
def agreed_take_over(consensus: Round, coder: Coder) -> TakenOver:
    """Put every place on which all agree in the consensus, as one step that can be undone.

    A place on a text that has a newer version, or with a code that ended, is left; the person
    settles it by hand.

    Raises
    ------
    Refusal
        When the round is closed, or the coder is not in it.
    """
    now = Round.objects.select_for_update(no_key=True).get(pk=consensus.pk)
    if now.closed_at is not None:
        raise round_closed()
    if not now.coders.filter(pk=coder.pk).exists():
        raise Refusal(
            f"You do not take part in the round '{now.label}'. Ask the lead to add you.",
            code="round_not_yours",
            label=now.label,
        )
    waiting = list(agreed_waiting(consensus).select_related("code").order_by("pk"))
    usable = _usable(waiting)
    made = list(_copies(consensus, coder, usable))
    if made:
        step_write(coder, "consensus_take_over", added=[coding for _, coding in made])
        _settle_all(consensus, coder, made)
    return TakenOver(len(made), len(waiting) - len(made))


def _require(consensus: Round, spot: Spot, coder: Coder) -> None:
    if consensus.kind != Round.Kind.CONSENSUS or spot.round_id != consensus.settles_id:
        raise Refusal("This place is of another round.", code="settled_other_round")
    round_require(consensus, coder, spot.source)


def _wanted(
    spot: Spot, decision: Decision
) -> Iterable[tuple[Code, Range | None, int | None, int | None]]:
    if decision.choice == Choice.NONE:
        return []
    if decision.choice == Choice.OTHER and decision.code is not None:
        return [(decision.code, decision.place, decision.valence, decision.strength)]
    if decision.choice == Choice.VERSION and decision.version_of is not None:
        own = codings_at(spot).filter(coder=decision.version_of)
        found = [(spot.code, _place(one), one.valence, one.strength) for one in own]
        if found:
            return found
    raise Refusal(
        "Choose the version of a coder, another code or range, or no code.", code="settled_choice"
    )


def codings_at(spot: Spot) -> QuerySet[Coding]:
    """Return the codings of the blind round that make up a place."""
    where = (
        Q(start=None) if spot.start is None else Q(start__lt=spot.end, end__gt=spot.start)
    )  # fmt: skip
    done = spot.round.finished.filter(source=spot.source_id).values("coder")
    return (
        Coding.objects.filter(where, round=spot.round_id, version=spot.version_id, code=spot.code)
        .filter(removed_at=None, coder__in=done)
        .exclude(anchor=Coding.Anchor.LOST)
        .exclude(origin=Coding.Origin.SUGGESTION, accepted_at=None)
        .select_related("coder", "code")
        .order_by("coder__name", "coder", "start", "pk")
    )


def makes_up(spot: Spot, coding: Coding) -> bool:
    """Tell of a coding that stands at a place whether it is one of ``codings_at``."""
    is_asked = coding.origin != Coding.Origin.SUGGESTION or coding.accepted_at is not None
    is_there = coding.anchor != Coding.Anchor.LOST and is_asked
    return is_there and (coding.round_id, coding.code_id) == (spot.round_id, spot.code_id)


def _place(one: Coding) -> Range | None:
    return None if one.start is None or one.end is None else (one.start, one.end)


def _coding(
    consensus: Round, spot: Spot, coder: Coder, code: Code, place: Range | None,
    quote: str | None, valence: int | None, strength: int | None,
) -> Coding:  # fmt: skip
    """Return the coding of the consensus at a place: the one that is there, or a new one."""
    start, end = place or (None, None)
    known = Coding.objects.filter(
        round=consensus, version=spot.version_id, code=code, start=start, end=end,
        valence=valence, strength=strength, removed_at=None,
    ).first()  # fmt: skip
    return known or coding_add(
        coder, spot.version_id, code, place=place, quote=quote, in_round=consensus,
        valence=valence, strength=strength,
    )  # fmt: skip


def _memo(coder: Coder, spot: Spot, codings: list[Coding], reason: str) -> Memo | None:
    if not reason.strip():
        return None
    return memo_add(coder, reason, about=codings[0] if codings else spot.source)


def _usable(spots: list[Spot]) -> list[Spot]:
    """Return the places on the newest text of a source that is there, with a code in use."""
    newest = set(
        SourceVersion.objects.filter(
            pk__in={spot.version_id for spot in spots}, source__removed_at=None
        )
        .annotate(newest=Max("source__versions__number"))
        .filter(newest=F("number"))
        .values_list("pk", flat=True)
    )
    return [
        spot
        for spot in spots
        if spot.version_id in newest
        and spot.code.retired_at is None
        and spot.code.is_codable
        and (spot.end or 0) - (spot.start or 0) <= QUOTE_AT_MOST
    ]


def _copies(
    consensus: Round, coder: Coder, spots: list[Spot]
) -> Iterable[tuple[Spot, Coding]]:  # fmt: skip
    """Make the coding of each place, with the strength and direction that all gave."""
    versions = {spot.version_id for spot in spots}
    texts = dict(SourceVersion.objects.filter(pk__in=versions).values_list("pk", "text"))
    judged = _judged(consensus, versions)
    book = codebook_current(consensus.study, person=coder.person) if spots else None
    at = timezone.now()
    for spot in spots:
        text, start, end = texts[spot.version_id], spot.start, spot.end
        around = {"quote": "", "before": "", "after": ""}
        if start is not None and end is not None:
            around = {
                "quote": text[start:end],
                "before": text[max(0, start - CONTEXT) : start],
                "after": text[end : end + CONTEXT],
            }
        valence, strength = next(
            (
                (v, s)
                for first, v, s in judged.get((spot.version_id, spot.code_id), ())
                if (first is None) == (start is None)
                and (first is None or start is None or start <= first < (end or 0))
            ),
            (None, None),
        )
        yield spot, Coding(
            study_id=consensus.study_id, version_id=spot.version_id, code=spot.code, coder=coder,
            round=consensus, start=start, end=end, valence=valence, strength=strength,
            made_at=at, codebook_version=book, **around,
        )  # fmt: skip


def _judged(
    consensus: Round, versions: set[int]
) -> dict[tuple[int, int], list[tuple[int | None, int | None, int | None]]]:
    found: dict[tuple[int, int], list[tuple[int | None, int | None, int | None]]] = {}
    done = Finished.objects.filter(
        round=consensus.settles_id, source=OuterRef("version__source"), coder=OuterRef("coder")
    )
    rows = Coding.objects.filter(
        Exists(done), round=consensus.settles_id, version__in=versions, removed_at=None
    ).exclude(valence=None, strength=None)
    for version, code, start, valence, strength in rows.order_by("-pk").values_list(
        "version", "code", "start", "valence", "strength"
    ):
        found.setdefault((version, code), []).append((start, valence, strength))
    return found


def _settle_all(consensus: Round, coder: Coder, made: list[tuple[Spot, Coding]]) -> None:
    Settled.objects.filter(
        round=consensus, spot__in=[spot for spot, _ in made], withdrawn_at=None
    ).update(withdrawn_at=timezone.now())
    rows = Settled.objects.bulk_create(
        Settled(round=consensus, spot=spot, choice=Choice.AGREED, coder=coder) for spot, _ in made
    )
    through = Settled.codings.through
    through.objects.bulk_create(
        through(settled_id=row.pk, coding_id=coding.pk)
        for row, (_, coding) in zip(rows, made, strict=True)
    )
