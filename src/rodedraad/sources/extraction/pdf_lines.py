"""Which lines has a page of a PDF, which are a heading, and which return on page after page?

Conservative: what is not surely a heading or a running line is text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pypdfium2.raw import FPDFText_GetFontSize

EDGE = 3
PAGES_AT_LEAST = 3
SHARE_AT_LEAST = 0.3
LARGER = 1.15
HEADING_CHARACTERS = 150
HEADING_LINES = 4
SIZE_UNKNOWN = 1.0
DIGITS = 6
NUMBER = re.compile(r"\d+")
LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on a page, and the size of its letters; 0 when that is not known.

    ``start`` is the number of its first character on the page; null when that is not known.
    """

    text: str
    size: float = 0.0
    start: int | None = None


def page_lines(page: Any) -> list[Line]:
    """Return the lines of the text of a page, in the order in which the PDF has them."""
    text = page.get_text_range(errors="ignore")
    counted = page.count_chars() == len(text)
    lines: list[Line] = []
    at = 0
    for words in text.split("\r\n"):
        size = _size(page, words, at) if counted and words.strip() else 0.0
        lines.append(Line(words, size, at if counted else None))
        at += len(words) + 2
    return lines


def _size(page: Any, words: str, at: int) -> float:
    """Return the size of the first, middle and last letter when these are the same."""
    letters = [n for n, letter in enumerate(words) if letter.isalpha()]
    if not letters:
        return 0.0
    places = {letters[0], letters[len(letters) // 2], letters[-1]}
    sizes = {round(FPDFText_GetFontSize(page.raw, at + place), 1) for place in places}
    size = sizes.pop()
    return 0.0 if sizes or size <= SIZE_UNKNOWN else size


def running_lines(pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """Return for each page the numbers of its lines that are a header, footer or page number.

    Such a line is among the first or last three of its page (fewer where the page has few), and
    returns there on a third of the pages: with the same words, or with the same words and one
    number that counts with the pages.
    """
    keys = [_edge_keys(lines, at) for at, lines in enumerate(pages)]
    counts = Counter(key for found in keys for key in set().union(*found.values()))
    n_pages = sum(any(line.text.strip() for line in lines) for lines in pages)
    least = max(PAGES_AT_LEAST, SHARE_AT_LEAST * n_pages)
    return [
        {n for n, own in found.items() if any(counts[key] >= least for key in own)}
        for found in keys
    ]


def _edge_keys(lines: Sequence[Line], page: int) -> dict[int, set[str]]:
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    edge = min(EDGE, len(filled) // EDGE)
    if not edge:
        return {}
    return {n: _keys(lines[n].text, page) for n in [*filled[:edge], *filled[-edge:]]}


def _keys(text: str, page: int) -> set[str]:
    """Return under which names a line may return: its words, or with a number set to page 0."""
    words = " ".join(text.split())
    numbers = [found for found in NUMBER.finditer(words) if len(found[0]) < DIGITS]
    counting = {
        f"{words[: found.start()]}#{int(found[0]) - page}#{words[found.end() :]}"
        for found in (*numbers[:1], *numbers[-1:])
    }
    return {words, *counting}


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the size in which most letters stand; 0 when it is not known."""
    counts: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            counts[line.size] += len(line.text)
    del counts[0.0]
    return counts.most_common(1)[0][0] if counts else 0.0


def headings(lines: Sequence[Line], body: float) -> list[bool]:
    """Tell of each line whether it is a heading: short, and larger than the body by far."""
    found: list[bool] = []
    for large, group in groupby(lines, key=lambda line: bool(body) and line.size >= LARGER * body):
        block = list(group)
        words = " ".join(line.text for line in block)
        short = len(words) <= HEADING_CHARACTERS and len(block) <= HEADING_LINES
        found += [large and short and bool(LETTERS.search(words))] * len(block)
    return found
