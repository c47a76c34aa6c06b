"""Can everyone answer: axe on every page and state, borders, 400% zoom, dark, and on paper?"""

import re
import sys
from pathlib import Path
from typing import Any

from answering_pages import (
    REFUSED_STYLE,
    answer_all,
    begin,
    invited,
    saved,
    survey_out,
    usable,
)
from page_checks import NARROWEST, axe_violations, faults_everywhere, scrolls_sideways
from playwright.sync_api import Page

sys.path.append(str(Path(__file__).parents[1]))
from surveys.tampering import CASES

WITHOUT_ANSWER = {"html", "image", "expression", "empty", "nonvalue"}
# What shows an image that is not there; the picture itself is not what is tested.
NO_PICTURE = "404"
ONE_PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)
LUMINANCE = """color => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}"""
FAINT_BORDERS = f"""() => {{
    const luminance = {LUMINANCE};
    const contrast = (one, other) => {{
        const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (high + 0.05) / (low + 0.05);
    }};
    const behind = element => {{
        for (let at = element; at; at = at.parentElement) {{
            const colour = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$/.test(colour)) return colour;
        }}
        return 'rgb(255, 255, 255)';
    }};
    return [...document.querySelectorAll('#rd-survey .sd-item__decorator, #rd-survey .sd-input')]
        .filter(element => element.checkVisibility())
        .filter(element => !element.closest('.sd-multipletext__item-container'))
        .filter(element => {{
            const style = getComputedStyle(element);
            const drawn = parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== 'none';
            return !drawn || contrast(style.borderTopColor, behind(element.parentElement)) < 3;
        }})
        .map(element => element.outerHTML.slice(0, 120));
}}"""


def every_kind() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a questionnaire of one page with every type, and answers to it."""
    elements, answers = [], {}
    for number, (about, (element, good, _bad)) in enumerate(CASES.items()):
        name = f"q{number}"
        one = {**element, "name": name, "title": f"Vraag over {about}"}
        if element["type"] not in WITHOUT_ANSWER:
            one["isRequired"] = True
        if element["type"] in ("image", "imagepicker", "imagemap"):
            continue  # a picture of the questionnaire: their look is in test_survey_look
        elements.append(one)
        if good:
            answers[name] = {
                "signaturepad": ONE_PIXEL,
                "file": [{"name": "a.png", "type": "image/png", "content": ONE_PIXEL}],
            }.get(element["type"], good[0])
    return {"pages": [{"name": "p1", "elements": elements}]}, answers


def test_every_kind_of_question_is_accessible_empty_with_errors_and_filled(
    live_site, transactional_db
):
    live_site.expected = (REFUSED_STYLE, NO_PICTURE)
    definition, answers = every_kind()
    page = live_site.open(invited(survey_out(definition)))
    begin(page)
    faults = _faults(page, "empty")
    page.locator("#rd-next").click()
    page.locator("#rd-errors:focus").wait_for()
    asked = [one for one in definition["pages"][0]["elements"] if one.get("isRequired")]
    named = page.locator("#rd-errors-list").inner_text()
    assert [one["title"] for one in asked[:3] if one["title"] not in named] == []
    faults += _faults(page, "errors")
    _send(page, answers)
    page.reload()
    usable(page)
    faults += _faults(page, "filled")
    assert faults == []


def _send(page: Page, answers: dict[str, Any]) -> None:
    """Save answers as the page would."""
    status = page.evaluate(
        """async patch => {
            const token = document.querySelector('#rd-token [name=csrfmiddlewaretoken]').value;
            const newest = JSON.parse(document.getElementById('rd-begin').textContent).sequence;
            const answer = await fetch('/vragenlijst/invullen/bewaren/', {
                method: 'POST', headers: {'X-CSRFToken': token},
                body: JSON.stringify({sequence: newest + 1, patch, page: 0})});
            return `${answer.status} ${await answer.text()}`;
        }""",
        answers,
    )
    assert status.startswith("200"), status


def _faults(page: Page, state: str) -> list[str]:
    found = []
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        found += axe_violations(page, only="color-contrast") if dark else axe_violations(page)
        found += [f"faint border: {one}" for one in page.evaluate(FAINT_BORDERS)]
    page.emulate_media(color_scheme="light")
    return [f"{state}: {one}" for one in found]


def test_the_pages_around_the_questions_are_accessible_at_every_width(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE, "404", "400")
    page = live_site.open(invited(survey_out()))
    assert faults_everywhere(page) == []
    begin(page)
    assert faults_everywhere(page) == []
    page.get_by_text("Later of op een ander apparaat verdergaan").click()
    assert faults_everywhere(page) == []
    answer_all(page, "klaar")
    assert faults_everywhere(page) == []
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    assert re.search(r"Wij werken samen: Eens", printed)
    assert "Trek mijn antwoorden in" not in printed
    page.emulate_media(media="screen")
    page.goto("/vragenlijst/verder/")
    assert faults_everywhere(page) == []
    page.get_by_label("Uw code").fill("AAAA-BBBB-CCCC")
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_text("Deze code kennen wij niet").wait_for()
    assert faults_everywhere(page) == []
    page.goto("/vragenlijst/onbekend/")
    assert faults_everywhere(page) == []


def test_zoomed_to_400_percent_nothing_scrolls_sideways_while_answering(
    live_site, transactional_db
):
    live_site.expected = (REFUSED_STYLE,)
    page = live_site.open(invited(survey_out()), viewport=NARROWEST, dark=True)
    begin(page)
    assert not scrolls_sideways(page)
    page.locator("#rd-next").click()
    page.locator("#rd-heading", has_text="Pagina 2 van 3").wait_for()
    page.locator("#rd-next").click()
    page.locator("#rd-errors").wait_for()
    assert not scrolls_sideways(page)
    page.get_by_role("radio", name="Ja", exact=True).check(force=True)
    saved(page)
    assert not scrolls_sideways(page)
