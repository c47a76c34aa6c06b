"""Can a person code a text with the keyboard only, past an emoji, and are the pages right?"""

from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import axe_violations, faults_everywhere
from playwright.sync_api import Page, expect

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add, coding_change
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add, version_correct
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load
from rodedraad.suggestions.actions import suggestions_switch
from rodedraad.suggestions.models import Suggestion, SuggestionRun

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
    words = page.locator("#cod-quote")
    for word in ("De", "raad", "besluit"):
        page.keyboard.press("ArrowRight")
        expect(words).to_have_value(word)
    while "leert" not in words.input_value():
        before = words.input_value()
        page.keyboard.press("ArrowRight")
        expect(words).not_to_have_value(before)
    page.keyboard.press("Shift+ArrowRight")
    expect(words).to_have_value("leert van")
    start = int(page.locator("#cod-start").input_value())
    end = int(page.locator("#cod-end").input_value())
    assert TEXT[start:end] == "leert van"
    page.keyboard.press("c")
    page.keyboard.type("van inwoners")
    page.keyboard.press("Enter")
    expect(page.locator("#cod-here .cod-list li")).to_have_count(1)
    assert Coding.objects.get().quote == TEXT[start:end]
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Ongedaan maken").press("Enter")
    expect(page.locator("#cod-here .cod-list li")).to_have_count(0)
    page.get_by_role("button", name="Opnieuw doen").press("Enter")
    expect(page.locator("#cod-here .cod-list li")).to_have_count(1)
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


PARAGRAPHS = 400


@pytest.fixture
def long_source(source: Source, administrator: Person) -> Source:
    """Put a long text in the same study, with two codings that overlap."""
    text = "\n\n".join(
        f"Alinea {n}: het wijkteam \U0001f600 leert van inwoners en praat met de raad."
        for n in range(1, PARAGRAPHS + 1)
    )
    made = source_add(
        source.study, text.encode(), "lang.txt", SourceFacts(title="Lang"),
        person=administrator, origin="test",
    )  # fmt: skip
    coder, version = coder_for(source.study, administrator), made.versions.get()
    leren = Code.objects.get(name="Leren")
    coding_add(coder, version.pk, leren, place=(10, 42), strength=2)
    coding_add(coder, version.pk, Code.objects.get(name="Van inwoners"), place=(27, 50))
    return made


def reader_of(source: Source) -> str:
    return f"/studies/labs/bronnen/{source.uuid}/coderen/"


def words_selected(page: Page, words: str) -> None:
    """Select words of the text as a mouse does."""
    page.evaluate(
        """words => {
            const text = document.getElementById("cod-text");
            const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
                text.focus({ preventScroll: true });
                return;
            }
        }""",
        words,
    )


