"""What does a text read when the people in it are replaced, and where did each place go?"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rodedraad.methods.deidentify.spans import DeidentificationRefused, Kind, Span, spans_checked

# What stands in the text in place of what was found. Dutch: it is read in Dutch transcripts.
LABELS: Mapping[Kind, str] = MappingProxyType(
    {
        "iban": "rekeningnummer",
        "bsn": "BSN",
        "email": "e-mailadres",
        "url": "webadres",
        "telephone": "telefoonnummer",
        "birth_date": "geboortedatum",
        "kvk": "KvK-nummer",
        "plate": "kenteken",
        "address": "adres",
        "postcode": "postcode",
        "person": "persoon",
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One replaced stretch: where it stood, and where its replacement stands; half-open."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class PositionMap:
    """From places in the original text to places in the replaced text, and back."""

    pieces: tuple[Piece, ...]

    def ranges_to_new(self, ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Many ranges at once, as ``range_to_new``; quick for the paragraphs of a long text."""
        old = [(piece.start, piece.end) for piece in self.pieces]
        new = [(piece.new_start, piece.new_end) for piece in self.pieces]
        return [(_moved(start, old, new, 0), _moved(end, old, new, 1)) for start, end in ranges]

    def range_to_new(self, start: int, end: int) -> tuple[int, int]:
        """The range in the replaced text; a half-covered replacement is taken whole.

        >>> jan = Span("person", 8, 11, "Jan", "sure", "introduction")
        >>> replaced = replace_spans("Ik heet Jan.", [jan], [1])
        >>> replaced.text, replaced.positions.range_to_new(9, 12)
        ('Ik heet [persoon 1].', (8, 20))
        """
        return self.ranges_to_new([(start, end)])[0]

    def range_to_original(self, start: int, end: int) -> tuple[int, int]:
        """The range in the original text; a half-covered replacement is taken whole."""
        old = [(piece.start, piece.end) for piece in self.pieces]
        new = [(piece.new_start, piece.new_end) for piece in self.pieces]
        return _moved(start, new, old, 0), _moved(end, new, old, 1)


@dataclass(frozen=True, slots=True)
class Replaced:
    """The text without what pointed to persons, and the way back for places in it."""

    text: str
    positions: PositionMap


def replace_spans(
    text: str,
    spans: Sequence[Span],
    numbers: Sequence[int | None],
    *,
    labels: Mapping[Kind, str] = LABELS,
    own_words: Mapping[int, str] = MappingProxyType({}),
) -> Replaced:
    """The text with ``[persoon 3]``, ``[BSN]`` and so on in place of the spans.

    ``numbers`` are those of ``pseudonyms_assign``; ``own_words`` has, by the place of a span, what
    a reviewer wants there instead of label and number: ``[the alderman]``. Spans must be in
    order and apart, as ``spans_resolve`` gives them. Recognising persons in the result again
    leaves these marks.
    """
    if len(numbers) != len(spans):
        raise DeidentificationRefused(
            f"There are {len(spans)} spans and {len(numbers)} numbers. Give one number a span.",
            code="deidentification_numbers",
        )
    parts: list[str] = []
    pieces: list[Piece] = []
    place = length = 0
    for at, (span, number) in enumerate(zip(spans_checked(text, spans), numbers, strict=True)):
        if span.start < place:
            raise DeidentificationRefused(
                f"The {span.kind} at {span.start} overlaps the one before it. Resolve them first.",
                code="deidentification_span",
                start=span.start,
                end=span.end,
            )
        label = labels[span.kind]
        told = label if number is None else f"{label} {number}"
        mark = f"[{own_words.get(at, told)}]"
        begin = length + span.start - place
        parts += (text[place : span.start], mark)
        length = begin + len(mark)
        pieces.append(Piece(span.start, span.end, begin, length))
        place = span.end
    return Replaced("".join((*parts, text[place:])), PositionMap(tuple(pieces)))


def _moved(
    place: int, before: list[tuple[int, int]], after: list[tuple[int, int]], side: int
) -> int:
    """A place on the other side; within a piece the start (side 0) or end (side 1) of it."""
    # The end of a range belongs to what lies before it, its start to what lies after it.
    near = bisect_right(before, place - side, key=lambda piece: piece[0]) - 1
    if near < 0:
        return place
    if place - side < before[near][1]:
        return after[near][side]
    return place - before[near][1] + after[near][1]
