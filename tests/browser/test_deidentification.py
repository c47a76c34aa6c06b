"""Does a person make people unknown with the keyboard alone, and are the pages right?"""

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import expect

from rodedraad.accounts.models import Person
from rodedraad.deidentification.finding import marks_find
from rodedraad.deidentification.models import Mark, Review
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load

TALK = b"""Interviewer: Wie bent u?
Respondent: Ik ben Jan de Vries en ik ken mevrouw El Amrani.
Interviewer: Uw nummer?
Respondent: 06-12345678. Blauwbaard weet het ook.
"""


@pytest.fixture
def review(transactional_db: None, home: object, administrator: Person) -> Review:
    study = study_create(
        template=template_load("living-labs"), slug="labs", person=administrator, origin="test"
    )
    facts = SourceFacts(title="Gesprek", kind="transcript", confidentiality="personal")
    source = source_add(study, TALK, "gesprek.txt", facts, person=administrator, origin="test")
    return marks_find(source.versions.get())


def test_a_talk_is_made_unknown_with_the_keyboard(
    live_site: LiveSite, review: Review, administrator: Person
) -> None:
    uuid = review.version.source.uuid
    page = live_site.open(f"/studies/labs/bronnen/{uuid}/anonimiseren/", person=administrator)
    assert faults_everywhere(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    status = page.get_by_role("status").filter(has_text="plekken")
    expect(status).to_contain_text("Over 0 van 3 plekken is beslist")
    page.locator('[data-deid-item][tabindex="0"]').focus()
    page.keyboard.press("a")
    expect(status).to_contain_text("Over 1 van 3 plekken is beslist")
    expect(page.locator("[data-deid-item]:focus")).to_contain_text("El Amrani")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-deid-item]:focus")).to_contain_text("06-12345678")
    page.keyboard.press("r")
    expect(status).to_contain_text("Over 2 van 3 plekken is beslist")
    expect(page.locator("[data-deid-item]:focus")).to_contain_text("El Amrani")
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("de wethouder")
    page.keyboard.press("Tab")
    assert faults_everywhere(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Bewaar deze wijziging").filter(visible=True).press("Enter")
    expect(status).to_contain_text("Over 3 van 3 plekken is beslist")
    page.get_by_role("button", name="Draai mijn laatste stap terug").press("Enter")
    expect(status).to_contain_text("Over 2 van 3 plekken is beslist")
    page.locator('[data-deid-item][tabindex="0"]').focus()
    page.keyboard.press("a")
    expect(status).to_contain_text("Over 3 van 3 plekken is beslist")
    page.get_by_label("Woorden in de tekst").filter(visible=True).last.fill("Blauwbaard")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Over 4 van 4 plekken is beslist")
    page.get_by_role("button", name="Maak de tekst").press("Enter")
    expect(page.get_by_text("Hiervan maakte Beheer")).to_be_visible()
    assert faults_everywhere(page) == []
    made = Review.objects.get().made
    assert made is not None
    assert "Ik ben [persoon 1] en ik ken mevrouw [persoon 2]" in made.text
    assert "06-12345678. [persoon 3] weet" in made.text
    for path in ("anonimiseren/", "anonimiseren/sleutel/"):
        page.goto(f"/studies/labs/{path}")
        assert faults_everywhere(page) == []


def test_words_that_are_selected_are_filled_in_without_what_comes_instead(
    live_site: LiveSite, review: Review, administrator: Person
) -> None:
    uuid = review.version.source.uuid
    page = live_site.open(f"/studies/labs/bronnen/{uuid}/anonimiseren/", person=administrator)
    page.evaluate(
        """() => {
            const all = [...document.querySelectorAll('[data-deid-text] p')];
            getSelection().selectAllChildren(all[3]);
        }"""
    )
    field = page.locator("[data-deid-words]")
    expect(field).to_have_value("Respondent: 06-12345678. Blauwbaard weet het ook.")
    assert Mark.objects.count() == 3
