"""Which mail leaves by itself, and when? What a person let go and could not leave then.

Outside the hours, on a holiday, or to somebody who had another mail that day it waits. A worker
looks every minute, and tries a mailing at most every quarter of an hour.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.hours import may_send
from rodedraad.fieldwork.links import subjects_of
from rodedraad.fieldwork.models import ContactLink, MailDay, Mailing, Message, StudyMail
from rodedraad.fieldwork.models.mail import Step
from rodedraad.fieldwork.sending import mailing_send
from rodedraad.studies.models import Study

BETWEEN = datetime.timedelta(minutes=15)
State = Message.State
LEFT = (State.WAITING, State.SENDING)


def mail_by_itself(study: Study) -> bool:
    """Whether what waits in a study goes by itself; it does until somebody turns that off."""
    return not StudyMail.objects.filter(study=study, by_itself=False).exists()


def mail_by_itself_set(study: Study, *, on: bool, person: Person | None, origin: str) -> None:
    """Turn sending by itself on or off; who may see contact data may."""
    StudyMail.objects.update_or_create(
        study=study, defaults={"by_itself": on, "changed_by": person}
    )
    audit_record(
        person=person,
        action="mail_by_itself",
        object=f"study:{study.slug} {'on' if on else 'off'}",
        origin=origin,
    )


def mailing_let_go(mailing: Mailing) -> None:
    """Write that a person lets a mailing go: from now on what waits in it may go by itself."""
    Mailing.objects.filter(pk=mailing.pk, let_go_at=None).update(let_go_at=timezone.now())


def mail_due_send(now: Callable[[], datetime.datetime] = timezone.now) -> Mapping[str, int]:
    """Send all that is due over all studies; return how many messages came to each end.

    Nothing leaves of a mailing that nobody let go, was stopped, or asks for what is not open any
    more. When the mail server cannot be reached the rest waits for the next look.
    """
    if not may_send(now()):
        return {}
    return _sent(mailings_due(now()), now, origin="worker")


def mail_waiting_send(
    slug: str = "", now: Callable[[], datetime.datetime] = timezone.now
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Send by hand what a person let go: of one study, or of all where mail leaves by itself.

    Returns how many messages came to each end, and how many wait by study that was left out,
    because somebody turned sending by itself off there. A study that is named is not left out.
    Outside the hours nothing is sent or written, and what waits is counted as ``quiet``.

    Raises
    ------
    Refusal
        ``study_unknown`` when there is no such study; ``mail_server_unreachable``.
    """
    ready = mailings_ready(now())
    if slug:
        if not Study.objects.filter(slug=slug).exists():
            raise Refusal(
                f"There is no study '{slug}'. Look up its short name in its address.",
                code="study_unknown",
            )
        named = ready.filter(study__slug=slug)
        return _sent(named, now, origin="command", is_named=True), {}
    asked = [one for one in ready.filter(study__in=_held()) if _still_asked(one, now())]
    waiting = Message.objects.filter(mailing__in=asked, state__in=LEFT)
    held = Counter(waiting.values_list("mailing__study__slug", flat=True))
    return _sent(ready.exclude(study__in=_held()), now, origin="command"), held


def mailings_ready(now: datetime.datetime) -> QuerySet[Mailing]:
    """Return the mailings that a person let go with somebody who could get a mail now."""
    today = MailDay.objects.filter(day=timezone.localdate(now))
    had_one = ContactLink.objects.filter(contact__in=today.values("contact"))
    left = Message.objects.filter(mailing=OuterRef("pk")).filter(
        Q(state=State.SENDING)
        | Q(state=State.WAITING) & ~Q(participation__uuid__in=had_one.values("participation"))
    )
    return (
        Mailing.objects.filter(stopped_at=None, let_go_at__lte=now)
        .filter(Q(not_before=None) | Q(not_before__lte=now))
        .filter(Exists(left))
        .select_related("study", "text")
        .order_by("pk")
    )


def mailings_due(now: datetime.datetime) -> QuerySet[Mailing]:
    """Return those of which a worker may try to send what waits, the oldest first."""
    long_ago = Q(tried_at=None) | Q(tried_at__lte=now - BETWEEN)
    return mailings_ready(now).filter(long_ago).exclude(study__in=_held())


def _held() -> QuerySet[StudyMail, int]:
    """The studies where what waits goes only when somebody says so."""
    return StudyMail.objects.filter(by_itself=False).values_list("study", flat=True)


def _sent(
    mailings: QuerySet[Mailing],
    now: Callable[[], datetime.datetime],
    *,
    origin: str,
    is_named: bool = False,
) -> Mapping[str, int]:
    """Send these one by one; the switch of a study, the hours and the clock are asked each time.

    Outside the hours what waits is only counted, as ``quiet``. A worker writes that it tried, so
    that it waits before the next time; a command by hand keeps no worker waiting.
    """
    counted: Counter[str] = Counter()
    for mailing in mailings:
        if not _still_asked(mailing, now()):
            continue
        if not (is_named or mail_by_itself(mailing.study)):
            continue
        if not may_send(now()):
            counted["quiet"] += mailing.messages.filter(state=State.WAITING).count()
            continue
        if origin == "worker":
            Mailing.objects.filter(pk=mailing.pk).update(tried_at=now())
        counted.update(mailing_send(mailing, now=now, origin=origin))
    return +counted


def _still_asked(mailing: Mailing, now: datetime.datetime) -> bool:
    """Whether a mailing still asks for something that people can do; thanks are always in time."""
    if mailing.step == Step.THANKS:
        return True
    is_over = mailing.ends_on is not None and mailing.ends_on < timezone.localdate(now)
    open_now = {subject.about for subject in subjects_of(mailing.study)}
    return not is_over and mailing.about in open_now
