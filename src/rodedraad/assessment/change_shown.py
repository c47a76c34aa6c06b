"""Which municipalities changed region between two waves, and which could not be compared?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rodedraad.assessment.models import Evidence
from rodedraad.studies.models import Study

Regions = dict[tuple[str, str, str], list[str]]


@dataclass(frozen=True)
class Move:
    """A municipality of the later wave: the regions of its predecessors, and its own."""

    code: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class KindChange:
    """What changed in one kind of region."""

    kind: str
    title: str
    facts: Mapping[str, Any]
    moved: tuple[Move, ...]
    left_out: tuple[Move, ...]


def kind_changes(
    study: Study,
    result: Mapping[str, Any],
    continued_by: Mapping[str, list[str]],
    titles: Mapping[str, str],
    names: Mapping[str, str],
) -> list[KindChange]:
    """Return the changes of the run by title of the kind, with regions from the evidence rows."""
    named = {code for kind in result["kinds"].values() for code in _named(kind)}
    before = {code: [old for old, heirs in continued_by.items() if code in heirs] for code in named}
    wanted = named | {old for olds in before.values() for old in olds}
    regions = _regions(study, (result["before"], result["after"]), wanted)

    def move(kind: str, code: str) -> Move:
        old = {
            region
            for each in before[code]
            for region in regions.get((result["before"], kind, each), ())
        }
        new = regions.get((result["after"], kind, code), [])
        return Move(code, names.get(code, code), tuple(sorted(old)), tuple(sorted(new)))

    changes = [
        KindChange(
            kind=kind,
            title=titles.get(kind, kind),
            facts=facts,
            moved=_by_name(move(kind, code) for code in facts["moved"]),
            left_out=_by_name(move(kind, code) for code in facts["predecessors_differ"]),
        )
        for kind, facts in result["kinds"].items()
    ]
    return sorted(changes, key=lambda change: change.title.casefold())


def _named(kind: Mapping[str, Any]) -> list[str]:
    return [*kind["moved"], *kind["predecessors_differ"]]


def _by_name(moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(sorted(moves, key=lambda each: each.name.casefold()))


def _regions(study: Study, waves: tuple[str, str], codes: set[str]) -> Regions:
    rows = Evidence.objects.filter(
        study=study, kind=Evidence.Kind.TIE, wave__label__in=waves, case__unit_code__in=codes
    ).order_by()
    found: Regions = {}
    for wave, about, code in rows.values_list("wave__label", "about", "case__unit_code"):
        kind, _slash, region = about.partition("/")
        found.setdefault((wave, kind, code), []).append(region)
    return found
