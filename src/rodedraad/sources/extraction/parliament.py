"""Who says what in the proceedings of parliament (Handelingen), as published in XML?"""

from collections.abc import Iterator
from typing import Any

from rodedraad.sources.extraction.cleaning import found_from
from rodedraad.sources.extraction.decoding import text_decode
from rodedraad.sources.extraction.model import ExtractionRefused, Found, Options, Piece
from rodedraad.sources.extraction.packed import tree_of

ROOTS = frozenset({"officiele-publicatie", "handelingen"})
LINES = frozenset({"al", "titel", "item-titel", "vergadertijd", "vergaderdatum"})
HEADINGS = frozenset({"titel", "item-titel"})
PASSED = frozenset({"metadata", "spreker", "motie-info"})


def parliament_read(content: bytes, _options: Options) -> Found:
    """Return the paragraphs of the proceedings; in a turn the label is who speaks.

    The first paragraph of a turn begins with the name as published: ``De heer Graus (PVV): ...``.
    """
    text, notices = text_decode(content)
    root = tree_of(text.lstrip().encode())
    if root.tag not in ROOTS:
        raise ExtractionRefused(
            "This XML is not a publication of the proceedings of parliament, the only XML that is "
            "read. Save the document as PDF, DOCX or HTML, and add that.",
            code="xml_unknown",
            root=str(root.tag)[:60],
        )
    return found_from(_pieces(root, ""), notices)


def _pieces(node: Any, speaker: str) -> Iterator[Piece]:
    said = node.tag == "spreekbeurt"
    if said:
        speaker = _speaker(node.find("spreker"))
    begins = speaker if said else ""
    for child in node:
        if child.tag in PASSED:
            continue
        found = _line(child, speaker) if child.tag in LINES else _pieces(child, speaker)
        for piece in found:
            if begins and piece.kind == "turn":
                yield Piece(f"{begins}: {piece.text}", piece.kind, piece.label)
                begins = ""
            else:
                yield piece


def _line(node: Any, speaker: str) -> Iterator[Piece]:
    words = _words(node)
    if node.tag in HEADINGS:
        yield Piece(words, "heading", speaker)
        return
    number = node.getprevious()
    if number is not None and number.tag == "li.nr":
        words = f"{_words(number)} {words}"
    yield Piece(words, "turn" if speaker else "text", speaker)


def _speaker(node: Any) -> str:
    if node is None:
        return ""
    return _words(node).removesuffix(":").strip()


def _words(node: Any) -> str:
    """Return the words of an element; the spaces that its lay-out set round marks are taken out."""
    words = " ".join("".join(node.itertext()).split())
    for sign in ",.;:)!?":
        words = words.replace(f" {sign}", sign)
    return words.replace("( ", "(")
