"""What in a Dutch text points to a person?"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rodedraad.methods.deidentify.names import names_found, stays
from rodedraad.methods.deidentify.numbers import numbers_found
from rodedraad.methods.deidentify.spans import Span, spans_checked, spans_resolve
from rodedraad.methods.deidentify.web_addresses import web_addresses_found
from rodedraad.methods.deidentify.words import NOT_PERSONS

_TOKEN = re.compile(r"['’]?\w+")
_VAN = re.compile(r"van (?:de |het )?")
_REPLACED = re.compile(r"\[[^\[\]\n]{1,40}\]")


def recognise(
    text: str,
    *,
    allowed: Iterable[str] = (),
    known: Iterable[str] = (),
    found_elsewhere: Iterable[Span] = (),
) -> tuple[Span, ...]:
    """Everything in a Dutch text that our rules take for a pointer to a person.

    Parameters
    ----------
    text
        The words of one version of a source. Positions count its code points.
    allowed
        Names that stay: municipalities and organisations that the study is about, addresses of
        a front desk. Capitals matter. What lies within one is not told, unless words before it
        make it a person ("mevrouw Bergen"): that span has the doubt ``allowed_name``.
    known
        Names of persons met elsewhere in the study.
    found_elsewhere
        Spans of another recogniser, in this text, to join with ours.

    Returns
    -------
    Spans in order that do not overlap.

    Notes
    -----
    No set of rules finds everybody: a person must review (see
    ``docs/explanation/methods/deidentification.md`` for what is missed and how often). A span
    is never the sign that the rest is safe. Recall and precision are measured on
    ``tests/reference/deidentify``.

    >>> [(span.kind, span.text) for span in recognise(
    ...     "Mevrouw De Vries (06-12345678) woont in Urk.", allowed=["Urk"]
    ... )]
    [('person', 'De Vries'), ('telephone', '06-12345678')]
    """
    places = dict(_places(text, (*allowed, *NOT_PERSONS)))
    marks = [match.span() for match in _REPLACED.finditer(text)]
    candidates = (
        *numbers_found(text),
        *web_addresses_found(text),
        *names_found(text, places, known),
        *spans_checked(text, found_elsewhere),
    )
    return spans_resolve(text, _kept(candidates, sorted(places.items()), marks))


def _places(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each of the names in the text, whole words, the longest first."""
    by_first: dict[str, list[str]] = {}
    for name in sorted(set(names), key=len, reverse=True):
        first = _TOKEN.search(name)
        if first:
            by_first.setdefault(first[0], []).append(name)
    end = 0
    for token in _TOKEN.finditer(text):
        if token.start() < end:
            continue
        for name in by_first.get(token[0], ()):
            stop = token.start() + len(name)
            if text.startswith(name, token.start()) and not text[stop : stop + 1].isalnum():
                yield token.start(), stop
                end = stop
                break


def _kept(
    spans: Iterable[Span], places: list[tuple[int, int]], marks: list[tuple[int, int]]
) -> Iterator[Span]:
    for span in spans:
        if _within(span, marks):
            continue  # replaced before
        if not _within(_without_van(span), places):
            yield span
        elif stays(span):
            yield replace(span, doubt="allowed_name")


def _without_van(span: Span) -> Span:
    """The span, past "van" in small letters: what another recogniser makes of "van Urk"."""
    van = _VAN.match(span.text)
    return replace(span, start=span.start + van.end()) if van else span


def _within(span: Span, ranges: list[tuple[int, int]]) -> bool:
    place = bisect_right(ranges, (span.start, span.end)) - 1
    after = ranges[place + 1 : place + 2]
    near = (*ranges[max(0, place) : place + 1], *after)
    return any(start <= span.start and span.end <= end for start, end in near)
