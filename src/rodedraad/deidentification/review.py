"""What does a person decide about the places where people can be known, and how is it undone?

Every step is kept with the marks as they were and became. Nobody writes over another's work: who
decides tells which version of the mark was seen. Who may review is decided where it is asked.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from rodedraad.accounts.models import Person
from rodedraad.deidentification.models import Mark, MarkChange, Pseudonym, Review
from rodedraad.deidentification.pseudonyms import names_keep, persons_known, spans_assign
from rodedraad.errors import Refusal
from rodedraad.methods.deidentify import KINDS, Span
from rodedraad.sources.models import SourceVersion

Decision = Mark.Decision
FIELDS = ("start", "end", "kind", "pseudonym_id", "replacement", "decision", "perhaps")
LONGEST_WORDS = 200
LONGEST_REPLACEMENT = 60
ADDED_BY = "person"


@transaction.atomic
def mark_decide(
    review: Review, pk: int, row_version: int, decision: str, *, person: Person
) -> Mark:
    """Accept or reject a place, or open it again.

    Raises
    ------
    Refusal
        ``changed_by_other`` when somebody changed it since; ``decision_unknown``.
    """
    _require_decision(decision)
    mark = _mark_locked(review, pk, row_version)
    _step(review, "decide", [mark], person, decision=decision)
    return mark


@transaction.atomic
def mark_change(
    review: Review,
    pk: int,
    row_version: int,
    *,
    kind: str,
    words: str,
    replacement: str,
    person: Person,
) -> Mark:
    """Keep a place, but as another kind, of other extent, or with other words in its stead.

    Raises
    ------
    Refusal
        ``changed_by_other``; ``mark_words_elsewhere`` when ``words`` do not stand there;
        ``mark_overlaps`` another place; ``replacement_names`` who should not be named.
    """
    _require_kind(kind)
    mark = _mark_locked(review, pk, row_version)
    version = review.version
    start, end = _extent(version.text, mark, words)
    if _overlapping(review, start, end).exclude(pk=mark.pk).exists():
        raise Refusal(
            "These words overlap another place. Reject that one first, or choose fewer words.",
            code="mark_overlaps",
        )
    own = _replacement_checked(replacement, version.text[start:end])
    if kind != "person":
        pseudonym = None
    else:
        pseudonym = mark.pseudonym or _pseudonyms(version, [(start, end)], mark.gender)[0]

    _step(
        review,
        "change",
        [mark],
        person,
        start=start,
        end=end,
        kind=kind,
        replacement=own,
        pseudonym=pseudonym,
        decision=Decision.CHANGED,
    )
    return mark


@transaction.atomic
def marks_add(review: Review, words: str, kind: str, *, person: Person) -> list[Mark]:
    """Mark words that nothing found, everywhere in the text.

    Raises
    ------
    Refusal
        When they do not stand in the text, or every place is marked already.
    """
    _require_kind(kind)
    _lock(review)
    version = review.version
    places = _places(version.text, words.strip())
    if not places:
        raise Refusal(
            "These words do not stand in the text like this. Copy them from the text.",
            code="mark_not_found",
        )
    free = [place for place in places if not _overlapping(review, *place).exists()]
    if not free:
        raise Refusal("Every place with these words is marked already.", code="mark_there")
    whose = _pseudonyms(version, free) if kind == "person" else [None] * len(free)
    made = Mark.objects.bulk_create(
        Mark(
            review=review,
            start=place[0],
            end=place[1],
            kind=kind,
            certainty="sure",
            rule=ADDED_BY,
            pseudonym=pseudonym,
            decision=Decision.ADDED,
            person=person,
            decided_at=timezone.now(),
        )
        for place, pseudonym in zip(free, whose, strict=True)
    )
    MarkChange.objects.create(
        review=review,
        verb="add",
        before=[{"mark": mark.pk} for mark in made],
        after=[_state(mark) for mark in made],
        person=person,
    )
    names_keep(review, version)
    return made


@transaction.atomic
def marks_decide(
    review: Review,
    decision: str,
    *,
    kind: str | None = None,
    like: int | None = None,
    person: Person,
) -> int:
    """Decide on every open place of a kind, or with the words of mark ``like``; return how many.

    Places that somebody decided on before stay as they are.
    """
    _require_decision(decision)
    _lock(review)
    found = review.marks.select_for_update(of=("self",)).filter(decision=Decision.OPEN)
    marks = list(found.filter(kind=kind) if kind else found)
    if like is not None:
        text = review.version.text
        one = review.marks.get(pk=like)
        words = text[one.start : one.end]
        marks = [mark for mark in marks if text[mark.start : mark.end] == words]
    if marks:
        _step(review, "decide", marks, person, decision=decision)
    return len(marks)


@transaction.atomic
def person_link(review: Review, number: int, to: int | None, *, person: Person) -> Pseudonym:
    """Say that person ``number`` in this text is person ``to`` of the study, or a new one.

    Raises
    ------
    Refusal
        When the study has no person ``to``, or the text no person ``number``.
    """
    _lock(review)
    found = review.marks.select_for_update(of=("self",)).filter(pseudonym__number=number)
    marks = list(found)
    study = review.version.source.study
    pseudonyms = Pseudonym.objects.select_for_update().filter(study=study)
    if to is None:
        last = pseudonyms.aggregate(last=Max("number"))["last"] or 0
        target = Pseudonym.objects.create(study=study, number=last + 1)
    else:
        target = pseudonyms.filter(number=to).first()
    if target is None or not marks or target.number == number:
        raise Refusal(
            "There is no such person. Choose a number that stands in the list of persons.",
            code="person_unknown",
        )

    _step(review, "link", marks, person, pseudonym=target, perhaps=[])
    return target


@transaction.atomic
def mark_apart(review: Review, pk: int, row_version: int, *, person: Person) -> Mark:
    """Say that one place is of somebody else than the others with that number: a new person."""
    mark = _mark_locked(review, pk, row_version)
    study = review.version.source.study
    last = Pseudonym.objects.filter(study=study).aggregate(last=Max("number"))["last"] or 0
    other = Pseudonym.objects.create(study=study, number=last + 1)
    _step(review, "link", [mark], person, pseudonym=other)
    return mark


def undo_next(review: Review, person: Person) -> MarkChange | None:
    """Return the step of this person that undo would take back."""
    return review.changes.filter(person=person, undone=False).order_by("-pk").first()


def may_undo(review: Review, person: Person) -> bool:
    """Tell whether there is such a step."""
    return review.changes.filter(person=person, undone=False).exists()


@transaction.atomic
def step_undo(review: Review, *, person: Person) -> MarkChange:
    """Take back the newest step of a person in this text.

    Raises
    ------
    Refusal
        ``nothing_to_undo``; ``changed_by_other`` when somebody changed one of these places since.
    """
    _lock(review)
    step = undo_next(review, person)
    if step is None:
        raise Refusal("There is no step to undo.", code="nothing_to_undo")
    marks = {mark.pk: mark for mark in review.marks.select_for_update(of=("self",))}
    for before, after in zip(step.before, step.after, strict=True):
        mark = marks.get(after["mark"])
        if mark is None or _state(mark) != after:
            raise changed_by_other()
        given = {name: before[name] for name in FIELDS if name in before} or {
            "decision": Decision.REJECTED
        }
        for name, value in given.items():
            setattr(mark, name, value)
        mark.row_version += 1
        mark.save()
    step.undone = True
    step.save(update_fields=["undone"])
    names_keep(review, review.version)
    return step


def changed_by_other() -> Refusal:
    """Return the refusal that keeps one person from writing over another's work."""
    return Refusal(
        "Somebody changed this since you opened it, so nothing was written. Look at how it is "
        "now, and make your change again if it is still needed.",
        code="changed_by_other",
    )


