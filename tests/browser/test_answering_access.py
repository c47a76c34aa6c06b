"""Can everyone answer: the pages around the questions, 400% zoom, dark, and on paper?

Every kind of question is in ``test_question_kinds``.
"""

import re

from answering_pages import (
    REFUSED_STYLE,
    answer_all,
    begin,
    invited,
    saved,
    survey_out,
)
from page_checks import NARROWEST, faults_everywhere, scrolls_sideways
from playwright.sync_api import expect


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


def test_the_code_to_go_on_is_printed_alone(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE,)
    page = live_site.open(invited(survey_out()))
    begin(page)
    page.get_by_text("Later of op een ander apparaat verdergaan").click()
    page.evaluate("window.print = () => document.body.setAttribute('data-printed', '')")
    page.get_by_role("button", name="Druk de code af").press("Enter")
    expect(page.locator("body[data-printed]")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#rd-code")).to_be_visible()
    expect(page.locator("#rd-survey")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#rd-survey")).to_be_visible()


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
