"""From a PDF to the evidence: one person codes, a second codes blind, they reach consensus.

The PDF is the coalition agreement of 2021 where ``RODEDRAAD_SOURCES`` names the source files, and
otherwise a small one made here.
"""

import os
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from browser_sign_in import PASSWORD
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import Page, expect

from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Evidence
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.models import Coding, Round
from rodedraad.coding.rounds import coder_for
from rodedraad.jobs.worker import jobs_do
from rodedraad.sources.models import Paragraph, Source
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study, TeamMember
from rodedraad.studies.template import template_load

AGREEMENT = "text/coalition_agreement_2021/coalitieakkoord-2021-2025.pdf"
LINES = (
    "De gemeente leert van haar fouten en vraagt inwoners om raad.",
    "Elk kwartaal bespreken de teams wat er werkt en wat er niet werkt.",
    "De raad stelt geld beschikbaar voor het wijkteam in de buurt.",
    "De wethouder bespreekt de uitkomsten met alle partners in de stad.",
)


def small_pdf() -> bytes:
    """Give a PDF of one page with these lines."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/F1": font}))
    shown = "".join(f"({line}) Tj 0 -40 Td " for line in LINES)
    page.Contents = document.make_stream(f"BT /F1 12 Tf 60 780 Td {shown} ET".encode("cp1252"))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    folder = os.environ.get("RODEDRAAD_SOURCES")
    if folder and (real := Path(folder) / AGREEMENT).exists():
        return real
    made = tmp_path / "akkoord.pdf"
    made.write_bytes(small_pdf())
    return made


@pytest.fixture
def study(transactional_db: None, home: Path, administrator: Person) -> Study:
    made = study_create(
        template=template_load("change-factors"), slug="factoren", person=administrator,
        origin="test",
    )  # fmt: skip
    frame_fill(made, (("GM0003", "Appingedam"),))
    coder = coder_for(made, administrator)
    code_add(coder, CodeFacts(name="Leren", definition="Wie leert.", construct="F5"))
    code_add(coder, CodeFacts(name="Richting", definition="Waarheen.", construct="F1"))
    return made


@pytest.fixture
def second(study: Study) -> Person:
    person = Person.objects.create_user("bram@voorbeeld.test", PASSWORD, name="Bram")
    TOTP.activate(person, generate_totp_secret())
    TeamMember.objects.create(study=study, person=person, role="researcher")
    return person


def coded(page: Page, *, word: int, longer: int, code: str, n: int) -> None:
    """Code with the keyboard: from the so manyeth word on, so many words longer."""
    page.reload()
    expect(page.locator("html.cod-with-script")).to_be_attached()
    page.locator("#cod-text").focus()
    for _ in range(word):
        page.keyboard.press("ArrowRight")
    for _ in range(longer):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#cod-selected")).not_to_be_empty()
    page.keyboard.press("c")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator(".cod-list li")).to_have_count(n)


def finished(page: Page, number: int) -> None:
    page.goto(f"/studies/factoren/rondes/{number}/")
    page.get_by_role("button", name=re.compile("Deze is af")).press("Enter")
    expect(page.get_by_role("button", name=re.compile("Toch niet af"))).to_be_visible()


def test_a_pdf_is_coded_by_two_people_blind_and_their_consensus_stands_in_the_evidence(
    live_site: LiveSite, study: Study, administrator: Person, second: Person, pdf: Path
) -> None:
    page = live_site.open("/studies/factoren/bronnen/", person=administrator)
    page.get_by_role("link", name="Bestanden toevoegen").first.click()
    page.locator("#id_files").set_input_files([pdf])
    page.get_by_label("Casus").select_option(index=1)
    page.get_by_role("button", name="Voeg deze bestanden toe").click()
    expect(page.get_by_text("Uw bestanden zijn er.")).to_be_visible(timeout=30_000)
    jobs_do(until_empty=True)
    expect(page.get_by_text("Toegevoegd: 1.")).to_be_visible(timeout=30_000)
    source = Source.objects.get()

    page.goto("/studies/factoren/rondes/")
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Open een ronde").click()
    page.get_by_label("Naam").fill("Eerste ronde")
    page.get_by_label("Eenheid").select_option("character")
    for name in (str(administrator), "Bram"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label(re.compile(re.escape(source.title))).check()
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Open de ronde").press("Enter")
    expect(page.get_by_role("heading", name="Eerste ronde")).to_be_visible()
    assert faults_everywhere(page) == []
    number = Round.objects.get().number

    long = next(one for one in Paragraph.objects.order_by("number") if len(one.text) > 240)
    reader = f"/studies/factoren/bronnen/{source.uuid}/coderen/?plek={long.start}"
    page.goto(reader)
    coded(page, word=2, longer=3, code="Leren", n=1)
    coded(page, word=8, longer=2, code="Richting", n=2)
    coded(page, word=14, longer=2, code="Leren", n=3)
    coded(page, word=20, longer=1, code="Richting", n=4)
    mine = list(Coding.objects.order_by("start"))
    assert len({one.quote for one in mine}) == 4
    finished(page, number)

    other = live_site.open(reader, person=second)
    expect(other.locator(".cod-list li")).to_have_count(0)
    expect(other.get_by_text("U ziet alleen uw eigen coderingen")).to_be_visible()
    coded(other, word=2, longer=3, code="Leren", n=1)
    coded(other, word=8, longer=2, code="Richting", n=2)
    coded(other, word=14, longer=4, code="Leren", n=3)
    theirs = list(Coding.objects.filter(coder__person=second).order_by("start"))
    assert [one.quote for one in theirs[:2]] == [one.quote for one in mine[:2]]
    finished(other, number)

    page.goto(f"/studies/factoren/rondes/{number}/sluiten/")
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Sluit de ronde").press("Enter")
    expect(page.get_by_role("heading", name="Overeenstemming in Eerste ronde")).to_be_visible()
    expect(page.get_by_text("Alfa van Krippendorff").first).to_be_visible()
    assert faults_everywhere(page) == []

    page.get_by_role("link", name="Werk de verschillen door").click()
    page.get_by_role("button", name="Begin de consensus").press("Enter")
    page.get_by_role("button", name="Neem over waar iedereen het eens is (2)").press("Enter")
    expect(page.get_by_text("2 plekken zijn overgenomen.")).to_be_visible()
    expect(page.get_by_text("0 van de 2 verschillen")).to_be_visible()
    assert faults_everywhere(page) == []
    page.locator("table a").first.click()
    assert faults_everywhere(page) == []
    page.locator("h1").click()
    page.locator("#cod-text [data-start]").first.dblclick()
    expect(page.locator("#cod-selected")).not_to_be_empty()
    page.keyboard.press("c")
    expect(page.locator("#cod-code")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Verschil 2 van 2")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="Verschil 1 van 2")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_text("Beslist. Dit is het volgende verschil.")).to_be_visible()
    page.keyboard.press("0")
    expect(page.get_by_text("Over alle verschillen is beslist.")).to_be_visible()
    assert faults_everywhere(page) == []

    consensus = Round.objects.get(kind="consensus")
    page.goto(f"/studies/factoren/rondes/{consensus.number}/sluiten/")
    page.get_by_role("button", name="Sluit de ronde").press("Enter")
    expect(page.get_by_text("De ronde is gesloten.")).to_be_visible()
    agreed = list(Coding.objects.filter(round=consensus, removed_at=None).order_by("start"))
    assert [one.quote for one in agreed[:2]] == [one.quote for one in mine[:2]]
    assert len(agreed) == 3

    page.goto("/studies/factoren/bewijs/uit-teksten/")
    page.get_by_role("button", name="Neem over in het bewijs").press("Enter")
    expect(page.get_by_text("Overgenomen: 3 nieuw")).to_be_visible()
    page.goto("/studies/factoren/bewijs/")
    quoted = [" ".join(words.split()) for words in page.locator("blockquote").all_inner_texts()]
    assert sorted(quoted) == sorted(" ".join(one.quote.split()) for one in agreed)
    assert Evidence.objects.filter(kind="coding").count() == 3
    assert live_site.complaints == []
