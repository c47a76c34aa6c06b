"""Which coded passages and which memos answer to a question?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.coding.visible import codings_visible, memos_visible
from rodedraad.search.candidates import touched_by
from rodedraad.search.context import InContext, in_context
from rodedraad.search.matching import places_in, words_of
from rodedraad.search.query import Node
from rodedraad.search.scope import Text
from rodedraad.search.stems import matcher_for
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

LOOKED_AT_MOST = 4_000
TOUCHED = """"coding_coding"."id" IN (
    WITH touched AS MATERIALIZED (
        SELECT version_id, start, "end" FROM sources_paragraph
        WHERE version_id = ANY(%s) AND ({condition})
    )
    SELECT coded.id FROM touched JOIN coding_coding AS coded
    ON coded.version_id = touched.version_id
    AND coded.start < touched."end" AND coded."end" > touched.start
)"""

Thing = TypeVar("Thing", Coding, Memo)


@dataclass(frozen=True, slots=True)
class Told(Generic[Thing]):
    """A coded passage or memo that answers, with each place in the words beside it."""

    thing: Thing
    text: Text | None
    contexts: list[InContext]


@dataclass(frozen=True, slots=True)
class Answers(Generic[Thing]):
    """What answers; ``is_many`` when only the first were looked at."""

    found: list[Told[Thing]]
    is_many: bool


def codings_that_count(coder: Coder | None, study: Study, code: Code | None) -> QuerySet[Coding]:
    """Return the codings a coder may see, without suggestions nobody took and lost passages."""
    seen = (
        codings_visible(coder, study)
        .exclude(anchor=Coding.Anchor.LOST)
        .exclude(origin=Coding.Origin.SUGGESTION, accepted_at=None)
    )
    return seen if code is None else seen.filter(code=code)


def passages_found(
    query: Node, texts: Sequence[Text], codings: QuerySet[Coding]
) -> Answers[Coding]:
    """Return the coded passages in whose words a question holds, in the order of the texts."""
    order = {text.version: (at, text) for at, text in enumerate(texts)}
    condition = touched_by(query)
    touched = RawSQL(  # noqa: S611 every word that was typed is a value
        TOUCHED.format(condition=condition.sql),
        (list(order), *condition.values),
        output_field=BooleanField(),
    )
    rows = list(
        codings.filter(touched, version__in=order)
        .select_related("code", "coder")
        .order_by("version", "start", "pk")[: LOOKED_AT_MOST + 1]
    )
    found = _answering(query, [(row, row.quote) for row in rows[:LOOKED_AT_MOST]])
    found.sort(key=lambda pair: order[pair[0].version_id][0])
    told = [Told(row, order[row.version_id][1], contexts) for row, contexts in found]
    return Answers(told, len(rows) > LOOKED_AT_MOST)


def memos_found(
    query: Node, texts: Sequence[Text], memos: QuerySet[Memo], *, all_texts: bool
) -> Answers[Memo]:
    """Return the memos in which a question holds, newest first.

    Memos on a code or the study belong to no text: they count only when all texts are asked for.
    """
    of = {text.source: text for text in texts}
    about = Q(source__in=of) | Q(coding__version__source__in=of)
    if all_texts:
        about |= Q(source=None, coding=None)
    rows = list(
        memos.filter(about)
        .select_related("code", "coder", "coding__code", "coding__version")
        .defer("coding__version__text")
        .order_by("-made_at", "-pk")[: LOOKED_AT_MOST + 1]
    )
    found = _answering(query, [(row, row.text) for row in rows[:LOOKED_AT_MOST]])
    told = [Told(row, of.get(_source_of(row) or 0), contexts) for row, contexts in found]
    return Answers(told, len(rows) > LOOKED_AT_MOST)


def memos_seen(
    coder: Coder | None, study: Study, sources: QuerySet[Source], code: Code | None
) -> QuerySet[Memo]:
    """Return the memos a person may see: by the rule of rounds, and of sources they may see."""
    seen = memos_visible(coder, study).filter(
        Q(source=None) | Q(source__in=sources),
        Q(coding=None) | Q(coding__version__source__in=sources),
    )
    return seen if code is None else seen.filter(Q(code=code) | Q(coding__code=code))


def _source_of(memo: Memo) -> int | None:
    return memo.coding.version.source_id if memo.coding else memo.source_id


def _answering(
    query: Node, rows: Sequence[tuple[Thing, str]]
) -> list[tuple[Thing, list[InContext]]]:
    words = [words_of(text) for _, text in rows]
    matcher = matcher_for(query, words)
    found: list[tuple[Thing, list[InContext]]] = []
    for (row, text), each in zip(rows, words, strict=True):
        places = matcher.places(each)
        if places is not None:
            found.append((row, [in_context(text, one) for one in places_in(text, places)]))
    return found
