"""What else is marked in a text besides codings? Rooms to the right register what they mark.

In ``ready`` of its ``AppConfig``: ``marks_register("rodedraad.suggestions.marks.marks_of")``. It is
named, not imported: only a page that shows texts imports it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # this is imported before Django knows its models
    from rodedraad.coding.models import Coder
    from rodedraad.sources.models import SourceVersion


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that is no coding: the name of a code for it, a word that tells what it is."""

    start: int
    end: int
    name: str
    word: str
    address: str


Marker = Callable[["Coder", "SourceVersion", int, int], list[Mark]]
"""Gives the marks that touch a range of a text, as far as a coder may see them."""

_MARKERS: list[str] = []


def marks_register(marker: str) -> None:
    """Let the function with this dotted name mark texts too."""
    if marker not in _MARKERS:
        _MARKERS.append(marker)


def marks_in(coder: "Coder", version: "SourceVersion", start: int, end: int) -> list[Mark]:
    """Return all marks that touch ``text[start:end]``, in the order of the text."""
    found: list[Mark] = []
    for name in _MARKERS:
        marker: Marker = import_string(name)
        found += marker(coder, version, start, end)
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.name))
