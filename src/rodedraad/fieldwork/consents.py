"""What did people agree to, in which words, and what hangs on it when they take it back?"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.consent_defaults import CONSENT_DEFAULTS
from rodedraad.fieldwork.models import (
    Consent,
    ConsentText,
    Interview,
    Message,
    Participation,
)
from rodedraad.fieldwork.states import state_reached
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

Purpose = ConsentText.Purpose
LONGEST = 4000
WAYS = ("online", "paper", "spoken", "mail")


@dataclass(frozen=True, slots=True)
class Dependence:
    """What came from a participation: shown before consent is taken back."""

    interviews: Sequence[Interview]
    sources: Sequence[Source]
    n_waiting: int


def consent_texts_now(study: Study) -> dict[str, ConsentText]:
    """Return the newest text of each purpose that the study has words of."""
    texts = ConsentText.objects.filter(study=study).order_by("purpose", "version")
    return {text.purpose: text for text in texts}


@transaction.atomic
def consent_text_for(study: Study, purpose: str) -> ConsentText:
    """Return the text that asks for consent now; ours becomes version 1 when there is none."""
    _refuse_unknown(purpose)
    Study.objects.select_for_update().get(pk=study.pk)
    found = ConsentText.objects.filter(study=study, purpose=purpose).order_by("version").last()
    if found is not None:
        return found
    words = CONSENT_DEFAULTS[purpose]
    return ConsentText.objects.create(
        study=study, purpose=purpose, version=1, text_nl=words["nl"], text_en=words["en"]
    )


@transaction.atomic
def consent_text_save(
    study: Study, purpose: str, *, nl: str, en: str, person: Person, origin: str
) -> ConsentText:
    """Keep new words for a purpose as its next version; the same words make no version.

    Raises
    ------
    Refusal
        ``consent_text_length`` when the Dutch is empty or one is too long.
    """
    _refuse_unknown(purpose)
    nl, en = nl.strip().replace("\r\n", "\n"), en.strip().replace("\r\n", "\n")
    if not nl or max(len(nl), len(en)) > LONGEST:
        raise Refusal(
            f"A consent text has 1 to {LONGEST} characters, in Dutch at least.",
            code="consent_text_length",
            most=LONGEST,
        )
    newest = consent_text_for(study, purpose)
    if (newest.text_nl, newest.text_en) == (nl, en):
        return newest
    texts = ConsentText.objects.filter(study=study, purpose=purpose)
    last = texts.aggregate(last=Max("version"))["last"]
    made = ConsentText.objects.create(
        study=study, purpose=purpose, version=last + 1, text_nl=nl, text_en=en
    )
    audit_record(
        person=person,
        action="consent_text",
        object=f"study:{study.slug} {purpose} v{made.version}",
        origin=origin,
    )
    return made


@transaction.atomic
def consent_record(
    participation: Participation,
    text: ConsentText,
    *,
    given: bool,
    day: datetime.date,
    how: str,
    person: Person | None,
    origin: str,
) -> Consent:
    """Write down that somebody agreed to a text, refused it, or took it back.

    Taking back consent to take part makes the participation withdrawn: no mail goes out any more,
    and a talk that was only planned with this person is cancelled.
    """
    if text.study_id != participation.study_id or how not in WAYS:
        raise Refusal(
            "This text is of another study, or there is no such way to agree. Use the form.",
            code="consent_unfit",
        )
    made = Consent.objects.create(
        participation=participation, text=text, given=given, day=day, how=how
    )
    audit_record(
        person=person,
        action="consent_given" if given else "consent_withdrawn",
        object=(
            f"study:{text.study.slug} participation:{participation.pseudonym} "
            f"{text.purpose} v{text.version}"
        ),
        origin=origin,
    )
    if text.purpose == Purpose.TAKE_PART and not given:
        _block(participation, day, person)
    return made


def consents_now(participation: Participation) -> dict[str, Consent]:
    """Return what somebody said last about each purpose; one without an answer is not in it."""
    said = participation.consents.select_related("text").order_by("pk")
    return {consent.text.purpose: consent for consent in said}


def consent_holds(participation: Participation, purpose: str) -> bool:
    """Tell whether somebody agreed to a purpose and did not take it back."""
    consent = consents_now(participation).get(purpose)
    return consent is not None and consent.given


def dependence_of(participation: Participation) -> Dependence:
    """Return what hangs on a participation: its talks, their transcripts, and waiting mails."""
    talks = list(
        Interview.objects.filter(participants=participation).select_related("source", "case")
    )
    return Dependence(
        interviews=talks,
        sources=[talk.source for talk in talks if talk.source is not None],
        n_waiting=participation.messages.filter(state=Message.State.WAITING).count(),
    )


def _block(participation: Participation, day: datetime.date, person: Person | None) -> None:
    state_reached(
        participation, Participation.State.WITHDRAWN, reason="consent", day=day, person=person
    )
    participation.messages.filter(state=Message.State.WAITING).update(
        state=Message.State.SKIPPED, reason="withdrawn"
    )
    planned = Interview.objects.filter(participants=participation, state=Interview.State.PLANNED)
    for talk in planned.select_for_update(of=("self",)):
        if not talk.participants.exclude(pk=participation.pk).exists():
            talk.state = Interview.State.CANCELLED
            talk.row_version += 1
            talk.save(update_fields=["state", "row_version"])


def _refuse_unknown(purpose: str) -> None:
    if purpose not in Purpose.values:
        raise Refusal("There is no such purpose of consent.", code="consent_purpose_unknown")
