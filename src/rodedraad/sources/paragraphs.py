"""How do thousands of paragraphs go into the database quickly?"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from rodedraad.accounts.models import Person
from rodedraad.sources.extraction.model import Passage
from rodedraad.sources.models import Source, SourceVersion

COPY = 'COPY sources_paragraph (version_id, number, start, "end", kind, label, text) FROM STDIN'


def version_write(
    source: Source,
    number: int,
    text: str,
    passages: Iterable[Passage],
    *,
    extractor: str,
    notices: Sequence[Mapping[str, Any]],
    person: Person | None,
) -> SourceVersion:
    """Write a version and its paragraphs; the caller holds the transaction."""
    version = SourceVersion.objects.create(
        source=source,
        number=number,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        n_characters=len(text),
        extractor=extractor,
        notices=[dict(notice) for notice in notices],
        made_by=person,
    )
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for at, passage in enumerate(passages, start=1):
            words = text[passage.start : passage.end]
            copy.write_row(
                (version.pk, at, passage.start, passage.end, passage.kind, passage.label, words)
            )
    return version
