"""Which names of persons does deduce, when it is installed, find in Dutch text?"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from rodedraad.methods.deidentify import DeidentificationRefused, Span
from rodedraad.methods.deidentify.names import past_announcement

try:
    from deduce import Deduce  # pyright: ignore[reportMissingImports]
except ImportError:
    Deduce = None

# What deduce calls a person. Its places are left out: municipalities are what a study is about.
PERSON_TAGS = frozenset({"persoon", "patient"})


def deduce_available() -> bool:
    """Whether the optional recogniser of names is installed."""
    return Deduce is not None


def names_by_deduce(text: str, folder: Path) -> tuple[Span, ...]:
    """The names of persons that deduce finds, for ``recognise(found_elsewhere=...)``.

    ``folder`` keeps what deduce makes of its word lists: the first time this takes minutes,
    after that some ten seconds once per process, so it is for workers, not for pages. Nobody
    but the worker may write there (deduce reads it as Python objects). Refuses when deduce is
    not installed.
    """
    spans: list[Span] = []
    for found in _warm(folder).deidentify(text).annotations:
        if found.tag in PERSON_TAGS:
            start = past_announcement(text, found.start_char, found.end_char)
            name = text[start : found.end_char]
            spans.append(Span("person", start, found.end_char, name, "likely", "deduce"))
    return tuple(sorted(spans, key=lambda span: span.start))


@lru_cache(maxsize=1)
def _warm(folder: Path) -> Any:
    if Deduce is None:
        raise DeidentificationRefused(
            "The package deduce is not installed. Install it, or go on without it.",
            code="deidentification_deduce",
        )
    folder.mkdir(parents=True, exist_ok=True)
    return Deduce(cache_path=folder)
