"""How tests read a report: its numbers, and the texts outside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"img", "br", "meta", "link", "hr"}
PROSE = {"p", "li"}


@dataclass
class TextNode:
    """A piece of text with the elements (tag and classes) around it, outermost first."""

    text: str
    around: tuple[tuple[str, frozenset[str]], ...]

    def inside(self, tag: str, css: str | None = None) -> bool:
        return any(t == tag and (css is None or css in classes) for t, classes in self.around)


@dataclass
class Paragraph:
    """A paragraph or list item as a reader sees it; each number counts as one word."""

    words: str = ""


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[TextNode] = []
        self.numbers: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.prose: list[Paragraph] = []
        self._around: list[tuple[str, frozenset[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("number:"):
            self.numbers.append(given["href"].removeprefix("number:"))
        if tag == "img":
            self.pictures.append((given["src"].removeprefix("picture:"), given["alt"]))
        if tag in PROSE:
            self.prose.append(Paragraph())
        if tag not in VOID:
            self._around.append((tag, frozenset(given.get("class", "").split())))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened, _ = self._around.pop()
            assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.nodes.append(TextNode(data, tuple(self._around)))
        if self.prose and any(tag in PROSE for tag, _ in self._around):
            self.prose[-1].words += data


def read(body: str) -> Reader:
    """Read the body of a report."""
    reader = Reader()
    reader.feed(body)
    reader.close()
    return reader


def sentences(paragraph: str) -> Iterator[str]:
    """Yield the sentences of a paragraph."""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z‘'])", " ".join(paragraph.split())):
        if sentence:
            yield sentence
