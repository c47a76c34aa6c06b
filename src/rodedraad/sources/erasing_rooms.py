"""Which rooms hold words of a text besides the text, and erase them when these are taken back?

In ``ready`` of an ``AppConfig``: ``eraser_register("rodedraad.coding.erasing.codings_erase")``. It
is named, not imported: only what erases imports it.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # this is imported before Django knows its models
    from rodedraad.sources.erasing import Erased

Eraser = Callable[["Erased"], Iterable[str]]
"""Erases what a room holds of it; returns the records of evidence that rested on that."""
_ERASERS: list[str] = []


def eraser_register(eraser: str) -> None:
    """Let the function with this dotted name erase too."""
    if eraser not in _ERASERS:
        _ERASERS.append(eraser)


def erasers() -> list[Eraser]:
    """Return what erases, in the order of the rooms."""
    return [import_string(name) for name in _ERASERS]
