"""Which words stand beside what was found, and in which sentence does it stand?

Pure; positions are code points, ranges half-open.
"""

import re
from dataclasses import dataclass

BESIDE = 70
END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[^\sa-zà-öø-ÿ])|\n+")
SHORTENED = re.compile(
    r"(?:\b(?:art|bijv|bv|ca|dhr|dr|drs|e\.d|enz|evt|incl|ing|ir|jl|mevr|mr|nr|o\.a|p|pag|prof|resp"
    r"|st|t/m|vgl|zgn|blz|hfst|lid|m\.b\.t|i\.v\.m|d\.w\.z|[A-Z])\.)\s+\Z",
    re.IGNORECASE,
)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class InContext:
    """What was found with the words beside it; ``start`` and ``end`` count from the text's own."""

    start: int
    end: int
    left: str
    hit: str
    right: str


def in_context(text: str, place: Range, beside: int = BESIDE) -> InContext:
    """Return a place with up to ``beside`` characters at each side, cut between words.

    >>> in_context("De raad besluit.", (3, 7))
    InContext(start=3, end=7, left='De ', hit='raad', right=' besluit.')
    """
    start, end = place
    left, right = text[max(0, start - beside) : start], text[end : end + beside]
    if start > beside and " " in left:
        left = f"… {left[left.index(' ') + 1 :]}"
    if end + beside < len(text) and " " in right:
        right = f"{right[: right.rindex(' ')]} …"
    return InContext(start, end, left, text[start:end], right)


def sentence_at(text: str, place: Range) -> Range:
    """Return the sentence in which a place lies, or the sentences when it lies in several.

    >>> text = "Dat is art. 5 van de wet. De raad besluit! Ja."
    >>> text[slice(*sentence_at(text, (29, 33)))]
    'De raad besluit!'
    """
    start, end = place
    first, last = 0, len(text)
    for found in END.finditer(text):
        if SHORTENED.search(text[max(0, found.end() - 12) : found.end()]) and found[0].strip():
            continue
        if found.end() <= start:
            first = found.end()
        elif found.start() + len(found[0].rstrip()) >= end:
            last = found.start() + len(found[0].rstrip())
            break
    while last > first and text[last - 1].isspace():
        last -= 1
    while first < last and text[first].isspace():
        first += 1
    return first, last
