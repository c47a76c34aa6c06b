"""Which paragraphs answer to a question, how many are there, and which stand on a page?

The index tells which paragraphs may answer; the database sieves these, and only words that come
through are looked at here. Above a number of paragraphs nothing is counted any more (``is_many``),
and a page is found by going through the texts in their order until it is full.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from rodedraad.coding.models import Coding
from rodedraad.search.candidates import Condition, both, candidates_of, sieve_of
from rodedraad.search.matching import places_in, words_of
from rodedraad.search.query import Node
from rodedraad.search.scope import Text, rows_with
from rodedraad.search.stems import matcher_for
from rodedraad.sources.models import Paragraph

COUNTED_AT_MOST, LOOKED_AT_MOST = 5_000, 2_000
COUNTED_FOR_A_PAGE, LOOKED_FOR_A_PAGE = 1_000, 200
SIEVED_FOR_A_PAGE = 1_000
LOOKED_AT_ONCE = 60
PER_PAGE = 25
FIRST_TEXTS, ENOUGH = 8, 1.5
"""A page is first looked for in so many texts, or in so many times those that should fill it."""

SCANS = "SET LOCAL enable_seqscan = {0}; SET LOCAL enable_indexscan = {0}; SET LOCAL jit = {0}"
WORDS_FIRST, AS_BEFORE = SCANS.format("off"), SCANS.format("DEFAULT")
MANY_TEXTS = 50
TOUCHED = """
    WITH coded (version, start, "end") AS MATERIALIZED ({chosen})
    SELECT DISTINCT met.id, NULL::bigint
    FROM coded
    CROSS JOIN LATERAL (
        SELECT id FROM (
            SELECT id, start, "end" FROM sources_paragraph
            WHERE version_id = coded.version AND start <= coded.start
            ORDER BY start DESC LIMIT 1
        ) AS before WHERE before."end" > coded.start AND before.start < coded."end"
        UNION ALL
        SELECT id FROM sources_paragraph
        WHERE version_id = coded.version AND start > coded.start AND start < coded."end"
    ) AS met
    WHERE coded.version = ANY(%s::bigint[])
    UNION ALL
    SELECT DISTINCT NULL::bigint, version FROM coded WHERE start IS NULL
"""
"""Paragraphs lie apart, so of those that begin before a coding only the last can touch it."""

Range = tuple[int, int]
Candidate = tuple[int, int, int]
"""A version, the number of a paragraph in it, and its key."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that answers, and where in it; ``places`` count from its own beginning."""

    paragraph: Paragraph
    text: Text
    places: list[Range]


