"""What is read of sources: a page of the list, and a window of one text."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery

from rodedraad.sources.models import Paragraph, Source, SourceVersion

SOURCES_PER_PAGE = 50
PARAGRAPHS_AT_MOST = 80
CHARACTERS_AT_MOST = 30_000


@dataclass(frozen=True, slots=True)
class Window:
    """The paragraphs that one page of a text shows, and where the pages beside it begin."""

    paragraphs: list[Paragraph]
    n: int
    before: int | None
    after: int | None

    @property
    def first(self) -> int:
        """Number of the first paragraph shown; 0 when there is none."""
        return self.paragraphs[0].number if self.paragraphs else 0

    @property
    def last(self) -> int:
        """Number of the last paragraph shown; 0 when there is none."""
        return self.paragraphs[-1].number if self.paragraphs else 0


ORDERS = {
    "titel": ("title", "pk"),
    "nieuwste": ("-added_at", "-pk"),
    "datum": (F("date").asc(nulls_last=True), "title", "pk"),
    "datum-af": (F("date").desc(nulls_last=True), "title", "pk"),
    "soort": ("kind", "title", "pk"),
    "casus": (F("case__name").asc(nulls_last=True), "title", "pk"),
}
"""How a list of sources may be ordered, by its name in an address."""


def sources_page(
    sources: QuerySet[Source], number: str | None, *, order: str = "titel"
) -> Page[Source]:
    """Return a page of sources with the length of their newest text as ``n_characters``."""
    newest = SourceVersion.objects.filter(source=OuterRef("pk")).order_by("-number")
    listed = (
        sources.select_related("case", "added_by")
        .order_by(*ORDERS.get(order, ORDERS["titel"]))
        .annotate(n_characters=Subquery(newest.values("n_characters")[:1]))
    )
    return Paginator(listed, SOURCES_PER_PAGE).get_page(number)


PEOPLE_SPEAK = frozenset({Source.Kind.TRANSCRIPT, Source.Kind.OPEN_ANSWERS})


def deidentify_due(source: Source, version: SourceVersion) -> bool:
    """Tell whether people can still be known in this text: someone speaks, and nobody looked."""
    about_people = source.confidentiality == Source.Confidentiality.PERSONAL
    return not version.deidentified and (about_people or source.kind in PEOPLE_SPEAK)


def versions_of(source: Source) -> list[SourceVersion]:
    """Return the versions of a source, newest first, without their texts."""
    return list(source.versions.defer("text").select_related("made_by").order_by("-number"))


def text_window(version: SourceVersion, start: int) -> Window:
    """Return the paragraphs from number ``start``: as many as one page shows."""
    found = version.paragraphs.defer("search").order_by("number")
    numbers = version.paragraphs.order_by("-number").values("number")[:1]
    beside = found.filter(number__gte=start).annotate(last=Subquery(numbers))
    asked = list(beside[: PARAGRAPHS_AT_MOST + 1])
    shown = _fitting(asked[:PARAGRAPHS_AT_MOST])
    last: int = asked[0].last if asked else numbers.values_list("number", flat=True).first() or 0
    after = asked[len(shown)].number if len(asked) > len(shown) else None
    before = max(1, start - PARAGRAPHS_AT_MOST) if start > 1 else None
    return Window(shown, last, before, after)


def paragraph_at(version: SourceVersion, position: int) -> int:
    """Return the number of the paragraph in which a position of the text lies, or that follows."""
    found = version.paragraphs.filter(end__gt=position).order_by("number")
    return found.values_list("number", flat=True).first() or 1


def _fitting(paragraphs: list[Paragraph]) -> list[Paragraph]:
    room = CHARACTERS_AT_MOST
    shown: list[Paragraph] = []
    for paragraph in paragraphs:
        room -= len(paragraph.text)
        if shown and room < 0:
            break
        shown.append(paragraph)
    return shown
