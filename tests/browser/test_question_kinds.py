"""Can everybody answer every kind of question: at each width, in the dark, with the keyboard?

Not offered to respondents, because the check of a definition refuses them: ``nonvalue`` and
``textbase`` (parts that survey-core builds on), ``image``, ``imagepicker`` and ``imagemap`` (a
picture comes from elsewhere, which tells another site who answers) and ``signaturepad`` (nobody
can sign with a keyboard).
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from answering_pages import REFUSED_STYLE, begin, invited, survey_out
from page_checks import (
    NARROW,
    NARROWEST,
    WIDE,
    axe_violations,
    faint_borders,
    focused,
    scrolls_sideways,
    small_targets,
)
from playwright.sync_api import Page, expect
from question_kinds import DEFINITION, PAGES

from rodedraad.later import later_load
from rodedraad.surveys.questionnaire.known import TYPES
from rodedraad.surveys.questionnaire.texts import questions_of

FILES = "bestand"
A_FILE: Any = {"name": "verslag.txt", "mimeType": "text/plain", "buffer": b"Verslag."}
# What is pressed when the Tab key first comes to a question, and what is answered then: twice, so
# that an answer can be given and changed.
KEYS: dict[str, list[tuple[list[str], Any]]] = {
    "naam": [(["a", "b"], "ab"), (["c"], "abc")],
    "jaar": [(["1", "2"], 12), (["Backspace"], 1)],
    "dag": [(list("05012026"), "2026-05-01"), (["ArrowUp"], "2027-05-01")],
    "kwijt": [(["T"], "T"), (["o"], "To")],
    "samen": [(["x"], {"a": "x"}), (["y"], {"a": "xy"})],
    "keuze": [(["Space"], "Wijkteam"), (["ArrowDown"], "Jeugdteam")],
    "meer": [(["Space"], ["Wijkteam"]), (["Space"], None)],
    "akkoord": [(["ArrowRight"], True), (["ArrowLeft"], False)],
    "radio": [(["Space"], False), (["ArrowDown"], True)],
    "knoppen": [(["Space"], "Elke dag"), (["ArrowRight"], "Elke week")],
    "lijst": [(["ArrowDown", "ArrowDown", "Enter"], "Jeugdteam"),
              (["ArrowDown", "ArrowDown", "Enter"], "Toegang Wmo")],
    "labels": [(["ArrowDown", "Enter", "Escape"], ["Wijkteam"])],
    "cijfer": [(["Space"], 1), (["ArrowRight"], 2)],
    "sterren": [(["Space"], 1), (["ArrowRight"], 2)],
    "gezicht": [(["Space"], 1), (["ArrowRight"], 2)],
    "schuif": [(["ArrowRight"], 1), (["ArrowRight"], 2)],
    "tussen": [(["ArrowRight"], [1, 100]), (["ArrowRight"], [2, 100])],
    "orde": [(["ArrowDown"], ["Geld", "Tijd", "Ruimte"]),
             (["ArrowUp"], ["Tijd", "Geld", "Ruimte"])],
    "kies": [(["Space"], ["Wijkteam"])],
    "F5": [(["Space"], {"a": 1}), (["ArrowRight"], {"a": 2})],
    "F6": [(["Space"], {"Wijkteam": ["Telefoon"]}), (["Space"], None)],
    "tabel": [(["ArrowDown", "Enter"], {"Wijkteam": {"wie": "Wijkteam"}})],
    "rijen": [(["ArrowDown", "Enter"], [{"wie": "Wijkteam"}])],
    "werk": [(["a"], "a"), (["b"], "ab")],
    "mensen": [(["a"], [{"wie": "a"}]), (["b"], [{"wie": "ab"}])],
}  # fmt: skip


@pytest.fixture
def page(live_site: Any, transactional_db: None) -> Page:
    """The page of answering, with a page of every group of kinds."""
    live_site.expected = (REFUSED_STYLE,)
    later_load()  # here, so that no page waits for it
    opened = live_site.open(invited(survey_out(DEFINITION)))
    opened.set_default_timeout(30_000)
    begin(opened)
    return opened


def test_every_kind_that_a_questionnaire_may_hold_is_looked_at() -> None:
    assert {str(one["type"]) for one in questions_of(DEFINITION)} | {"panel"} == TYPES


@pytest.mark.parametrize("name", PAGES)
def test_a_group_of_kinds_is_right_at_every_width_light_and_dark_with_errors_and_without(
    page: Page, name: str
) -> None:
    faults = {}
    for has_errors in (False, True):
        _turn(page, name, has_errors=has_errors)
        for width in (WIDE, NARROW, NARROWEST):
            page.set_viewport_size(width)
            for dark in (False, True):
                page.emulate_media(color_scheme="dark" if dark else "light")
                found = faint_borders(page)
                found += axe_violations(page, only="color-contrast" if dark else None)
                if not dark:
                    found += small_targets(page)
                    found += ["scrolls sideways"] if scrolls_sideways(page) else []
                    found += _cut_off(page)
                if found:
                    faults[f"errors {has_errors}, {width['width']} px, dark {dark}"] = found
    assert faults == {}


@pytest.mark.parametrize("name", PAGES)
def test_a_group_of_kinds_is_answered_and_changed_with_the_keyboard_alone(
    page: Page, name: str
) -> None:
    _turn(page, name)
    unseen, reached = [], set()
    for at in _walk(page):
        if not at["seen"]:
            unseen.append(at["html"])
        if at["question"] in reached or not at["inside"]:
            continue
        reached.add(at["question"])
        for keys, answer in KEYS.get(at["question"], ()):
            for key in keys:
                page.keyboard.press(key)
            _answered(page, at["question"], answer)
        if at["question"] == FILES:
            with page.expect_file_chooser() as chooser:
                page.keyboard.press("Enter")
            chooser.value.set_files(A_FILE)
            expect(page.get_by_text("verslag.txt")).to_be_visible()
    assert unseen == []
    asked = {str(one["name"]) for one in questions_of({"pages": [{"elements": PAGES[name]}]})}
    assert asked & (set(KEYS) | {FILES}) <= reached
    assert axe_violations(page) + faint_borders(page) == []  # filled in


def test_what_is_put_in_order_moves_with_buttons_too(page: Page) -> None:
    _turn(page, "grading")
    page.get_by_role("button", name="Ruimte: één plaats omhoog").click()
    _answered(page, "orde", ["Tijd", "Ruimte", "Geld"])
    expect(page.get_by_role("group", name="Ruimte, plaats 2")).to_be_focused()


def test_rows_and_groups_are_added_and_removed_with_the_keyboard(page: Page) -> None:
    for name, add, there in (
        ("tables", "Rij toevoegen", "[data-name=rijen] input[role=combobox]"),
        ("groups", "Nog één toevoegen", "[data-name=mensen] input"),
    ):
        _turn(page, name)
        expect(page.locator(there)).to_have_count(1)
        page.get_by_role("button", name=add).press("Enter")
        expect(page.locator(there)).to_have_count(2)
        page.get_by_role("button", name=re.compile("Verwijder")).last.press("Enter")
        expect(page.locator(there)).to_have_count(1)


def _turn(page: Page, name: str, *, has_errors: bool = False) -> None:
    """Go to a page of the questionnaire as a script does, with what is missing shown or not."""
    number = list(PAGES).index(name)
    page.evaluate(
        """([number, errors]) => {
            const survey = document.getElementById('rd-survey').survey;
            survey.currentPageNo = number;
            if (errors) survey.currentPage.validate(true, false);
        }""",
        [number, has_errors],
    )
    if has_errors:
        expect(page.locator("#rd-survey .sd-error:visible").first).to_be_visible()
    else:
        expect(page.locator("#rd-heading")).to_contain_text(f"Pagina {number + 1} ")
    page.locator("#rd-heading").focus()


def _walk(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab from the heading until the button to go on; more than 120 times is a trap."""
    for _ in range(120):
        page.keyboard.press("Tab")
        at = focused(page)
        if at["id"] == "rd-next":
            return
        yield at
    raise AssertionError(f"the keyboard does not get out of {at['html']}")


def _answered(page: Page, name: str, answer: Any) -> None:
    page.wait_for_function(
        """([name, answer]) => JSON.stringify(
            document.getElementById('rd-survey').survey.getValue(name) ?? null)
            .replace('[]', 'null') === JSON.stringify(answer)""",
        arg=[name, answer],
        timeout=15_000,
    )


def _cut_off(page: Page) -> list[str]:
    """Return what stands past the right edge of its question, where one must scroll to see it."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.sd-question .sd-table__cell, .sd-question input')]
            .filter((one) => one.checkVisibility() && !one.matches('.sd-visuallyhidden'))
            .filter((one) => one.getBoundingClientRect().right
                > one.closest('.sd-element--with-frame').getBoundingClientRect().right + 1)
            .map((one) => 'cut off: ' + one.outerHTML.slice(0, 100))"""
    )