@dataclass
class Found:
    """What a question meets in texts, in their order; ``coded`` limits it to coded passages."""

    query: Node
    texts: Sequence[Text]
    coded: QuerySet[Coding] | None = None
    counted_at_most: int = COUNTED_AT_MOST
    looked_at_most: int = LOOKED_AT_MOST
    sieved_at_most: int | None = None
    is_many: bool = False
    counts: Counter[int] = field(default_factory=Counter)
    _met: dict[int, list[int]] = field(default_factory=dict)
    _per_text: float = 0.0
    _in_coded: Condition | None = None

    def __post_init__(self) -> None:
        if self.coded is not None:
            self._in_coded = coded_by(self.coded, [text.version for text in self.texts])
        self._condition, self._sieve = candidates_of(self.query), sieve_of(self.query)
        rows, self.is_many = self._first([text.version for text in self.texts])
        if self.is_many:
            self.counts = Counter(version for version, _, _ in rows)
            self._per_text = len(rows) / max(1, len(self.counts))
        else:
            self._keep(rows)

    @property
    def n(self) -> int:
        """How many paragraphs answer; when there are many, how many were come across."""
        return self.counts.total()

    @property
    def is_personal(self) -> bool:
        """Whether some of it is of sources of which reading is logged."""
        return any(text.is_personal and self.counts[text.version] for text in self.texts)

    def page(self, number: int, size: int = PER_PAGE) -> list[Hit]:
        """Return the hits of a page, 1 being the first, with where they stand."""
        begin, end = (number - 1) * size, number * size
        if self.is_many:
            self._count_up_to(end + 1)
        met = (pk for text in self.texts for pk in self._met.get(text.version, ()))
        return self._hits(list(islice(met, begin, end)))

    def every(self) -> list[Hit]:
        """Return all hits with where they stand; not meant for when there are many."""
        return self._hits([pk for text in self.texts for pk in self._met.get(text.version, ())])

    def those(self, paragraphs: set[int]) -> list[Hit]:
        """Return the hits among these paragraphs; others of them are passed over."""
        met = self._candidates([text.version for text in self.texts], among=sorted(paragraphs))
        hits = self._hits(sorted(pk for _, _, pk in met))
        return hits if self._condition.precise else [hit for hit in hits if hit.places]

    def _first(self, versions: Sequence[int]) -> tuple[list[Candidate], bool]:
        """Return what may answer, and whether that is more than is counted."""
        sieve, most = self._sieve, self.sieved_at_most
        if sieve is None or not sieve.is_quick:
            return self._bounded(versions)
        index, self._condition, self._sieve = self._condition, both(self._condition, sieve), None
        if most is None:
            return self._bounded(versions)
        met = _rows(f", ({sieve.sql})", sieve.values, self._meeting(versions, index), most + 1)
        rows = [row[:3] for row in met if row[3]]
        return rows, len(met) > most or len(rows) > self.looked_at_most

    def _bounded(self, versions: Sequence[int]) -> tuple[list[Candidate], bool]:
        most = self.counted_at_most if self._condition.precise else self.looked_at_most
        rows = self._candidates(versions, most + 1)
        return rows, len(rows) > most

    def _count_up_to(self, n: int) -> None:
        """Go through the texts, more of them each time, until ``n`` answer or there are no more.

        When there are no more, all that answer are counted, and they were not that many.
        """
        self.counts.clear()
        self._met.clear()
        first = round(ENOUGH * n / self._per_text) if self._per_text else len(self.texts)
        for versions in growing([text.version for text in self.texts], max(first, FIRST_TEXTS)):
            rows = self._candidates(versions)
            if self._condition.precise:
                self._keep(rows)
            else:
                places = {version: at for at, version in enumerate(versions)}
                rows.sort(key=lambda row: (places[row[0]], row[1]))
                for at in range(0, len(rows), LOOKED_AT_ONCE):
                    self._keep(rows[at : at + LOOKED_AT_ONCE])
                    if self.counts.total() >= n:
                        return
            if self.counts.total() >= n:
                return
        self.is_many = False

    def _meeting(self, versions: Sequence[int], of: Condition) -> list[Condition]:
        """Return the conditions to meet one, in these texts and in coded passages when asked.

        With ``+ 0`` the database does not begin with the texts, where these are most of the study.
        """
        of_text = "version_id + 0" if len(versions) > MANY_TEXTS else "version_id"
        inside = Condition(f"{of_text} = ANY(%s::bigint[])", (array(versions),), True)
        return [of, inside] if self._in_coded is None else [of, inside, self._in_coded]

    def _candidates(
        self, versions: Sequence[int], most: int | None = None, among: Sequence[int] | None = None
    ) -> list[Candidate]:
        """Return the paragraphs that may answer by what the index says, at most so many."""
        conditions = self._meeting(versions, self._condition)
        if among is not None:
            conditions.append(one_of(among))
        return _rows("", (), conditions, most)

    def _keep(self, rows: Iterable[Candidate]) -> None:
        """Keep and count those that answer, in the order of their text."""
        met = sorted(rows)
        if not self._condition.precise:
            answering = self._answering([pk for _, _, pk in met])
            met = [row for row in met if row[2] in answering]
        for version, _, pk in met:
            self._met.setdefault(version, []).append(pk)
        self.counts.update(version for version, _, _ in met)

    def _answering(self, paragraphs: list[int]) -> set[int]:
        """Return which of these paragraphs answer: their words are read and looked at."""
        conditions = [one_of(paragraphs), *([] if self._sieve is None else [self._sieve])]
        with connection.cursor() as cursor:
            where, values = _all_met(conditions)
            cursor.execute(f"SELECT id, text FROM sources_paragraph WHERE {where}", values)  # noqa: S608
            rows = cursor.fetchall()
        words = [words_of(text) for _, text in rows]
        matcher = matcher_for(self.query, words)
        return {
            pk for (pk, _), each in zip(rows, words, strict=True)
            if matcher.places(each) is not None
        }  # fmt: skip

    def _hits(self, paragraphs: Sequence[int]) -> list[Hit]:
        """Return the hits of these paragraphs in this order, with where they stand."""
        of = {text.version: text for text in self.texts}
        found = one_of(paragraphs)
        asked = RawSQL(found.sql, found.values, output_field=BooleanField())  # noqa: S611
        rows = {row.pk: row for row in Paragraph.objects.filter(asked).defer("search").order_by()}
        ordered = [rows[pk] for pk in paragraphs]
        words = [words_of(row.text) for row in ordered]
        matcher = matcher_for(self.query, words)
        return [
            Hit(row, of[row.version_id], places_in(row.text, matcher.places(each) or []))
            for row, each in zip(ordered, words, strict=True)
        ]


