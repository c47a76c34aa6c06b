"""Whether the pages show what a role may see, take files, and stay quick."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.sources.actions import SourceFacts, source_add, source_remove
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

Team = dict[str, Person]


def added(study: Study, words: str = "Tekst.", name: str = "a.txt", **facts: object) -> Source:
    return source_add(study, words.encode(), name, SourceFacts(**facts), person=None, origin="test")


def page_of(browse: Client, name: str, *arguments: object, **query: object) -> str:
    answer = browse.get(reverse(f"sources:{name}", args=arguments), query)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(browse: Client, study: Study, *files: tuple[str, bytes], **fields: object):
    given = {
        "files": [SimpleUploadedFile(name, content) for name, content in files],
        "kind": "law",
        "confidentiality": "team",
    }
    return browse.post(reverse("sources:add", args=[study.slug]), {**given, **fields})


def test_a_study_without_sources_says_what_to_do(browse: Client, study: Study) -> None:
    page = page_of(browse, "list", study.slug)
    assert "Er zijn nog geen bronnen" in page
    assert reverse("sources:add", args=[study.slug]) in page


def test_many_files_come_in_at_once_each_whole_or_with_the_reason(
    browse: Client, study: Study
) -> None:
    page = sent(
        browse, study, ("een.txt", b"Tekst van een."), ("twee.md", b"# Twee"), ("drie.exe", b"MZ"),
        ("een kopie.txt", b"Tekst van een."),
    ).content.decode()  # fmt: skip
    assert "2 van 4 bestanden toegevoegd" in page
    assert "eindigen op ‘.exe’" in page
    assert "zit al in het onderzoek, als ‘een’" in page
    assert set(Source.objects.values_list("title", "kind")) == {("een", "law"), ("twee", "law")}


def test_the_script_gets_a_part_of_the_page(browse: Client, study: Study) -> None:
    answer = sent(browse, study, ("een.txt", b"Tekst."), part="1")
    assert answer.content.decode().strip().startswith('<li data-state="added">')
    wrong = sent(browse, study, ("twee.txt", b"Tekst 2."), part="1", kind="boek")
    assert wrong.status_code == 400
    assert 'data-state="refused"' in wrong.content.decode()


def test_a_file_name_cannot_bring_in_markup(browse: Client, study: Study) -> None:
    page = sent(browse, study, ("<b>x.txt", b"Tekst.")).content.decode()
    assert "<b>x" not in page


def test_the_list_is_filtered_by_case_kind_title_and_date(browse: Client, study: Study) -> None:
    north = study.cases.get(name="Buurt Noord")
    added(study, "1", "noord.txt", case=north, kind="law", date="2015-05-01")
    added(study, "2", "zuid.txt", kind="minutes", date="2016-05-01")
    for query in ({"casus": north.pk}, {"soort": "law"}, {"titel": "NOO"}, {"tot": "2015-12-31"}):
        page = page_of(browse, "list", study.slug, **query)
        assert "noord" in page
        assert "zuid" not in page
    assert "Geen bron voldoet" in page_of(browse, "list", study.slug, titel="oost")


def test_the_list_asks_the_database_as_often_for_one_as_for_many(
    browse: Client, study: Study
) -> None:
    counts = []
    for n in (1, 30):
        for number in range(n):
            added(study, f"{n} {number}", f"{n}-{number}.txt")
        page_of(browse, "list", study.slug)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(browse, "list", study.slug)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_a_long_text_is_shown_a_window_at_a_time(browse: Client, study: Study) -> None:
    words = "\n\n".join(f"Alinea {n} over de zorg in de gemeente." for n in range(1, 20_001))
    source = added(study, words)
    with CaptureQueriesContext(connection) as queries:
        page = page_of(browse, "source", study.slug, source.uuid)
    assert len(queries) <= 15
    assert "Alinea 1 tot en met 80 van 20.000." in page
    assert "Alinea 81 over" not in page
    assert not any('"sources_sourceversion"."text"' in query["sql"] for query in queries)
    assert "Alinea 81 over" in page_of(browse, "source", study.slug, source.uuid, vanaf=81)
    place = words.index("Alinea 15000 ") + 3
    assert "Alinea 15000 over" in page_of(browse, "source", study.slug, source.uuid, plek=place)


def test_the_original_is_only_to_be_saved(browse: Client, study: Study) -> None:
    source = added(study, "<script>alert(1)</script>", "a.html; x.txt")
    answer = browse.get(reverse("sources:original", args=[study.slug, source.uuid]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert AuditEvent.objects.filter(action="source_download").count() == 1


def test_text_of_strangers_is_shown_as_text(browse: Client, study: Study) -> None:
    source = added(study, "<script>alert(1)</script>")
    page = page_of(browse, "source", study.slug, source.uuid)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_facts_change_and_a_corrected_text_becomes_a_version(browse: Client, study: Study) -> None:
    source = added(study, "Tekst.")
    fields = {"title": "Nota", "kind": "law", "confidentiality": "open", "period": "2015"}
    browse.post(reverse("sources:facts", args=[study.slug, source.uuid]), fields)
    source.refresh_from_db()
    assert (source.title, source.period) == ("Nota", "2015")
    text = reverse("sources:text", args=[study.slug, source.uuid])
    browse.post(text, {"text": SimpleUploadedFile("b.txt", "Betere tekst.".encode("utf-16"))})
    assert source.versions.count() == 2
    assert "Betere tekst." in page_of(browse, "source", study.slug, source.uuid)
    old = page_of(browse, "source", study.slug, source.uuid, versie=1)
    assert "niet de nieuwste" in old
    again = browse.post(text, {"text": SimpleUploadedFile("b.txt", b"Betere tekst.")})
    assert "gelijk aan die van versie 2" in again.content.decode()
    browse.post(reverse("sources:extract", args=[study.slug, source.uuid]))
    assert source.versions.count() == 3


def test_what_was_taken_out_is_shown_nowhere(browse: Client, study: Study) -> None:
    source = added(study)
    browse.post(reverse("sources:remove", args=[study.slug, source.uuid]))
    assert Source.objects.get().removed_at is not None
    for name in ("source", "original", "facts"):
        address = reverse(f"sources:{name}", args=[study.slug, source.uuid])
        assert browse.get(address).status_code == 404


ALL, NONE = ("lead", "researcher", "privacy_officer"), ()


@pytest.mark.parametrize("role", ["lead", "researcher", "privacy_officer", "client", "other"])
def test_each_role_sees_what_it_may_and_no_more(
    client: Client, study: Study, team: Team, role: str
) -> None:
    shared = added(study, "Van het team.", "team.txt")
    own = added(study, "Van een mens.", "mens.txt", confidentiality="personal")
    client.force_login(team[role])
    reads, designs = role in ALL, role in ("lead", "researcher")

    def status(name: str, *arguments: object) -> int:
        return client.get(reverse(f"sources:{name}", args=arguments)).status_code

    assert status("list", study.slug) == (404 if role == "other" else 200)
    for name in ("source", "original"):
        assert status(name, study.slug, shared.uuid) == (200 if reads else 404)
        assert status(name, study.slug, own.uuid) == (200 if designs else 404)
    assert status("facts", study.slug, shared.uuid) == (200 if designs else 404)
    assert status("add", study.slug) == (200 if designs else 404)
    for name in ("extract", "text", "remove"):
        if not designs:
            address = reverse(f"sources:{name}", args=[study.slug, shared.uuid])
            assert client.post(address).status_code == 404
    if role != "other":
        page = page_of(client, "list", study.slug)
        assert ("team.txt" in page or ">team<" in page) == reads
        assert (">mens<" in page) == designs
    assert AuditEvent.objects.filter(action="source_read").count() == int(designs)


def test_a_source_of_another_study_is_not_found(browse: Client, study: Study, lead: Person) -> None:
    source = added(study)
    other = Study.objects.create(slug="ander", template={}, title_nl="A", title_en="A")
    other.team.create(person=lead, role="lead")
    assert browse.get(reverse("sources:source", args=["ander", source.uuid])).status_code == 404
    source_remove(source, person=None, origin="test")
