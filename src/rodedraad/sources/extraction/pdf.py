"""What is the text of a PDF, and on which page stands each paragraph?"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from rodedraad.sources.extraction.cleaning import (
    blocks_of,
    characters_notice,
    passages_cut,
    text_clean,
    too_long_refusal,
)
from rodedraad.sources.extraction.forms import encrypted_refusal
from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.extraction.model import ExtractionRefused, Found, Options, Passage
from rodedraad.sources.extraction.packed import damaged_refusal
from rodedraad.sources.extraction.pdf_lines import Line, body_size, headings, running_lines
from rodedraad.sources.extraction.pdf_tables import PageRead, page_read

HYPHEN = "\ufffe"
BROKEN = re.compile(rf"(\w+){HYPHEN}(\w+)")
AND_OR = frozenset({"en", "of"})
ENDS = (".", "!", "?", ":", ";", "”", '"', ")")
SHORT = 0.8
SAID = 5
SAID_CHARACTERS = 80


def pdf_read(content: bytes, options: Options) -> Found:
    """Return the text of all pages, the paragraphs with their pages, and what is unsure.

    Lines stay as they stand on the page. Headers, footers and page numbers go out, and a notice
    has their words. A word that was broken at the end of a line is joined when the document has it
    whole elsewhere, and keeps its hyphen when not. A paragraph ends at an empty line, at a
    heading, and after a line that ends a sentence before the margin.
    """
    pages, labels = _pages(content, tables=options.tables)
    known = frozenset(re.findall(r"\w+", " ".join(_words(pages)).lower()))
    running = running_lines([page.lines for page in pages])
    body = body_size([page.lines for page in pages])
    parts: list[str] = []
    passages: list[Passage] = []
    at = left_out = joined = kept = 0
    for page, label, gone in zip(pages, labels, running, strict=True):
        whole = [
            _joins(found[1], found[2], known)
            for line in page.lines
            for found in BROKEN.finditer(line.text)
        ]
        joined, kept = joined + sum(whole), kept + len(whole) - sum(whole)
        lines, n = _cleaned(page.lines, gone, known)
        left_out += n
        blocks = [*_blocks(lines, body), *((row, "table") for row in page.rows)]
        found, words = _on_page(blocks, at, f"p. {label}"[:120])
        passages += found
        parts.append(words)
        at += len(words) + 1
    if not passages:
        raise ExtractionRefused(
            f"There is no text on the {len(pages)} pages of this PDF: they are pictures. Have the "
            "text recognised (OCR) by a scanner or PDF program, and add the result.",
            code="pdf_without_text",
            pages=len(pages),
        )
    notices = _running_notice(pages, running)
    counts = {
        "pages_without_text": sum(not part for part in parts),
        "hyphens_joined": joined,
        "hyphens_kept": kept,
        "tables_found": sum(page.n_tables for page in pages),
        "tables_unsure": sum(page.is_unsure for page in pages),
    }
    notices += [{"code": code, "n": n} for code, n in counts.items() if n]
    return "\n".join(parts), passages, [*notices, *characters_notice(left_out)]


def _words(pages: Sequence[PageRead]) -> Iterator[str]:
    return (line.text for page in pages for line in page.lines)


def _running_notice(
    pages: Sequence[PageRead], running: Sequence[set[int]]
) -> list[Mapping[str, Any]]:
    """Return the notice that headers and footers went out, with the words of the most frequent."""
    said = Counter(
        " ".join(page.lines[n].text.split())
        for page, gone in zip(pages, running, strict=True)
        for n in gone
    )
    if not said:
        return []
    most = [words[:SAID_CHARACTERS] for words, _ in said.most_common(SAID)]
    return [{"code": "running_left_out", "n": said.total(), "words": " | ".join(most)}]


def _cleaned(
    lines: Sequence[Line], gone: set[int], known: frozenset[str]
) -> tuple[list[Line], int]:
    """Return the lines that stay, their hyphens mended and cleaned, and what was left out."""
    kept: list[Line] = []
    left_out = 0
    for at, line in enumerate(lines):
        if at in gone:
            continue
        words, n = text_clean(_hyphens_mend(line.text, known))
        left_out += n
        kept += [Line(part.rstrip(), line.size) for part in words.split("\n")]
    return kept, left_out


def _pages(content: bytes, *, tables: bool) -> tuple[list[PageRead], list[str]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        if getattr(fault, "err_code", None) == FPDF_ERR_PASSWORD:
            raise encrypted_refusal() from fault
        raise damaged_refusal() from fault
    n = len(document)
    if n > LIMITS.pages:
        raise ExtractionRefused(
            f"The PDF has {n:,} pages; {LIMITS.pages:,} is the most that one source may have. "
            "Split it, and add the parts.",
            code="file_too_many_pages",
            pages=n,
            most=LIMITS.pages,
        )
    return list(_read(document, tables=tables)), [
        document.get_page_label(i) or str(i + 1) for i in range(n)
    ]


def _read(document: Any, *, tables: bool) -> Iterator[PageRead]:
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            read = page_read(page, tables=tables)
        except pypdfium2.PdfiumError as fault:
            raise damaged_refusal() from fault
        page.close()
        length += sum(len(line.text) for line in read.lines) + sum(map(len, read.rows))
        if length > 2 * LIMITS.characters:
            raise too_long_refusal()
        yield read


def _joins(first: str, second: str, known: frozenset[str]) -> bool:
    """Tell whether a word broken in two is one word: it stands whole elsewhere in the document."""
    return (first + second).lower() in known


def _hyphens_mend(page: str, known: frozenset[str]) -> str:
    def mended(found: re.Match[str]) -> str:
        first, second = found[1], found[2]
        if _joins(first, second, known):
            return first + second
        return f"{first}- {second}" if second in AND_OR else f"{first}-{second}"

    return BROKEN.sub(mended, page).replace(HYPHEN, "-")


def _blocks(lines: Sequence[Line], body: float) -> Iterator[tuple[str, str]]:
    """Give the headings and the paragraphs of a page with their kinds, in order."""
    kinds = headings(lines, body)
    for heading, group in groupby(zip(lines, kinds, strict=True), key=lambda pair: pair[1]):
        text = "\n".join(line.text for line, _ in group)
        for start, end in blocks_of(text):
            if heading:
                yield text[start:end], "heading"
            else:
                parts = (text[first:last] for first, last in _paragraphs(text, start, end))
                yield from ((words.strip(), "text") for words in parts if words.strip())


def _on_page(blocks: Sequence[tuple[str, str]], at: int, label: str) -> tuple[list[Passage], str]:
    """Return the passages of a page, whose text begins at ``at``, and that text."""
    passages: list[Passage] = []
    here = at
    for words, kind in blocks:
        passages += passages_cut(words, Passage(here, here + len(words), kind, label))
        here += len(words) + 1
    return passages, "\n".join(words for words, _ in blocks)


def _paragraphs(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a block of lines after each that ends a sentence well before the margin."""
    lines = text[start:stop].split("\n")
    usual = median(len(line) for line in lines) if len(lines) > 2 else 0
    at = start
    for line in lines:
        end = at + len(line)
        if line.endswith(ENDS) and len(line) < SHORT * usual:
            yield start, end
            start = end + 1
        at = end + 1
    if start < stop:
        yield start, stop
