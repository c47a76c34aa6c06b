"""How does a reviewed text become one in which people are not known any more?"""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.deidentification.models import Mark, Review
from rodedraad.errors import Refusal
from rodedraad.methods.deidentify import PositionMap, Span, replace_spans
from rodedraad.sources.actions import version_add
from rodedraad.sources.extraction.model import Extracted, Passage
from rodedraad.sources.models import SourceVersion


@transaction.atomic
def text_make(review: Review, *, person: Person, origin: str) -> SourceVersion:
    """Make a version with every kept place replaced; the team may read it.

    Raises
    ------
    Refusal
        When places are still open (``marks_open``), or the text is that of the newest version.
    """
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    n_open = review.marks.filter(decision=Mark.Decision.OPEN).count()
    if n_open:
        raise Refusal(
            f"{n_open} places are still open. Accept or reject each of them first.",
            code="marks_open",
            n=n_open,
        )
    version = review.version
    marks = list(
        review.marks.filter(decision__in=Mark.KEPT).select_related("pseudonym").order_by("start")
    )
    spans = [_span(mark, version.text) for mark in marks]
    replaced = replace_spans(
        version.text,
        spans,
        [mark.pseudonym.number if mark.pseudonym else None for mark in marks],
        own_words={place: mark.replacement for place, mark in enumerate(marks) if mark.replacement},
    )
    stead = {
        span.text: replaced.text[piece.new_start : piece.new_end]
        for span, piece in zip(spans, replaced.positions.pieces, strict=True)
    }
    found = Extracted(
        replaced.text,
        tuple(_passages(version, replaced.positions, stead)),
        form="text",
        media_type="text/plain",
        extractor=f"{review.recognisers}"[:60],
        notices=_notices(review, len(marks)),
    )
    made = version_add(
        version.source, found, person=person, origin=origin, deidentified=True,
        to_new=replaced.positions.ranges_to_new if _is_newest(version) else None,
    )  # fmt: skip
    review.made, review.made_at, review.made_by = made, timezone.now(), person
    review.save(update_fields=["made", "made_at", "made_by"])
    audit_record(
        person=person,
        action="deidentify_make",
        object=f"study:{version.source.study.slug} source:{version.source.uuid} v{made.number}",
        origin=origin,
    )
    return made


def names_left(review: Review) -> list[str]:
    """Return which facts of the source still hold words that were replaced in its text.

    ``title``, ``file_name``, ``origin``, ``respondent``, or ``label`` of a paragraph.
    """
    version = review.version
    source = version.source
    words = {
        version.text[mark.start : mark.end]
        for mark in review.marks.filter(decision__in=Mark.KEPT, kind="person")
    }
    if not words:
        return []
    named = _pattern(words)
    fields = ("title", "file_name", "origin", "respondent")
    left = [name for name in fields if named.search(_spaced(getattr(source, name)))]
    made = review.made
    if made is not None:
        labels = made.paragraphs.exclude(label="").values_list("label", flat=True).distinct()
        left += ["label"] if any(named.search(label) for label in labels) else []
    return left


def _is_newest(version: SourceVersion) -> bool:
    return not version.source.versions.filter(number__gt=version.number).exists()


def _span(mark: Mark, text: str) -> Span:
    words = text[mark.start : mark.end]
    return Span(mark.kind, mark.start, mark.end, words, "sure", mark.rule)  # type: ignore[arg-type]


def _passages(
    version: SourceVersion, positions: PositionMap, stead: Mapping[str, str]
) -> list[Passage]:
    rows = list(version.paragraphs.order_by("number").values_list("start", "end", "kind", "label"))
    moved = positions.ranges_to_new([(start, end) for start, end, _kind, _label in rows])
    named = _pattern(stead) if stead else None
    passages: list[Passage] = []
    place = 0
    for (start, end), (_start, _end, kind, label) in zip(moved, rows, strict=True):
        begin = max(start, place)
        if begin < end:
            told = named.sub(lambda found: stead[found[0]], label) if named else label
            passages.append(Passage(begin, end, kind, told[:120]))
            place = end
    return passages


def _pattern(words: Mapping[str, str] | set[str]) -> re.Pattern[str]:
    """Any of these words as they stand, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _spaced(name: str) -> str:
    """A file name as words: 'Jan_de_Vries.docx'."""
    return re.sub(r"[_.]+", " ", name)


def _notices(review: Review, n: int) -> tuple[dict[str, object], ...]:
    notices: list[dict[str, object]] = [{"code": "deidentified", "n": n}]
    if review.own_rules_only:
        notices.append({"code": "deidentified_own_rules"})
    return tuple(notices)