def _step(review: Review, verb: str, marks: Sequence[Mark], person: Person, **values: Any) -> None:
    """Give all these marks the same values, in one statement, and keep what they were."""
    before = [_state(mark) for mark in marks]
    values |= {"person": person, "decided_at": timezone.now()}
    for mark in marks:
        for name, value in values.items():
            setattr(mark, name, value)
        mark.row_version += 1
    chosen = review.marks.filter(pk__in=[mark.pk for mark in marks])
    chosen.update(**values, row_version=F("row_version") + 1)
    after = [_state(mark) for mark in marks]
    MarkChange.objects.create(review=review, verb=verb, before=before, after=after, person=person)
    if _names_differ(before, after):
        names_keep(review, review.version)


def _names_differ(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> bool:
    def named(states: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        out = Decision.REJECTED
        return [
            (one["start"], one["end"], one["pseudonym_id"], one["decision"] == out)
            for one in states
        ]

    return named(before) != named(after)


def _state(mark: Mark) -> dict[str, Any]:
    return {"mark": mark.pk} | {name: getattr(mark, name) for name in FIELDS}


def _lock(review: Review) -> None:
    Review.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _mark_locked(review: Review, pk: int, row_version: int) -> Mark:
    _lock(review)
    mark = review.marks.select_for_update(of=("self",)).filter(pk=pk).first()
    if mark is None or mark.row_version != row_version:
        raise changed_by_other()
    return mark


def _extent(text: str, mark: Mark, words: str) -> tuple[int, int]:
    wanted = words.strip()
    if not wanted or wanted == text[mark.start : mark.end]:
        return mark.start, mark.end
    first = max(0, mark.start - len(wanted))
    near = text[first : mark.end + len(wanted)]
    for found in re.finditer(re.escape(wanted), near):
        start, end = first + found.start(), first + found.end()
        if start < mark.end and mark.start < end:
            return start, end
    raise Refusal(
        "These words do not stand at this place in the text. Copy them from the text.",
        code="mark_words_elsewhere",
    )


def _replacement_checked(replacement: str, words: str) -> str:
    own = " ".join(replacement.replace("[", "").replace("]", "").split())
    told = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", words)}
    if len(own) > LONGEST_REPLACEMENT or told & set(own.casefold().split()):
        raise Refusal(
            f"What stands instead has at most {LONGEST_REPLACEMENT} characters, and no word of "
            "what it replaces. Choose other words.",
            code="replacement_names",
            most=LONGEST_REPLACEMENT,
        )
    return own


def _places(text: str, words: str) -> list[tuple[int, int]]:
    if not words or len(words) > LONGEST_WORDS:
        return []
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    return [found.span() for found in re.finditer(pattern, text)]


def _overlapping(review: Review, start: int, end: int) -> Any:
    kept = review.marks.exclude(decision=Decision.REJECTED)
    return kept.filter(start__lt=end, end__gt=start)


def _pseudonyms(
    version: SourceVersion, places: Iterable[tuple[int, int]], gender: str = ""
) -> list[Pseudonym | None]:
    spans = [
        Span("person", start, end, version.text[start:end], "sure", ADDED_BY, gender=gender)  # type: ignore[arg-type]
        for start, end in places
    ]
    words = "\n".join(span.text for span in spans)
    whose = spans_assign(version.source, spans, persons_known(version.source, words))
    return [assigned.pseudonym for assigned in whose]


def _require_decision(decision: str) -> None:
    if decision not in {Decision.ACCEPTED, Decision.REJECTED, Decision.OPEN}:
        raise Refusal(
            "A place is accepted, rejected or opened again. Use the buttons of the page.",
            code="decision_unknown",
        )


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refusal(
            "This is no kind of thing that people are known by. Choose one from the list.",
            code="kind_unknown",
        )
