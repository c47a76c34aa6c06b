"""What is read of sources: a page of the list, and a window of one text."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery

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


def sources_page(sources: QuerySet[Source], number: str | None) -> Page[Source]:
    """Return a page of sources with the length of their newest text as ``n_characters``."""
    newest = SourceVersion.objects.filter(source=OuterRef("pk")).order_by("-number")
    listed = (
        sources.select_related("case")
        .order_by("title", "pk")
        .annotate(n_characters=Subquery(newest.values("n_characters")[:1]))
    )
    return Paginator(listed, SOURCES_PER_PAGE).get_page(number)


def versions_of(source: Source) -> list[SourceVersion]:
    """Return the versions of a source, newest first, without their texts."""
    return list(source.versions.defer("text").select_related("made_by").order_by("-number"))


def text_window(version: SourceVersion, start: int) -> Window:
    """Return the paragraphs from number ``start``: as many as one page shows."""
    found = version.paragraphs.defer("search").order_by("number")
    asked = list(found.filter(number__gte=start)[: PARAGRAPHS_AT_MOST + 1])
    shown = _fitting(asked[:PARAGRAPHS_AT_MOST])
    last = found.order_by("-number").values_list("number", flat=True).first() or 0
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
