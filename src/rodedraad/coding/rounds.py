"""Who codes what in a round, when does it open and close, and who is the coder?"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.coding.changes import codebook_lock, round_closed
from rodedraad.coding.models import Coder, Round
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

ORDER = {Round.Kind.BLIND.value: 0, Round.Kind.CONSENSUS.value: 1, Round.Kind.OPEN.value: 2}
"""Which kind of round comes before which, when a coder codes a source in more than one."""


def coder_for(study: Study, person: Person) -> Coder:
    """Return the coder that a person is in a study, made when there is none yet."""
    found, _ = Coder.objects.get_or_create(
        study=study, person=person, defaults={"name": str(person)}
    )
    found.study, found.person = study, person
    return found


@transaction.atomic
def round_open(
    study: Study,
    *,
    label: str,
    kind: str,
    sources: Iterable[Source],
    coders: Iterable[Coder],
    settles: Round | None = None,
    unit: str = "",
    person: Person | None,
    origin: str,
) -> Round:
    """Open a round of coding of these sources by these coders.

    Raises
    ------
    Refusal
        When a source or coder is missing or of another study, a blind round has one coder, a
        source is in an open blind round already, or what a consensus settles is still open.
    """
    codebook_lock(study)
    of_round, by = list(sources), list(coders)
    if not of_round or not by:
        raise Refusal(
            "A round needs at least one source and one coder. Choose them.", code="round_empty"
        )
    if any(one.study_id != study.pk for one in (*of_round, *by)):
        raise Refusal("Choose sources and coders of this study.", code="round_other_study")
    if kind == Round.Kind.BLIND and len(by) < 2:
        raise Refusal(
            "In a blind round at least two people code the same sources. Choose a second coder.",
            code="round_one_coder",
        )
    _settles_require(kind, settles)
    _free_require(of_round)
    number = (study.coding_rounds.aggregate(most=Max("number"))["most"] or 0) + 1
    made = Round.objects.create(
        study=study, number=number, label=label.strip()[:120] or f"{number}", kind=kind,
        settles=settles, unit=unit, opened_by=person,
    )  # fmt: skip
    made.sources.set(of_round)
    made.coders.set(by)
    audit_record(
        person=person, action="round_open", object=f"study:{study.slug} round:{number}",
        origin=origin,
    )  # fmt: skip
    return made


@transaction.atomic
def round_close(of: Round, *, person: Person | None, origin: str) -> Round:
    """Close a round: coders see each other's work from now on, and nothing in it changes.

    Raises
    ------
    Refusal
        ``round_closed`` when it was closed already.
    """
    now = Round.objects.select_for_update(of=("self",)).select_related("study").get(pk=of.pk)
    if now.closed_at is not None:
        raise round_closed()
    now.closed_at = timezone.now()
    now.save(update_fields=["closed_at"])
    audit_record(
        person=person, action="round_close", object=f"study:{now.study.slug} round:{now.number}",
        origin=origin,
    )  # fmt: skip
    return now


def round_now(coder: Coder, source: Source) -> Round | None:
    """Return the open round in which a coder codes a source: blind before consensus before open."""
    return round_first(Round.objects.filter(coders=coder, sources=source, closed_at=None))


def round_first(rounds: Iterable[Round]) -> Round | None:
    """Return the round that comes before the others: blind before consensus before open."""
    return min(rounds, key=lambda one: (ORDER[one.kind], one.number), default=None)


def rounds_now(coder: Coder, source_ids: Iterable[int]) -> dict[int, Round]:
    """Return by source the open round in which a coder codes it now; not those without one."""
    mine = Round.objects.filter(coders=coder, closed_at=None)
    through = Round.sources.through.objects.filter(round__in=mine, source__in=list(source_ids))
    found: dict[int, Round] = {}
    for row in through.select_related("round").order_by("round__number"):
        known = found.get(row.source_id)
        if known is None or ORDER[row.round.kind] < ORDER[known.kind]:
            found[row.source_id] = row.round
    return found


def round_require(in_round: Round | None, coder: Coder, source: Source) -> None:
    """Let a coder code a source in a round, or outside any.

    The round stays open until the end of the transaction.

    Raises
    ------
    Refusal
        When the round is closed, or is not of this coder or source; and outside any round, when
        the coder codes this source in a blind round now.
    """
    if in_round is None:
        blind = Round.objects.filter(
            coders=coder, sources=source, closed_at=None, kind=Round.Kind.BLIND
        ).first()
        if blind is not None:
            raise Refusal(
                f"You code this source in the blind round '{blind.label}'. Code it in that round.",
                code="round_needed",
                label=blind.label,
            )
        return
    now = Round.objects.select_for_update(no_key=True).get(pk=in_round.pk)
    if now.closed_at is not None:
        raise round_closed()
    known = Round.objects.filter(pk=now.pk).filter(Q(coders=coder) & Q(sources=source))
    if not known.exists():
        raise Refusal(
            f"You do not code this source in the round '{now.label}'. Ask the lead to add you.",
            code="round_not_yours",
            label=now.label,
        )


def _settles_require(kind: str, settles: Round | None) -> None:
    if kind != Round.Kind.CONSENSUS:
        return
    closed = Round.objects.filter(kind=Round.Kind.BLIND, closed_at__isnull=False)
    if settles is None or not closed.filter(pk=settles.pk).exists():
        raise Refusal(
            "A consensus settles a blind round that is closed. Close the blind round first.",
            code="round_settles",
        )


def _free_require(sources: Iterable[Source]) -> None:
    busy = Round.objects.filter(
        sources__in=list(sources), closed_at=None, kind=Round.Kind.BLIND
    ).first()
    if busy is not None:
        raise Refusal(
            f"One of these sources is in the blind round '{busy.label}', which is still open. "
            "Close that one first.",
            code="round_busy",
            label=busy.label,
        )
