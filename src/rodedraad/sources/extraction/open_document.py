"""What is the text of an ODT: its body in order, tables, notes, headings?"""

from collections.abc import Iterator, Mapping
from typing import Any

from rodedraad.sources.extraction.cleaning import found_from
from rodedraad.sources.extraction.forms import encrypted_refusal
from rodedraad.sources.extraction.model import Found, Options, Piece
from rodedraad.sources.extraction.packed import Packed, damaged_refusal

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
NOTE = f"{TEXT}note"
BOX = f"{DRAW}text-box"
COMMENTS = (f"{OFFICE}annotation", f"{OFFICE}annotation-end")
PASSED = frozenset({NOTE, BOX, *COMMENTS, f"{TEXT}tracked-changes"})
LINES = (f"{TEXT}p", f"{TEXT}h")
SPACES_AT_MOST = 1000


def open_document_read(content: bytes, _options: Options) -> Found:
    """Return the paragraphs of a document in the order of its body, then its notes.

    A row of a table is one paragraph, its cells apart by tabs. Deleted text of tracked changes
    and comments are left out, and the notices say so.
    """
    packed = Packed(content, "odt")
    manifest = packed.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
        raise encrypted_refusal()
    body = packed.xml("content.xml").find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise damaged_refusal()
    notes = [
        Piece("\n".join(_words(line) for line in note.iter(*LINES)), "footnote", str(number))
        for number, note in enumerate(body.iter(NOTE), start=1)
    ]
    return found_from([*_blocks(body), *notes], _notices(packed, body))


def _blocks(parent: Any) -> Iterator[Piece]:
    for node in parent:
        if node.tag in LINES:
            yield Piece(_words(node), "heading" if node.tag == f"{TEXT}h" else "text")
            for box in node.iter(BOX):
                if next(box.iterancestors(*LINES)) is node:
                    yield from _blocks(box)
        elif node.tag == f"{TABLE}table":
            for row in node.iter(f"{TABLE}table-row"):
                if next(row.iterancestors(f"{TABLE}table")) is node:
                    yield Piece("\t".join(_cells(row)), "table")
        elif node.tag == BOX or node.tag not in PASSED:
            yield from _blocks(node)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter(f"{TABLE}table-cell"):
        if next(cell.iterancestors(f"{TABLE}table-row")) is row:
            lines = (" ".join(_words(line).split()) for line in cell.iter(*LINES))
            yield " ".join(line for line in lines if line)


def _words(paragraph: Any) -> str:
    """Return what stands in a paragraph: spaces are collapsed, as the format says."""
    parts: list[str] = []
    _words_add(paragraph, parts)
    return "".join(parts)


def _words_add(node: Any, parts: list[str]) -> None:
    if node.text:
        parts.append(_collapsed(node.text, parts))
    for child in node:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c", "1")), SPACES_AT_MOST))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag not in PASSED:
            _words_add(child, parts)
        if child.tail:
            parts.append(_collapsed(child.tail, parts))


def _collapsed(text: str, before: list[str]) -> str:
    words = " ".join(text.split())
    starts = " " if text[0].isspace() and not (before and before[-1].endswith(" ")) else ""
    ends = " " if words and text[-1].isspace() else ""
    return starts + words + ends


def _notices(packed: Packed, body: Any) -> list[Mapping[str, Any]]:
    counts = {
        "deleted_left_out": sum(1 for _ in body.iter(f"{TEXT}deletion")),
        "comments_left_out": sum(1 for _ in body.iter(COMMENTS[0])),
        "pictures_left_out": sum(name.startswith("Pictures/") for name in packed.names),
        "embedded_left_out": packed.n_embedded,
    }
    return [{"code": code, "n": n} for code, n in counts.items() if n]
