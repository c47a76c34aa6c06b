"""What is the text of an HTML page, as a reader would see it? Nothing in it is run or fetched."""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from rodedraad.sources.extraction.cleaning import found_from
from rodedraad.sources.extraction.decoding import text_decode
from rodedraad.sources.extraction.model import Found, Options, Piece

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "option", "p", "pre"}
    | {"section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
KINDS = {f"h{level}": "heading" for level in range(1, 7)} | {"tr": "table"}
UNSEEN = ("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "textarea")
WITH_WORDS = "template, noscript, iframe, object, textarea"
HIDDEN_STYLE = re.compile(r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b")
DEPTH_AT_MOST = 500


def web_page_read(content: bytes, _options: Options) -> Found:
    """Return the paragraphs of a page; a row of a table is one, its cells apart by tabs."""
    html, notices = text_decode(content)
    tree = LexborHTMLParser(html)
    counts = {
        "scripts_left_out": len(tree.css("script, style")),
        "unseen_left_out": sum(bool(node.text().strip()) for node in tree.css(WITH_WORDS)),
    }
    tree.strip_tags(list(UNSEEN))
    hidden = {node.mem_id for node in tree.css("[hidden], [style]") if _is_hidden(node)}
    counts["hidden_left_out"] = len(hidden)
    pieces = [] if tree.body is None else _pieces(tree.body, hidden)
    left_out = [{"code": code, "n": n} for code, n in counts.items() if n]
    return found_from(pieces, [*notices, *left_out])


def _is_hidden(node: Any) -> bool:
    """Tell whether a part of the page with words in it says that it is not shown."""
    given = node.attributes
    says_so = "hidden" in given or HIDDEN_STYLE.search(given.get("style") or "")
    return bool(says_so and node.text().strip())


def _is_inside(node: Any, parts: set[int]) -> bool:
    above = node.parent
    for _ in range(DEPTH_AT_MOST):
        if above is None:
            return False
        if above.mem_id in parts:
            return True
        above = above.parent
    return False


def _pieces(body: Any, hidden: set[int]) -> Iterator[Piece]:
    """Join the words that stand in the same block, in the order of the page."""
    words: list[str] = []
    inside = cell = 0
    kind = "text"
    for node in body.traverse(include_text=True):
        if node.tag == "br":
            words.append("\n")
        if node.tag != "-text" or (hidden and _is_inside(node, hidden)):
            continue
        block, its_cell, keeps = _place(node)
        if block.mem_id != inside:
            yield Piece("".join(words), kind)
            words, inside, cell, kind = [], block.mem_id, its_cell, KINDS.get(block.tag, "text")
        if its_cell != cell:
            words.append("\t")
            cell = its_cell
        words.append(
            node.text_content or "" if keeps else _collapsed(node.text_content or "", words)
        )
    yield Piece("".join(words), kind)


def _place(node: Any) -> tuple[Any, int, bool]:
    """Return the block a text stands in (in a table: the row), its cell, and whether it is pre."""
    block, cell, keeps = None, 0, False
    above = node.parent
    for _ in range(DEPTH_AT_MOST):
        if above is None:
            break
        if above.tag in {"td", "th"} and not cell:
            cell = above.mem_id
        if above.tag == "tr" or (block is None and above.tag in BLOCKS):
            block = above
            if above.tag == "tr":
                break
        keeps = keeps or above.tag == "pre"
        above = above.parent
    return block or node, cell, keeps


def _collapsed(text: str, before: list[str]) -> str:
    words = " ".join(text.split())
    at_start = not before or before[-1].endswith((" ", "\n", "\t"))
    starts = " " if text[:1].isspace() and not at_start else ""
    ends = " " if words and text[-1].isspace() else ""
    return starts + words + ends
