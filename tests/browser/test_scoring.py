"""Can a source be scored with the keyboard and without scripts, and are the pages right?"""

from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import expect

from rodedraad.accounts.models import Person
from rodedraad.assessment.evidence import RubricFact, rubric_rows_write
from rodedraad.assessment.models import Evidence
from rodedraad.coding.models import Coder
from rodedraad.coding.rounds import coder_for
from rodedraad.scoring.models import Score
from rodedraad.scoring.score_actions import Given, score_give
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.template import template_load

TEXT = "De gemeente leert van haar fouten.\n\nElk kwartaal bespreken de teams wat werkt.\n"
UNITS = (("GM0003", "Appingedam"), ("GM0010", "Delfzijl"))


@pytest.fixture
def source(transactional_db: None, home: Path, administrator: Person) -> Source:
    study = study_create(
        template=template_load("change-factors"), slug="factoren", person=administrator,
        origin="test",
    )  # fmt: skip
    frame_fill(study, UNITS)
    facts = SourceFacts(title="Beleidsplan", case=study.cases.first())
    return source_add(study, TEXT.encode(), "plan.txt", facts, person=administrator, origin="test")


def test_a_source_is_scored_with_the_keyboard_and_its_words_stand_in_the_evidence(
    live_site: LiveSite, source: Source, administrator: Person
) -> None:
    page = live_site.open(
        f"/studies/factoren/bronnen/{source.uuid}/scoren/?onderdeel=rubric-F5",
        person=administrator,
    )
    page.get_by_label("nog geen score").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("2 Uitgewerkt").focus()
    page.keyboard.press("Space")
    page.get_by_label("Zoeken in de tekst").focus()
    page.keyboard.type("fouten")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Eén passage gevonden.")).to_be_visible()
    expect(page.get_by_label("2 Uitgewerkt")).to_be_checked()
    page.get_by_label("De gemeente leert van haar fouten.").focus()
    page.keyboard.press("Space")
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Bewaren en verder").press("Enter")
    expect(page.get_by_text("Bewaard: F5, 2 Uitgewerkt.")).to_be_visible()
    assert Score.objects.get().quote == "De gemeente leert van haar fouten."

    page.goto("/studies/factoren/bewijs/uit-teksten/")
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Neem over in het bewijs").press("Enter")
    expect(page.get_by_text("Overgenomen: 1 nieuw")).to_be_visible()
    assert faults_everywhere(page) == []
    page.goto("/studies/factoren/bewijs/")
    expect(page.locator("blockquote")).to_have_text("De gemeente leert van haar fouten.")
    assert faults_everywhere(page) == []
    page.goto(f"/studies/factoren/bewijs/{Evidence.objects.get().pk}/")
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Lees het in de tekst").press("Enter")
    expect(page.locator("#cod-text")).to_contain_text("leert van haar fouten")


def test_the_pages_about_differences_and_taking_back_are_right(
    live_site: LiveSite, source: Source, administrator: Person
) -> None:
    other = Coder.objects.create(study=source.study, name="Bram")
    for coder, raw in ((coder_for(source.study, administrator), 1), (other, 3)):
        score_give(coder, source, Given(kind="rubric", construct="F5", raw=raw, reason="Zo."))
    page = live_site.open("/studies/factoren/bewijs/uit-teksten/verschillen/", person=administrator)
    assert faults_everywhere(page) == []
    page.get_by_label("3 Aantoonbaar gedaan").press("Space")
    page.get_by_label("Waarom").fill("Zie de tekst.")
    page.get_by_role("button", name="Deze keuze bewaren").press("Enter")
    expect(page.get_by_text("Bewaard: welke score van F5 geldt.")).to_be_visible()

    wave = source.study.waves.get()
    fact = RubricFact(case="GM0003", construct="F1", source_type="document", raw=1, source="Plan",
                      source_id="1")  # fmt: skip
    rubric_rows_write(wave, [fact])
    page.goto("/studies/factoren/bewijs/terugnemen/")
    assert faults_everywhere(page) == []
    page.get_by_label("Plan").press("Space")
    page.get_by_label("Waarom kloppen deze rijen niet?").fill("Verkeerd bestand.")
    page.get_by_role("button", name="Deze rijen terugnemen").press("Enter")
    expect(page.get_by_text("1 rij is teruggenomen.")).to_be_visible()
    assert faults_everywhere(page) == []
    page.goto(f"/studies/factoren/bewijs/{Evidence.every.get().pk}/")
    expect(page.get_by_text("Verkeerd bestand.")).to_be_visible()
    assert faults_everywhere(page) == []
