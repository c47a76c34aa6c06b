"""Do the pages about sources work in a browser: files sent one by one, keyboard, narrow, dark?"""

from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import Route, expect

from rodedraad.accounts.models import Person
from rodedraad.jobs.worker import jobs_do
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Study
from rodedraad.studies.template import template_load


@pytest.fixture
def study(transactional_db: None, home: Path, administrator: Person) -> Study:
    return study_create(
        template=template_load("living-labs"), slug="labs", person=administrator, origin="test"
    )


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Give three files: two texts and one that is refused."""
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "beleid.md").write_text("# Beleid\n\n" + "Wij willen één loket. 🙂\n\n" * 200)
    (folder / "gesprek.txt").write_text("Interviewer: Hoe?\nAnna: Zo.\nInterviewer: Goed.\n")
    (folder / "stukken.zip").write_bytes(b"PK\x05\x06" + b"\x00" * 18)
    return sorted(folder.iterdir())


def test_files_are_sent_in_pieces_added_by_a_worker_and_every_page_is_right(
    live_site: LiveSite, study: Study, administrator: Person, files: list[Path]
) -> None:
    page = live_site.open(f"/studies/{study.slug}/bronnen/", person=administrator)
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Bestanden toevoegen").first.click()
    page.locator("#id_files").set_input_files(files)
    expect(page.locator("[data-upload-status]")).to_have_text("3 bestanden gekozen.")
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Voeg deze bestanden toe").click()
    expect(page.locator("[data-upload-list]")).to_contain_text("Archieven worden niet geopend")
    expect(page.locator("[data-upload-status]")).to_contain_text("Sommige bestanden gaan niet mee")
    page.get_by_role("button", name="Voeg deze bestanden toe").click()
    expect(page.get_by_text("Uw bestanden zijn er.")).to_be_visible()
    assert faults_everywhere(page) == []
    jobs_do(until_empty=True)
    page.goto(page.url)
    expect(page.get_by_text("Toegevoegd: 2.")).to_be_visible()
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="beleid.md").click()
    expect(page.get_by_text("Alinea 1 tot en met 80 van 201.")).to_be_visible()
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Volgende deel").press("Enter")
    expect(page.get_by_text("Alinea 81 tot en met 160 van 201.")).to_be_visible()
    page.get_by_role("link", name="Gegevens of tekst wijzigen").click()
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Bronnen", exact=True).first.click()
    page.get_by_role("checkbox", name="beleid").check()
    page.get_by_role("button", name="Wijzig gegevens van de aangevinkte bronnen").click()
    assert faults_everywhere(page) == []
    assert Source.objects.count() == 2


def test_a_large_file_goes_on_where_it_was_after_the_page_was_left(
    live_site: LiveSite, study: Study, administrator: Person, tmp_path: Path
) -> None:
    large = tmp_path / "groot.txt"
    large.write_text("Een zin over de zorg in de gemeente.\n" * 300_000)
    live_site.expected = ("Failed to load resource",)
    sent: list[str] = []
    page = live_site.open(f"/studies/{study.slug}/bronnen/toevoegen/", person=administrator)

    def broken(route: Route) -> None:
        sent.append(route.request.headers["upload-offset"])
        route.continue_() if len(sent) == 1 else route.abort()

    page.route("**/verzenden/*-*/", broken)
    page.locator("#id_files").set_input_files(large)
    page.get_by_role("button", name="Voeg deze bestanden toe").click()
    expect(page.locator("[data-upload-status]")).to_contain_text("Er is geen verbinding")
    page.unroute("**/verzenden/*-*/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/studies/{study.slug}/bronnen/toevoegen/")
    expect(page.get_by_text("Eén bestand bleef halverwege steken.")).to_be_visible()
    offsets: list[str] = []
    page.on("request", lambda request: offsets.append(request.headers.get("upload-offset", "")))
    page.locator("#id_files").set_input_files(large)
    page.get_by_role("button", name="Voeg deze bestanden toe").click()
    expect(page.get_by_text("Uw bestanden zijn er.")).to_be_visible()
    first = next(offset for offset in offsets if offset)
    assert int(first) == 4 * 1024 * 1024
    jobs_do(until_empty=True)
    assert Source.objects.get().size == large.stat().st_size
