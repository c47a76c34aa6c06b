"""What does a REFI-QDA project or codebook hold? One frozen class per thing of the standard.

The order of the fields is the order of the elements in the file. A GUID is lower case without
braces, and need not be unique: the standard itself gives one to two selections of the same
passage. Dates keep the characters of the file, with their zone. An optional thing that the file
does not have is None; an empty one is empty.
"""

# Each field is described by a function of shape, which makes a field.
# ruff: noqa: RUF009

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar

from rodedraad.exchange.refi_qda.shape import (
    Dialect,
    Kind,
    attribute,
    child,
    children,
    reference,
    references,
    text,
    value,
)


class Place(Enum):
    """How sure it is that a selection's positions mean the words they should."""

    NAMED = "named"
    """The selection's name quotes the words, and they are there."""
    COUNTED = "counted"
    """Inside the text; there is nothing to check it with, and one way to count."""
    ASSUMED = "assumed"
    """Inside the text, but another way of counting gives other words, and nothing tells."""
    OUTSIDE = "outside"
    """Not inside the text; the positions are as they stood in the file."""
    NO_TEXT = "no_text"
    """There is no text to look in; the positions are as they stood in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Someone who worked on the project."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str | None = attribute("name")
    id: str | None = attribute("id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code with the codes below it; one that is not codable only groups others."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str = attribute("name", required=True, otherwise="")
    is_codable: bool = attribute("isCodable", Kind.BOOLEAN, required=True, otherwise=True)
    color: str | None = attribute("color", Kind.COLOUR)
    description: str | None = text("Description")
    notes: tuple[str, ...] = references("NoteRef", only=Dialect.PROJECT)
    codes: "tuple[Code, ...]" = children("Code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A question that is answered for cases or sources."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str = attribute("name", required=True, otherwise="")
    type: str = attribute("typeOfVariable", Kind.VARIABLE_TYPE, required=True, otherwise="Text")
    description: str | None = text("Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableValue:
    """The answer to a variable: ``value`` is the element's name and its text, or None."""

    variable: str = reference("VariableRef")
    value: tuple[str, str] | None = value()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A unit of analysis: what it is coded with, its variables, its sources and selections."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str | None = attribute("name")
    description: str | None = text("Description")
    codes: tuple[str, ...] = references("CodeRef")
    values: tuple[VariableValue, ...] = children("VariableValue")
    sources: tuple[str, ...] = references("SourceRef")
    selections: tuple[str, ...] = references("SelectionRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One code given by one coder; the coder is that of the coding, not of its selection."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    creating_user: str | None = attribute("creatingUser", Kind.GUID)
    created: str | None = attribute("creationDateTime", Kind.DATETIME)
    code: str = reference("CodeRef")
    notes: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """What has a GUID, perhaps a name, and who made and changed it when."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str | None = attribute("name")
    creating_user: str | None = attribute("creatingUser", Kind.GUID)
    created: str | None = attribute("creationDateTime", Kind.DATETIME)
    modifying_user: str | None = attribute("modifyingUser", Kind.GUID)
    modified: str | None = attribute("modifiedDateTime", Kind.DATETIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTextSelection(Authored):
    """A passage of a text: ``text[start:end]``, in code points of the text as the model has it."""

    start: int = attribute("startPosition", Kind.INTEGER, required=True)
    end: int = attribute("endPosition", Kind.INTEGER, required=True)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")
    place: Place = field(default=Place.COUNTED, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource(Authored):
    """A text: a source, a note, or what a PDF or picture says in plain text.

    ``text`` has line feeds only and no byte order mark. ``text_path`` is only there when the
    text is not: it names the file that was missing.
    """

    rich_text_path: str | None = attribute("richTextPath")
    text_path: str | None = attribute("plainTextPath")
    description: str | None = text("Description")
    text: str | None = text("PlainTextContent")
    selections: tuple[PlainTextSelection, ...] = children("PlainTextSelection")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")
    values: tuple[VariableValue, ...] = children("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSelection(Authored):
    """A rectangle of a picture, in pixels from the top left."""

    first_x: int = attribute("firstX", Kind.INTEGER, required=True)
    first_y: int = attribute("firstY", Kind.INTEGER, required=True)
    second_x: int = attribute("secondX", Kind.INTEGER, required=True)
    second_y: int = attribute("secondY", Kind.INTEGER, required=True)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSelection(Authored):
    """A rectangle of a page of a PDF, in points from the bottom left; pages count from 0."""

    page: int = attribute("page", Kind.INTEGER, required=True)
    first_x: int = attribute("firstX", Kind.INTEGER, required=True)
    first_y: int = attribute("firstY", Kind.INTEGER, required=True)
    second_x: int = attribute("secondX", Kind.INTEGER, required=True)
    second_y: int = attribute("secondY", Kind.INTEGER, required=True)
    description: str | None = text("Description")
    representation: TextSource | None = child("Representation", "TextSource")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSelection(Authored):
    """A stretch of a sound or film, in milliseconds."""

    begin: int = attribute("begin", Kind.INTEGER, required=True)
    end: int = attribute("end", Kind.INTEGER, required=True)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPoint:
    """A moment of a sound or film (milliseconds) and the place of its words in the transcript."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    time_stamp: int | None = attribute("timeStamp", Kind.INTEGER)
    position: int | None = attribute("position", Kind.INTEGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptSelection(Authored):
    """A stretch of a transcript between two of its sync points."""

    from_sync_point: str | None = attribute("fromSyncPoint", Kind.GUID)
    to_sync_point: str | None = attribute("toSyncPoint", Kind.GUID)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript(Authored):
    """What is said in a sound or film; ``text`` and ``text_path`` as of a text source."""

    rich_text_path: str | None = attribute("richTextPath")
    text_path: str | None = attribute("plainTextPath")
    description: str | None = text("Description")
    text: str | None = text("PlainTextContent")
    sync_points: tuple[SyncPoint, ...] = children("SyncPoint")
    selections: tuple[TranscriptSelection, ...] = children("TranscriptSelection")
    notes: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSource(Authored):
    """What all sources share that are a file of their own."""

    LEFT_OUT: ClassVar[tuple[str, ...]] = ("currentPath",)
    path: str | None = attribute("path")
    description: str | None = text("Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource(MediaSource):
    """A picture, perhaps with a text about it."""

    text_description: TextSource | None = child("TextDescription", "TextSource")
    selections: tuple[PictureSelection, ...] = children("PictureSelection")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")
    values: tuple[VariableValue, ...] = children("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSource(MediaSource):
    """A PDF, perhaps with its plain text."""

    selections: tuple[PdfSelection, ...] = children("PdfSelection", name="PDFSelection")
    representation: TextSource | None = child("Representation", "TextSource")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")
    values: tuple[VariableValue, ...] = children("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSource(MediaSource):
    """A sound with its transcripts."""

    transcripts: tuple[Transcript, ...] = children("Transcript")
    selections: tuple[TimeSelection, ...] = children("TimeSelection", name="AudioSelection")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")
    values: tuple[VariableValue, ...] = children("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoSource(MediaSource):
    """A film with its transcripts."""

    transcripts: tuple[Transcript, ...] = children("Transcript")
    selections: tuple[TimeSelection, ...] = children("TimeSelection", name="VideoSelection")
    codings: tuple[Coding, ...] = children("Coding")
    notes: tuple[str, ...] = references("NoteRef")
    values: tuple[VariableValue, ...] = children("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation between two things of the project."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str | None = attribute("name")
    direction: str | None = attribute("direction", Kind.DIRECTION)
    color: str | None = attribute("color", Kind.COLOUR)
    origin: str | None = attribute("originGUID", Kind.GUID)
    target: str | None = attribute("targetGUID", Kind.GUID)
    notes: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A group of codes, sources or notes; a codebook has only sets of codes."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str = attribute("name", required=True, otherwise="")
    description: str | None = text("Description")
    codes: tuple[str, ...] = references("MemberCode", codebook="guid")
    sources: tuple[str, ...] = references("MemberSource", only=Dialect.PROJECT)
    notes: tuple[str, ...] = references("MemberNote", only=Dialect.PROJECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertex:
    """A thing as it is drawn in a graph."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    represented: str | None = attribute("representedGUID", Kind.GUID)
    name: str | None = attribute("name")
    first_x: int = attribute("firstX", Kind.INTEGER, required=True)
    first_y: int = attribute("firstY", Kind.INTEGER, required=True)
    second_x: int | None = attribute("secondX", Kind.INTEGER)
    second_y: int | None = attribute("secondY", Kind.INTEGER)
    shape: str | None = attribute("shape", Kind.SHAPE)
    color: str | None = attribute("color", Kind.COLOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line between two vertices of a graph."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    represented: str | None = attribute("representedGUID", Kind.GUID)
    name: str | None = attribute("name")
    source: str = attribute("sourceVertex", Kind.GUID, required=True)
    target: str = attribute("targetVertex", Kind.GUID, required=True)
    color: str | None = attribute("color", Kind.COLOUR)
    direction: str | None = attribute("direction", Kind.DIRECTION)
    line_style: str | None = attribute("lineStyle", Kind.LINE_STYLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A drawing of things and the lines between them."""

    guid: str = attribute("guid", Kind.GUID, required=True)
    name: str | None = attribute("name")
    vertices: tuple[Vertex, ...] = children("Vertex")
    edges: tuple[Edge, ...] = children("Edge")


Source = TextSource | PictureSource | PdfSource | AudioSource | VideoSource
SOURCES = {
    "TextSource": "TextSource",
    "PictureSource": "PictureSource",
    "PDFSource": "PdfSource",
    "AudioSource": "AudioSource",
    "VideoSource": "VideoSource",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A whole project."""

    LEFT_OUT: ClassVar[tuple[str, ...]] = ("basePath",)
    name: str = attribute("name", required=True, otherwise="")
    origin: str | None = attribute("origin")
    creating_user: str | None = attribute("creatingUserGUID", Kind.GUID)
    created: str | None = attribute("creationDateTime", Kind.DATETIME)
    modifying_user: str | None = attribute("modifyingUserGUID", Kind.GUID)
    modified: str | None = attribute("modifiedDateTime", Kind.DATETIME)
    users: tuple[User, ...] = children("User", inside="Users")
    codes: tuple[Code, ...] = children("Code", inside="CodeBook Codes")
    variables: tuple[Variable, ...] = children("Variable", inside="Variables")
    cases: tuple[Case, ...] = children("Case", inside="Cases")
    sources: tuple[Source, ...] = children(SOURCES, inside="Sources")
    notes: tuple[TextSource, ...] = children("TextSource", name="Note", inside="Notes")
    links: tuple[Link, ...] = children("Link", inside="Links")
    sets: tuple[Set, ...] = children("Set", inside="Sets")
    graphs: tuple[Graph, ...] = children("Graph", inside="Graphs")
    description: str | None = text("Description")
    note_references: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A codebook by itself."""

    origin: str | None = attribute("origin")
    codes: tuple[Code, ...] = children("Code", inside="Codes", required=True)
    sets: tuple[Set, ...] = children("Set", inside="Sets")


CLASSES: dict[str, Any] = {
    one.__name__: one
    for one in (
        User, Code, Variable, VariableValue, Case, Coding, PlainTextSelection, TextSource,
        PictureSelection, PdfSelection, TimeSelection, SyncPoint, TranscriptSelection, Transcript,
        PictureSource, PdfSource, AudioSource, VideoSource, Link, Set, Vertex, Edge, Graph,
    )
}  # fmt: skip
