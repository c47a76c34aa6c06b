"""Whether the pages of the site itself look and work right for everyone."""

import re
from collections.abc import Callable

from allauth.account.forms import default_token_generator
from live_pages import LiveSite
from page_checks import axe_violations, faults_everywhere
from playwright.sync_api import Page, expect

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person

OPEN_PATHS = ["/", "/toegankelijkheid", "/beveiliging", "/account/inloggen"]
SIGNED_IN_PATHS = [
    "/",
    "/account/app/",
    "/account/app/totp/deactivate/",
    "/account/wachtwoord",
    "/account/uitloggen",
    "/beheer/accounts",
    "/beheer/accounts/nieuw",
    "/beheer/audit",
    "/nergens",
]


def faults_of(page: Page, paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = faults_everywhere(page)
    return {path: faults for path, faults in found.items() if faults}


def test_open_pages_are_accessible(live_site: LiveSite) -> None:
    assert faults_of(live_site.open(), OPEN_PATHS) == {}


def test_pages_for_an_administrator_are_accessible(
    live_site: LiveSite, administrator: Person
) -> None:
    live_site.expected = ("404",)
    other = Person.objects.create_user("collega@voorbeeld.test", name="Een collega met een naam")
    audit_record(person=administrator, action="signed_in", object="person 1", origin="127.0.0.1")
    page = live_site.open(person=administrator)
    assert faults_of(page, [*SIGNED_IN_PATHS, f"/beheer/accounts/{other.pk}"]) == {}


def test_pages_for_someone_without_an_app_are_accessible(
    live_site: LiveSite, transactional_db: None
) -> None:
    newcomer = Person.objects.create_user("nieuw@voorbeeld.test", "een-lang-wachtwoord")
    page = live_site.open(person=newcomer)
    assert faults_of(page, ["/account/app/totp/activate/", "/account/nogmaals"]) == {}


def test_the_skip_link_comes_first_and_leads_to_the_content(live_site: LiveSite) -> None:
    page = live_site.open("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_keyboard_visits_every_control_in_the_order_of_the_page(
    signed_in_page: Callable[..., Page],
) -> None:
    page = signed_in_page("/beheer/accounts")
    names = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate("(document.activeElement.textContent || '').trim().slice(0, 30)")
        if page.evaluate("document.activeElement === document.body"):
            break
        names.append(name)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), (
            f"the focus on {name} cannot be seen"
        )
    wanted = ["Naar de inhoud", "Rode Draad", "English", "Beheer", "Beheer", "Uitloggen"]
    assert names[: len(wanted)] == wanted
    assert names.index("Account maken") < names.index("Logboek") < names.index("Toegankelijkheid")


def test_a_form_with_errors_says_so_in_title_summary_and_field(
    signed_in_page: Callable[..., Page],
) -> None:
    page = signed_in_page("/beheer/accounts/nieuw")
    page.get_by_label("E-mailadres").fill("geen adres")
    page.get_by_role("button", name="Account maken").click()
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.get_by_role("alert")).to_be_focused()
    field = page.get_by_label("E-mailadres")
    expect(field).to_have_attribute("aria-invalid", "true")
    described_by = field.get_attribute("aria-describedby")
    texts = [page.locator(f"#{name}").inner_text() for name in described_by.split()]
    assert any(text.startswith("Fout:") for text in texts)
    assert axe_violations(page) == []
    page.get_by_role("alert").get_by_role("link", name="E-mailadres").click()
    expect(field).to_be_focused()


def test_the_language_changes_and_stays_changed(live_site: LiveSite) -> None:
    page = live_site.open("/toegankelijkheid", locale="en-GB")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_an_account_is_made_with_a_link_that_works_once(
    live_site: LiveSite, signed_in_page: Callable[..., Page]
) -> None:
    page = signed_in_page("/beheer/accounts/nieuw")
    page.get_by_label("Naam").fill("Nieuwe collega")
    page.get_by_label("E-mailadres").fill("nieuw@voorbeeld.test")
    page.get_by_role("button", name="Account maken").click()
    address = page.locator("code").inner_text()

    other = live_site.open(address.removeprefix(live_site.url))
    assert axe_violations(other) == []
    for label in ("Nieuw wachtwoord", "Nieuw wachtwoord, nog eens"):
        other.get_by_label(label, exact=True).fill("groene-fiets-in-maart")
    other.get_by_role("button", name="Wachtwoord instellen").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Uw wachtwoord is ingesteld")
    assert Person.objects.get(email="nieuw@voorbeeld.test").check_password("groene-fiets-in-maart")

    other.goto(address)
    expect(other.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")


def test_a_password_link_is_for_one_person(transactional_db: None) -> None:
    first, second = (Person.objects.create_user(f"{n}@voorbeeld.test", "x") for n in "ab")
    assert not default_token_generator.check_token(
        second, default_token_generator.make_token(first)
    )
