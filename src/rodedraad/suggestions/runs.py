"""How does the machine learn from the codings of a study, and what does it suggest?"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from rodedraad import __version__
from rodedraad.accounts.models import Person
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Code
from rodedraad.coding.visible import codings_now, codings_visible
from rodedraad.errors import Refusal
from rodedraad.jobs.kinds import Progress
from rodedraad.sources.models import Paragraph, SourceVersion
from rodedraad.studies.models import Study
from rodedraad.suggestions.learning import (
    CALLED_FROM,
    FOLDS,
    SEED,
    Model,
    learn,
    parameters,
    worth,
)
from rodedraad.suggestions.models import Suggestion, SuggestionRun
from rodedraad.suggestions.visible import OPEN, sources_free, suggestions_require

LENGTH_AT_LEAST = 30
CODED_AT_MOST = 4_000
OTHERS_AT_MOST = 4_000
PER_CODE_AT_MOST = 50
AT_A_TIME = 2_000
Place = tuple[int, int]
Row = tuple[int, int, int, int]


@dataclass(slots=True)
class Examples:
    """Paragraphs to learn from, and by code which of them have it.

    ``known`` holds by code every place (version, start) that has it already.
    """

    texts: list[str] = field(default_factory=list)
    having: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    known: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))
    n_sources: int = 0


def suggestions_make(study: Study, *, person: Person | None, tell: Progress) -> SuggestionRun:
    """Learn from the codings that count, and keep what looks like them as open suggestions.

    Open suggestions of before make room; what a person decided about stays, and is not suggested
    again. Sources in an open blind round are neither learned from nor suggested in.

    Raises
    ------
    Refusal
        ``suggestions_off`` or ``suggestions_no_examples``.
    """
    suggestions_require(study)
    examples = examples_of(study)
    if not examples.having:
        raise Refusal(
            "Nothing is coded yet that the machine may learn from. Code passages first.",
            code="suggestions_no_examples",
        )
    steps = FOLDS + 3
    known = worth(examples.texts, examples.having, lambda done: tell(done, steps))
    model = learn(examples.texts, examples.having)
    tell(FOLDS + 1, steps)
    found = _found(study, model, examples.known)
    tell(FOLDS + 2, steps)
    with transaction.atomic():
        suggestions_require(study)
        run = SuggestionRun.objects.create(
            study=study,
            codebook_version=codebook_current(study, person=person),
            parameters=parameters() | {"version": __version__, "coded_at_most": CODED_AT_MOST,
                                       "others_at_most": OTHERS_AT_MOST,
                                       "per_code_at_most": PER_CODE_AT_MOST},
            worth={code: _told(one) for code, one in known.items()},
            n_passages=len(examples.texts),
            n_sources=examples.n_sources,
            made_by=person,
        )  # fmt: skip
        Suggestion.objects.filter(OPEN, study=study).delete()
        codes = {str(code.uuid): code for code in Code.objects.filter(study=study)}
        rows = [
            Suggestion(run=run, study=study, code=codes[code], version_id=row.version_id,
                       start=row.start, end=row.end, quote=row.text, score=score)
            for code, score, row in found
        ]  # fmt: skip
        Suggestion.objects.bulk_create(rows, ignore_conflicts=True)
    tell(steps, steps)
    return run


def examples_of(study: Study) -> Examples:
    """Return the paragraphs of coded texts with the codes they have; a random part when many.

    A paragraph without a code counts as one that does not have it, so only texts in which
    something is coded are taken.
    """
    counting = codings_visible(None, study).filter(pk__in=codings_now(study).values("pk"))
    codings = list(
        counting.filter(start__isnull=False, code__retired_at=None)
        .filter(version__source__in=sources_free(study).order_by().values("pk"))
        .order_by("version", "start")
        .values_list("version", "start", "end", "code__uuid")
    )
    examples = Examples()
    versions = {version for version, *_ in codings}
    by_version: dict[int, list[Row]] = defaultdict(list)
    for row in _long_enough(versions).values_list("pk", "version", "start", "end"):
        by_version[row[1]].append(row)
    numbers: dict[str, set[int]] = defaultdict(set)
    for version, start, end, uuid in codings:
        for pk, _, first, _ in _touched(by_version[version], start, end):
            numbers[str(uuid)].add(pk)
            examples.known[str(uuid)].add((version, first))
    coded = {pk for having in numbers.values() for pk in having}
    others = [row[0] for rows in by_version.values() for row in rows if row[0] not in coded]
    lot = np.random.default_rng(SEED)
    taken = [*_some(lot, coded, CODED_AT_MOST), *_some(lot, others, OTHERS_AT_MOST)]
    texts = dict(Paragraph.objects.filter(pk__in=taken).values_list("pk", "text"))
    examples.texts = [texts[pk] for pk in taken]
    at = {pk: number for number, pk in enumerate(taken)}
    for code, having in numbers.items():
        examples.having[code] = {at[pk] for pk in having if pk in at}
    examples.n_sources = len(versions)
    return examples


def _some(lot: np.random.Generator, numbers: Iterable[int], at_most: int) -> list[int]:
    """Return some of the numbers by lot, in order."""
    among = sorted(numbers)
    return sorted(among[at] for at in lot.permutation(len(among))[:at_most].tolist())


def _touched(rows: list[Row], start: int, end: int) -> Iterator[Row]:
    """Give the paragraphs that a range touches; they are in order."""
    first = max(0, bisect_right(rows, start, key=lambda row: row[2]) - 1)
    for row in islice(rows, first, None):
        if row[2] >= end:
            return
        if row[3] > start:
            yield row


def _long_enough(versions: Iterable[int] | QuerySet) -> QuerySet[Paragraph]:
    rows = Paragraph.objects.filter(version__in=versions, end__gte=F("start") + LENGTH_AT_LEAST)
    return rows.order_by("version", "start")


def _found(
    study: Study, model: Model, known: dict[str, set[Place]]
) -> list[tuple[str, float, Paragraph]]:
    """Return for each code the paragraphs that look most like it and do not have it."""
    if not model.codes:
        return []
    newest = SourceVersion.objects.filter(source=OuterRef("pk")).order_by("-number").values("pk")
    versions = sources_free(study).annotate(newest=Subquery(newest[:1])).values("newest")
    best: dict[str, list[tuple[float, int, Paragraph]]] = {code: [] for code in model.codes}
    rows = _long_enough(versions.order_by()).only("version_id", "start", "end", "text")
    streamed = rows.iterator(chunk_size=AT_A_TIME)
    while batch := list(islice(streamed, AT_A_TIME)):
        for code, scores in model.scores([row.text for row in batch]).items():
            new = [
                (float(score), -row.pk, row)
                for score, row in zip(scores, batch, strict=True)
                if score >= CALLED_FROM and (row.version_id, row.start) not in known[code]
            ]
            best[code] = nlargest(PER_CODE_AT_MOST, best[code] + new, key=lambda one: one[:2])
    return [(code, score, row) for code, rows in best.items() for score, _, row in rows]


def _told(one: Any) -> dict[str, Any]:
    return {
        "n_examples": one.n_examples, "n_passages": one.n_passages, "n_called": one.n_called,
        "precision": one.precision, "recall": one.recall, "is_enough": one.is_enough,
    }  # fmt: skip
