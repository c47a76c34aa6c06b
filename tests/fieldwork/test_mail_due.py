"""Does what waits leave by itself, at the right hour and day, once, and only while it is asked?"""

import datetime
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail as outbox
from django.urls import reverse

from fieldwork.people_world import NOON, invitation_of, people_make, wave_make
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.cli import fieldwork
from rodedraad.errors import Refusal
from rodedraad.fieldwork import mail_due
from rodedraad.fieldwork.holidays import easter_sunday, holidays_of, is_working_day, kings_day
from rodedraad.fieldwork.hours import may_send, next_moment
from rodedraad.fieldwork.mail_due import (
    mail_by_itself,
    mail_by_itself_set,
    mail_due_send,
    mail_waiting_send,
    mailing_let_go,
)
from rodedraad.fieldwork.models import Mailing
from rodedraad.jobs import regular
from rodedraad.jobs.regular import RegularWork
from rodedraad.studies.models import TeamMember
from rodedraad.surveys.models import Survey

EASTERS = {
    1818: (3, 22), 1943: (4, 25), 1954: (4, 18), 1981: (4, 19), 2000: (4, 23), 2008: (3, 23),
    2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 2049: (4, 18),
}  # fmt: skip
"""From the published tables, with the earliest and latest day and both exceptions of the rule."""


def test_easter_falls_where_the_tables_say():
    for year, (month, day) in EASTERS.items():
        assert easter_sunday(year) == datetime.date(year, month, day)
    assert all(easter_sunday(year).weekday() == 6 for year in range(1900, 2200))


def test_the_holidays_of_2026_and_a_kings_day_on_a_sunday():
    named = {(1, 1), (4, 3), (4, 5), (4, 6), (4, 27), (5, 5), (5, 14), (5, 24), (5, 25), (12, 25),
             (12, 26)}  # fmt: skip
    assert holidays_of(2026) == {datetime.date(2026, month, day) for month, day in named}
    assert kings_day(2025) == datetime.date(2025, 4, 26)
    assert kings_day(2031) == datetime.date(2031, 4, 26)
    assert is_working_day(datetime.date(2026, 4, 7))


def at(month: int, day: int, hour: int) -> datetime.datetime:
    summer = 4 <= month <= 9
    zone = datetime.timezone(timedelta(hours=2 if summer else 1))
    return datetime.datetime(2026, month, day, hour, tzinfo=zone)


def test_after_maundy_thursday_evening_mail_waits_until_tuesday_morning():
    assert not may_send(at(4, 3, 12))
    assert not may_send(at(4, 6, 12))
    assert next_moment(at(4, 2, 21)) == at(4, 7, 8)


@pytest.fixture
def world(db, home):
    """A study with two people and an invitation that a person let go in the evening."""
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    mailing_let_go(mailing)
    return wave


def due(moment):
    return dict(mail_due_send(now=lambda: moment))


@pytest.fixture(autouse=True)
def let_go_long_ago(monkeypatch):
    """The clock of these tests stands before today's, so what is let go now was let go then."""
    monkeypatch.setattr(
        "rodedraad.fieldwork.mail_due.timezone.now", lambda: NOON - timedelta(days=1)
    )


def test_in_the_evening_and_on_saturday_nothing_leaves_and_in_the_morning_all_of_it(world):
    assert due(NOON.replace(hour=21)) == {}
    assert due(NOON.replace(day=1)) == {}  # a Sunday
    assert due(NOON.replace(hour=8))["sent"] == 2
    assert due(NOON.replace(hour=9)) == {}
    assert len(outbox.outbox) == 2


def test_what_nobody_let_go_or_somebody_stopped_stays(world):
    Mailing.objects.update(let_go_at=None)
    assert due(NOON) == {}
    Mailing.objects.update(let_go_at=NOON, stopped_at=NOON)
    assert due(NOON) == {}
    Mailing.objects.update(let_go_at=NOON, stopped_at=None, not_before=NOON + timedelta(hours=1))
    assert due(NOON) == {}
    assert due(NOON + timedelta(hours=2))["sent"] == 2


def test_a_closed_questionnaire_or_a_last_day_that_is_over_stops_it(world):
    Survey.objects.update(state="closed")
    assert due(NOON) == {}
    Survey.objects.update(state="open")
    Mailing.objects.update(ends_on=NOON.date() - timedelta(days=1))
    assert due(NOON) == {}
    assert outbox.outbox == []


def test_of_two_studies_one_mail_a_day_and_the_other_by_itself_the_day_after(world):
    other = wave_make("ander")
    people_make(other)
    mailing_let_go(invitation_of(other))
    Mailing.objects.update(ends_on=NOON.date() + timedelta(days=7))
    assert due(NOON)["sent"] == 2
    for minutes in (1, 20, 200):
        assert due(NOON + timedelta(minutes=minutes)).get("sent", 0) == 0
    n_logged = AuditEvent.objects.filter(action="mailing_send").count()
    assert n_logged == 2  # not one for every look: nobody in it could get a mail
    assert due(NOON + timedelta(days=1))["sent"] == 2
    assert len(outbox.outbox) == 4


def test_a_study_can_turn_it_off_and_that_is_logged(world):
    mail_by_itself_set(world.study, on=False, person=None, origin="test")
    assert due(NOON) == {}
    mail_by_itself_set(world.study, on=True, person=None, origin="test")
    assert due(NOON)["sent"] == 2
    said = AuditEvent.objects.filter(action="mail_by_itself").order_by("pk")
    assert [event.object for event in said] == ["study:proef off", "study:proef on"]


