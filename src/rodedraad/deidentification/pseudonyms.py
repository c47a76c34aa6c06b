"""Who in a text is who in the study, and how are the names behind pseudonyms kept locked?"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q

from rodedraad.deidentification.key import (
    Key,
    key_coded,
    key_current,
    name_lock,
    name_unlock,
    word_mark,
)
from rodedraad.deidentification.models import Mark, Pseudonym, PseudonymName, Review
from rodedraad.methods.deidentify import Person, PersonName, Span, pseudonyms_assign
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Study

WORD = re.compile(r"[^\W\d_]{2,}")
PARTICLES = frozenset(("van", "de", "der", "den", "het", "ten", "ter", "te", "in", "op", "aan"))


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whose a place is, and whom it may be too."""

    pseudonym: Pseudonym | None
    perhaps: tuple[int, ...] = ()


def persons_known(source: Source, text: str) -> list[Person]:
    """Return the persons of the study that the words of a text may be of, with their names.

    Only the names that share a word with this text, or are of it, are opened.
    """
    opened: dict[int, list[PersonName]] = defaultdict(list)
    for row in _names_met(source, text):
        about = _about(row.pseudonym)
        name = name_unlock(key_coded(row.key_code), bytes(row.secret), about)
        scope = str(row.source_id)
        opened[row.pseudonym.number].append(PersonName(name, scope, row.gender))
    return [Person(number, tuple(names)) for number, names in sorted(opened.items())]


def spans_assign(source: Source, spans: Sequence[Span], known: Sequence[Person]) -> list[Assigned]:
    """Return whose each span is; a person not met before gets the next number of the study.

    The caller holds the transaction.
    """
    study = Study.objects.select_for_update().get(pk=source.study_id)
    found = pseudonyms_assign(spans, known=known, scope=str(source.pk))
    met = {person.number for person in known}
    last = Pseudonym.objects.filter(study=study).aggregate(last=Max("number"))["last"] or 0
    new = sorted({number for number in found.numbers if number is not None} - met)
    number_of = {number: number for number in met} | {
        number: last + place for place, number in enumerate(new, 1)
    }
    Pseudonym.objects.bulk_create(
        Pseudonym(study=study, number=number_of[number]) for number in new
    )
    rows = Pseudonym.objects.filter(study=study, number__in=number_of.values())
    by_number = {row.number: row for row in rows}
    perhaps = {
        question.number: tuple(number_of[number] for number in question.perhaps)
        for question in found.questions
    }
    return [
        Assigned(None)
        if number is None
        else Assigned(by_number[number_of[number]], perhaps.get(number, ()))
        for number in found.numbers
    ]


def names_keep(review: Review, version: SourceVersion) -> None:
    """Make the key follow the marks of a text: the names in it, each with its pseudonym.

    The caller holds the transaction. Places that were rejected give no name.
    """
    marks = review.marks.exclude(pseudonym=None).exclude(decision=Mark.Decision.REJECTED)
    wanted = {
        (mark.pseudonym_id, version.text[mark.start : mark.end], mark.gender): mark.pseudonym
        for mark in marks.select_related("pseudonym")
    }
    key = key_current()
    PseudonymName.objects.filter(source=version.source_id).delete()
    PseudonymName.objects.bulk_create(
        PseudonymName(
            pseudonym=pseudonym,
            source_id=version.source_id,
            secret=name_lock(key, name, _about(pseudonym)),
            key_code=key.code,
            words=sorted(_marked(key, pseudonym.study_id, name)),
            gender=gender,
        )
        for (_pk, name, gender), pseudonym in wanted.items()
    )


def names_of(pseudonym: Pseudonym) -> list[str]:
    """Return the names behind a pseudonym, each once; who asks and why is written elsewhere."""
    return sorted(
        {
            name_unlock(key_coded(row.key_code), bytes(row.secret), _about(pseudonym))
            for row in pseudonym.names.all()
        }
    )


def names_lock_again() -> int:
    """Lock every name that is locked with an older key with the current one; return how many.

    The caller holds the transaction.
    """
    key = key_current()
    rows = PseudonymName.objects.exclude(key_code=key.code).select_related("pseudonym")
    n = 0
    for row in rows.iterator():
        about = _about(row.pseudonym)
        name = name_unlock(key_coded(row.key_code), bytes(row.secret), about)
        row.secret, row.key_code = name_lock(key, name, about), key.code
        row.words = sorted(_marked(key, row.pseudonym.study_id, name))
        row.save(update_fields=["secret", "key_code", "words"])
        n += 1
    return n


def _names_met(source: Source, text: str) -> Iterable[PseudonymName]:
    """The names of every person of whom a name shares a word with the text, or is of it."""
    study = source.study_id
    names = PseudonymName.objects.filter(pseudonym__study=study)
    codes = names.order_by().values_list("key_code", flat=True).distinct()
    marks = {mark for code in codes for mark in _marked(key_coded(code), study, text)}
    met = names.filter(Q(words__overlap=sorted(marks)) | Q(source=source))
    persons = met.order_by().values("pseudonym")
    return names.filter(pseudonym__in=persons).select_related("pseudonym").order_by("pk")


def _marked(key: Key, study: int, text: str) -> set[str]:
    words = {word.casefold() for word in WORD.findall(text)} - PARTICLES
    return {word_mark(key, study, word) for word in words}


def _about(pseudonym: Pseudonym) -> str:
    return f"study {pseudonym.study_id} person {pseudonym.number}"
