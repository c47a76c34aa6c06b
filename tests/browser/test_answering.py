"""Do ten people's answers arrive exactly once: offline, half-way and elsewhere, by keyboard?"""

import re
import time

from answering_pages import (
    DEFINITION,
    NO_CONNECTION,
    REFUSED_STYLE,
    answer_all,
    answers_of,
    begin,
    cell,
    choose,
    hand_in,
    invited,
    next_page,
    saved,
    survey_out,
    usable,
)
from page_checks import NARROW, NARROWEST
from playwright.sync_api import Page, Route, expect

from rodedraad.surveys.models import AnswerEvent, Response

SECONDS_OFFLINE = 30
TABS_AT_MOST = 40
QUICK = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven")
PLAIN = {"F5": {"F5.1": 4, "F5.2": "dk"}, "works": "no"}


def test_the_answers_of_ten_people_arrive_exactly_once(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE, NO_CONNECTION)
    survey = survey_out()
    links = [invited(survey, number) for number in range(10)]
    in_train = live_site.open(links[0], viewport=NARROW)
    begin(in_train)
    in_train.context.set_offline(True)
    since = time.monotonic()
    choose(in_train, "Wij werken samen", "Eens")
    in_train.locator("#rd-banner", has_text="Geen verbinding").wait_for()
    choose(in_train, "Er is tijd", "Weet ik niet")
    next_page(in_train, "Pagina 2 van 3")
    in_train.get_by_role("radio", name="Ja", exact=True).check(force=True)
    in_train.get_by_label("Hoeveel jaar?").fill("7")

    code = _half_way(live_site.open(links[1]))
    _elsewhere(live_site.open("/vragenlijst/verder/", viewport=NARROWEST), code)
    _keyboard_alone(live_site.open(links[2]))
    for link, words in zip(links[3:], QUICK, strict=True):
        page = live_site.open(link)
        begin(page)
        answer_all(page, words)
        page.context.close()

    in_train.wait_for_timeout(max(0, SECONDS_OFFLINE - (time.monotonic() - since)) * 1000)
    in_train.context.set_offline(False)
    in_train.locator("#rd-banner", has_text="weer verbinding").wait_for(timeout=40_000)
    saved(in_train)
    next_page(in_train, "Pagina 3 van 3")
    in_train.get_by_label("Wilt u nog iets kwijt?").fill("trein")
    hand_in(in_train)
    in_train.wait_for_function("Object.keys(localStorage).length === 0")

    assert Response.objects.filter(survey=survey).count() == 10
    assert answers_of(survey) == {
        "trein": {**PLAIN, "works": "yes", "years": 7, "open": "trein"},
        "elders": {**PLAIN, "open": "elders"},
        "toetsen": {"F5": {"F5.1": 1}, "works": "yes", "open": "toetsen"},
        **{words: {**PLAIN, "open": words} for words in QUICK},
    }


def _half_way(page: Page) -> str:
    """Answer the first page, note the code, and close the browser before the pause of a save."""
    begin(page)
    choose(page, "Wij werken samen", "Eens")
    choose(page, "Er is tijd", "Weet ik niet")
    page.get_by_text("Later of op een ander apparaat verdergaan").click()
    expect(page.locator("#rd-code")).to_be_visible()
    code = page.locator("#rd-code").inner_text()
    page.close()
    return code


def _elsewhere(page: Page, code: str) -> None:
    page.get_by_label("Uw code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Ga verder").click()
    usable(page)
    expect(cell(page, "Wij werken samen", "Eens")).to_be_checked()
    expect(cell(page, "Er is tijd", "Weet ik niet")).to_be_checked()
    next_page(page, "Pagina 2 van 3")
    page.get_by_role("radio", name="Nee", exact=True).check(force=True)
    next_page(page, "Pagina 3 van 3")
    page.get_by_label("Wilt u nog iets kwijt?").fill("elders")
    hand_in(page)
    page.context.close()


def _tab_to(page: Page, what: str) -> None:
    """Press Tab until what has the focus matches a selector."""
    for _press in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"the keyboard does not reach {what}")


def _keyboard_alone(page: Page) -> None:
    _tab_to(page, "main form button")
    page.keyboard.press("Enter")
    usable(page)
    _tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    _tab_to(page, "#rd-next")
    page.keyboard.press("Enter")
    page.locator("#rd-heading:focus", has_text="Pagina 2 van 3").wait_for()
    _tab_to(page, "#rd-next")
    page.keyboard.press("Enter")  # the question is required
    page.locator("#rd-errors:focus").wait_for()
    _tab_to(page, "#rd-errors a")
    page.keyboard.press("Enter")
    page.locator("input[type=radio]:focus").wait_for()
    page.keyboard.press("Space")
    _tab_to(page, "#rd-next")
    page.keyboard.press("Enter")
    page.locator("#rd-heading:focus", has_text="Pagina 3 van 3").wait_for()
    _tab_to(page, "textarea")
    page.keyboard.type("toetsen")
    _tab_to(page, "#rd-next")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dank u wel").wait_for(timeout=30_000)
    page.context.close()


