"""Which stretches of a text point to a person, and how sure are we of each?"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from rodedraad.errors import Refusal

Kind = Literal[
    "iban",
    "bsn",
    "email",
    "url",
    "telephone",
    "birth_date",
    "kvk",
    "plate",
    "address",
    "postcode",
    "person",
]
Certainty = Literal["sure", "likely", "possible"]
Gender = Literal["f", "m", ""]

KINDS: tuple[Kind, ...] = get_args(Kind)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)


class DeidentificationRefused(Refusal):
    """Spans, persons or names that cannot be used as they are given."""

    code = "deidentification"


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of text that points to a person.

    ``start`` and ``end`` count Unicode code points, half-open. ``rule`` names what found it, and
    ``doubt`` what a reviewer must look at ("" when there is nothing in particular). ``gender``
    is what the words around a name tell, for the pseudonyms.
    """

    kind: Kind
    start: int
    end: int
    text: str
    certainty: Certainty
    rule: str
    doubt: str = ""
    gender: Gender = ""


def spans_resolve(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order that do not overlap and together cover all that the given ones cover.

    Overlapping spans of one kind become one, with the best certainty of the two. Of two kinds,
    the one that stands first in ``KINDS`` keeps its place and the other keeps what is left of
    it, when letters or digits are left: what was found once is never let go.

    >>> spans_resolve("Jan Bos", [
    ...     Span("person", 0, 3, "Jan", "likely", "a"),
    ...     Span("person", 0, 7, "Jan Bos", "sure", "b"),
    ... ])
    (Span(kind='person', start=0, end=7, text='Jan Bos', certainty='sure', rule='b', \
doubt='', gender=''),)
    """
    checked = spans_checked(text, spans)
    taken: list[Span] = []
    for kind in KINDS:
        for span in _joined(text, (span for span in checked if span.kind == kind)):
            for left in _left_of(text, span, taken):
                insort(taken, left, key=_start)
    return tuple(taken)


def spans_checked(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans, after a look whether each lies in this text and quotes it."""
    checked = tuple(spans)
    for span in checked:
        if (
            not (0 <= span.start < span.end <= len(text))
            or span.text != text[span.start : span.end]
        ):
            raise DeidentificationRefused(
                f"The {span.kind} at {span.start}-{span.end} does not quote this text. "
                "Look for persons again in this version of the text.",
                code="deidentification_span",
                start=span.start,
                end=span.end,
            )
    return checked


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = _union(text, joined[-1], span)
        else:
            joined.append(span)
    return joined


def _union(text: str, first: Span, second: Span) -> Span:
    best, other = sorted((first, second), key=lambda span: CERTAINTIES.index(span.certainty))
    start, end = first.start, max(first.end, second.end)
    return replace(
        best, start=start, end=end, text=text[start:end], gender=best.gender or other.gender
    )


def _left_of(text: str, span: Span, taken: list[Span]) -> list[Span]:
    """What of a span lies outside those taken, which are in order and do not overlap."""
    edges = [span.start]
    first = max(0, bisect_right(taken, span.start, key=_start) - 1)
    for other in taken[first : bisect_left(taken, span.end, key=_start)]:
        if other.end > span.start:
            edges += [other.start, other.end]
    edges.append(span.end)
    left: list[Span] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        words = text[start:end]
        if any(letter.isalnum() for letter in words):
            left.append(replace(span, start=start, end=end, text=words))
    return left


def _start(span: Span) -> int:
    return span.start