def test_a_command_leaves_out_a_study_that_turned_it_off_and_names_it(world):
    other = wave_make("ander")
    people_make(other, domain="ander.test")
    mailing_let_go(invitation_of(other))
    mail_by_itself_set(world.study, on=False, person=None, origin="test")
    counted, held = mail_waiting_send(now=lambda: NOON)
    assert (dict(counted), dict(held)) == ({"sent": 2}, {"proef": 2})
    assert {address.split("@")[1] for one in outbox.outbox for address in one.to} == {"ander.test"}
    counted, held = mail_waiting_send("proef", now=lambda: NOON)
    assert (dict(counted), dict(held)) == ({"sent": 2}, {})
    assert mail_waiting_send(now=lambda: NOON) == ({}, {})


def test_a_command_sends_one_study_and_nothing_that_nobody_let_go(world):
    other = wave_make("ander")
    people_make(other, domain="ander.test")
    invitation_of(other)
    assert mail_waiting_send("ander", now=lambda: NOON) == ({}, {})
    assert mail_waiting_send("proef", now=lambda: NOON.replace(hour=21)) == ({"quiet": 2}, {})
    assert mail_waiting_send("proef", now=lambda: NOON)[0] == {"sent": 2}
    with pytest.raises(Refusal, match="no study 'nergens'"):
        mail_waiting_send("nergens")


def test_a_command_outside_the_hours_writes_nothing_and_keeps_no_worker_waiting(world):
    evening, morning = NOON.replace(hour=21), NOON + timedelta(days=1)
    logged = AuditEvent.objects.count()
    assert mail_waiting_send(now=lambda: evening) == ({"quiet": 2}, {})
    assert AuditEvent.objects.count() == logged
    assert not Mailing.objects.exclude(tried_at=None).exists()
    Mailing.objects.update(ends_on=morning.date())
    assert mail_waiting_send(now=lambda: morning)[0] == {"sent": 2}
    assert not Mailing.objects.exclude(tried_at=None).exists()
    assert AuditEvent.objects.filter(action="mailing_send").count() == 1


@pytest.mark.parametrize("send", [mail_waiting_send, mail_due_send])
def test_a_switch_turned_off_while_others_are_sent_still_holds(world, send, monkeypatch):
    other = wave_make("ander")
    people_make(other, domain="ander.test")
    mailing_let_go(invitation_of(other))
    really = mail_due.mailing_send

    def sends(mailing, **given):
        mail_by_itself_set(other.study, on=False, person=None, origin="test")
        return really(mailing, **given)

    monkeypatch.setattr(mail_due, "mailing_send", sends)
    send(now=lambda: NOON)
    assert len(outbox.outbox) == 2
    assert "ander.test" not in {one.to[0].split("@")[1] for one in outbox.outbox}


def test_a_command_of_a_closed_questionnaire_sends_and_names_nothing(world):
    Survey.objects.update(state="closed")
    for on in (True, False):
        mail_by_itself_set(world.study, on=on, person=None, origin="test")
        assert mail_waiting_send(now=lambda: NOON) == ({}, {})


def test_what_the_command_prints(world, monkeypatch):
    """Which study is left out, how many wait there, and what to type."""
    said = []
    monkeypatch.setattr(fieldwork, "prepared", lambda _module: mail_due)
    monkeypatch.setattr(fieldwork.click, "echo", said.append)
    monkeypatch.setattr(mail_due, "mail_waiting_send", lambda _slug: ({"sent": 1}, {"proef": 2}))
    fieldwork.send_command.callback("")
    assert said[0] == "sent 1"
    assert "proef: 2 wait" in said[1]
    assert said[1].endswith("rodedraad fieldwork send --study proef")
    said.clear()
    monkeypatch.setattr(mail_due, "mail_waiting_send", lambda _slug: ({}, {}))
    fieldwork.send_command.callback("")
    assert said == ["Nothing was sent."]
    said.clear()
    monkeypatch.setattr(mail_due, "mail_waiting_send", lambda _slug: ({"quiet": 2}, {}))
    fieldwork.send_command.callback("")
    assert said[0] == "Nothing was sent."
    assert said[1].startswith("2 wait for the hours")


def test_the_lead_turns_it_off_on_the_page_of_mails_and_a_researcher_cannot(world, client):
    for role in ("lead", "researcher"):
        person = Person.objects.create_user(f"{role}@voorbeeld.test", name=role)
        TOTP.activate(person, generate_totp_secret())
        TeamMember.objects.create(study=world.study, person=person, role=role)
        client.force_login(person)
        if role == "lead":
            page = client.get(reverse("fieldwork:mailings", args=["proef"])).content.decode()
            assert "Verstuur alleen als iemand het zegt" in page
        answer = client.post(reverse("fieldwork:mail_by_itself", args=["proef"]), {"on": "0"})
        assert answer.status_code == (302 if role == "lead" else 404)
    assert not mail_by_itself(world.study)


def test_a_worker_does_it_every_minute_and_a_fault_does_not_stop_it(monkeypatch):
    ticks: list[float] = []
    clock = iter([0.0, 1.0, 61.0, 62.0, 130.0])

    def work():
        ticks.append(1)
        raise RuntimeError

    monkeypatch.setattr(regular, "_REGULARS", {})
    monkeypatch.setattr(regular, "import_string", lambda _name: work)
    regular.regular_register("mail_due", "somewhere", 60)
    looking = RegularWork(clock=lambda: next(clock))
    for _ in range(5):
        looking.look()
    assert len(ticks) == 3


def test_the_work_that_is_registered_is_there():
    assert regular._REGULARS["mail_due"].work == "rodedraad.fieldwork.mail_due.mail_due_send"
