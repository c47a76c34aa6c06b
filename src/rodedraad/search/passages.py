"""Which coded passages and which memos answer to a question?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar, overload

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.coding.visible import codings_visible, memos_visible
from rodedraad.search.candidates import touched_by
from rodedraad.search.context import InContext, in_context
from rodedraad.search.hits import array, growing
from rodedraad.search.matching import places_in, words_of
from rodedraad.search.query import Node
from rodedraad.search.scope import Text
from rodedraad.search.stems import matcher_for
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

LOOKED_AT_MOST = 4_000
FIRST_TEXTS = 64
TOUCHED = """"coding_coding"."id" IN (
    WITH touched AS MATERIALIZED (
        SELECT version_id, start, "end" FROM sources_paragraph
        WHERE version_id = ANY(%s::bigint[]) AND ({condition})
    )
    SELECT coded.id FROM touched JOIN coding_coding AS coded
    ON coded.version_id = touched.version_id
    AND coded.start < touched."end" AND coded."end" > touched.start
)"""
PLACE = """array_position(%s::bigint[], "coding_coding"."version_id")"""

Thing = TypeVar("Thing", Coding, Memo)


@dataclass(frozen=True, slots=True)
class Told(Generic[Thing]):
    """A coded passage or memo that answers, with each place in the words beside it."""

    thing: Thing
    text: Text | None
    contexts: list[InContext]


class Met(NamedTuple):
    """A coded passage or memo that answers: its key, its text, its words and the places in them."""

    key: int
    text: Text | None
    words: str
    places: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tellings(Sequence[Told[Thing]]):
    """What answers, in order; only what is taken out of it is read whole."""

    met: Sequence[Met]
    things: "QuerySet[Thing]"

    def __len__(self) -> int:
        return len(self.met)

    @overload
    def __getitem__(self, at: int) -> Told[Thing]: ...
    @overload
    def __getitem__(self, at: slice) -> list[Told[Thing]]: ...
    def __getitem__(self, at: int | slice) -> Told[Thing] | list[Told[Thing]]:
        if isinstance(at, int):
            return self._told([self.met[at]])[0]
        return self._told(self.met[at])

    def __iter__(self) -> Iterator[Told[Thing]]:
        return iter(self._told(self.met))

    def _told(self, met: Sequence[Met]) -> list[Told[Thing]]:
        things = self.things.in_bulk([one.key for one in met])
        return [
            Told(things[one.key], one.text, [in_context(one.words, place) for place in one.places])
            for one in met
        ]


@dataclass(frozen=True, slots=True)
class Answers(Generic[Thing]):
    """What answers; ``is_many`` when only the first were looked at."""

    found: Tellings[Thing]
    is_many: bool

    @property
    def is_personal(self) -> bool:
        """Whether some of it is of sources of which reading is logged."""
        return any(one.text is not None and one.text.is_personal for one in self.found.met)


def codings_that_count(coder: Coder | None, study: Study, code: Code | None) -> QuerySet[Coding]:
    """Return the codings a coder may see, without suggestions nobody took and lost passages."""
    seen = (
        codings_visible(coder, study)
        .exclude(anchor=Coding.Anchor.LOST)
        .exclude(origin=Coding.Origin.SUGGESTION, accepted_at=None)
    )
    return seen if code is None else seen.filter(code=code)


def passages_found(
    query: Node, texts: Sequence[Text], codings: QuerySet[Coding], enough: int | None = None
) -> Answers[Coding]:
    """Return the coded passages in whose words a question holds, in the order of the texts.

    It goes through the texts until ``enough`` were found, or it looked at as many passages as it
    may.
    """
    of = {text.version: text for text in texts}
    condition = touched_by(query)
    found: list[Met] = []
    n_looked, n_gone = 0, 0
    for versions in growing(list(of), FIRST_TEXTS):
        touched = RawSQL(  # noqa: S611 every word that was typed is a value
            TOUCHED.format(condition=condition.sql),
            (array(versions), *condition.values),
            output_field=BooleanField(),
        )
        place = RawSQL(PLACE, (array(versions),))  # noqa: S611 numbers of texts
        met = codings.filter(touched, version__in=versions).order_by(place, "start", "pk")
        most = LOOKED_AT_MOST - n_looked
        rows = list(met.values_list("pk", "version", "quote")[: most + 1])
        found += _answering(query, [(pk, of[version], quote) for pk, version, quote in rows[:most]])
        n_looked, n_gone = n_looked + len(rows), n_gone + len(versions)
        if n_looked > LOOKED_AT_MOST or (enough is not None and len(found) >= enough):
            break
    things = Coding.objects.select_related("code", "coder")
    return Answers(Tellings(found, things), n_looked > LOOKED_AT_MOST or n_gone < len(of))


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
        .order_by("-made_at", "-pk")
        .values_list("pk", Coalesce("coding__version__source", "source"), "text")
        [: LOOKED_AT_MOST + 1]
    )  # fmt: skip
    found = _answering(query, [(pk, of.get(source or 0), text)
                               for pk, source, text in rows[:LOOKED_AT_MOST]])  # fmt: skip
    things = Memo.objects.select_related("code", "coder", "coding__code", "coding__version").defer(
        "coding__version__text"
    )
    return Answers(Tellings(found, things), len(rows) > LOOKED_AT_MOST)


def memos_seen(
    coder: Coder | None, study: Study, sources: QuerySet[Source], code: Code | None
) -> QuerySet[Memo]:
    """Return the memos a person may see: by the rule of rounds, and of sources they may see."""
    seen = memos_visible(coder, study).filter(
        Q(source=None) | Q(source__in=sources),
        Q(coding=None) | Q(coding__version__source__in=sources),
    )
    return seen if code is None else seen.filter(Q(code=code) | Q(coding__code=code))


def _answering(query: Node, rows: Sequence[tuple[int, Text | None, str]]) -> list[Met]:
    words = [words_of(text) for _, _, text in rows]
    matcher = matcher_for(query, words)
    found: list[Met] = []
    for (key, of, text), each in zip(rows, words, strict=True):
        places = matcher.places(each)
        if places is not None:
            found.append(Met(key, of, text, places_in(text, places)))
    return found