def test_a_coding_is_changed_beside_the_text_without_losing_ones_place(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    page.locator("#cod-text").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(page.locator("#cod-here li:focus")).to_have_count(1)
    scrolled = page.evaluate("scrollY")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#cod-panel h2")).to_be_focused()
    assert faults_everywhere(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Eindig later").press("Enter")
    page.locator("#one-strength").select_option("3")
    page.get_by_role("button", name="Opslaan").press("Enter")
    expect(page.locator("#cod-panel #cod-one")).to_have_count(0)
    changed = Coding.objects.get(start=10)
    assert changed.strength == 3
    assert changed.end > 42
    assert changed.quote == changed.version.text[10 : changed.end]
    assert abs(page.evaluate("scrollY") - scrolled) < 400
    page.locator("#cod-text").focus()
    page.keyboard.press("z")
    expect(page.locator("#cod-here .cod-list li").first).to_contain_text("2")
    changed.refresh_from_db()
    assert (changed.end, changed.strength) == (42, 2)
    assert live_site.complaints == []


def test_a_code_used_last_goes_on_a_selection_by_its_number_or_by_dragging_it(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    words_selected(page, "praat met de raad")
    page.keyboard.press("1")
    expect(page.locator("#cod-here .cod-list li")).to_have_count(3)
    made = Coding.objects.latest("pk")
    assert (made.code.name, made.quote) == ("Van inwoners", "praat met de raad")
    page.locator("#cod-recent .cod-chip").nth(1).drag_to(page.locator(".cod-paragraph").nth(2))
    expect(page.locator("#cod-here .cod-list li")).to_have_count(4)
    assert Coding.objects.latest("pk").code.name == "Leren"
    assert live_site.complaints == []


def test_who_is_quicker_than_the_browser_tells_codes_what_is_selected_now(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    words_selected(page, "leert van")
    expect(page.locator("#cod-quote")).to_have_value("leert van")
    # All in one task: the browser has told of neither the shorter nor the longer selection.
    noted = page.evaluate(
        """() => {
            const press = (key, shiftKey) => document.getElementById("cod-text").dispatchEvent(
                new KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
            press("ArrowRight", false);
            press("ArrowRight", true);
            press("c", false);
            return document.getElementById("cod-quote").value;
        }"""
    )
    assert noted.strip() == "inwoners en"
    page.evaluate(
        """() => {
            const node = document.querySelector(".cod-paragraph:nth-child(3) [data-start]");
            document.getSelection().setBaseAndExtent(node.firstChild, 0, node.firstChild, 8);
            document.querySelector("#cod-recent .cod-chip").click();
        }"""
    )
    expect(page.locator("#cod-here .cod-list li")).to_have_count(3)
    assert Coding.objects.latest("pk").quote == "Alinea 3"
    assert live_site.complaints == []


def test_an_edge_of_a_selection_is_dragged_with_the_mouse(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=3", person=administrator)
    words_selected(page, "leert van")
    expect(page.locator("#cod-quote")).to_have_value("leert van")
    before = int(page.locator("#cod-end").input_value())
    page.locator(".cod-paragraph").first.scroll_into_view_if_needed()
    handle = page.locator(".cod-handle-end")
    expect(handle).to_be_visible()
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator("#cod-end")).not_to_have_value(str(before))
    after = int(page.locator("#cod-end").input_value())
    assert before < after < before + 20
    assert live_site.complaints == []


def test_typing_a_part_of_a_name_offers_the_codes_that_fit(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    field = page.get_by_role("combobox", name="Code", exact=True)
    field.press_sequentially("inw")
    option = page.locator("#cod-code-listbox").get_by_role("option")
    expect(option).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", "cod-code-listbox-0")
    assert axe_violations(page) == []
    field.press("Escape")
    expect(option).to_have_count(0)
    field.press("ArrowDown")
    field.press("Tab")
    expect(field).to_have_value("Leren › Van inwoners")
    assert live_site.complaints == []


def test_two_people_see_each_others_work_and_never_write_over_it(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    live_site.expected = ("409",)
    coder, coding = coder_for(long_source.study, administrator), Coding.objects.get(start=10)
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    page.locator(".cod-open").first.click()
    expect(page.locator("#cod-panel h2")).to_be_focused()
    coding_change(
        coder, coding, row_version=coding.row_version, code=coding.code, place=(10, 42),
        valence=1, strength=0,
    )  # fmt: skip
    page.locator("#one-strength").select_option("3")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Iemand heeft dit veranderd")
    expect(page.locator("#one-strength")).to_have_value("3")
    coding.refresh_from_db()
    assert coding.strength == 0
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("button", name="Toon het").click()
    expect(page.locator("#cod-here .cod-list li").first).to_contain_text("(voor 0)")
    assert live_site.complaints == []


def test_work_of_others_arrives_by_itself_while_one_reads(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    other = Coder.objects.create(study=long_source.study, name="Bram")
    coding_add(other, long_source.versions.get().pk, Code.objects.get(name="Leren"), place=(60, 70))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#cod-here .cod-list li")).to_have_count(3)
    expect(page.locator("#cod-here .cod-list li").last).to_contain_text("Bram")
    assert live_site.complaints == []


def test_memos_are_written_and_changed_beside_the_text(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    page.get_by_text("Schrijf een memo").click()
    page.locator("#memo-bron").fill("Let op de toon.")
    page.get_by_role("button", name="Memo bewaren").click()
    expect(page.locator("#cod-here .cod-memo")).to_contain_text("Let op de toon.")
    page.get_by_text("Wijzigen of weghalen").click()
    page.locator("#cod-here .cod-memo textarea").fill("Let goed op de toon.")
    page.locator("#cod-here .cod-memo").get_by_role("button", name="Opslaan").click()
    expect(page.locator("#cod-here .cod-memo")).to_contain_text("Let goed op de toon.")
    assert Memo.objects.get().source == long_source
    assert faults_everywhere(page) == []
    page.goto("/studies/labs/memos/")
    expect(page.get_by_text("Let goed op de toon.").first).to_be_visible()
    assert faults_everywhere(page) == []
    assert live_site.complaints == []


def test_the_place_in_a_text_is_remembered(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=200", person=administrator)
    page.goto(reader_of(long_source))
    page.get_by_role("link", name="Verder waar u was").click()
    expect(page.get_by_text("Alinea 200:")).to_be_visible()
    assert live_site.complaints == []


def test_what_moved_is_looked_at_and_confirmed(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    text = long_source.versions.get().text.replace("Alinea 1: het wijkteam", "Alinea een: het team")
    version_correct(long_source, text, person=None, origin="test")
    page = live_site.open(reader_of(long_source), person=administrator)
    page.get_by_role("button", name="Zet ze op deze versie").click()
    expect(page.locator("main li.cod-memo")).to_have_count(2)
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Dit klopt").first.click()
    expect(page.locator("main li.cod-memo")).to_have_count(1)
    page.goto(f"{reader_of(long_source)}lijst/")
    assert faults_everywhere(page) == []
    assert live_site.complaints == []


def test_suggestions_are_accepted_with_the_keyboard_and_marked_in_the_text(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    study = long_source.study
    suggestions_switch(study, is_on=True, person=administrator, origin="test")
    version, code = long_source.versions.get(), Code.objects.get(name="Leren")
    run = SuggestionRun.objects.create(
        study=study, codebook_version=codebook_current(study, person=None), n_passages=0,
        n_sources=0, parameters={"examples_at_least": 10},
        worth={str(code.uuid): {"n_examples": 2, "is_enough": False}},
    )  # fmt: skip
    for row in version.paragraphs.order_by("start")[4:7]:
        Suggestion.objects.create(
            run=run, study=study, code=code, version=version, start=row.start, end=row.end,
            quote=row.text, score=0.9,
        )  # fmt: skip
    page = live_site.open(f"{reader_of(long_source)}?suggesties=1", person=administrator)
    expect(page.locator(".cod-suggested")).to_have_count(3)
    assert faults_everywhere(page) == []
    page.goto("/studies/labs/codeboek/suggesties/")
    assert faults_everywhere(page) == []
    page.locator("#sug-list li").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.get_by_text("Afgewezen: Leren.")).to_be_visible()
    expect(page.locator("#sug-list li").first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#sug-list li")).to_have_count(1)
    assert Coding.objects.get(origin="suggestion").quote.startswith("Alinea 5:")
    assert live_site.complaints == []


def test_the_lines_in_the_margin_stay_in_print_and_with_forced_colours(
    live_site: LiveSite, long_source: Source, administrator: Person
) -> None:
    page = live_site.open(f"{reader_of(long_source)}?vanaf=1", person=administrator)
    lines = page.locator(".cod-paragraph").first.locator(".cod-lines svg")
    expect(lines).to_have_count(2)
    names = page.locator(".cod-paragraph").first.locator(".cod-names li")
    assert [name.strip() for name in names.all_inner_texts()] == ["1 Leren", "2 Van inwoners"]
    page.emulate_media(media="print")
    expect(names.first).to_be_visible()
    page.emulate_media(media="screen", forced_colors="active")
    expect(names.first).to_be_visible()
    stroke = page.locator(".cod-lines line").first.evaluate("one => getComputedStyle(one).stroke")
    ink = page.locator("body").evaluate("one => getComputedStyle(one).color")
    assert stroke == ink
