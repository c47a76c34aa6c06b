"""How do characters of a file become the text of a version, and where are its paragraphs?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.extraction.model import ExtractionRefused, Found, Passage, Piece

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
MARK = "\ufeff"
BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
LINE_END = re.compile(r"\n")
CUT_AT = re.compile(r"[.!?;]\s|\n")
SPEAKER = re.compile(
    r"(?P<who>[^\W\d_][\w.' -]{0,39}?)\s*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?)?:\s"
)
SPEAKERS_AT_MOST = 15


def text_clean(text: str) -> tuple[str, int]:
    """Return ``text`` with line feeds only and without what XML forbids, and how many went out.

    Form feeds and the line ends of other systems become line feeds. Nothing else is changed:
    letters and their accents stay as they were written.

    >>> text_clean("a\\r\\nb\\x00\\x0cc")
    ('a\\nb\\nc', 1)
    """
    lines = LINE_ENDS.sub("\n", text.removeprefix(MARK))
    return FORBIDDEN.subn("", lines)


def pieces_join(pieces: Iterable[Piece]) -> tuple[str, list[Passage], list[Mapping[str, Any]]]:
    """Return the text of all pieces, one to a line, and where each is in it."""
    parts: list[str] = []
    passages: list[Passage] = []
    at = left_out = 0
    for piece in pieces:
        cleaned, n = text_clean(piece.text)
        left_out += n
        words = cleaned.strip()
        if not words:
            continue
        parts.append(words)
        label = label_of(piece.label)
        passages.extend(passages_cut(words, Passage(at, at + len(words), piece.kind, label)))
        at += len(words) + 1
        _require_length(at)
    return "\n".join(parts), passages, characters_notice(left_out)


def text_passages(text: str, kinds: Mapping[str, str] | None = None) -> list[Passage]:
    """Return the paragraphs of a text: the blocks between blank lines, else its lines.

    ``kinds`` gives the kind of a block by how it begins, such as ``{"#": "heading"}``.
    """
    _require_length(len(text))
    between = BLANK_LINES if BLANK_LINES.search(text.strip()) else LINE_END
    passages: list[Passage] = []
    for start, end in blocks_of(text, between):
        words = text[start:end]
        kind = next(
            (kind for sign, kind in (kinds or {}).items() if words.startswith(sign)), "text"
        )
        passages.extend(passages_cut(words, Passage(start, end, kind)))
    return passages


def blocks_of(text: str, between: re.Pattern[str] = BLANK_LINES) -> Iterator[tuple[int, int]]:
    """Give where each block that is not empty starts and ends, without the space round it."""
    at = 0
    for end, following in [*((m.start(), m.end()) for m in between.finditer(text)), (len(text), 0)]:
        block = text[at:end]
        words = block.strip()
        if words:
            start = at + len(block) - len(block.lstrip())
            yield start, start + len(words)
        at = following


def turns_find(text: str, passages: list[Passage]) -> list[Passage]:
    """Return the paragraphs with speakers, when most begin with one ("Anna: ..."); else unchanged.

    A paragraph without a name goes on with the speaker before it.
    """
    names = [SPEAKER.match(text, passage.start, passage.end) for passage in passages]
    said = [found["who"].strip() for found in names if found]
    if len(said) < 3 or len(said) * 2 < len(passages) or len(set(said)) > SPEAKERS_AT_MOST:
        return passages
    turns: list[Passage] = []
    speaker = ""
    for passage, found in zip(passages, names, strict=True):
        speaker = found["who"].strip() if found else speaker
        kind = "turn" if speaker and passage.kind == "text" else passage.kind
        label = speaker if kind == "turn" else passage.label
        turns.append(Passage(passage.start, passage.end, kind, label))
    return turns


def label_of(words: str) -> str:
    """Return a label on one line and short enough to keep."""
    return " ".join(text_clean(words)[0].split())[:120]


def found_from(pieces: Iterable[Piece], notices: Iterable[Mapping[str, Any]] = ()) -> Found:
    """Return the text of the pieces, with their speakers when there are, and all notices."""
    text, passages, more = pieces_join(pieces)
    return text, turns_find(text, passages), [*notices, *more]


def characters_notice(n: int) -> list[Mapping[str, Any]]:
    """Return the notice that ``n`` characters were left out; none when there were none."""
    return [{"code": "characters_left_out", "n": n}] if n else []


def passages_cut(words: str, passage: Passage) -> Iterable[Passage]:
    """Cut a paragraph that is too long to search in, after a sentence where there is one."""
    at, most = 0, LIMITS.passage_characters
    while len(words) - at > most:
        ends = [found.end() for found in CUT_AT.finditer(words, at + most // 2, at + most)]
        space = words.rfind(" ", at + most // 2, at + most) + 1
        cut = ends[-1] if ends else space or at + most
        yield _part(words, at, cut, passage)
        at = cut
    yield _part(words, at, len(words), passage)


def _part(words: str, at: int, cut: int, passage: Passage) -> Passage:
    length = len(words[at:cut].rstrip())
    return Passage(passage.start + at, passage.start + at + length, passage.kind, passage.label)


def _require_length(n: int) -> None:
    if n > LIMITS.characters:
        raise too_long_refusal()


def too_long_refusal() -> ExtractionRefused:
    """Return the refusal of a file with more text than one source may have."""
    return ExtractionRefused(
        f"The file holds more than {LIMITS.characters:,} characters of text, more than one "
        "source may have. Split it, and add the parts.",
        code="text_too_long",
        most=LIMITS.characters,
    )
