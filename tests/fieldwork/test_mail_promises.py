"""Do the promises to people hold whatever happens, and while hundreds do things at once?"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from django.core import mail as outbox
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldwork.people_world import DAY, NOON, about_of, invitation_of, people_make, wave_make
from rodedraad.errors import Refusal
from rodedraad.fieldwork.models import Message, Participation
from rodedraad.fieldwork.sending import mailing_send
from rodedraad.fieldwork.states import state_reached

pytestmark = pytest.mark.usefixtures("home")
STEPS = st.sampled_from(
    ["make invitation", "make reminder", "make thanks", "send", "send next day", "finish", "refuse"]
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(STEPS, st.integers(0, 2)), max_size=12))
def test_one_mail_for_a_person_and_step_at_most_and_none_but_thanks_to_who_finished(steps):
    with transaction.atomic():
        _walk(steps)
        transaction.set_rollback(True)


def _walk(steps) -> None:
    wave = wave_make()
    people = people_make(wave, 3)
    mails, finished, at = [], {}, NOON - timedelta(days=NOON.weekday())
    outbox.outbox.clear()
    for step, who in steps:
        if step.startswith("make"):
            try:
                mails.append(invitation_of(wave, step.split()[1]))
            except Refusal:
                continue
        elif step.startswith("send"):
            at += timedelta(days="next" in step)
            for mailing in mails:
                mailing_send(mailing, now=lambda at=at: at)
        else:
            state = "done" if step == "finish" else "refused"
            state_reached(people[who], state, day=DAY, about=about_of(wave))
            finished.setdefault(people[who].pk, len(outbox.outbox))
    sent = Message.objects.filter(mailing__study=wave.study, state="sent")
    left = Counter((mail.to[0], mail.subject) for mail in outbox.outbox)
    assert sum(left.values()) == sent.count()
    assert max(Counter(sent.values_list("participation", "mailing")).values(), default=0) <= 1
    invitations = Counter(
        mail.to[0] for mail in outbox.outbox if mail.subject.startswith("Wilt u meedoen")
    )
    assert max(invitations.values(), default=0) <= 1
    for person in people:
        after = outbox.outbox[finished.get(person.pk, len(outbox.outbox)) :]
        number = people.index(person)
        ours = [mail.subject for mail in after if mail.to[0].split("@")[0].endswith(str(number))]
        assert all(subject.startswith("Bedankt") for subject in ours)


@pytest.mark.django_db(transaction=True)
def test_no_reminder_goes_to_a_finished_one_while_200_people_finish(postbox):
    wave = wave_make()
    people = people_make(wave, 200)
    invitation_of(wave).messages.update(state="sent", sent_on=DAY)
    about, later = about_of(wave), NOON + timedelta(days=7)
    reminder = invitation_of(wave, "reminder")
    finished: dict[str, int] = {}

    def finish(person: Participation) -> None:
        state_reached(person, "done", day=DAY, about=about)
        finished[person.pseudonym] = len(postbox.mails)  # known after the commit
        connection.close()

    with ThreadPoolExecutor(8) as at_once:
        sending = at_once.submit(_sent, reminder, later)
        while not postbox.mails and not sending.done():
            sleep(0.01)
        list(at_once.map(finish, reversed(people)))
        sending.result()
    sent = reminder.messages.filter(state="sent").count()
    assert len(postbox.mails) == sent == len(set(postbox.addresses))
    assert sent + reminder.messages.filter(state="skipped", reason="done").count() == 200
    by_number = {int(address.split("@")[0].lstrip("abcdefghijklmnopqrstuvwxyz")): at
                 for at, (address, _mail) in enumerate(postbox.mails)}  # fmt: skip
    for number, at in by_number.items():
        assert at < finished[people[number].pseudonym]
    assert 0 < sent < 200  # both happened at once, else this shows nothing


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(postbox):
    wave = wave_make()
    people_make(wave, 40)
    mailing = invitation_of(wave)
    with ThreadPoolExecutor(4) as at_once:
        list(at_once.map(lambda _n: _sent(mailing, NOON), range(4)))
    assert len(postbox.mails) == len(set(postbox.addresses)) == 40


@pytest.mark.django_db(transaction=True)
def test_two_studies_that_send_at_once_give_each_person_one_mail(postbox):
    waves = wave_make(), wave_make("ander")
    for wave in waves:
        people_make(wave, 40)
    mailings = [invitation_of(wave) for wave in waves]
    with ThreadPoolExecutor(2) as at_once:
        list(at_once.map(lambda mailing: _sent(mailing, NOON), mailings))
    assert Counter(postbox.addresses).most_common(1)[0][1] == 1
    assert len(postbox.mails) == 40


def _sent(mailing, at) -> None:
    mailing_send(mailing, now=lambda: at)
    connection.close()
