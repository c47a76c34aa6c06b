"""Which sources must be named beside a map, table or chart?"""

from collections.abc import Iterable
from dataclasses import dataclass

from rodedraad.country.history import Country
from rodedraad.country.wording import Shown, in_language


@dataclass(frozen=True)
class SourceLine:
    """A source as it is named beside what rests on it."""

    key: str
    title: str
    attribution: str


def source_lines(country: Country, keys: Iterable[str]) -> list[SourceLine]:
    """The sources of these keys, each once, in the order given."""
    found = [country.sources[key] for key in dict.fromkeys(keys)]
    return [
        SourceLine(source.key, in_language(vars(source), "title"), source.attribution)
        for source in found
    ]


def sources_of(shown: Iterable[Shown | None]) -> list[str]:
    """The keys of the sources of these facts, each once."""
    return list(dict.fromkeys(each.source for each in shown if each is not None))
