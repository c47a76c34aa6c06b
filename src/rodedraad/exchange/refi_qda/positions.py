"""Which words does a selection mean, whatever way its program counted the characters?

The standard counts Unicode code points of the text file and does not count the character at the
end position. Programs differ: some count UTF-16 units, some count CR LF as one character while
the file has two (or the reverse), some count the byte order mark, some count the last character
in. The names of selections often quote their words; the way of counting that makes most of these
quotes come true is taken, and the standard's way when nothing tells.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from rodedraad.exchange.refi_qda.model import Place

BOM = "\ufeff"
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
SHORTENED = re.compile(r"(…|\.\.\.)$")
CUT_FROM = 30
"""From this length on, a name that is the beginning of the words is taken to be cut off."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a file says of a selection: its positions, and its name as a witness."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count. ``line_ends`` are counted as in the file, or each as one or two."""

    line_ends: str = "file"
    utf16: bool = False
    bom: bool = False
    last_included: bool = False

    @property
    def likely(self) -> bool:
        """Whether programs are known to count so without anything to see it by."""
        return self.line_ends != "two" and not self.last_included

    def __str__(self) -> str:
        """Say how this way differs from the standard's."""
        differs = (
            "a line end as one character" if self.line_ends == "one" else "",
            "a line end as two characters" if self.line_ends == "two" else "",
            "UTF-16 units" if self.utf16 else "",
            "the byte order mark" if self.bom else "",
            "the last character as part of the selection" if self.last_included else "",
        )
        return ", ".join(filter(None, differs)) or "as the standard does"


STANDARD = Counting()


@dataclass(frozen=True, slots=True)
class Placed:
    """Selections in the clean text, and how they were counted.

    ``spans`` are start, end and certainty of each. ``named`` of the ``witnesses`` (selections
    with a name) quote their words under ``counting``.
    """

    spans: tuple[tuple[int, int, Place], ...]
    counting: Counting
    named: int
    witnesses: int


class RawText:
    """A text as a file has it, beside the clean text: line feeds only, no byte order mark."""

    def __init__(self, raw: str) -> None:
        self._body = raw.lstrip(BOM)
        self.marks = len(raw) - len(self._body)
        self.clean = self._body.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def pairs(self) -> list[int]:
        """Where the clean text has a line feed that is CR LF in the file."""
        if "\r" not in self._body:
            return []
        return [
            found.start() - before for before, found in enumerate(re.finditer(r"\r\n", self._body))
        ]

    @cached_property
    def line_ends(self) -> list[int]:
        """Where the clean text has a line feed."""
        return [found.start() for found in re.finditer(r"\n", self.clean)]

    @cached_property
    def astral(self) -> list[int]:
        """Where the clean text has a character that UTF-16 writes as two units."""
        if self.clean.isascii():
            return []
        return [found.start() for found in ASTRAL.finditer(self.clean)]

    def countings(self, *, unlikely: bool) -> list[Counting]:
        """Return the ways to count that differ for this text, the standard's first.

        Unlikely ways are for when the standard's does not fit; that nothing contradicts them
        does not make a text doubtful.
        """
        line_ends = ["file", *(["one"] if self.pairs else [])]
        if unlikely and len(self.line_ends) > len(self.pairs):
            line_ends.append("two")
        return [
            Counting(*one)
            for one in product(
                line_ends,
                (False, True) if self.astral else (False,),
                (False, True) if self.marks else (False,),
                (False, True) if unlikely else (False,),
            )
        ]

    def ruler(self, counting: Counting) -> "Ruler":
        """Return where the positions of one way of counting lie in the clean text."""
        wide = {"file": self.pairs, "one": [], "two": self.line_ends}[counting.line_ends]
        if counting.utf16:
            wide = sorted([*wide, *self.astral])
        marks = self.marks if counting.bom else max(self.marks - 1, 0)
        return Ruler(wide, len(self.clean), before=marks, extra=int(counting.last_included))


