"""How does a worker look for people in a text: the long work ``deidentify``?"""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import rodedraad
from rodedraad.accounts.audit import audit_record
from rodedraad.deidentification.deduce_names import (
    deduce_is_built,
    deduce_label,
    deduce_works,
    names_by_deduce,
)
from rodedraad.deidentification.models import Mark, Review
from rodedraad.deidentification.pseudonyms import names_keep, persons_known, spans_assign
from rodedraad.deidentification.staying import names_staying
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.methods.deidentify import Person, Span, recognise
from rodedraad.sources.models import SourceVersion

KIND = "deidentify"
PIECE_CHARACTERS = 50_000
OWN_RULES = f"rodedraad {rodedraad.__version__}"


def deidentify_work(job: Job, tell: Progress) -> JobResult:
    """Look for people in the version that the job names; what a person decided stays."""
    version = SourceVersion.objects.select_related("source__study").get(
        pk=job.parameters["version"], source__study=job.study
    )
    with_deduce = _deduce_ready(tell)
    elsewhere: list[Span] = []
    if with_deduce:
        pieces = list(pieces_of(version.text))
        for done, (start, words) in enumerate(pieces):
            tell(done, len(pieces) + 1, "deduce")
            elsewhere += (_moved(span, start) for span in names_by_deduce(words))
        tell(len(pieces), len(pieces) + 1, OWN_RULES)
    marks_find(version, elsewhere, with_deduce=with_deduce)
    audit_record(
        person=job.person,
        action="deidentify_find",
        object=f"study:{job.study.slug} source:{version.source.uuid} v{version.number}",
        origin="command",
    )
    page = reverse("deidentification:review", args=[job.study.slug, version.source.uuid])
    return {"address": page}


@transaction.atomic
def marks_find(
    version: SourceVersion, elsewhere: Sequence[Span] = (), *, with_deduce: bool = False
) -> Review:
    """Look for people in a version with our own rules and what was found ``elsewhere``.

    Places that somebody decided on stay as they are; open ones are found anew.
    """
    text, source = version.text, version.source
    recognisers = ", ".join((OWN_RULES, deduce_label())) if with_deduce else OWN_RULES
    review, _made = Review.objects.update_or_create(
        version=version,
        defaults={
            "recognisers": recognisers[:60],
            "own_rules_only": not with_deduce,
            "found_at": timezone.now(),
        },
    )
    review.marks.filter(decision=Mark.Decision.OPEN).delete()
    known = persons_known(source, text)
    spans = recognise(
        text,
        allowed=names_staying(source.study),
        known=_full_names(known),
        found_elsewhere=elsewhere,
    )
    decided = list(review.marks.values_list("start", "end"))
    new = [span for span in spans if not _touches(span, decided)]
    whose = spans_assign(source, new, known)
    Mark.objects.bulk_create(
        Mark(
            review=review,
            start=span.start,
            end=span.end,
            kind=span.kind,
            certainty=span.certainty,
            rule=span.rule,
            doubt=span.doubt,
            gender=span.gender,
            pseudonym=assigned.pseudonym,
            perhaps=list(assigned.perhaps),
        )
        for span, assigned in zip(new, whose, strict=True)
    )
    names_keep(review, version)
    return review


def pieces_of(text: str, most: int = PIECE_CHARACTERS) -> Iterator[tuple[int, str]]:
    """Give a text in pieces that end with a line, each with where it begins."""
    start = 0
    while len(text) - start > most:
        cut = text.rfind("\n", start, start + most) + 1
        if cut <= start:
            cut = text.rfind(" ", start, start + most) + 1
        if cut <= start:
            cut = start + most
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _deduce_ready(tell: Progress) -> bool:
    if deduce_is_built():
        tell(0, 1, _("deduce is loaded: some ten seconds"))
    else:
        tell(0, 1, _("deduce makes its word lists ready, once: this takes a few minutes"))
    return deduce_works()


def _moved(span: Span, by: int) -> Span:
    return Span(span.kind, span.start + by, span.end + by, span.text, span.certainty, span.rule)


def _full_names(known: Sequence[Person]) -> list[str]:
    """Names of two words or more: a surname alone may be a word of somebody else's."""
    return [name.text for person in known for name in person.names if " " in name.text]


def _touches(span: Span, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in ranges)