def coded_by(codings: QuerySet[Coding], versions: Sequence[int]) -> Condition:
    """Return the condition to be a paragraph that a coding touches, or of a text that has one.

    Paragraphs are looked up by the place of each coding: there are fewer of these than paragraphs
    with a word.
    """
    ranges = codings.order_by().values_list("version", "start", "end")
    rows = rows_with(TOUCHED, ranges, array(versions))
    touched = [paragraph for paragraph, _ in rows if paragraph is not None]
    of_texts = {version for _, version in rows}.intersection(versions)
    if not of_texts:
        return one_of(touched)
    either = f'{one_of(touched).sql} OR "sources_paragraph"."version_id" = ANY(%s::bigint[])'
    return Condition(either, (array(touched), array(of_texts)), precise=True)


def array(numbers: Iterable[int]) -> str:
    """Return numbers as the database writes an array of them, which is quick to send."""
    return f"{{{','.join(map(str, numbers))}}}"


def one_of(paragraphs: Sequence[int]) -> Condition:
    """Return the condition to be one of these; they go to the database as one array."""
    return Condition('"sources_paragraph"."id" = ANY(%s::bigint[])', (array(paragraphs),), True)


def _all_met(conditions: Sequence[Condition]) -> tuple[str, list[Any]]:
    where = " AND ".join(f"({one.sql})" for one in conditions)
    return where, [value for one in conditions for value in one.values]


def _rows(
    also: str, values: Sequence[Any], conditions: Sequence[Condition], most: int | None
) -> list[Any]:
    """Return the paragraphs that meet conditions, as version, number, key, and what is ``also``.

    The database begins with the index of words: it thinks that reading paragraph after paragraph
    costs little, while making out the words of each is what costs. Every word that was typed is a
    value.
    """
    where, met = _all_met(conditions)
    limit = "" if most is None else f" LIMIT {most}"
    asked = f"SELECT version_id, number, id{also} FROM sources_paragraph WHERE {where}{limit}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{WORDS_FIRST}; {asked}; {AS_BEFORE}", [*values, *met])
        while cursor.description is None:
            cursor.nextset()
        return cursor.fetchall()


def growing(versions: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield the first ``size`` texts, then twice as many of those that follow, and so on."""
    at = 0
    while at < len(versions):
        yield versions[at : at + size]
        at += size
        size *= 2
