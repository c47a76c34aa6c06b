"""How tests drive the pages in a real Chromium.

See ``page_checks`` for what every page is checked for and ``live_pages`` for what opens a page.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from browser_sign_in import PASSWORD
from django.core.cache import cache
from live_pages import LiveSite
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from rodedraad.accounts.models import Person

# Playwright keeps an event loop in this thread; Django would refuse to ask the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


# Without these, Chromium asks for hosts on the internet at every start.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str | None:
    """Return the Chromium to use: ``CHROMIUM``, else one on the path; None for Playwright's own."""
    named = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return named or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one Chromium for the whole run. Without one: skip, but fail where ``CI`` is set."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS
            )
        except PlaywrightError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no Chromium: {error.message.splitlines()[0]}")
        expect.set_options(timeout=10_000)  # as long as a page waits: a busy machine is slow
        yield started
        started.close()


@pytest.fixture
def live_site(live_server: object, browser: Browser) -> Iterator[LiveSite]:
    """Give the running site; nothing in it may complain in the console."""
    cache.clear()
    site = LiveSite(str(live_server), browser)
    yield site
    site.close()
    assert site.complaints == []


@pytest.fixture
def administrator(transactional_db: None) -> Person:
    """Give an administrator with a password and a linked authenticator app."""
    person = Person.objects.create_user(
        "beheer@voorbeeld.test", PASSWORD, name="Beheer", is_administrator=True
    )
    TOTP.activate(person, generate_totp_secret())
    return person


@pytest.fixture
def signed_in_page(live_site: LiveSite, administrator: Person) -> Callable[..., Page]:
    """Give a function that opens a path as an administrator; options as ``LiveSite.open``."""

    def open_signed_in(path: str = "/", **options: object) -> Page:
        return live_site.open(path, person=administrator, **options)

    return open_signed_in
