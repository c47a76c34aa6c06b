"""How tests read a page about the country: its links, its tables, its text."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from django.test import Client


@dataclass
class Page:
    """What a test asks of a page."""

    status: int
    html: str
    links: list[tuple[str, str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as it is read: without tags, signs as such, single blanks."""
        blocks = re.sub(r"</?(a|span|strong)\b[^>]*>", "", self.html)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", blocks)))

    def hrefs(self, css: str = "") -> list[str]:
        """The addresses of the links, of one class when given."""
        return [href for href, classes, _text in self.links if not css or css in classes.split()]

    def row(self, title: str) -> list[str]:
        """The cells of the first table row that begins with this text."""
        return next(row for row in self.rows if row[0].startswith(title))


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.link: list[str] | None = None
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.link = [given["href"], given.get("class", ""), ""]
        if tag == "tr":
            self.page.rows.append([])
        if tag in {"td", "th"}:
            self.cell = []
        if tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_data(self, data: str) -> None:
        if self.link is not None:
            self.link[2] += data
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link is not None:
            self.page.links.append((self.link[0], self.link[1], self.link[2].strip()))
            self.link = None
        if tag in {"td", "th"} and self.cell is not None:
            self.page.rows[-1].append(re.sub(r"\s+", " ", "".join(self.cell)).strip())
            self.cell = None


def page_at(address: str, *, language: str = "") -> Page:
    """Get a page without signing in; no test here may use the database, so no page does."""
    client = Client(SERVER_NAME="localhost")
    if language:
        client.cookies["django_language"] = language
    answer = client.get(address)
    page = Page(answer.status_code, answer.content.decode())
    _Reader(page).feed(page.html)
    return page
