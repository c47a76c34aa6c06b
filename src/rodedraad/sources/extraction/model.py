"""What comes out of a file: its text, its paragraphs, and what was left out or unsure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rodedraad.errors import Refusal


class ExtractionRefused(Refusal):
    """A file whose text is not taken out of it, with the reason and the cure."""

    code = "file_damaged"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as a reader of one form finds it; not cleaned yet."""

    text: str
    kind: str = "text"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a text: the characters from ``start`` up to ``end``, counted from 0."""

    start: int
    end: int
    kind: str = "text"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose.

    Of a table with open answers: which column holds these, and who gave them. Of a PDF: whether
    its tables with lines are taken out cell by cell.
    """

    answers: str = ""
    respondent: str = ""
    tables: bool = False


Found = tuple[str, Sequence[Passage], Sequence[Mapping[str, Any]]]
"""What a reader of one form gives: a text, its paragraphs and its notices."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file: line feeds only, no byte order mark, every character legal in XML.

    ``notices`` tell what was left out or is unsure: each has a ``code`` and most an ``n``.
    """

    text: str
    passages: tuple[Passage, ...]
    form: str
    media_type: str
    extractor: str
    notices: tuple[Mapping[str, Any], ...] = field(default=())
