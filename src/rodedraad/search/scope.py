"""In which texts is searched: the newest version of each source that a person may see?"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from rodedraad.sources.models import Source

BY_TITLE, BY_CASE, NEWEST, OLDEST = "bron", "casus", "nieuw", "oud"
ORDERS = (BY_TITLE, BY_CASE, NEWEST, OLDEST)


TEXTS = """
    SELECT DISTINCT ON (source.id) version.id, source.id, source.uuid, source.title, source.kind,
        source.role, source.date, source.period, source.confidentiality, source.case_id,
        COALESCE(of_case.name, '')
    FROM sources_source AS source
    JOIN sources_sourceversion AS version ON version.source_id = source.id
    LEFT JOIN studies_case AS of_case ON of_case.id = source.case_id
    WHERE source.id IN ({chosen})
    ORDER BY source.id, version.number DESC
"""
"""In the order of the fields of a text. Written out: every search begins with it."""


class Text(NamedTuple):
    """The newest version of a source, with what is known of the source."""

    version: int
    source: int
    uuid: UUID
    title: str
    kind: str
    role: str
    date: datetime.date | None
    period: str
    confidentiality: str
    case: int | None
    case_name: str

    @property
    def is_personal(self) -> bool:
        """Whether reading it is logged."""
        return self.confidentiality == Source.Confidentiality.PERSONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Which texts are asked for; what is empty is no condition."""

    case: int | None = None
    role: str = ""
    kind: str = ""
    period: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def meets(self, text: Text) -> bool:
        """Tell whether a text is asked for; one without a date is in no span of dates."""
        return (
            self.case in {None, text.case}
            and self.role in {"", text.role}
            and self.kind in {"", text.kind}
            and self.period in {"", text.period}
            and (self.since is None or (text.date is not None and text.date >= self.since))
            and (self.until is None or (text.date is not None and text.date <= self.until))
        )

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return self != Limits()


def texts_of(sources: QuerySet[Source]) -> list[Text]:
    """Return the newest version of each source, in the order of the sources."""
    return list(map(Text._make, rows_with(TEXTS, sources.order_by().values("pk"))))


def rows_with(sql: str, chosen: QuerySet[Any, Any], *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a question written out in which ``{chosen}`` is another question.

    ``values`` are those of what stands behind it. No rows when nothing can be chosen.
    """
    try:
        inside, given = chosen.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(chosen=inside), [*given, *values])
        return cursor.fetchall()


def texts_ordered(texts: Iterable[Text], order: str) -> list[Text]:
    """Return texts by title, by case, or by date; those without case or date come last."""
    return sorted(texts, key=KEYS.get(order, _by_title))


def values_in(texts: Sequence[Text], name: str) -> list[Any]:
    """Return what the texts have as ``name``, each once, in order; not what is empty."""
    return sorted(set(map(attrgetter(name), texts)) - {"", None})


def _by_title(text: Text) -> tuple[Any, ...]:
    return text.title.casefold(), text.version


def _by_case(text: Text) -> tuple[Any, ...]:
    return text.case is None, text.case_name.casefold(), *_by_title(text)


def _by_date(turn: int) -> Callable[[Text], tuple[Any, ...]]:
    def key(text: Text) -> tuple[Any, ...]:
        day = text.date.toordinal() if text.date else 0
        return text.date is None, turn * day, *_by_title(text)

    return key


KEYS: dict[str, Callable[[Text], tuple[Any, ...]]] = {
    BY_TITLE: _by_title,
    BY_CASE: _by_case,
    NEWEST: _by_date(-1),
    OLDEST: _by_date(1),
}
