"""How does each message leave at most once, and never to who finished or wants no mail?

A message is written as ``sending`` before it leaves, together with the day of the person. Then
participation, message and contact are locked, everything is asked again, and the mail is handed
over while the locks hold. A process that dies in between leaves ``sending`` behind; as one process
at a time sends a mailing, the next one knows that and makes it ``unsure``: a person decides.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, connection, transaction
from django.utils import formats, timezone, translation

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.delivery import Outcome, mail_deliver
from rodedraad.fieldwork.hours import may_send
from rodedraad.fieldwork.links import link_of
from rodedraad.fieldwork.mail_words import FIELD, mail_fill
from rodedraad.fieldwork.mailing import unfit_because
from rodedraad.fieldwork.models import (
    Contact,
    MailDay,
    Mailing,
    Message,
    Participation,
)
from rodedraad.fieldwork.models.mail import Step
from rodedraad.fieldwork.opting_out import opt_out_address
from rodedraad.fieldwork.states import state_reached
from rodedraad.fieldwork.vault import ContactData, contact_opened_for_mail, contacts_bounced

State = Message.State
NAMESPACE = 0x526F4D61  # of our locks on mailings among those of other programs
Tell = Callable[[int, int], None]


def mailing_send(
    mailing: Mailing,
    *,
    now: Callable[[], datetime.datetime] = timezone.now,
    tell: Tell = lambda _done, _total: None,
    person: Person | None = None,
    origin: str = "command",
) -> Mapping[str, int]:
    """Send what waits in a mailing and return how many came to each end.

    Outside the hours for mail nothing leaves; what waits then goes the next time this is asked.

    Raises
    ------
    Refusal
        ``mail_server_unreachable`` when the mail server cannot be reached; what waits, waits on.
    """
    with _alone(mailing) as free:
        if not free:
            return {}
        counted: Counter[str] = Counter()
        _left_behind(mailing, counted)
        try:
            _send_all(mailing, now, tell, counted)
        finally:
            audit_record(
                person=person,
                action="mailing_send",
                object=f"study:{mailing.study.slug} mailing:{mailing.pk} sent:{counted['sent']}",
                origin=origin,
            )
    return counted


def _send_all(
    mailing: Mailing, now: Callable[[], datetime.datetime], tell: Tell, counted: Counter[str]
) -> None:
    waiting = list(mailing.messages.filter(state=State.WAITING).values_list("pk", flat=True))
    by = get_connection()
    try:
        for done, pk in enumerate(waiting):
            tell(done, len(waiting))
            if not may_send(now()):
                counted["quiet"] += len(waiting) - done
                return
            end = message_send(pk, by, now())
            counted[end] += 1
            if end == Outcome.UNREACHABLE:
                raise Refusal(
                    "The mail server does not take mail now. What waits stays waiting; try again "
                    "later.",
                    code="mail_server_unreachable",
                )
        tell(len(waiting), len(waiting))
    finally:
        by.close()


def message_send(pk: int, by: BaseEmailBackend, now: datetime.datetime) -> str:
    """Send one message that waits and return what came of it."""
    day = timezone.localdate(now)
    claimed = _claim(pk, day)
    if claimed:
        return claimed
    with transaction.atomic():
        participation, message, contact, data = _locked(pk)
        if message.state != State.SENDING:  # somebody ended it in between
            return message.state
        why = unfit_because(participation, message.mailing, contact, data.mail)
        if not MailDay.objects.filter(contact=contact, day=day).exists():
            return _ended(message, State.WAITING, "mail_day")  # it became another's address
        mail = None if why else _mail_of(message, participation, contact, data)
        if mail is None:
            return _ended(message, State.SKIPPED, why or "no_link", contact, day)
        outcome = mail_deliver(by, mail)
        return _written(outcome, message, participation, contact, day)


@transaction.atomic
def message_again(message: Message, *, again: bool, person: Person, origin: str) -> None:
    """Decide about a message that failed, or may have left: once more, or not.

    One that came back goes once more when the person has another address by now.
    """
    _participation, now, contact, _data = _locked(message.pk)
    if now.state == State.BOUNCED and again and contact.bounced_on is not None:
        raise Refusal(
            "The mail address does not work. Give this person another address first.",
            code="mail_address_broken",
        )
    if now.state not in (State.UNSURE, State.FAILED) and not (now.state == State.BOUNCED and again):
        raise Refusal("This was decided already. Look at the page anew.", code="mail_decided")
    now.state = State.WAITING if again else State.SENT
    now.reason = "" if again else "taken_as_sent"
    now.sent_on = None if again else timezone.localdate()
    now.save(update_fields=["state", "reason", "sent_on"])
    study = now.mailing.study.slug
    audit_record(
        person=person,
        action="mail_again" if again else "mail_taken_as_sent",
        object=f"study:{study} participation:{now.participation.pseudonym}",
        origin=origin,
    )


def _claim(pk: int, day: datetime.date) -> str:
    """Write that a message is about to leave; a text says why it is not, empty that it is."""
    with transaction.atomic():
        found = _locked(pk)
        participation, message, contact, data = found
        if message.state != State.WAITING:
            return message.state
        why = unfit_because(participation, message.mailing, contact, data.mail)
        if why:
            return _ended(message, State.SKIPPED, why)
        try:
            with transaction.atomic():
                MailDay.objects.create(contact=contact, day=day)
        except IntegrityError:
            return _ended(message, State.WAITING, "mail_day")
        _ended(message, State.SENDING, "")
        return ""


def _locked(pk: int) -> tuple[Participation, Message, Contact, ContactData]:
    """Lock a participation, its message and its contact, always in this order."""
    owner = Message.objects.filter(pk=pk).values("participation")
    participation = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("case", "study")
        .get(pk__in=owner)
    )
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("mailing", "mailing__text", "mailing__study")
        .get(pk=pk)
    )
    opened = contact_opened_for_mail(participation)
    if opened is None:
        return participation, message, Contact(), ContactData()
    link, data = opened
    contact = Contact.objects.select_for_update().get(pk=link.contact_id)
    return participation, message, contact, data


def _mail_of(
    message: Message, participation: Participation, contact: Contact, data: ContactData
) -> EmailMultiAlternatives | None:
    """Return the mail; None when it needs a link and there is none."""
    mailing = message.mailing
    path = link_of(mailing.about, participation)
    text = mailing.text
    used = set(FIELD.findall(text.body_nl + text.body_en))
    if path is None and "link" in used:
        return None
    off = opt_out_address(contact)
    link = settings.BASE_URL + path if path else ""
    values = values_of(mailing, participation, data.name, link, off)
    letter = mail_fill(text, participation.language, values)
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[data.mail],
        headers={
            "Message-ID": f"<{message.uuid}@{mail_host()}>",
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def values_of(
    mailing: Mailing, participation: Participation, name: str, link: str, off: str
) -> dict[str, str]:
    """Return what comes in the fields of a mail or letter to a participation."""
    english = participation.language == "en"
    study = participation.study
    with translation.override("en" if english else "nl"):
        ends = formats.date_format(mailing.ends_on, "j F Y") if mailing.ends_on else ""
    return {
        "naam": name,
        "gemeente": participation.case.name,
        "onderzoek": study.title_en if english else study.title_nl,
        "link": link,
        "einddatum": ends,
        "afzender": mailing.signed_by,
        "afmelden": off,
    }


def mail_host() -> str:
    """Return the name of the host of the sender, which the numbers of our mails end with."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"


