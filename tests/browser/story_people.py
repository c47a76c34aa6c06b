"""The thirty people of the story of a survey: who they are, and how ten of them answer."""

import re
from email.message import EmailMessage

from answering_pages import begin, cell, choose, hand_in, next_page, on, saved, usable
from playwright.sync_api import Page, expect

from fieldwork.mail_server import Postbox

PLACES = (("GM0003", "Appingedam"), ("GM0014", "Groningen"), ("GM0034", "Almere"))
N_PEOPLE = 30
DIRECTORS = frozenset({7, 8, 27, 28})
LINK = re.compile(r"https?://[^\s<>\"]+")
STEPS_CLEAR = "Het is duidelijk langs welke stappen de gemeente de verandering wil bereiken."
NO_PLAN = "De verandering overkomt ons; er zit geen plan achter."
OWN_MANNER = "De gemeentelijke organisatie past haar eigen werkwijze aan."
TABS_AT_MOST = 60


def mail_of(number: int) -> str:
    """Return the address of a person."""
    return f"p{number:02}@post.test"


def people_file() -> bytes:
    """Return the file with contacts that a researcher would have."""
    rows = ["gemeente;rol;naam;e-mail;taal"]
    for number in range(1, N_PEOPLE + 1):
        code, _name = PLACES[number % len(PLACES)]
        role = "D" if number in DIRECTORS else "U"
        rows.append(f"{code};{role};Persoon {number:02};{mail_of(number)};nl")
    return "\r\n".join(rows).encode("utf-8-sig")


def mails_to(postbox: Postbox, number: int) -> list[EmailMessage]:
    """Return the mails that a person got."""
    return [mail for address, mail in postbox.mails if address == mail_of(number)]


def links_in(mail: EmailMessage) -> list[str]:
    """Return every address in a mail: in its words, in its HTML, and in its headers."""
    bodies = [mail.get_body((kind,)) for kind in ("plain", "html")]
    words = " ".join(body.get_content() for body in bodies if body is not None)
    return sorted(set(LINK.findall(f"{words} {mail['List-Unsubscribe']}")))


def link_of(mail: EmailMessage, part: str = "/vragenlijst/") -> str:
    """Return the one link of a mail that leads to a questionnaire, or to another part."""
    (found,) = [link for link in links_in(mail) if part in link]
    return found


def first_page(page: Page, answer: str = "Eens") -> None:
    """Answer the statements of the first page."""
    choose(page, STEPS_CLEAR, answer)
    if cell(page, NO_PLAN, "Oneens").count():
        choose(page, NO_PLAN, "Oneens")


def rest(page: Page, words: str) -> None:
    """From the second page to the end."""
    choose(page, OWN_MANNER, "Weet ik niet")
    next_page(page, "Pagina 3 van 3")
    page.get_by_label("Wat zou helpen?").fill(words)
    hand_in(page)


def all_of_it(page: Page, words: str) -> None:
    """Answer from the welcome to the thanks."""
    begin(page)
    first_page(page)
    next_page(page, "Pagina 2 van 3")
    rest(page, words)


def into_the_tunnel(page: Page) -> None:
    """Begin, lose the connection, and go on."""
    begin(page)
    page.context.set_offline(True)
    first_page(page)
    page.locator("#rd-banner", has_text="Geen verbinding").wait_for()
    expect(page.locator("#rd-saved")).to_have_text("Staat op dit apparaat")
    next_page(page, "Pagina 2 van 3")
    choose(page, OWN_MANNER, "Eens")


def out_of_the_tunnel(page: Page) -> None:
    """Find the connection again, and hand in what was answered without it."""
    page.context.set_offline(False)
    page.locator("#rd-banner", has_text="weer verbinding").wait_for(timeout=40_000)
    saved(page)
    next_page(page, "Pagina 3 van 3")
    page.get_by_label("Wat zou helpen?").fill("trein")
    hand_in(page)
    assert page.evaluate("Object.keys(localStorage).length") == 0


def half_way(page: Page) -> str:
    """Answer the first page, note the code, and close the browser."""
    begin(page)
    first_page(page)
    page.get_by_text("Later of op een ander apparaat verdergaan").click()
    code = page.locator("#rd-code").inner_text()
    saved(page)
    page.context.close()
    return code


def elsewhere(page: Page, code: str) -> None:
    """Go on with the code on another device."""
    page.get_by_label("Uw code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Ga verder").click()
    usable(page)
    assert cell(page, STEPS_CLEAR, "Eens").is_checked()
    next_page(page, "Pagina 2 van 3")
    rest(page, "elders")


def keyboard_alone(page: Page) -> None:
    """Answer without a pointer."""
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    usable(page)
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "#rd-next")
    page.keyboard.press("Enter")
    page.locator("#rd-heading:focus", has_text="Pagina 2 van 3").wait_for()
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#rd-next")
    page.keyboard.press("Enter")
    page.locator("#rd-heading:focus", has_text="Pagina 3 van 3").wait_for()
    tab_to(page, "textarea")
    page.keyboard.type("toetsen")
    tab_to(page, "#rd-next")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dank u wel").wait_for(timeout=30_000)


def tab_to(page: Page, what: str) -> None:
    """Press Tab until what has the focus matches a selector."""
    for _press in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"the keyboard does not reach {what}")


def stops_half_way(page: Page) -> None:
    """Answer the first page and never come back."""
    begin(page)
    first_page(page, "Oneens")
    page.locator("#rd-next").click()
    on(page, "Pagina 2 van 3")
    saved(page)
    page.context.close()
