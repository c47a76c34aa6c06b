"""Do interviews go from plan to codes, with nobody overwriting anybody?"""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from fieldwork.monitor_world import fieldwork_world, people_in
from rodedraad.accounts.models import AuditEvent
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.rounds import coder_for
from rodedraad.errors import Refusal
from rodedraad.fieldwork.consents import consent_record, consent_text_for
from rodedraad.fieldwork.interviews import (
    Held,
    Plan,
    interview_approve,
    interview_cancel,
    interview_change,
    interview_hold,
    interview_plan,
    interview_source_set,
    interview_undo,
)
from rodedraad.fieldwork.interviews_calendar import calendar_text
from rodedraad.fieldwork.interviews_shown import (
    agreed_by,
    interviews_asked,
    interviews_of,
    interviews_of_week,
)
from rodedraad.sources.actions import SourceFacts, source_add, source_remove, version_add
from rodedraad.sources.extraction import extract
from rodedraad.sources.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
WORDS = b"Vraag: hoe gaat het?\nAntwoord: wij leren veel van elkaar.\n"
WHEN = datetime.datetime(2026, 3, 4, 9, 30, tzinfo=datetime.UTC)  # a Wednesday
DAY = datetime.date(2026, 3, 4)


class World:
    """A study with an interview that is planned."""

    def __init__(self) -> None:
        self.wave, self.team = fieldwork_world()
        self.study = self.wave.study
        self.people = people_in(self.wave, "Noord", "D", {"invited": 2})
        self.by = {"person": self.team["lead"], "origin": "test"}
        self.interview = interview_plan(self.study, self.plan(), **self.by)

    def plan(self, **other) -> Plan:
        given = {
            "case": self.people[0].case, "wave": self.wave, "participants": self.people[:1],
            "mode": "in_person", "guide": "Directeuren v2", "leaders": [self.team["researcher"]],
            "planned_for": WHEN,
        }  # fmt: skip
        return Plan(**given | other)

    def do(self, action, *given, seen=None, **named):
        seen = self.interview.row_version if seen is None else seen
        self.interview = action(self.interview, *given, seen=seen, **self.by, **named)
        return self.interview

    def transcript(self, study=None) -> Source:
        facts = SourceFacts(
            title="Gesprek", kind=Source.Kind.TRANSCRIPT, confidentiality="personal"
        )
        return source_add(study or self.study, WORDS, "g.txt", facts, person=None, origin="test")

    @property
    def stands(self) -> str:
        return interviews_of(self.study).get(pk=self.interview.pk).stands


@pytest.fixture
def world() -> World:
    return World()


def refused(code, action, *given, **named):
    with pytest.raises(Refusal) as caught, transaction.atomic():
        action(*given, **named)
    assert caught.value.code == code


def test_an_interview_goes_from_plan_to_codes_as_its_words_do(world):
    assert world.stands == "planned"
    world.do(interview_hold, Held(day=DAY, sat_in="een manager", recorded=True, note="rustig"))
    assert world.stands == "held"
    source = world.transcript()
    world.do(interview_source_set, source)
    assert world.stands == "transcribed"
    world.do(interview_approve)
    assert world.stands == "transcribed"  # people are not unknown in it yet
    words = extract(b"Vraag: hoe?\nAntwoord: wij leren.\n", "g.txt")
    version = version_add(source, words, person=None, origin="test", deidentified=True)
    assert world.stands == "approved"
    coder = coder_for(world.study, world.team["lead"])
    coding_add(coder, version.pk, code_add(coder, CodeFacts(name="Leren")), place=(0, 5))
    assert world.stands == "coded"
    source_remove(source, person=None, origin="test")
    assert world.stands == "held"


def test_every_step_is_written_in_the_log_without_a_name_or_pseudonym(world):
    world.do(interview_hold, Held(day=DAY))
    world.do(interview_source_set, world.transcript())
    world.do(interview_undo)
    events = AuditEvent.objects.filter(action__startswith="interview_").order_by("pk")
    assert [each.action for each in events] == [
        "interview_plan", "interview_hold", "interview_source", "interview_undo",
    ]  # fmt: skip
    assert {each.object for each in events} == {f"study:proef interview:{world.interview.uuid}"}


def test_who_was_interviewed_is_done_and_is_back_where_they_were_when_it_is_undone(world):
    one = world.people[0]
    world.do(interview_hold, Held(day=DAY))
    one.refresh_from_db()
    assert one.state == "done"
    world.do(interview_hold, Held(day=DAY, note="anders"))
    assert one.events.filter(state="done").count() == 1
    world.do(interview_undo)
    one.refresh_from_db()
    assert one.state == "done"
    world.do(interview_undo)
    one.refresh_from_db()
    assert (one.state, world.stands) == ("invited", "planned")


