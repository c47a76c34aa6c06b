"""Can a person code a text with the keyboard only, past an emoji, and are the pages right?"""

from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import expect

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load

TEXT = "De raad besluit.\n\nHet team \U0001f600 leert van inwoners.\n"


@pytest.fixture
def source(transactional_db: None, home: Path, administrator: Person) -> Source:
    study = study_create(
        template=template_load("living-labs"), slug="labs", person=administrator, origin="test"
    )
    coder = coder_for(study, administrator)
    above = code_add(coder, CodeFacts(name="Leren", definition="Iemand leert.", colour="#204a87"))
    code_add(coder, CodeFacts(name="Van inwoners", pattern="dashed"), parent=above)
    return source_add(
        study, TEXT.encode(), "stuk.txt", SourceFacts(), person=administrator, origin="test"
    )


def test_passages_are_coded_with_the_keyboard_only_and_undone(
    live_site: LiveSite, source: Source, administrator: Person
) -> None:
    page = live_site.open(f"/studies/labs/bronnen/{source.uuid}/coderen/", person=administrator)
    page.locator("#cod-text").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        if page.locator("#cod-quote").input_value().strip() == "leert":
            break
    page.keyboard.press("Shift+ArrowRight")
    start = int(page.locator("#cod-start").input_value())
    end = int(page.locator("#cod-end").input_value())
    assert TEXT[start:end].strip() == "leert van"
    page.keyboard.press("c")
    page.keyboard.type("van inwoners")
    page.keyboard.press("Enter")
    expect(page.locator(".cod-list li")).to_have_count(1)
    assert Coding.objects.get().quote == TEXT[start:end]
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Ongedaan maken").press("Enter")
    expect(page.locator(".cod-list li")).to_have_count(0)
    page.get_by_role("button", name="Opnieuw doen").press("Enter")
    expect(page.locator(".cod-list li")).to_have_count(1)
    assert live_site.complaints == []


def test_the_pages_of_the_codebook_are_right(
    live_site: LiveSite, source: Source, administrator: Person
) -> None:
    page = live_site.open("/studies/labs/codeboek/", person=administrator)
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Leren", exact=True).click()
    assert faults_everywhere(page) == []
    page.goto("/studies/labs/codeboek/versies/")
    page.get_by_role("button", name="Als versie bewaren").press("Enter")
    expect(page.get_by_text("Versie 1 is bewaard.")).to_be_visible()
    assert faults_everywhere(page) == []
