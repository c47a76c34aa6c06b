"""The site on a port of its own, and pages of a browser on it."""

from django.conf import settings
from django.test import Client
from page_checks import WIDE
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from rodedraad.accounts.models import Person


class LiveSite:
    """Opens pages and collects in ``complaints`` what breaks in them.

    That is: errors in the console and in scripts. A text in ``expected`` is no complaint.
    ``patience`` is how many milliseconds a page gets for each step.
    """

    def __init__(self, url: str, browser: Browser) -> None:
        self.url = url
        self.browser = browser
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        self.patience = 10_000
        self._contexts: list[BrowserContext] = []

    def open(
        self,
        path: str = "/",
        *,
        person: Person | None = None,
        viewport: dict[str, int] = WIDE,
        dark: bool = False,
        **options: object,
    ) -> Page:
        """Open a path, signed in as ``person`` when one is given."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        self._contexts.append(context)
        if person is not None:
            context.add_cookies([self._session_cookie(person)])
        page = context.new_page()
        page.set_default_timeout(self.patience)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        expected = any(part in message.text for part in self.expected)
        if message.type == "error" and not expected:
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _session_cookie(self, person: Person) -> dict[str, str]:
        client = Client()
        client.force_login(person)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}
