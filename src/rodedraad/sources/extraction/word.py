"""What is the text of a DOCX: its body in order, tables, footnotes, headings?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from rodedraad.sources.extraction.cleaning import found_from
from rodedraad.sources.extraction.model import Found, Options, Piece
from rodedraad.sources.extraction.packed import Packed, damaged_refusal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PASSED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", FALLBACK})
BOXES = f"{W}txbxContent"
SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "",
}
HEADING_NAME = re.compile(r"(heading|kop)\s*\d|title|titel", re.IGNORECASE)
NOTES = (("word/footnotes.xml", f"{W}footnote"), ("word/endnotes.xml", f"{W}endnote"))
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OF_FONT_ONLY = 0xE000
SURROGATES = range(0xD800, 0xE000)
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,4}")
EXTERNAL_IS_PLAIN = "/hyperlink"


def word_read(content: bytes, _options: Options) -> Found:
    """Return the paragraphs of a document in the order of its body, then its notes.

    A row of a table is one paragraph, its cells apart by tabs. Deleted text of tracked changes,
    comments, headers and footers are left out, and the notices say so.
    """
    packed = Packed(content, "docx")
    body = packed.xml("word/document.xml").find(f"{W}body")
    if body is None:
        raise damaged_refusal()
    headings = _heading_styles(packed)
    pieces = list(_blocks(body, headings))
    for name, tag in NOTES:
        pieces += _notes(packed.xml(name), tag)
    return found_from(pieces, _notices(packed, body))


def _blocks(parent: Any, headings: set[str]) -> Iterator[Piece]:
    """Give the paragraphs and rows under ``parent``, whatever wraps them."""
    for node in parent:
        if node.tag == f"{W}p":
            yield Piece(_words(node), _kind(node, headings))
            for box in _boxes(node):
                yield from _blocks(box, headings)
        elif node.tag == f"{W}tbl":
            for row in node.iter(f"{W}tr"):
                if next(row.iterancestors(f"{W}tbl")) is node:
                    yield Piece("\t".join(_cells(row)), "table")
        elif node.tag not in PASSED:
            yield from _blocks(node, headings)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is row:
            lines = (_words(line).strip() for line in cell.iter(f"{W}p"))
            yield " ".join(" ".join(line.split()) for line in lines if line)


def _words(paragraph: Any) -> str:
    """Return what stands in a paragraph, without its text boxes and deleted text."""
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag in PASSED or node.tag == BOXES:
            continue
        if node.tag in {f"{W}t", f"{MATH}t"}:
            parts.append(node.text or "")
        elif node.tag == f"{W}sym":
            parts.append(_symbol(node))
        elif node.tag in SIGNS and node.getparent().tag == f"{W}r":
            parts.append(SIGNS[node.tag])
        else:
            waiting.extend(reversed(node))
    return "".join(parts)


def _symbol(node: Any) -> str:
    """Return the character of a symbol; none for one that only its font knows."""
    written = node.get(f"{W}char", "")
    number = int(written, 16) if HEXADECIMAL.fullmatch(written) else 0
    return chr(number) if 31 < number < OF_FONT_ONLY and number not in SURROGATES else ""


def _boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(BOXES):
        passed = any(above.tag in PASSED for above in box.iterancestors())
        if not passed and next(box.iterancestors(f"{W}p")) is paragraph:
            yield box


def _kind(paragraph: Any, headings: set[str]) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    is_heading = (style is not None and style.get(f"{W}val") in headings) or _is_level(level)
    return "heading" if is_heading else "text"


def _is_level(level: Any) -> bool:
    return level is not None and level.get(f"{W}val", "9") in set("012345678")


def _heading_styles(packed: Packed) -> set[str]:
    """Return the keys of the styles that are headings, or rest on one that is."""
    root = packed.xml("word/styles.xml")
    found: set[str] = set()
    if root is None:
        return found
    rests_on: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
        rests_on[key] = "" if base is None else base.get(f"{W}val", "")
        named = name is not None and HEADING_NAME.match(name.get(f"{W}val", ""))
        if named or _is_level(style.find(f"{W}pPr/{W}outlineLvl")):
            found.add(key)
    for _ in range(10):
        found |= {key for key, base in rests_on.items() if base in found}
    return found


def _notes(root: Any, tag: str) -> list[Piece]:
    if root is None:
        return []
    notes = [note for note in root.iter(tag) if note.get(f"{W}type") is None]
    return [
        Piece("\n".join(_words(line) for line in note.iter(f"{W}p")), "footnote", str(number))
        for number, note in enumerate(notes, start=1)
    ]


def _notices(packed: Packed, body: Any) -> list[Mapping[str, Any]]:
    counts = {
        "deleted_left_out": sum(1 for _ in body.iter(f"{W}del", f"{W}moveFrom")),
        "symbols_left_out": sum(not _symbol(node) for node in body.iter(f"{W}sym")),
        "comments_left_out": _count(packed.xml("word/comments.xml"), f"{W}comment"),
        "headers_left_out": sum(
            bool("".join(packed.xml(name).itertext()).strip())
            for name in packed.names
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        ),
        "pictures_left_out": sum("/media/" in name for name in packed.names),
        "embedded_left_out": packed.n_embedded,
        "external_left_out": _external(packed),
    }
    return [{"code": code, "n": n} for code, n in counts.items() if n]


def _count(root: Any, tag: str) -> int:
    return 0 if root is None else sum(1 for _ in root.iter(tag))


def _external(packed: Packed) -> int:
    """Return how many things elsewhere the document refers to, plain links apart."""
    relations = [packed.xml(name) for name in packed.names if name.endswith(".rels")]
    return sum(
        node.get("TargetMode") == "External"
        and not node.get("Type", "").endswith(EXTERNAL_IS_PLAIN)
        for root in relations
        for node in root.iter(etree.Element)
    )
