"""Where do codings stand in a new version of a text: what moved, what is unsure, what is lost?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet

from rodedraad.accounts.audit import audit_record
from rodedraad.coding.changes import step_write
from rodedraad.coding.models import Coder, Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.errors import Refusal
from rodedraad.sources.anchors import Anchored, context_of, reanchor
from rodedraad.sources.following_rooms import NewText
from rodedraad.sources.models import Source, SourceVersion

TO_LOOK_AT = (Coding.Anchor.MOVED, Coding.Anchor.UNSURE, Coding.Anchor.LOST)


@dataclass(frozen=True, slots=True)
class Carried:
    """How many codings went to a version, by how sure their place is."""

    version: SourceVersion
    counts: Mapping[str, int]


def codings_follow(new: NewText) -> None:
    """Put the codings on a new version as its maker; made by a command, they wait for a person."""
    source = new.version.source
    if new.person is not None and codings_to_carry(source).exists():
        coder = coder_for(source.study, new.person)
        codings_carry(source, coder, origin=new.origin, new=new)


@transaction.atomic
def codings_carry(
    source: Source, coder: Coder, *, origin: str, new: NewText | None = None
) -> Carried:
    """Put the codings of the versions before on the newest version of a source, as one step.

    Each coding stays on the version it was made on; a copy by the same coder stands on the new
    one, and says how sure its place is. A copy of a coding in a closed round is in no round: the
    round stays as it was. What was carried before is not carried twice. Words that are lost in a
    text in which people were made unknown are not copied from the raw one.

    Raises
    ------
    Refusal
        ``carry_nothing`` when there is nothing to carry.
    """
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    newest = source.versions.order_by("-number").first()
    codings = list(codings_to_carry(source).order_by("version", "pk")) if newest else []
    if newest is None or not codings:
        raise Refusal(
            "All codings stand on the newest version of this text already.", code="carry_nothing"
        )
    of_codings = SourceVersion.objects.filter(pk__in={one.version_id for one in codings})
    texts = {one.pk: one for one in of_codings}
    places: dict[tuple[int, int, int], Anchored] = {}
    copies = [_copy(one, newest, texts, places, new) for one in codings]
    step_write(coder, "codings_carry", added=copies)
    audit_record(
        person=coder.person,
        action="codings_carry",
        object=f"study:{source.study.slug} source:{source.uuid} v{newest.number}",
        origin=origin,
    )
    return Carried(newest, carried_counts(newest))


def codings_to_carry(source: Source) -> QuerySet[Coding]:
    """Return the codings on earlier versions that have no copy on a later one, taken away or not.

    A copy that undo took away is as if it was never made: its coding is carried again.
    """
    newest = source.versions.order_by("-number").values("number")[:1]
    kept = Coding.objects.filter(carried_from__version__source=source)
    return (
        Coding.objects.filter(version__source=source, removed_at=None)
        .exclude(version__number=newest)
        .exclude(pk__in=kept.filter(removed_at=None).values("carried_from"))
        .select_related("round")
    )


def codings_carried(version: SourceVersion) -> QuerySet[Coding]:
    """Return the codings of a version that moved, are unsure or were lost on the way to it."""
    carried = Coding.objects.filter(version=version, removed_at=None, anchor__in=TO_LOOK_AT)
    found = carried.select_related("code", "coder", "carried_from__version")
    return found.defer("carried_from__version__text")


def carried_counts(version: SourceVersion) -> dict[str, int]:
    """Return how many codings that were carried to a version are exact, moved, unsure and lost."""
    carried = Coding.objects.filter(version=version, removed_at=None, carried_from__isnull=False)
    counted = dict(carried.order_by().values_list("anchor").annotate(n=Count("pk")))
    return {anchor.value: counted.get(anchor.value, 0) for anchor in Coding.Anchor}


def _copy(
    coding: Coding,
    newest: SourceVersion,
    texts: Mapping[int, SourceVersion],
    places: dict[tuple[int, int, int], Anchored],
    new: NewText | None,
) -> Coding:
    old = texts[coding.version_id]
    was_raw = newest.deidentified and not old.deidentified
    closed = coding.round is not None and coding.round.closed_at is not None
    copy = Coding(
        study_id=coding.study_id,
        version=newest,
        carried_from=coding,
        code_id=coding.code_id,
        codebook_version_id=coding.codebook_version_id,
        coder_id=coding.coder_id,
        round=None if closed else coding.round,
        valence=coding.valence,
        strength=coding.strength,
        origin=coding.origin,
        accepted_at=coding.accepted_at,
        made_at=coding.made_at,
        quote="" if was_raw else coding.quote,
        before="" if was_raw else coding.before,
        after="" if was_raw else coding.after,
        anchor=coding.anchor,
    )
    if coding.start is None or coding.end is None:
        return copy
    key = (coding.version_id, coding.start, coding.end)
    found = places.get(key)
    if found is None:
        known = new.range_of(old.pk, (coding.start, coding.end)) if new else None
        found = (
            Anchored("exact", *known, 1.0) if known
            else reanchor(old.text, newest.text, coding.start, coding.end)
        )  # fmt: skip
        places[key] = found
    _place(copy, coding, found, newest.text)
    return copy


def _place(copy: Coding, coding: Coding, found: Anchored, text: str) -> None:
    """Put a copy where its words are; an unsure place stays unsure until a person looks."""
    was_unsure = coding.anchor == Coding.Anchor.UNSURE
    copy.anchor = Coding.Anchor.UNSURE if was_unsure and found.is_sure else found.state
    if found.start is None or found.end is None:
        return
    copy.start, copy.end = found.start, found.end
    copy.quote = text[found.start : found.end]
    copy.before, copy.after = context_of(text, found.start, found.end)
