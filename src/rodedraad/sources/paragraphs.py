"""How do thousands of paragraphs go into the database quickly?"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from rodedraad.accounts.models import Person
from rodedraad.sources.extraction.model import Passage
from rodedraad.sources.models import Source, SourceVersion

COPY = 'COPY sources_paragraph (version_id, number, start, "end", kind, label, text) FROM STDIN'


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text to write as a version of a source."""

    source: Source
    number: int
    text: str
    passages: Sequence[Passage]
    extractor: str
    notices: Sequence[Mapping[str, Any]]
    deidentified: bool = False


def versions_write(words: Iterable[Words], *, person: Person | None) -> list[SourceVersion]:
    """Write versions and all their paragraphs; the caller holds the transaction.

    Two statements, however many there are.
    """
    given = list(words)
    versions = SourceVersion.objects.bulk_create(
        SourceVersion(
            source=one.source,
            number=one.number,
            text=one.text,
            sha256=hashlib.sha256(one.text.encode()).hexdigest(),
            n_characters=len(one.text),
            extractor=one.extractor,
            notices=[dict(notice) for notice in one.notices],
            deidentified=one.deidentified,
            made_by=person,
        )
        for one in given
    )
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for version, one in zip(versions, given, strict=True):
            for row in _rows(version.pk, one):
                copy.write_row(row)
    return versions


def _rows(version: int, words: Words) -> Iterator[tuple[object, ...]]:
    text = words.text
    for at, passage in enumerate(words.passages, start=1):
        start, end = passage.start, passage.end
        yield version, at, start, end, passage.kind, passage.label, text[start:end]
