"""What is read of a review: how far it is, the marks on a part of a text, the persons in it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from rodedraad.deidentification.models import Mark, Review
from rodedraad.deidentification.wording import (
    CERTAINTIES,
    DECISIONS,
    DOUBTS,
    KINDS,
    LOOKS,
    found_by,
)
from rodedraad.methods.deidentify import LABELS
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.sources.queries import PEOPLE_SPEAK

NAMES_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A mark as a page shows it."""

    mark: Mark
    words: str

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return str(KINDS[self.mark.kind])

    @property
    def look(self) -> str:
        """How it is underlined."""
        return LOOKS.get(self.mark.kind, "number")

    @property
    def certainty(self) -> str:
        """How sure that is."""
        return str(CERTAINTIES[self.mark.certainty])

    @property
    def decision(self) -> str:
        """What was decided, in a word."""
        return str(DECISIONS[self.mark.decision])

    @property
    def found_by(self) -> str:
        """What found it."""
        return found_by(self.mark.rule)

    @property
    def doubt(self) -> str:
        """What to look at; empty when there is nothing in particular."""
        return str(DOUBTS.get(self.mark.doubt, ""))

    @property
    def stead(self) -> str:
        """What comes in its place."""
        return f"[{self.mark.replacement or self._label()}]"

    @property
    def is_open(self) -> bool:
        """Whether somebody must still decide."""
        return self.mark.decision == Mark.Decision.OPEN

    @property
    def is_rejected(self) -> bool:
        """Whether the words stay."""
        return self.mark.decision == Mark.Decision.REJECTED

    def _label(self) -> str:
        label = LABELS[self.mark.kind]  # type: ignore[index]
        return f"{label} {self.mark.pseudonym.number}" if self.mark.pseudonym else label


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain, or what a mark covers."""

    start: int
    text: str
    shown: Shown | None = None


@dataclass(slots=True)
class PersonShown:
    """A person in a text: the names as they stand there, and whom it may be too."""

    number: int
    n: int = 0
    names: list[str] = field(default_factory=list)
    perhaps: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many places of a kind there are, by what was decided."""

    kind: str
    words: str
    n: int
    n_open: int
    n_accepted: int
    n_changed: int
    n_added: int
    n_rejected: int


def version_raw(source: Source) -> SourceVersion | None:
    """Return the newest version in which nobody was made unknown: what is reviewed."""
    raw = source.versions.filter(deidentified=False)
    whole = raw.select_related(
        "source__study", "deidentification__made", "deidentification__made_by"
    )
    return whole.defer("deidentification__made__text").order_by("-number").first()


def review_of(version: SourceVersion) -> Review | None:
    """Return the review of a version; none when nobody looked for people in it yet."""
    return getattr(version, "deidentification", None)


def sources_to_review(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Return the sources in which people speak or were looked for, with how far that is."""
    versions = SourceVersion.objects.filter(source=OuterRef("pk"))
    newest = versions.order_by("-number")
    reviews = Review.objects.filter(version__source=OuterRef("pk")).order_by("-version__number")
    open_marks = (
        Mark.objects.filter(review__version__source=OuterRef("pk"), decision=Mark.Decision.OPEN)
        .order_by()
        .values("review__version__source")
        .annotate(n=Count("pk"))
        .values("n")
    )
    speaking = Q(kind__in=PEOPLE_SPEAK) | Q(confidentiality=Source.Confidentiality.PERSONAL)
    found = sources.annotate(
        n_characters=Subquery(newest.values("n_characters")[:1]),
        newest_is_done=Subquery(newest.values("deidentified")[:1]),
        review_pk=Subquery(reviews.values("pk")[:1]),
        n_open=Subquery(open_marks),
        was_done=Exists(versions.filter(deidentified=True)),
    )
    return found.filter(speaking | Q(was_done=True) | Q(review_pk__isnull=False)).order_by(
        "title", "pk"
    )


def marks_shown(review: Review, paragraphs: Sequence[Paragraph]) -> list[Shown]:
    """Return the marks that touch these paragraphs, in order."""
    if not paragraphs:
        return []
    first, last = paragraphs[0].start, paragraphs[-1].end
    found = review.marks.filter(start__lt=last, end__gt=first).select_related("pseudonym")
    text = review.version.text
    return [Shown(mark, text[mark.start : mark.end]) for mark in found]


def pieces(paragraph: Paragraph, marks: Sequence[Shown]) -> list[Piece]:
    """Cut a paragraph where marks begin and end; of overlapping marks the first is shown."""
    cut: list[Piece] = []
    place = paragraph.start
    for shown in marks:
        start, end = max(shown.mark.start, place), min(shown.mark.end, paragraph.end)
        if shown.mark.start < place or start >= end:
            continue
        if start > place:
            cut.append(_plain(paragraph, place, start))
        words = paragraph.text[start - paragraph.start : end - paragraph.start]
        cut.append(Piece(start, words, shown))
        place = end
    if place < paragraph.end:
        cut.append(_plain(paragraph, place, paragraph.end))
    return cut


def kind_counts(review: Review) -> list[KindCount]:
    """Return how many places there are of each kind, by what was decided."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    rows = review.marks.order_by().values_list("kind", "decision").annotate(n=Count("pk"))
    for kind, decision, n in rows:
        counts[kind][decision] = n
    return [
        KindCount(
            kind,
            str(words),
            counts[kind].total(),
            *(counts[kind][each] for each in ("open", "accepted", "changed", "added", "rejected")),
        )
        for kind, words in KINDS.items()
        if kind in counts
    ]


def persons_shown(review: Review) -> list[PersonShown]:
    """Return the persons in a text by number, without those that stay."""
    text = review.version.text
    persons: dict[int, PersonShown] = {}
    rows = (
        review.marks.exclude(pseudonym=None)
        .exclude(decision=Mark.Decision.REJECTED)
        .order_by("start")
        .values_list("pseudonym__number", "start", "end", "perhaps")
    )
    for number, start, end, perhaps in rows:
        person = persons.setdefault(number, PersonShown(number))
        person.n += 1
        name = text[start:end]
        if name not in person.names and len(person.names) < NAMES_AT_MOST:
            person.names.append(name)
        person.perhaps |= set(perhaps) - {number}
    return [persons[number] for number in sorted(persons)]


def next_open(review: Review, after: int = 0) -> Mark | None:
    """Return the first open place from a position on, else the first of all."""
    waiting = review.marks.filter(decision=Mark.Decision.OPEN)
    return (
        waiting.annotate(before=ExpressionWrapper(Q(start__lt=after), BooleanField()))
        .order_by("before", "start")
        .first()
    )


def _plain(paragraph: Paragraph, start: int, end: int) -> Piece:
    return Piece(start, paragraph.text[start - paragraph.start : end - paragraph.start])
