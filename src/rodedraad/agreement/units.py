"""What is a unit of a round: each character, sentence, paragraph, or segment given beforehand?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rodedraad.agreement.models import GivenSegment
from rodedraad.coding.models import Round
from rodedraad.methods.agreement.passages import Places
from rodedraad.sources.models import Paragraph, SourceVersion

CHARACTER, SENTENCE, PARAGRAPH, SEGMENT = "character", "sentence", "paragraph", "segment"
UNITS = (CHARACTER, SENTENCE, PARAGRAPH, SEGMENT)
ABBREVIATIONS = (
    "art|bijv|bv|ca|dhr|dr|drs|enz|etc|evt|gem|ing|incl|jl|max|mevr|min|mr|mw|nl|nr|o.a|pag|prof|"
    "resp|st|t.a.v|t.b.v|vgl|vs|zgn"
)
END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+\S)")
SHORT = re.compile(rf"(?:^|\W)(?:{ABBREVIATIONS}|[A-Za-z])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Laid:
    """Where units and paragraphs are: source as its place in the list, start and end."""

    units: Places | None
    blocks: tuple[list[int], list[int]]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a paragraph begins and ends, without the blanks between.

    A full stop after a known abbreviation or a single letter ends no sentence, and no more does
    one after which a small letter or a digit follows.

    >>> text = "Dr. Smit leert. De raad ook!"
    >>> [text[a:b] for a, b in sentences(text)]
    ['Dr. Smit leert.', 'De raad ook!']
    """
    start = 0
    for match in END.finditer(text):
        follows = text[match.end() :].lstrip()[:1]
        stopped = match[0].startswith(".") and SHORT.search(text[start : match.start()])
        if stopped or follows.islower() or (follows.isdigit() and match[0] == "."):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def units_laid(of: Round, versions: Sequence[SourceVersion]) -> Laid:
    """Return units and paragraphs of these texts, in their order."""
    place = {version.pk: number for number, version in enumerate(versions)}
    fields = ("version", "start", "end", *(("text",) if of.unit == SENTENCE else ()))
    rows = list(
        Paragraph.objects.filter(version__in=versions)
        .order_by("version", "number")
        .values_list(*fields)
    )
    rows.sort(key=lambda row: (place[row[0]], row[1]))
    if of.unit == SENTENCE:
        found = [
            (place[row[0]], row[1] + a, row[1] + b) for row in rows for a, b in sentences(row[3])
        ]
    elif of.unit == PARAGRAPH:
        found = [(place[row[0]], row[1], row[2]) for row in rows if row[2] > row[1]]
    elif of.unit == SEGMENT:
        given = GivenSegment.objects.filter(round=of, version__in=versions)
        found = sorted((place[v], a, b) for v, a, b in given.values_list("version", "start", "end"))
    else:
        found = None
    return Laid(None if found is None else _columns(found), _blocks(rows, place, len(versions)))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    last = start + len(part.rstrip())
    if last > first:
        yield first, last


def _columns(rows: Iterable[tuple[int, int, int]]) -> Places:
    table = np.array(list(rows), dtype=np.intp).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _blocks(
    rows: Sequence[tuple[int, int, int]], place: dict[int, int], n: int
) -> tuple[list[int], list[int]]:
    """The start of each paragraph, the first of a text at its beginning."""
    starts: list[set[int]] = [{0} for _ in range(n)]
    first = {place[row[0]]: row[1] for row in reversed(rows)}
    for row in rows:
        at = place[row[0]]
        if row[1] != first[at]:
            starts[at].add(row[1])
    sources = [at for at in range(n) for _ in starts[at]]
    return sources, [start for at in range(n) for start in sorted(starts[at])]
