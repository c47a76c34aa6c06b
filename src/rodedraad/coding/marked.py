"""Which parts of a paragraph are coded, and with what, when codings overlap?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rodedraad.coding.marks import Mark
from rodedraad.coding.models import Coding
from rodedraad.sources.models import Paragraph

DEEPEST = 3
LINES_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text over which nothing begins or ends; ``ending`` are those whose end it is."""

    start: int
    text: str
    codings: tuple[Coding, ...]
    ending: tuple[Coding, ...]
    marks: tuple[Mark, ...] = ()
    marks_ending: tuple[Mark, ...] = ()

    @property
    def depth(self) -> int:
        """How many codings cover it, as far as a page shows that: at most 3."""
        return min(len(self.codings), DEEPEST)

    @property
    def classes(self) -> str:
        """How it looks: the names of its classes on a page."""
        names = ["cod-coded", f"cod-coded-{self.depth}"] if self.codings else []
        names += [f"cod-{self.codings[0].code.pattern}"] if self.codings else []
        return " ".join(names + (["cod-suggested"] if self.marks else []))


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as a page shows it: its pieces, and in the margin the codings that touch it."""

    paragraph: Paragraph
    pieces: list[Piece]
    lines: list[Coding]
    marks: list[Mark]
    n_more: int


def shown(paragraph: Paragraph, codings: Sequence[Coding], marks: Sequence[Mark] = ()) -> Shown:
    """Cut a paragraph for a page; its margin has at most 12 lines and says how many more."""
    start, end = paragraph.start, paragraph.start + len(paragraph.text)
    touching = [one for one in codings if _range(one, start, end)]
    marked = [mark for mark in marks if mark.start < end and mark.end > start]
    return Shown(
        paragraph,
        pieces(start, paragraph.text, touching, marked),
        touching[:LINES_AT_MOST],
        marked,
        max(0, len(touching) - LINES_AT_MOST),
    )


def pieces(
    start: int, text: str, codings: Sequence[Coding], marks: Sequence[Mark] = ()
) -> list[Piece]:
    """Cut a paragraph that begins at ``start`` wherever a coding or a mark begins or ends.

    The pieces laid end to end are the paragraph. A coding without a range covers none of it. One
    that goes on after the paragraph, or was begun before it, covers its part.
    """
    end = start + len(text)
    ranges = [(*place, one) for one in codings if (place := _range(one, start, end))]
    marked = [(*place, one) for one in marks if (place := _range(one, start, end))]
    cuts = sorted({start, end, *(at for a, b, _ in [*ranges, *marked] for at in (a, b))})
    return [
        Piece(
            a,
            text[a - start : b - start],
            tuple(one for first, last, one in ranges if first <= a and b <= last),
            tuple(one for _, last, one in ranges if last == b and one.end == b),
            tuple(one for first, last, one in marked if first <= a and b <= last),
            tuple(one for _, last, one in marked if last == b and one.end == b),
        )
        for a, b in pairwise(cuts)
    ]


def _range(one: Coding | Mark, start: int, end: int) -> tuple[int, int] | None:
    """Return which part of a paragraph something covers."""
    if one.start is None or one.end is None or one.start >= end or one.end <= start:
        return None
    return max(one.start, start), min(one.end, end)
