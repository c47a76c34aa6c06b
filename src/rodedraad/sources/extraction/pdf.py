"""What is the text of a PDF, and on which page stands each paragraph?"""

import re
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from rodedraad.sources.extraction.cleaning import blocks_of, characters_notice, text_clean
from rodedraad.sources.extraction.forms import encrypted_refusal
from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.extraction.model import ExtractionRefused, Options, Passage
from rodedraad.sources.extraction.packed import damaged_refusal

HYPHEN = "\ufffe"
BROKEN = re.compile(rf"(\w+){HYPHEN}(\w+)")
AND_OR = frozenset({"en", "of"})
ENDS = (".", "!", "?", ":", ";", "”", '"', ")")
SHORT = 0.8


def pdf_read(
    content: bytes, _options: Options
) -> tuple[str, list[Passage], list[Mapping[str, Any]]]:
    """Return the text of all pages, the paragraphs with their pages, and what is unsure.

    Lines stay as they stand on the page. A word that was broken at the end of a line is joined
    when the document has it whole elsewhere, and keeps its hyphen when not. A paragraph ends at an
    empty line, and after a line that ends a sentence before the margin.
    """
    pages, labels = _pages(content)
    known = frozenset(re.findall(r"\w+", " ".join(pages).lower()))
    parts: list[str] = []
    passages: list[Passage] = []
    at = left_out = joined = kept = 0
    for page, label in zip(pages, labels, strict=True):
        whole = [_joins(found[1], found[2], known) for found in BROKEN.finditer(page)]
        joined, kept = joined + sum(whole), kept + len(whole) - sum(whole)
        page_text, n = text_clean(_hyphens_mend(page, known))
        page_text = "\n".join(line.rstrip() for line in page_text.split("\n")).strip("\n")
        left_out += n
        passages += _on_page(page_text, at, label)
        parts.append(page_text)
        at += len(page_text) + 1
    if not passages:
        raise ExtractionRefused(
            f"There is no text on the {len(pages)} pages of this PDF: they are pictures. Have the "
            "text recognised (OCR) by a scanner or PDF program, and add the result.",
            code="file_without_text",
            pages=len(pages),
        )
    empty = sum(not part for part in parts)
    counts = {"pages_without_text": empty, "hyphens_joined": joined, "hyphens_kept": kept}
    notices: list[Mapping[str, Any]] = [{"code": code, "n": n} for code, n in counts.items() if n]
    return "\n".join(parts), passages, [*notices, *characters_notice(left_out)]


def _pages(content: bytes) -> tuple[list[str], list[str]]:
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
    return list(_texts(document)), [document.get_page_label(i) or str(i + 1) for i in range(n)]


def _texts(document: Any) -> Iterator[str]:
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_range(errors="ignore")
        except pypdfium2.PdfiumError as fault:
            raise damaged_refusal() from fault
        page.close()
        length += len(text)
        if length > 2 * LIMITS.characters:
            return
        yield text


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


def _on_page(text: str, at: int, label: str) -> list[Passage]:
    return [
        Passage(at + start, at + end, "text", f"p. {label}"[:120])
        for block in blocks_of(text)
        for start, end in _paragraphs(text, *block)
    ]


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
