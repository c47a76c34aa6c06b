"""Do the pages show what they must, to whom they may, and write down who read what?"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from deid_texts import NAMES
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.deidentification import deduce_names, finding
from rodedraad.deidentification.making import text_make
from rodedraad.deidentification.models import KeyOpening, Mark, Review, StayingName
from rodedraad.deidentification.review import marks_decide
from rodedraad.jobs.models import Job
from rodedraad.jobs.worker import jobs_do
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study, TeamMember

Team = dict[str, Person]
ROLES = ["lead", "named", "researcher", "privacy_officer", "client", "other"]


def address(name: str, *arguments: object) -> str:
    return reverse(f"deidentification:{name}", args=arguments)


def page(client: Client, *where: object) -> str:
    answer = client.get(address(*where))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_it_may_and_no_more(
    client: Client, study: Study, team: Team, review: Review, role: str
) -> None:
    client.force_login(team[role])
    source = review.version.source
    mark = review.marks.first()
    assert mark is not None
    raw = role in ("lead", "named")

    def status(name: str, *more: object, post: dict[str, str] | None = None) -> int:
        where = address(name, study.slug, *more)
        return (client.get(where) if post is None else client.post(where, post)).status_code

    assert status("review", source.uuid) == (200 if raw else 404)
    for name in ("find", "decide_kind", "add", "link", "undo", "make"):
        assert (status(name, source.uuid, post={}) == 404) != raw
    for name in ("decide", "decide_like", "change", "apart"):
        assert (status(name, source.uuid, mark.pk, post={}) == 404) != raw
    sees = role in ("lead", "named", "researcher", "privacy_officer")
    assert status("overview") == (200 if sees else 404)
    may_change = role in ("lead", "named", "researcher")
    assert status("names_add", post={"names": "Haven"}) == (302 if may_change else 404)
    assert status("name_remove", 1, post={}) == (302 if may_change else 404)
    member = TeamMember.objects.get(person=team["researcher"])
    given = {"allowed": "1"}
    assert status("reader_set", member.pk, post=given) == (302 if role == "lead" else 404)
    holds_key = role in ("lead", "privacy_officer")
    assert status("key") == (200 if holds_key else 404)
    reason = {"reason": "Nabellen op verzoek van de persoon"}
    assert status("key_open", 1, post=reason) == (200 if holds_key else 404)


def test_the_review_shows_the_words_by_kind_and_logs_the_reading(
    browse: Client, study: Study, review: Review
) -> None:
    shown = page(browse, "review", study.slug, review.version.source.uuid)
    assert "Over 0 van 6 plekken is beslist; 6 nog open." in shown
    assert "deid-name deid-is-open" in shown
    assert "deid-number deid-is-open" in shown
    assert "naam van een persoon, zeker" in shown
    assert "[persoon 1]" in shown
    event = AuditEvent.objects.filter(action="source_read").get()
    assert event.object.endswith(f"source:{review.version.source.uuid} v1")


def test_everything_is_done_with_plain_forms(
    browse: Client, study: Study, review: Review, lead: Person
) -> None:
    uuid = review.version.source.uuid
    mark = review.marks.filter(kind="telephone").get()

    def post(name: str, *more: object, **given: object) -> None:
        answer = browse.post(address(name, study.slug, uuid, *more), given)
        assert answer.status_code == 302, answer.content.decode()

    post("decide", mark.pk, row_version=1, decision="accepted", vanaf=1)
    post("undo")
    post("change", mark.pk, row_version=3, kind="telephone", words="", replacement="nummer")
    post("add", words="Werkzaak", kind="person")
    person = review.marks.filter(kind="person").order_by("start").first()
    assert person is not None
    post("decide_like", person.pk, decision="accepted")
    post("apart", person.pk, row_version=2)
    person.refresh_from_db()
    post("link", number=person.pseudonym.number, to=1)
    post("decide_kind", kind="person", decision="accepted")
    post("decide_kind", kind="bsn", decision="accepted")
    post("decide_kind", kind="email", decision="rejected")
    assert not review.marks.filter(decision="open").exists()
    post("make")
    shown = page(browse, "review", study.slug, uuid)
    assert "versie 2" in shown
    made = Review.objects.get().made
    assert made is not None
    assert "[nummer]" in made.text
    assert "info@voorbeeld.test" in made.text


def test_who_saw_an_older_state_gets_a_conflict(
    browse: Client, study: Study, review: Review
) -> None:
    mark = review.marks.first()
    assert mark is not None
    where = address("decide", study.slug, review.version.source.uuid, mark.pk)
    for expected in (302, 409):
        answer = browse.post(where, {"row_version": 1, "decision": "accepted"})
        assert answer.status_code == expected


def test_after_it_the_team_reads_the_new_text_and_not_the_raw_one(
    client: Client, study: Study, team: Team, review: Review, lead: Person
) -> None:
    source = review.version.source
    where = reverse("sources:source", args=[study.slug, source.uuid])
    original = reverse("sources:original", args=[study.slug, source.uuid])
    client.force_login(team["researcher"])
    assert client.get(where).status_code == 404
    marks_decide(review, "accepted", person=lead)
    text_make(review, person=lead, origin="test")
    shown = client.get(where).content.decode()
    assert not any(name in shown for name in NAMES)
    assert client.get(f"{where}?versie=1").status_code == 404
    assert client.get(original).status_code == 404
    client.force_login(team["named"])
    raw = client.get(f"{where}?versie=1")
    assert "Jan de Vries" in raw.content.decode()
    assert client.get(original).status_code == 200
    events = AuditEvent.objects.filter(person=team["named"]).values_list("action", flat=True)
    assert set(events) == {"signed_in", "source_read", "source_download"}


def test_a_talk_that_was_not_made_unknown_says_so_where_it_is_read_and_coded(
    browse: Client, study: Study, source: Source
) -> None:
    for name in ("sources:source", "coding:reader"):
        shown = browse.get(reverse(name, args=[study.slug, source.uuid])).content.decode()
        assert "nog niet geanonimiseerd" in shown
        assert address("review", study.slug, source.uuid) in shown


def test_a_name_of_the_key_is_shown_with_a_reason_only_and_written_down(
    browse: Client, study: Study, review: Review
) -> None:
    assert "Vries" not in page(browse, "key", study.slug)
    where = address("key_open", study.slug, 1)
    assert browse.post(where, {"reason": "zomaar"}).status_code == 400
    assert KeyOpening.objects.count() == 0
    answer = browse.post(where, {"reason": "Toestemming ingetrokken"})
    assert "Jan de Vries" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.filter(action="pseudonym_open").get()
    assert event.object == f"study:{study.slug} pseudonym:1"
    assert "Toestemming ingetrokken" in page(browse, "key", study.slug)


def test_names_that_stay_are_kept_by_a_person(browse: Client, study: Study) -> None:
    browse.post(address("names_add", study.slug), {"names": "Werkzaak\r\nDe Haven"})
    assert "De Haven" in page(browse, "overview", study.slug)
    row = StayingName.objects.get(name="De Haven")
    browse.post(address("name_remove", study.slug, row.pk))
    assert "De Haven" not in page(browse, "overview", study.slug)
    assert browse.post(address("names_add", study.slug), {"names": "X"}).status_code == 400


def test_the_lead_names_who_reads_raw_talks(
    browse: Client, client: Client, study: Study, team: Team
) -> None:
    member = TeamMember.objects.get(person=team["researcher"])
    browse.post(address("reader_set", study.slug, member.pk), {"allowed": "1"})
    member.refresh_from_db()
    assert member.reads_raw
    browse.post(address("reader_set", study.slug, member.pk), {"allowed": "0"})
    actions = list(AuditEvent.objects.values_list("action", flat=True).order_by("pk"))
    assert actions[-2:] == ["raw_reading_given", "raw_reading_taken"]


@pytest.mark.parametrize("works", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_worker_looks_for_people_with_deduce_when_it_can(
    browse: Client, study: Study, source: Source, monkeypatch: pytest.MonkeyPatch, works: bool
) -> None:
    def found_there(text: str) -> tuple[object, ...]:
        at = text.find("Werkzaak")
        return (finding.Span("person", at, at + 8, "Werkzaak", "likely", "deduce"),)

    monkeypatch.setattr(finding, "deduce_is_built", lambda: True)
    monkeypatch.setattr(finding, "deduce_works", lambda: works)
    monkeypatch.setattr(finding, "names_by_deduce", found_there)
    answer = browse.post(address("find", study.slug, source.uuid))
    jobs_do(until_empty=True)
    job = Job.objects.get()
    assert (job.state, job.error) == ("done", {})
    assert answer["Location"] == reverse("jobs:job", args=[study.slug, job.pk])
    assert job.result["address"] == address("review", study.slug, source.uuid)
    assert not any(name in str(job.__dict__) for name in NAMES)
    assert Mark.objects.filter(rule="deduce").exists() == works
    shown = page(browse, "review", study.slug, source.uuid)
    assert ("deduce kon niet worden geladen" in shown) != works


def test_two_people_in_one_stretch_of_deduce_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ik sprak dhr. de Wit. Jan uit de buurt kwam ook."
    stretch = SimpleNamespace(tag="persoon", start_char=14, end_char=25)
    given = SimpleNamespace(deidentify=lambda _text: SimpleNamespace(annotations=[stretch]))
    monkeypatch.setattr(deduce_names, "deduce_warm", lambda: given)
    found = [span.text for span in deduce_names.names_by_deduce(text)]
    assert found == ["de Wit", "Jan"]


def test_a_long_talk_with_thousands_of_places_takes_few_questions(
    browse: Client, study: Study, talk: Callable[..., Source], lead: Person
) -> None:
    said = "Interviewer: Wie?\nRespondent: Mevrouw Bakker en Jan de Vries uit Urk.\n" * 1500
    review = finding.marks_find(talk(said, "Lang").versions.get())
    assert review.marks.count() == 3000
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = page(browse, "review", study.slug, review.version.source.uuid)
    assert "Over 0 van 3.000 plekken" in shown
    questions = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(questions) <= 15
