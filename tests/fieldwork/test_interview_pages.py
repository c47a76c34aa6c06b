"""Can a researcher plan and follow interviews on the pages, and nobody else?"""

import datetime

import pytest
from django.urls import reverse

from fieldwork.monitor_world import fieldwork_world, people_in
from fieldwork.people_world import wave_make
from rodedraad.fieldwork.consents import consent_record, consent_text_for
from rodedraad.fieldwork.interviews import (
    Held,
    Plan,
    interview_hold,
    interview_plan,
    interview_source_set,
)
from rodedraad.fieldwork.models import Interview
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.models import TeamMember

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = datetime.date(2026, 3, 4)
ONE = (
    "interview", "interview_change", "interview_calendar", "interview_held", "interview_source",
    "interview_block", "interview_approve", "interview_cancel", "interview_undo",
)  # fmt: skip


@pytest.fixture
def world(client):
    wave, team = fieldwork_world()
    people = people_in(wave, "Noord", "D", {"invited": 2})
    client.force_login(team["lead"])
    return wave, team, people


def planned(world, **other):
    wave, team, people = world
    given = {"case": people[0].case, "wave": wave, "participants": people[:1], "mode": "online"}
    return interview_plan(wave.study, Plan(**given | other), person=team["lead"], origin="test")


def with_transcript(world):
    wave, team, people = world
    by = {"person": team["lead"], "origin": "test"}
    facts = SourceFacts(
        title="Gesprek met D", kind="transcript", case=people[0].case, confidentiality="personal"
    )
    source = source_add(wave.study, b"Wij leren.\n", "g.txt", facts, **by)
    interview = interview_hold(planned(world), Held(day=DAY), seen=1, **by)
    return interview_source_set(interview, source, seen=2, **by), source


def address(name, interview):
    return reverse(f"fieldwork:{name}", args=["proef", interview.uuid])


def test_a_researcher_plans_writes_down_links_and_undoes(client, world):
    wave, team, people = world
    new = reverse("fieldwork:interview_new", args=["proef"])
    assert b'name="participants"' not in client.get(new).content
    new = f"{new}?case={people[0].case_id}&wave={wave.pk}"
    assert people[1].pseudonym in client.get(new).content.decode()
    given = {
        "participants": [people[0].pk, people[1].pk], "mode": "group", "guide": "v2",
        "leaders": [team["researcher"].pk], "day": "2026-03-04", "time": "10:30",
    }  # fmt: skip
    answer = client.post(new, given | {"time": ""})
    assert answer.status_code == 200
    assert not Interview.objects.exists()
    client.post(new, given)
    interview = Interview.objects.get()
    assert interview.planned_for.isoformat() == "2026-03-04T09:30:00+00:00"
    assert client.get(address("interview_calendar", interview))["Content-Type"].startswith(
        "text/calendar"
    )
    client.post(
        address("interview_held", interview),
        {"seen": 1, "day": "2026-03-04", "sat_in": "manager", "recorded": "yes"},
    )
    facts = SourceFacts(title="Gesprek", kind="transcript", case=people[0].case)
    source = source_add(wave.study, b"Wij leren.\n", "g.txt", facts, person=None, origin="test")
    assert "Gesprek" in client.get(address("interview", interview)).content.decode()
    client.post(address("interview_source", interview), {"seen": 2, "source": source.uuid})
    interview.refresh_from_db()
    assert (interview.source, interview.recorded, interview.sat_in) == (source, True, "manager")
    client.post(address("interview_undo", interview), {"seen": 3})
    interview.refresh_from_db()
    assert (interview.source, interview.held_on) == (None, DAY)


def test_what_is_refused_stands_above_the_page(client, world):
    interview = planned(world)
    answer = client.post(address("interview_cancel", interview), {"seen": 7, "why": "ziek"})
    assert answer.status_code == 200
    assert answer.context["refusal"].code == "interview_changed"
    interview.refresh_from_db()
    assert interview.state == "planned"


def test_a_consent_taken_back_is_told_and_the_transcript_can_be_taken_out(client, world):
    wave, team, people = world
    interview, source = with_transcript(world)
    block = address("interview_block", interview)
    assert block not in client.get(address("interview", interview)).content.decode()
    assert client.post(block).status_code == 404
    text = consent_text_for(wave.study, "recording")
    consent_record(
        people[0], text, given=False, day=DAY, how="mail", person=team["lead"], origin="test"
    )
    assert block in client.get(address("interview", interview)).content.decode()
    client.post(block)
    source.refresh_from_db()
    assert source.removed_at is not None
    page = client.get(address("interview", interview)).content.decode()
    assert block not in page
    assert source.title not in page


def test_a_researcher_who_may_not_read_raw_talks_sees_no_title_and_cannot_take_it_out(
    client, world
):
    wave, team, people = world
    interview, source = with_transcript(world)
    text = consent_text_for(wave.study, "recording")
    consent_record(
        people[0], text, given=False, day=DAY, how="mail", person=team["lead"], origin="test"
    )
    client.force_login(team["researcher"])
    assert source.title not in client.get(address("interview", interview)).content.decode()
    assert client.post(address("interview_block", interview)).status_code == 404
    again = client.post(address("interview_source", interview), {"seen": 3, "source": source.uuid})
    assert again.status_code == 404
    TeamMember.objects.filter(person=team["researcher"]).update(reads_raw=True)
    assert source.title in client.get(address("interview", interview)).content.decode()


@pytest.mark.parametrize("role", ["client", "privacy_officer"])
def test_who_does_no_fieldwork_finds_no_interview(client, world, role):
    interview = planned(world, planned_for=datetime.datetime(2026, 3, 4, 9, tzinfo=datetime.UTC))
    client.force_login(world[1][role])
    for name in ("interviews", "interview_new", "interviews_week"):
        assert client.get(reverse(f"fieldwork:{name}", args=["proef"])).status_code == 404
    for name in ONE[:3]:
        assert client.get(address(name, interview)).status_code == 404
    for name in ONE[3:]:
        assert client.post(address(name, interview), {"seen": 1}).status_code == 404


def test_an_interview_of_another_study_is_not_found(client, world):
    other = wave_make("ander")
    interview = planned(world)
    TeamMember.objects.create(study=other.study, person=world[1]["lead"], role="lead")
    for name in ONE[:2]:
        there = reverse(f"fieldwork:{name}", args=["ander", interview.uuid])
        assert client.get(there).status_code == 404


def test_adding_a_transcript_leads_back_to_the_interview_and_only_inside_the_study(client, world):
    interview, _source = with_transcript(world)
    add = reverse("sources:add", args=["proef"])
    back = address("interview", interview)
    form = client.get(add, {"terug": back, "kind": "transcript", "case": "1"}).context["form"]
    assert form.initial == {"kind": "transcript", "case": "1", "confidentiality": "personal"}
    assert client.session["sources_back"] == back
    client.get(add, {"terug": "https://elders.test/studies/proef/"})
    assert "sources_back" not in client.session


def test_the_list_and_the_week_ask_fixed_questions(client, world, django_assert_max_num_queries):
    for at in range(30):
        planned(world, planned_for=datetime.datetime(2026, 3, 4, at % 12, tzinfo=datetime.UTC))
    assert Source.objects.count() == 0
    for name, query in (("interviews", {}), ("interviews_week", {"dag": "2026-03-04"})):
        page = reverse(f"fieldwork:{name}", args=["proef"])
        client.get(page, query)
        with django_assert_max_num_queries(12):
            assert client.get(page, query).content.count(b"D-0") == 30
