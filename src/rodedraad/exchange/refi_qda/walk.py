"""What is in a project, seen as one row: all its codes, all its codings?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rodedraad.exchange.refi_qda.model import (
    AudioSource,
    Code,
    Coding,
    PdfSource,
    PictureSource,
    Project,
    Source,
    TextSource,
    VideoSource,
)


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding with where it stands: its source, what has the words, and what was selected.

    ``holder`` is the source itself, or its representation or transcript, or a note. ``selection``
    is None for a coding of the whole. ``source`` is None when the holder is a note.
    """

    source: Source | None
    holder: Any
    selection: Any
    coding: Coding

    @property
    def coder(self) -> str | None:
        """The GUID of who coded: of the coding, never of the selection."""
        return self.coding.creating_user


def codes_all(codes: Iterable[Code]) -> Iterator[Code]:
    """Give every code, each before the codes below it."""
    for code in codes:
        yield code
        yield from codes_all(code.codes)


def codings_all(project: Project) -> Iterator[Coded]:
    """Give every coding of a project, in the order of the file."""
    for source in project.sources:
        for holder in holders_of(source):
            yield from _codings(source, holder)
    for note in project.notes:
        yield from _codings(None, note)


def holders_of(source: Source) -> Iterator[Any]:
    """Give what of a source can have codings: itself, its texts and its transcripts."""
    yield source
    if isinstance(source, PictureSource) and source.text_description:
        yield source.text_description
    if isinstance(source, PdfSource):
        yield from (one.representation for one in source.selections if one.representation)
        if source.representation:
            yield source.representation
    if isinstance(source, AudioSource | VideoSource):
        yield from source.transcripts


def texts_all(project: Project) -> Iterator[TextSource]:
    """Give every text of a project: sources, representations, descriptions and notes."""
    for source in project.sources:
        yield from (one for one in holders_of(source) if isinstance(one, TextSource))
    yield from project.notes


def paths_all(project: Project) -> Iterator[str]:
    """Give every path that a source or its texts name."""
    for source in project.sources:
        for holder in holders_of(source):
            yield from _paths(holder)
    for note in project.notes:
        yield from _paths(note)


def _paths(holder: Any) -> Iterator[str]:
    for field in ("path", "rich_text_path", "text_path"):
        path = getattr(holder, field, None)
        if path is not None:
            yield path


def _codings(source: Source | None, holder: Any) -> Iterator[Coded]:
    for selection in holder.selections:
        for coding in selection.codings:
            yield Coded(source, holder, selection, coding)
    for coding in getattr(holder, "codings", ()):
        yield Coded(source, holder, None, coding)
