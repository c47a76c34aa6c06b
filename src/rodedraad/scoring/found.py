"""Which passages of a text can a scorer choose: where words stand, or what was coded?"""

import re
from dataclasses import dataclass

from django.db.models import Q

from rodedraad.coding.models import Coder, Coding
from rodedraad.coding.visible import codings_visible
from rodedraad.sources.models import SourceVersion

SENTENCE_END = re.compile(r"[.!?;]+[\s)”\"']*|\n+")
FOUND_AT_MOST = 12
SENTENCE_AT_MOST = 600


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that can be chosen; ``why`` is the code on it, or empty when it was searched."""

    start: int
    end: int
    text: str
    why: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.start}-{self.end}"


def passages_with(version: SourceVersion, words: str) -> list[Choice]:
    """Return the sentences in which all words stand, the first twelve of the text.

    Upper and lower case are alike; a part of a word will do.
    """
    asked = words.casefold().split()[:8]
    if not asked:
        return []
    condition = Q()
    for word in asked:
        condition &= Q(text__icontains=word)
    found: list[Choice] = []
    for row in version.paragraphs.filter(condition).order_by("number")[: 4 * FOUND_AT_MOST]:
        sentences = _sentences(row.text)
        fitting = [
            (start, end)
            for start, end in sentences
            if all(word in row.text[start:end].casefold() for word in asked)
        ]
        for start, end in fitting or [_around(row.text, asked[0])]:
            found.append(Choice(row.start + start, row.start + end, row.text[start:end]))
            if len(found) == FOUND_AT_MOST:
                return found
    return found


def passages_coded(coder: Coder, version: SourceVersion, kind: str, construct: str) -> list[Choice]:
    """Return the passages that are coded with this construct, as far as the coder may see them."""
    seen = codings_visible(coder, coder.study).filter(
        version=version, start__isnull=False, code__construct=construct
    )
    if kind != "rubric":  # the construct of a code is never a measure
        return []
    seen = seen.exclude(anchor=Coding.Anchor.LOST).exclude(
        origin=Coding.Origin.SUGGESTION, accepted_at=None
    )
    rows = seen.order_by("start", "pk").values_list("start", "end", "quote", "code__name")
    places: dict[tuple[int, int], Choice] = {}
    for start, end, quote, name in rows[: 4 * FOUND_AT_MOST]:
        places.setdefault((start, end), Choice(start, end, quote, name))
    return list(places.values())[:FOUND_AT_MOST]


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*ends, len(text)]:
        kept = text[start:end].strip()
        if kept:
            first = text.index(kept, start)
            found.append((first, first + len(kept)))
        start = end
    return [(start, end) for start, end in found if end - start <= SENTENCE_AT_MOST]


def _around(text: str, word: str) -> tuple[int, int]:
    """Return a stretch of text round a word, for words that stand in more than one sentence."""
    at = max(0, text.casefold().find(word))
    start = max(0, min(at, len(text)) - SENTENCE_AT_MOST // 2)
    return start, min(len(text), start + SENTENCE_AT_MOST)
