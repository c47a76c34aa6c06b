"""Which interviews are there, how far is each, and what did its people agree to?

How far follows from what there is: a transcript in which people were made unknown, and codings on
it. That is looked up each time, so it cannot fall behind.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from rodedraad.coding.visible import codings_visible
from rodedraad.fieldwork.models import Consent, ConsentText, Interview, Participation
from rodedraad.sources.models import SourceVersion
from rodedraad.studies.models import Study

State = Interview.State
Purpose = ConsentText.Purpose
NEEDED = (Purpose.TAKE_PART, Purpose.RECORDING)
"""Purposes that a talk and its transcript rest on: who takes these back is pointed out."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one participant said about each purpose; a purpose without an answer is None."""

    participation: Participation
    said: Mapping[str, Consent | None]

    @property
    def taken_back(self) -> list[str]:
        """Of the purposes that a talk rests on, those that this person refused or took back."""
        return [
            purpose
            for purpose in NEEDED
            if (consent := self.said[purpose]) is not None and not consent.given
        ]


def interviews_of(study: Study) -> QuerySet[Interview]:
    """Return the interviews of a study with ``stands``: how far each is now.

    Codings that are made in an open blind round do not count yet. A transcript that people agreed
    with is approved once people are unknown in it.
    """
    there = Q(source__isnull=False, source__removed_at=None)
    unknown = SourceVersion.objects.filter(source=OuterRef("source"), deidentified=True)
    codings = codings_visible(None, study).filter(version__source=OuterRef("source"))
    stands = Choose(
        When(state=State.CANCELLED, then=Value(State.CANCELLED)),
        When(there & Exists(codings), then=Value(State.CODED)),
        When(there & Q(state=State.APPROVED) & Exists(unknown), then=Value(State.APPROVED)),
        When(there & Exists(unknown), then=Value(State.DEIDENTIFIED)),
        When(there, then=Value(State.TRANSCRIBED)),
        When(held_on__isnull=False, then=Value(State.HELD)),
        default=Value(State.PLANNED),
        output_field=CharField(),
    )
    return (
        Interview.objects.filter(study=study)
        .annotate(stands=stands)
        .select_related("case", "wave")
        .prefetch_related("participants", "led_by")
        .order_by(F("planned_for").desc(nulls_last=True), "-pk")
    )


def interviews_asked(study: Study, asked: Mapping[str, str]) -> QuerySet[Interview]:
    """Return the interviews that fit a filter by case, role and how far they are."""
    found = interviews_of(study)
    if asked.get("case", "").isdecimal():
        found = found.filter(case=int(asked["case"]))
    if asked.get("role"):
        with_role = Participation.objects.filter(interviews=OuterRef("pk"), role=asked["role"])
        found = found.filter(Exists(with_role))
    if asked.get("state"):
        found = found.filter(stands=asked["state"])
    return found


def interviews_of_week(study: Study, monday: datetime.date) -> list[Interview]:
    """Return what is planned in a week, in order, without what was cancelled."""
    sunday = monday + datetime.timedelta(days=6)
    found = interviews_of(study).filter(planned_for__date__range=(monday, sunday))
    return list(found.exclude(state=State.CANCELLED).order_by("planned_for", "pk"))


def agreed_by(participants: Sequence[Participation]) -> list[Agreed]:
    """Return what each participant said last about each purpose: one question."""
    said: dict[int, dict[str, Consent]] = {each.pk: {} for each in participants}
    consents = Consent.objects.filter(participation__in=participants).select_related("text")
    for consent in consents.order_by("pk"):
        said[consent.participation_id][consent.text.purpose] = consent
    return [
        Agreed(each, {purpose: said[each.pk].get(purpose) for purpose in Purpose.values})
        for each in participants
    ]
