"""Which parts of a paragraph are coded, and with what, when codings overlap?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rodedraad.coding.models import Coding

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text over which nothing begins or ends; ``ending`` are those whose end it is."""

    start: int
    text: str
    codings: tuple[Coding, ...]
    ending: tuple[Coding, ...]

    @property
    def depth(self) -> int:
        """How many codings cover it, as far as a page shows that: at most 3."""
        return min(len(self.codings), DEEPEST)


def pieces(start: int, text: str, codings: Sequence[Coding]) -> list[Piece]:
    """Cut a paragraph that begins at ``start`` wherever a coding begins or ends.

    The pieces laid end to end are the paragraph. A coding without a range covers none of it. One
    that goes on after the paragraph, or was begun before it, covers its part.
    """
    end = start + len(text)
    ranges = [
        (max(one.start, start), min(one.end, end), one)
        for one in codings
        if one.start is not None and one.end is not None and one.start < end and one.end > start
    ]
    cuts = sorted({start, end, *(a for a, _, _ in ranges), *(b for _, b, _ in ranges)})
    return [
        Piece(
            a,
            text[a - start : b - start],
            tuple(one for first, last, one in ranges if first <= a and b <= last),
            tuple(one for _, last, one in ranges if last == b and one.end == b),
        )
        for a, b in pairwise(cuts)
    ]
