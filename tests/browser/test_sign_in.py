"""Whether one gets in with a password and a second key, and with nothing less."""

import re

import pytest
from browser_sign_in import PASSWORD
from live_pages import LiveSite
from page_checks import axe_violations
from playwright.sync_api import Page, expect

from rodedraad.accounts.first_sign_in import first_sign_in, totp_code
from rodedraad.accounts.models import AuditEvent, Person


def type_sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


def test_the_first_administrator_signs_in_with_password_and_code(
    home: object, live_site: LiveSite
) -> None:
    sign_in = first_sign_in()
    page = live_site.open("/account/inloggen")
    type_sign_in(page, sign_in.email, sign_in.password)
    expect(page.get_by_role("heading", level=1)).to_have_text("Code van uw app")
    assert axe_violations(page) == []
    page.get_by_label("Code").fill(totp_code(sign_in.totp_secret))
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()
    page.goto("/beheer/accounts")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("status")).to_contain_text("U bent uitgelogd")
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", "result"))
    assert actions == [("account_created", "done"), ("signed_in", "done"), ("signed_out", "done")]


def test_a_wrong_password_and_a_wrong_code_are_refused_and_recorded(
    live_site: LiveSite, administrator: Person
) -> None:
    page = live_site.open("/account/inloggen")
    type_sign_in(page, administrator.email, "geheim-dat-niet-klopt")
    expect(page.get_by_role("alert")).to_contain_text("klopt niet")
    expect(page).to_have_title(re.compile("^Fout: "))
    assert axe_violations(page) == []
    type_sign_in(page, administrator.email, PASSWORD)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    page.goto("/beheer/accounts")
    expect(page.get_by_role("heading", level=1)).to_have_text("Code van uw app")
    events = list(AuditEvent.objects.order_by("pk").values_list("action", "result", "person"))
    assert events == [
        ("signed_in", "wrong password", None),
        ("signed_in", "wrong code", None),
    ]


def test_a_newcomer_links_an_app_before_anything_else(
    live_site: LiveSite, transactional_db: None
) -> None:
    Person.objects.create_user("nieuw@voorbeeld.test", PASSWORD)
    page = live_site.open("/account/inloggen")
    type_sign_in(page, "nieuw@voorbeeld.test", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Koppel uw app")
    for path in ("/", "/account/wachtwoord", "/account/app/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Koppel uw app")
    secret = page.locator("code").inner_text()
    expect(page.get_by_role("img", name="Plaatje met de sleutel")).to_be_visible()
    page.get_by_label("Code van uw app").fill(totp_code(secret))
    page.get_by_role("button", name="App koppelen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    assert page.locator(".rd-codes li").count() == 10
    assert axe_violations(page) == []
    page.get_by_role("link", name="Ik heb de codes bewaard").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("rode draad")


def test_the_limit_on_sign_in_holds(live_site: LiveSite, administrator: Person) -> None:
    page = live_site.open("/account/inloggen")
    for attempt in range(5):
        type_sign_in(page, administrator.email, f"gok-{attempt}")
    type_sign_in(page, administrator.email, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("te vaak")


@pytest.mark.parametrize("path", ["/beheer/accounts", "/beheer/audit"])
def test_pages_of_administrators_are_closed_to_others(
    live_site: LiveSite, administrator: Person, path: str
) -> None:
    live_site.expected = ("403",)
    Person.objects.filter(pk=administrator.pk).update(is_administrator=False)
    page = live_site.open(path, person=administrator)
    expect(page.get_by_role("heading", level=1)).to_have_text("U mag deze pagina niet zien")
