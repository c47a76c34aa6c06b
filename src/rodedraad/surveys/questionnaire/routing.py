"""Which question decides about which, is there a circle, and is there one that nobody gets?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from rodedraad.surveys.questionnaire.conditions import (
    ROLE,
    conditions_of,
    for_role,
    names_asked,
)
from rodedraad.surveys.questionnaire.texts import Element, elements_of, name_of, questions_of


@dataclass(frozen=True, slots=True)
class RoutingFault:
    """What is wrong with routing: ``circle``, ``nobody`` or ``row_nobody``; about a question."""

    kind: str
    question: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A page or question with a condition: what it asks, and what it says."""

    name: str
    is_page: bool
    condition: str
    asks: tuple[str, ...]


def routes_of(definition: Mapping[str, Any]) -> list[Route]:
    """Return every page, panel and question that is asked under a condition, in order."""
    return [
        Route(
            name=str(part.get("name", "")),
            is_page="type" not in part,
            condition=str(part["visibleIf"]),
            asks=tuple(sorted(names_asked(str(part["visibleIf"])))),
        )
        for part in elements_of(definition)
        if part.get("visibleIf")
    ]


def routing_faults(definition: Mapping[str, Any], roles: Collection[str]) -> list[RoutingFault]:
    """Return circles of conditions, and what none of the roles ever sees."""
    found = [RoutingFault("circle", circle[0], circle) for circle in circles(definition)]
    if not roles:
        return found
    asked: set[str] = set()
    rows: set[tuple[str, str]] = set()
    for role in roles:
        for question in questions_of(for_role(definition, role)):
            asked.add(str(question.get("name")))
            rows |= set(_rows(question))
    for question in questions_of(definition):
        name = str(question.get("name"))
        if name not in asked:
            found.append(RoutingFault("nobody", name))
            continue
        found += [
            RoutingFault("row_nobody", name, (row,))
            for _name, row in _rows(question)
            if (name, row) not in rows
        ]
    return found


def circles(definition: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return the circles: questions whose conditions, in the end, ask themselves."""
    asks = _asks(definition)
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for first in asks:
        circle = _circle_from(first, asks, done)
        if circle and not any(set(circle) == set(one) for one in found):
            found.append(circle)
        done.add(first)
    return found


def _circle_from(
    first: str, asks: Mapping[str, frozenset[str]], done: Collection[str]
) -> tuple[str, ...] | None:
    """The way from a question back to itself, shortest first; None when there is none."""
    ways: list[tuple[str, ...]] = [(first,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in sorted(asks.get(way[-1], ())):
            if name == first:
                return way
            if name not in seen and name not in done and name in asks:
                seen.add(name)
                ways.append((*way, name))
    return None


def _asks(definition: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Of every question: what decides whether it is seen, that of its page and panels too."""
    found: dict[str, frozenset[str]] = {}

    def walk(part: Element, above: frozenset[str]) -> None:
        own = above
        if isinstance(part.get("visibleIf"), str):
            own |= names_asked(part["visibleIf"]) - {ROLE}
        if part.get("type", "panel") == "panel":
            for inner in part.get("elements") or ():
                walk(inner, own)
            return
        inside = {one for text in conditions_of(part) for one in names_asked(text)}
        inside -= {ROLE, "row", "panel", "item", "choice", "rowIndex", "panelIndex"}
        found[name_of(part)] = own | (frozenset(inside) - {name_of(part)})

    for page in definition.get("pages") or ():
        walk(page, frozenset())
    return found


def _rows(question: Element) -> list[tuple[str, str]]:
    if question.get("type") != "matrix":
        return []
    name = str(question.get("name"))
    rows = question.get("rows") or ()
    return [(name, str(row["value"])) for row in rows if isinstance(row, Mapping)]
