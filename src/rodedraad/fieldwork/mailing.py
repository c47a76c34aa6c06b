"""Who gets a mail: one message for each participation that fits, and why others do not."""

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.links import Subject, subjects_of
from rodedraad.fieldwork.mail_words import mail_text_kept
from rodedraad.fieldwork.models import (
    Contact,
    Mailing,
    Message,
    Participation,
    ParticipationEvent,
)
from rodedraad.fieldwork.models.mail import Step
from rodedraad.fieldwork.states import ENDS
from rodedraad.studies.models import Study

State = Participation.State
STEPS = (Step.INVITATION, Step.REMINDER, Step.THANKS)
MOST_REMINDERS = 3


def subject_for(study: Study, about: str) -> Subject:
    """Return what people are asked for; refuses what is not open to them now."""
    for subject in subjects_of(study):
        if subject.about == about:
            return subject
    raise Refusal(
        "Nobody can be asked for this now. Open the questionnaire first.",
        code="mail_subject_unknown",
    )


def participations_fitting(
    study: Study, about: str, step: str, roles: Collection[str] = ()
) -> QuerySet[Participation]:
    """Return who would get a step now, as far as study data know; the vault is asked later."""
    done = ParticipationEvent.objects.filter(
        participation=OuterRef("pk"), state=State.DONE, about__in=("", about)
    )
    found = Participation.objects.filter(study=study).exclude(state__in=ENDS)
    if roles:
        found = found.filter(role__in=roles)
    if step == Step.THANKS:
        return found.filter(Exists(done))
    found = found.exclude(Exists(done))
    if step == Step.REMINDER:
        invited = Message.objects.filter(
            participation=OuterRef("pk"),
            mailing__about=about,
            mailing__step=Step.INVITATION,
            state=Message.State.SENT,
        )
        found = found.filter(Exists(invited))
    return found


@transaction.atomic
def mailing_make(
    study: Study,
    about: str,
    step: str,
    *,
    roles: Collection[str] = (),
    ends_on: datetime.date | None = None,
    signed_by: str = "",
    person: Person | None,
    origin: str,
) -> Mailing:
    """Make the mailing of a step, or add people to it who came in later, and return it.

    Each participation gets a step once, however often this is asked. A reminder is a new mailing
    each time, once the one before has nothing waiting.

    Raises
    ------
    Refusal
        When nobody fits, the text has no end date to fill in, or three reminders went out.
    """
    if step not in STEPS:
        raise Refusal("There is no such mail.", code="mail_step_unknown")
    Study.objects.select_for_update().get(pk=study.pk)
    subject_for(study, about)
    fitting = participations_fitting(study, about, step, roles)
    text = mail_text_kept(study, step)
    number = _number(study, about, step)
    if ends_on is None and "{einddatum}" in text.body_nl + text.subject_nl + text.body_en:
        raise Refusal(
            "The mail names the last day to answer. Fill in that day.", code="mail_end_missing"
        )
    mailing, is_new = Mailing.objects.get_or_create(
        study=study,
        about=about,
        step=step,
        number=number,
        defaults={"text": text, "made_by": person, "ends_on": ends_on, "signed_by": signed_by},
    )
    if not is_new:
        mailing.text, mailing.ends_on, mailing.signed_by = text, ends_on, signed_by
        mailing.stopped_at = None
        mailing.save(update_fields=["text", "ends_on", "signed_by", "stopped_at"])
    new = fitting.exclude(messages__mailing=mailing)
    made = Message.objects.bulk_create(
        (Message(mailing=mailing, participation=each) for each in new.order_by("pseudonym")),
        ignore_conflicts=True,
    )
    if not made:
        raise Refusal(
            "There is nobody who can get this mail now. Look at who takes part and how far they "
            "are.",
            code="mail_nobody",
        )
    audit_record(
        person=person,
        action="mailing_make",
        object=f"study:{study.slug} mailing:{mailing.pk} {step} {number} messages:{len(made)}",
        origin=origin,
    )
    return mailing


def unfit_because(
    participation: Participation, mailing: Mailing, contact: Contact, mail: str
) -> str:
    """Return why a participation may not get a mail now, as a code; empty when it may.

    It is asked at the moment of sending, while participation and contact are locked.
    """
    events = participation.events.filter(state=State.DONE, about__in=("", mailing.about))
    if mailing.stopped_at is not None:
        return "stopped"
    if participation.state in ENDS:
        return participation.state
    if events.exists() != (mailing.step == Step.THANKS):
        return "not_done" if mailing.step == Step.THANKS else "done"
    if contact.opted_out_on is not None:
        return "opted_out"
    if contact.bounced_on is not None:
        return "bounced"
    return "" if mail else "no_mail"


def mailing_for(study: Study, uuid: UUID) -> Mailing | None:
    """Return a mailing of a study; None when there is none."""
    found = Mailing.objects.filter(study=study, uuid=uuid)
    return found.select_related("text", "study").first()


def _number(study: Study, about: str, step: str) -> int:
    if step != Step.REMINDER:
        return 1
    before = Mailing.objects.filter(study=study, about=about, step=step)
    last = before.aggregate(last=Max("number"))["last"] or 0
    open_ = Message.objects.filter(
        mailing__in=before.filter(number=last, stopped_at=None),
        state__in=(Message.State.WAITING, Message.State.SENDING),
    )
    if last and open_.exists():
        return last
    if last >= MOST_REMINDERS:
        raise Refusal(
            f"{MOST_REMINDERS} reminders went out already. That is the most that people get.",
            code="mail_reminders_most",
            most=MOST_REMINDERS,
        )
    return last + 1
