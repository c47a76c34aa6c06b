"""Whether the pages show what a role may see, take files, and stay quick."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.home import home_folder
from rodedraad.jobs.worker import jobs_do
from rodedraad.sources.actions import SourceFacts, source_add, source_remove
from rodedraad.sources.likeness import likeness_find
from rodedraad.sources.models import Batch, Source, Upload
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
    answer = browse.post(reverse("sources:add", args=[study.slug]), {**given, **fields})
    jobs_do(until_empty=True)
    return browse.get(answer.url)


def test_a_study_without_sources_says_what_to_do(browse: Client, study: Study) -> None:
    page = page_of(browse, "list", study.slug)
    assert "Er zijn nog geen bronnen" in page
    assert reverse("sources:add", args=[study.slug]) in page


@pytest.mark.django_db(transaction=True)
def test_many_files_come_in_at_once_each_whole_or_with_the_reason(
    browse: Client, study: Study
) -> None:
    page = sent(
        browse, study, ("een.txt", b"Tekst van een."), ("twee.md", b"# Twee"), ("drie.exe", b"MZ"),
        ("een kopie.txt", b"Tekst van een."), ("kapot.pdf", b"%PDF-1.7 niets"), ("leeg.txt", b""),
    ).content.decode()  # fmt: skip
    assert "Toegevoegd: 2. Zat al in het onderzoek: 1. Niet toegevoegd: 3." in page
    assert "eindigen op ‘.exe’" in page
    assert "Het bestand is leeg" in page
    assert set(Source.objects.values_list("title", "kind")) == {("een", "law"), ("twee", "law")}
    assert not Upload.objects.exists()
    assert list((home_folder() / "uploads").iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_name_cannot_bring_in_markup_or_a_path(browse: Client, study: Study) -> None:
    page = sent(browse, study, ("<b>x.txt", b"Tekst.")).content.decode()
    assert "<b>x" not in page
    assert Source.objects.get().file_name == "_b_x.txt"


@pytest.mark.django_db(transaction=True)
def test_a_case_in_the_name_of_a_file_is_suggested_and_kept_after_a_yes(
    browse: Client, study: Study
) -> None:
    page = sent(browse, study, ("Nota Buurt-Noord 2015.txt", b"Tekst."), ("los.txt", b"Tekst 2."))
    source = Source.objects.get(title__startswith="Nota")
    north = study.cases.get(name="Buurt Noord")
    assert f'value="{source.uuid} {north.pk}" checked' in page.content.decode()
    assert source.case is None
    cases = reverse("sources:cases", args=[study.slug])
    browse.post(cases, {"case": [f"{source.uuid} {north.pk}", "rommel", "x y"]})
    source.refresh_from_db()
    assert source.case == north


@pytest.mark.django_db(transaction=True)
def test_what_became_of_files_is_told_to_who_sent_them_and_the_lead(
    client: Client, browse: Client, study: Study, team: Team
) -> None:
    sent(browse, study, ("een.txt", b"Tekst van een."))
    address = reverse("sources:batch", args=[study.slug, Batch.objects.get().pk])
    for role, status in (("lead", 200), ("researcher", 404), ("client", 404), ("other", 404)):
        client.force_login(team[role])
        assert client.get(address).status_code == status


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


def test_the_list_is_ordered_and_filtered_by_who_may_see_it(browse: Client, study: Study) -> None:
    added(study, "1", "oud.txt", date="2001-01-01", confidentiality="open")
    added(study, "2", "nieuw.txt", date="2020-01-01")
    page = page_of(browse, "list", study.slug, volgorde="datum-af")
    assert page.index(">nieuw<") < page.index(">oud<")
    page = page_of(browse, "list", study.slug, volgorde="datum")
    assert page.index(">oud<") < page.index(">nieuw<")
    assert ">nieuw<" not in page_of(browse, "list", study.slug, wie="open")


def test_many_sources_change_only_after_a_yes(browse: Client, study: Study) -> None:
    first, second, third = (added(study, f"{n}", f"{n}.txt") for n in range(3))
    address = reverse("sources:change", args=[study.slug])
    chosen = {"source": [str(first.uuid), str(second.uuid)], "kind": "law"}
    page = browse.post(address, chosen).content.decode()
    assert "Ja, wijzig 2 bronnen" in page
    assert not Source.objects.filter(kind="law").exists()
    browse.post(address, {**chosen, "yes": "1"})
    assert set(Source.objects.filter(kind="law")) == {first, second}
    browse.post(address, {"all": "1", "soort": "other", "kind": "minutes", "yes": "1"})
    third.refresh_from_db()
    assert third.kind == "minutes"
    assert Source.objects.filter(kind="law").count() == 2
    assert AuditEvent.objects.filter(action="source_change").count() == 3


def test_facts_come_from_a_table_and_a_wrong_row_is_named(browse: Client, study: Study) -> None:
    one, two = added(study, "1", "een.pdf.txt"), added(study, "2", "=som.txt", period="2015")
    address = reverse("sources:table", args=[study.slug])
    table = (
        "bestand;casus;datum;soort;periode\n"
        "EEN.pdf.txt;buurt noord;31-12-2015;wet;\n"
        "'=som.txt;;2016-02-30;;\nnergens.txt;;;;\n;;;;\n"
    )
    page = browse.post(address, {"table": SimpleUploadedFile("t.csv", table.encode("cp1252"))})
    words = page.content.decode()
    assert "Rij 3: ‘2016-02-30’ is geen datum" in words
    assert "Rij 4: Er is geen bron" in words
    one.refresh_from_db()
    assert one.case is None
    browse.post(address, {"words": page.context["words"], "yes": "1"})
    one.refresh_from_db()
    assert (one.case.name, str(one.date), one.kind) == ("Buurt Noord", "2015-12-31", "law")
    download = browse.get(reverse("sources:csv", args=[study.slug])).content.decode()
    assert "'=som.txt" in download
    again = browse.post(address, {"table": SimpleUploadedFile("t.csv", download.encode())})
    assert again.context["read"].changes == []
    assert again.context["read"].faults == []
    taken = f"id;periode\n{two.uuid};-\n"
    browse.post(address, {"words": taken, "yes": "1"})
    two.refresh_from_db()
    assert two.period == ""
    wrong = browse.post(address, {"words": "naam;kleur\na;b\n"}).content.decode()
    assert "De eerste rij van de tabel moet de kolommen noemen" in wrong


def test_nearly_the_same_text_is_remarked_and_not_to_who_may_not_see_it(
    client: Client, browse: Client, study: Study, team: Team
) -> None:
    parts = [f"Alinea {n} over de zorg en het wonen in de gemeente." for n in range(10)]
    first = added(study, "\n\n".join(parts), "concept.txt", confidentiality="personal")
    second = added(study, "\n\n".join([*parts[:8], "Anders."]), "nota.txt")
    other = added(study, "\n\n".join(f"Heel iets anders {n} " * 4 for n in range(9)), "los.txt")
    assert likeness_find(study, [second.pk, other.pk]) == 1
    page = page_of(browse, "source", study.slug, second.uuid)
    assert "concept" in page
    assert "100% van de alinea" in page
    client.force_login(team["privacy_officer"])
    assert "concept" not in page_of(client, "source", study.slug, second.uuid)
    assert first.alike.get().other == second


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
    reads_raw = role == "lead"  # nobody else is named yet

    def status(name: str, *arguments: object) -> int:
        return client.get(reverse(f"sources:{name}", args=arguments)).status_code

    assert status("list", study.slug) == (404 if role == "other" else 200)
    for name in ("source", "original"):
        assert status(name, study.slug, shared.uuid) == (200 if reads else 404)
        assert status(name, study.slug, own.uuid) == (200 if reads_raw else 404)
    assert status("facts", study.slug, shared.uuid) == (200 if designs else 404)
    assert status("add", study.slug) == (200 if designs else 404)
    for name in ("extract", "text", "remove"):
        if not designs:
            address = reverse(f"sources:{name}", args=[study.slug, shared.uuid])
            assert client.post(address).status_code == 404
    if role != "other":
        page = page_of(client, "list", study.slug)
        assert ("team.txt" in page or ">team<" in page) == reads
        assert (">mens<" in page) == reads_raw
    assert AuditEvent.objects.filter(action="source_read").count() == int(reads_raw)


def test_a_source_of_another_study_is_not_found(browse: Client, study: Study, lead: Person) -> None:
    source = added(study)
    other = Study.objects.create(slug="ander", template={}, title_nl="A", title_en="A")
    other.team.create(person=lead, role="lead")
    assert browse.get(reverse("sources:source", args=["ander", source.uuid])).status_code == 404
    source_remove(source, person=None, origin="test")
