"""Does searching work in a browser: by keyboard, narrow and dark, up to coding what was found?"""

from pathlib import Path

from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import expect

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load


def test_what_is_searched_by_keyboard_is_seen_picked_coded_and_undone(
    live_site: LiveSite, transactional_db: None, home: Path, administrator: Person
) -> None:
    study = study_create(
        template=template_load("living-labs"), slug="labs", person=administrator, origin="test"
    )
    text = "De raad besluit.\n\nHet wijkteam leert. \U0001f600 Ja.\n\nEen wijkteam rust.\n"
    source_add(
        study, text.encode(), "stuk.txt", SourceFacts(title="Stuk"), person=administrator,
        origin="test",
    )  # fmt: skip
    code_add(coder_for(study, administrator), CodeFacts(name="Leren"))
    page = live_site.open(f"/studies/{study.slug}/zoeken/", person=administrator)
    page.get_by_text("Hoe vraagt u?").click()
    page.get_by_text("Waar, en in welke volgorde").click()
    assert faults_everywhere(page) == []
    page.get_by_label("Wat zoekt u?").fill('"het wijkteam" OR "een wijkteam"')
    page.get_by_label("Wat zoekt u?").press("Enter")
    expect(page.get_by_text("2 alinea’s voldoen, in 1 van de 1 doorzochte bronnen")).to_be_visible()
    assert faults_everywhere(page) == []
    page.get_by_role("checkbox", name="Houd alinea 3").press("Space")
    page.get_by_label("Code", exact=True).select_option("Leren")
    page.get_by_role("button", name="Geef deze code").press("Enter")
    expect(page.get_by_text("kregen: 1.")).to_be_visible()
    assert [one.quote for one in Coding.objects.all()] == ["Het wijkteam leert."]
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Ongedaan maken").press("Enter")
    expect(page.get_by_text("Ongedaan gemaakt: veel passages gecodeerd.")).to_be_visible()
    assert not Coding.objects.filter(removed_at=None).exists()
    page.get_by_label("Wat zoekt u?").fill('"het wijkteam')
    page.get_by_label("Wat zoekt u?").press("Enter")
    expect(page.get_by_text("ontbreekt er een")).to_be_visible()
    assert faults_everywhere(page) == []