def test_two_tabs_lose_nothing_and_ask_where_they_differ(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE, "409")
    survey = survey_out()
    link = invited(survey)
    one = live_site.open(link)
    begin(one)
    other = one.context.new_page()
    other.goto("/vragenlijst/invullen/")
    usable(other)
    choose(one, "Wij werken samen", "Eens")
    next_page(one, "Pagina 2 van 3")
    one.get_by_role("radio", name="Ja", exact=True).check(force=True)
    saved(one)
    choose(other, "Wij werken samen", "Oneens")
    other.locator("#rd-disputed li").wait_for()
    own = other.get_by_role("button", name="Houd wat ik hier antwoordde: Wij werken samen: Oneens")
    own.click()
    saved(other)
    other.locator("#rd-disputed").wait_for(state="hidden")
    next_page(other, "Pagina 2 van 3")
    expect(other.get_by_role("radio", name="Ja", exact=True)).to_be_checked()
    next_page(other, "Pagina 3 van 3")
    other.get_by_label("Wilt u nog iets kwijt?").fill("samen")
    hand_in(other)
    assert Response.objects.count() == 1
    assert answers_of(survey)["samen"] == {"F5": {"F5.1": 2}, "works": "yes", "open": "samen"}


def test_what_the_server_refuses_comes_back_at_its_question(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE, "422")
    survey = survey_out()
    page = live_site.open(invited(survey))
    begin(page)

    def refuse(route: Route) -> None:
        if "past niet" in (route.request.post_data or ""):
            route.fulfill(status=422, json={"where": "open"})
        else:
            route.continue_()

    page.route("**/bewaren/", refuse)
    next_page(page, "Pagina 2 van 3")
    page.get_by_role("radio", name="Nee", exact=True).check(force=True)
    next_page(page, "Pagina 3 van 3")
    page.get_by_label("Wilt u nog iets kwijt?").fill("past niet")
    page.locator("#rd-errors", has_text="Wilt u nog iets kwijt?").wait_for()
    page.get_by_label("Wilt u nog iets kwijt?").fill("past wel")
    hand_in(page)
    assert answers_of(survey)["past wel"] == {"works": "no", "open": "past wel"}


def test_the_language_changes_half_way_and_the_answers_stay(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE,)
    page = live_site.open(invited(survey_out()))
    begin(page)
    choose(page, "Wij werken samen", "Eens")
    page.get_by_role("button", name="English").click()
    page.locator("#rd-heading", has_text="Page 1 of 3").wait_for()
    there = page.get_by_role("radio", name="row We work together, column Agree", exact=True)
    expect(there).to_be_checked()
    expect(page.get_by_text("Think of your municipality.")).to_be_visible()


def test_a_browser_that_keeps_nothing_says_so(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE,)
    page = live_site.open(invited(survey_out()))
    page.context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full'); }"
    )
    begin(page)
    page.locator("#rd-banner", has_text="Dit apparaat kan uw antwoorden niet vasthouden").wait_for()
    choose(page, "Wij werken samen", "Eens")
    saved(page)


def test_answers_are_taken_back_and_the_browser_forgets_them(live_site, transactional_db):
    live_site.expected = (REFUSED_STYLE,)
    page = live_site.open(invited(survey_out()))
    begin(page)
    choose(page, "Wij werken samen", "Eens")
    saved(page)
    page.get_by_text("Trek mijn antwoorden in").first.click()
    page.get_by_role("button", name="Trek mijn antwoorden in").click()
    page.get_by_role("heading", name="Uw antwoorden zijn ingetrokken").wait_for()
    page.wait_for_function("Object.keys(localStorage).length === 0")
    assert AnswerEvent.objects.count() == 0


def test_without_scripts_a_questionnaire_without_routing_is_one_plain_page(
    live_site, transactional_db
):
    definition = {**DEFINITION, "pages": [DEFINITION["pages"][0], DEFINITION["pages"][2]]}
    survey = survey_out(definition)
    page = live_site.open(invited(survey), java_script_enabled=False)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("radio", name="Eens", exact=True).first.check()
    page.get_by_label("Wilt u nog iets kwijt?").fill("zonder")
    page.get_by_role("button", name="Insturen").click()
    page.get_by_role("heading", name="Dank u wel").wait_for()
    printed = page.get_by_text("Afgedrukt op")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    expect(printed).to_have_text(re.compile(r"Afgedrukt op \d+ [a-z]+ 20\d\d\."))
    expect(printed).to_be_visible()
    assert answers_of(survey) == {"zonder": {"F5": {"F5.1": 4}, "open": "zonder"}}


def test_without_scripts_a_questionnaire_with_routing_says_how_to_get_paper(
    live_site, transactional_db
):
    page = live_site.open(invited(survey_out()), java_script_enabled=False)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/vragenlijst/invullen/")
    expect(page.locator("noscript .rd-banner")).to_contain_text("een vragenlijst op papier")