def _written(
    outcome: Outcome,
    message: Message,
    participation: Participation,
    contact: Contact,
    day: datetime.date,
) -> str:
    if outcome in (Outcome.SENT, Outcome.REFUSED) and message.mailing.step == Step.INVITATION:
        # Who is asked at an address that does not work was asked: AAPOR counts them as unknown.
        state_reached(
            participation, Participation.State.INVITED, about=message.mailing.about, day=day
        )
    if outcome == Outcome.SENT:
        _ended(message, State.SENT, "", sent_on=day)
    elif outcome == Outcome.UNSURE:
        _ended(message, State.UNSURE, "server")
    elif outcome == Outcome.REFUSED:
        contacts_bounced(Contact.objects.filter(pk=contact.pk), day=day, reason="refused")
        _ended(message, State.BOUNCED, "no_mailbox", contact, day)
    elif outcome in (Outcome.LATER, Outcome.UNREACHABLE):
        _ended(message, State.WAITING, "later", contact, day)
    else:
        _ended(message, State.FAILED, "server", contact, day)
    return outcome


def _ended(
    message: Message,
    state: str,
    reason: str,
    contact: Contact | None = None,
    day: datetime.date | None = None,
    sent_on: datetime.date | None = None,
) -> str:
    """Write the state of a message; with ``contact`` the day is given back: nothing left."""
    message.state, message.reason, message.sent_on = state, reason, sent_on
    message.save(update_fields=["state", "reason", "sent_on"])
    if contact is not None:
        MailDay.objects.filter(contact=contact, day=day).delete()
    return reason if state == State.WAITING else state


def _left_behind(mailing: Mailing, counted: Counter[str]) -> None:
    """Make unsure what an earlier process was sending when it died: nobody else sends this now."""
    left = mailing.messages.filter(state=State.SENDING)
    counted["unsure"] += left.update(state=State.UNSURE, reason="broken_off")


@contextmanager
def _alone(mailing: Mailing) -> Iterator[bool]:
    """Hold the lock on a mailing; false when another process holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [NAMESPACE, mailing.pk])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [NAMESPACE, mailing.pk])


def message_of_number(number: str) -> UUID | None:
    """Return the message that a Message-ID of ours names; None when it is none of ours."""
    plain = number.strip("<> \t\r\n").partition("@")[0]
    try:
        return UUID(plain)
    except ValueError:
        return None