def test_undoing_puts_every_field_back_and_ends_at_the_plan(world):
    later = WHEN + datetime.timedelta(days=2)
    world.do(
        interview_change,
        world.plan(
            mode="online", guide="v3", planned_for=later, leaders=[], participants=world.people
        ),
    )
    world.do(interview_cancel, why="ziek")
    assert (world.stands, world.interview.note) == ("cancelled", "ziek")
    world.do(interview_undo)
    world.do(interview_undo)
    now = interviews_of(world.study).get()
    assert (now.stands, now.mode, now.guide, now.planned_for, now.note) == (
        "planned", "in_person", "Directeuren v2", WHEN, "",
    )  # fmt: skip
    assert list(now.participants.all()) == world.people[:1]
    assert list(now.led_by.all()) == [world.team["researcher"]]
    refused("interview_nothing_to_undo", world.do, interview_undo)


def test_two_people_do_not_overwrite_each_other(world):
    world.do(interview_hold, Held(day=DAY))
    for action, given in ((interview_hold, (Held(day=DAY),)), (interview_undo, ())):
        refused("interview_changed", world.do, action, *given, seen=1)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("interview_nobody", {"participants": []}),
        ("interview_unfit", {"mode": "vis"}),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(world, code, wrong):
    refused(code, interview_plan, world.study, world.plan(**wrong), **world.by)


def test_only_people_of_the_case_who_take_part_and_researchers_come_into_a_plan(world):
    other = people_in(world.wave, "Zuid", "D", {"invited": 1, "withdrawn": 1})
    refused(
        "interview_participant",
        interview_plan,
        world.study,
        world.plan(participants=other),
        **world.by,
    )
    gone = people_in(world.wave, "Noord", "D", {"withdrawn": 1})
    refused(
        "interview_participant",
        interview_plan,
        world.study,
        world.plan(participants=gone),
        **world.by,
    )
    client = [world.team["client"]]
    refused("interview_leader", interview_plan, world.study, world.plan(leaders=client), **world.by)


def test_an_interview_to_come_was_not_held_and_has_no_transcript(world):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    refused("interview_day", world.do, interview_hold, Held(day=tomorrow))
    refused("interview_source", world.do, interview_source_set, world.transcript())
    refused("interview_source", world.do, interview_approve)
    world.do(interview_cancel, why="")
    refused("interview_cancelled", world.do, interview_hold, Held(day=DAY))


def test_consent_stands_by_each_person_and_taking_it_back_is_pointed_out(world):
    one = world.people[0]
    for purpose, given in (("take_part", True), ("recording", True), ("quotes", False)):
        _say(world, one, purpose, given)
    assert agreed_by([one])[0].taken_back == []
    _say(world, one, "recording", False)
    mine, other = agreed_by(world.people)
    assert mine.taken_back == ["recording"]
    assert mine.said["take_part"].given
    assert set(other.said.values()) == {None}


def test_a_plan_that_consent_cancelled_is_not_brought_back_by_an_undo(world):
    world.do(interview_change, world.plan(guide="v3"))
    _say(world, world.people[0], "take_part", False)
    world.interview.refresh_from_db()
    assert world.stands == "cancelled"
    refused("interview_cancelled", world.do, interview_undo)


def test_the_list_is_filtered_by_case_role_and_how_far(world):
    zuid = people_in(world.wave, "Zuid", "U", {"invited": 1})
    second = interview_plan(
        world.study, world.plan(case=zuid[0].case, participants=zuid, planned_for=None), **world.by
    )
    interview_hold(second, Held(day=DAY), seen=1, **world.by)

    def found(**asked):
        return [each.pk for each in interviews_asked(world.study, asked)]

    assert found() == [world.interview.pk, second.pk]
    assert found(role="U") == found(state="held") == found(case=str(zuid[0].case_id)) == [second.pk]
    assert found(role="D", state="held") == []


def test_the_plan_of_a_week_has_monday_to_sunday_in_order_without_what_was_cancelled(world):
    monday = datetime.date(2026, 3, 2)
    sunday = datetime.datetime(2026, 3, 8, 22, 30, tzinfo=datetime.UTC)  # 23.30 at home
    last = interview_plan(world.study, world.plan(planned_for=sunday), **world.by)
    after = sunday + datetime.timedelta(hours=1)
    interview_plan(world.study, world.plan(planned_for=after), **world.by)
    gone = interview_plan(world.study, world.plan(), **world.by)
    interview_cancel(gone, why="", seen=1, **world.by)
    assert interviews_of_week(world.study, monday) == [world.interview, last]


def test_the_calendar_file_has_the_time_in_utc_and_no_name_or_pseudonym(world):
    text = calendar_text(
        world.interview, summary="Interview in 's-Graveland, Wijdemeren; " + "é" * 60,
        address="https://voorbeeld.test/x/", now=WHEN,
    )  # fmt: skip
    assert "DTSTART:20260304T093000Z\r\nDTEND:20260304T103000Z\r\n" in text
    assert "\\, Wijdemeren\\; " in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.replace("\r\n ", "").count("é") == 60
    for person in world.team.values():
        assert person.name not in text
    assert world.people[0].pseudonym not in text
    assert "ATTENDEE" not in text


def _say(world, participation, purpose, given):
    text = consent_text_for(world.study, purpose)
    consent_record(participation, text, given=given, day=DAY, how="spoken", **world.by)
