"""Does what a project points at exist, and does each GUID belong to one thing?"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rodedraad.exchange.refi_qda.model import Codebook, Project
from rodedraad.exchange.refi_qda.report import Fault
from rodedraad.exchange.refi_qda.shape import Dialect, Kind, shape_of

SHOWN = 5
ANYTHING = "thing"
POINTS_AT = {
    "CodeRef": "code",
    "MemberCode": "code",
    "NoteRef": "note",
    "MemberNote": "note",
    "SourceRef": "source",
    "MemberSource": "source",
    "SelectionRef": "selection",
    "VariableRef": "variable",
    "creatingUser": "user",
    "modifyingUser": "user",
    "creatingUserGUID": "user",
    "modifyingUserGUID": "user",
    "fromSyncPoint": "sync point",
    "toSyncPoint": "sync point",
    "sourceVertex": "vertex",
    "targetVertex": "vertex",
    "originGUID": ANYTHING,
    "targetGUID": ANYTHING,
    "representedGUID": ANYTHING,
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which fields of a class hold other things, and which point at them."""

    lists: tuple[str, ...]
    singles: tuple[str, ...]
    pointers: tuple[tuple[str, str], ...]
    pointer_lists: tuple[tuple[str, str], ...]


def coherence_faults(held: Project | Codebook) -> list[Fault]:
    """Return a fault for each sort of pointer that leads nowhere, and for GUIDs used twice.

    Such things stay in the model as they are: several programs write them.
    """
    guids: Counter[str] = Counter()
    sorts: dict[str, set[str]] = defaultdict(set)
    pointers: dict[str, Counter[str]] = defaultdict(Counter)
    for sort, thing in _things(held):
        guid = getattr(thing, "guid", None)
        if guid:
            guids[guid] += 1
            sorts[sort].add(guid)
        plan = _plan_of(type(thing))
        for field, name in plan.pointers:
            target = getattr(thing, field)
            if target is not None:
                pointers[name][target] += 1
        for field, name in plan.pointer_lists:
            pointers[name].update(getattr(thing, field))
    sorts[ANYTHING] = set(guids)
    faults = [
        _lost(name, POINTS_AT[name], targets, sorts[POINTS_AT[name]])
        for name, targets in sorted(pointers.items())
        if not targets.keys() <= sorts[POINTS_AT[name]]
    ]
    twice = sorted(guid for guid, n in guids.items() if n > 1)
    if twice:
        message = f"{len(twice)} GUIDs belong to more than one thing: {_shown(twice)}."
        faults.append(Fault("guid-repeated", message))
    return faults


def _lost(name: str, sort: str, targets: Counter[str], known: set[str]) -> Fault:
    unknown = sorted(target for target in targets if target not in known)
    count = sum(targets[target] for target in unknown)
    return Fault("pointer-lost", f"{count} {name} point at no {sort}: {_shown(unknown)}.")


def _shown(guids: list[str]) -> str:
    more = ["..."] if len(guids) > SHOWN else []
    return ", ".join(guids[:SHOWN] + more)


def _things(held: Project | Codebook) -> Iterator[tuple[str, Any]]:
    """Give everything in a project with the sort of thing that others point at."""
    waiting: list[tuple[str, Any]] = [("project", held)]
    while waiting:
        sort, thing = waiting.pop()
        yield sort, thing
        plan = _plan_of(type(thing))
        for field in plan.lists:
            waiting += [(_sort_of(sort, field, one), one) for one in getattr(thing, field)]
        for field in plan.singles:
            one = getattr(thing, field)
            if one is not None:
                waiting.append((_sort_of(sort, field, one), one))


def _sort_of(above: str, field: str, thing: Any) -> str:
    """Return the sort of a thing: what stands in a list of the project is of that list's sort."""
    if above == "project" and field in {"sources", "notes"}:
        return field[:-1]
    return _SORTS.get(type(thing).__name__, "other")


_SORTS = {
    "User": "user",
    "Code": "code",
    "Variable": "variable",
    "SyncPoint": "sync point",
    "Vertex": "vertex",
    "PlainTextSelection": "selection",
    "PictureSelection": "selection",
    "PdfSelection": "selection",
    "TimeSelection": "selection",
    "TranscriptSelection": "selection",
}


@cache
def _plan_of(of: type) -> _Plan:
    shape = shape_of(of, Dialect.PROJECT)
    parts = [part for part in shape.parts if part.how == "child"]
    named = [part for part in shape.parts if part.how == "reference"]
    return _Plan(
        tuple(part.field for part in parts if part.many),
        tuple(part.field for part in parts if not part.many),
        (
            *((part.field, part.name) for part in named if not part.many),
            *(
                (part.field, part.name)
                for part in shape.attributes.values()
                if part.kind is Kind.GUID and part.field != "guid"
            ),
        ),
        tuple((part.field, part.name) for part in named if part.many),
    )