class Ruler:
    """Where the positions of one way of counting lie in the clean text."""

    def __init__(self, wide: Sequence[int], length: int, *, before: int, extra: int) -> None:
        # A wide character counts as two, so it stands in the count where it stands in the clean
        # text, plus one for each wide character before it.
        self._wide = [place + before for before, place in enumerate(wide)]
        self._length = length
        self._before = before
        self._extra = extra

    def place(self, position: int) -> int | None:
        """Return the place in the clean text of a counted position; None outside the text.

        A position in the middle of a wide character lies before that character.
        """
        if position < 0:
            return None
        counted = max(position - self._before, 0)
        passed = bisect_left(self._wide, counted - 1)
        inside = passed < len(self._wide) and self._wide[passed] == counted - 1
        placed = counted - passed - inside
        return placed if placed <= self._length else None

    def span(self, span: Span) -> tuple[int, int] | None:
        """Return start and end in the clean text; None when they are no passage of it."""
        start, end = self.place(span.start), self.place(span.end + self._extra)
        return None if start is None or end is None or start > end else (start, end)


def spans_place(text: RawText, spans: Sequence[Span], *, certain: bool = False) -> Placed:
    """Place selections in the clean text by the way of counting that fits them best.

    A way fits better when more names quote their words, then when more selections lie inside
    the text, then when it is closer to the standard. An unlikely way is only taken for names.
    With ``certain`` it is known that the standard's way was used.
    """
    witnesses = sum(bool(span.name) for span in spans)
    best = _Attempt(text, spans, STANDARD)
    if not certain and (best.named < witnesses or best.inside < len(spans)):
        for counting in text.countings(unlikely=True)[1:]:
            attempt = _Attempt(text, spans, counting)
            if attempt.named > best.named or (attempt.score > best.score and counting.likely):
                best = attempt
    doubtful = set[int]() if certain else _doubtful(text, spans, best)
    places: list[tuple[int, int, Place]] = []
    for number, (span, found) in enumerate(zip(spans, best.found, strict=True)):
        if found is None:
            places.append((span.start, span.end, Place.OUTSIDE))
        elif number in best.proven:
            places.append((*found, Place.NAMED))
        else:
            places.append((*found, Place.ASSUMED if number in doubtful else Place.COUNTED))
    return Placed(tuple(places), best.counting, best.named, witnesses)


class _Attempt:
    """Where the selections lie under one way of counting, and which names agree."""

    def __init__(self, text: RawText, spans: Sequence[Span], counting: Counting) -> None:
        ruler = text.ruler(counting)
        self.counting = counting
        self.found = [ruler.span(span) for span in spans]
        self.proven = {
            number
            for number, (span, found) in enumerate(zip(spans, self.found, strict=True))
            if found and span.name and _quotes(span.name, text.clean, *found)
        }
        self.named = len(self.proven)
        self.inside = sum(one is not None for one in self.found)
        self.score = (self.named, self.inside)


def _doubtful(text: RawText, spans: Sequence[Span], chosen: _Attempt) -> set[int]:
    """Return the selections that have other words under a likely way that fits names as well."""
    doubtful: set[int] = set()
    for counting in text.countings(unlikely=False):
        if counting == chosen.counting:
            continue
        other = _Attempt(text, spans, counting)
        if other.named >= chosen.named:
            pairs = enumerate(zip(chosen.found, other.found, strict=True))
            doubtful |= {number for number, (one, two) in pairs if two is not None and one != two}
    return doubtful


def _quotes(name: str, text: str, start: int, end: int) -> bool:
    """Tell whether a name quotes the words, whole or cut off; white space does not count."""
    shown = SHORTENED.sub("", name.rstrip())
    cut = len(shown) < len(name.rstrip())
    wanted = "".join(shown.split())
    if not wanted:
        return False
    words = "".join(text[start : min(end, start + 4 * len(name) + 200)].split())
    if cut or len(wanted) >= CUT_FROM:
        return words.startswith(wanted)
    return words == wanted
