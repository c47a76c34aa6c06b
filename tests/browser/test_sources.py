"""Do the pages about sources work in a browser: files sent one by one, keyboard, narrow, dark?"""

from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import expect

from rodedraad.accounts.models import Person
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


def test_files_are_sent_one_by_one_read_and_every_page_is_right(
    live_site: LiveSite, study: Study, administrator: Person, files: list[Path]
) -> None:
    page = live_site.open(f"/studies/{study.slug}/bronnen/", person=administrator)
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Bestanden toevoegen").first.click()
    page.locator('input[type="file"]').set_input_files(files)
    page.get_by_role("button", name="Voeg deze bestanden toe").click()
    expect(page.locator("[data-upload-status]")).to_have_text(
        "3 van 3 bestanden klaar, 2 toegevoegd."
    )
    expect(page.locator("[data-upload-list]")).to_contain_text("Archieven worden niet geopend")
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="beleid.md").click()
    expect(page.get_by_text("Alinea 1 tot en met 80 van 201.")).to_be_visible()
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Volgende deel").press("Enter")
    expect(page.get_by_text("Alinea 81 tot en met 160 van 201.")).to_be_visible()
    page.get_by_role("link", name="Gegevens of tekst wijzigen").click()
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Bronnen", exact=True).first.click()
    assert faults_everywhere(page) == []
    assert Source.objects.count() == 2
