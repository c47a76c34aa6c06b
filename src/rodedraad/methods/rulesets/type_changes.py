"""What is the least that would have to differ for a municipality to have another change type?"""

from dataclasses import dataclass, replace
from itertools import product
from math import ceil
from typing import Literal

import numpy as np

from rodedraad.methods.rulesets.change_type import (
    CHANGE_TYPE_RULES,
    UNDETERMINED,
    ChangeTypeRules,
)
from rodedraad.methods.rulesets.change_types import (
    ATTITUDES,
    TYPE_LABELS,
    Floats,
    Ints,
    TypeFacts,
    labels_of,
    type_facts,
    type_weights,
)
from rodedraad.methods.rulesets.measures import CELLS, MEASURES
from rodedraad.methods.rulesets.ruling import TOLERANCE

Direction = Literal["up", "down"]
_PER_CELL = len(MEASURES) // len(CELLS)
_COUNTS = np.array(list(product(range(_PER_CELL + 1), repeat=len(CELLS))), dtype=np.int64)
_FEWEST_FIRST = _COUNTS[np.argsort(_COUNTS.sum(axis=1), kind="stable")]
_GRID = np.arange(101) / 100


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """The fewest measures that give ``label``: all taken into use (up), or all stopped (down).

    Other measures of the same cells may do as well; ``measures`` is one set of that size.
    """

    label: str
    direction: Direction
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttitudeChange:
    """The nearest value (in hundredths) of one attitude that gives ``label``; ``now`` may be
    unknown, and ``value`` is then the lowest that gives it."""

    label: str
    attitude: str
    now: float | None
    value: float


@dataclass(frozen=True, slots=True)
class TypeChanges:
    """What would give another label.

    ``needs`` says what is lacking for a label at all: ``measures`` (how many more must be known),
    ``source_types`` (how many more), ``cells`` (wholly unknown) and ``attitudes``.
    """

    measures: tuple[MeasureChange, ...]
    attitudes: tuple[AttitudeChange, ...]
    needs: dict[str, int | list[str]]


def type_changes(
    statuses: Ints,
    attitudes: Floats,
    n_source_types: int,
    *,
    rules: ChangeTypeRules = CHANGE_TYPE_RULES,
) -> TypeChanges:
    """The smallest changes of one municipality that would give it another label.

    For every other label: the fewest measures that, taken into use, give it, or that, stopped,
    give it (never both ways at once; unknown measures stay unknown). And for every attitude, with
    all else as it is, the nearest value that gives another label.

    No advice: a type is no grade, and another type is not a better one.

    Parameters
    ----------
    statuses: shape (20,). attitudes: shape (4,), NaN unknown.

    Notes
    -----
    Exact for the number of measures, because a label only moves one way when measures are taken
    into use; checked against trying all sets in ``tests/methods/test_rulesets_type_changes.py``.
    """
    facts = type_facts(statuses[None], attitudes[None], np.array([n_source_types]))
    now = int(_labels(facts, rules)[0])
    return TypeChanges(
        measures=(
            *_measures(statuses, facts, now, "up", rules),
            *_measures(statuses, facts, now, "down", rules),
        ),
        attitudes=_attitudes(statuses, attitudes, n_source_types, now, rules),
        needs=_needs(statuses, facts, attitudes, n_source_types, rules)
        if TYPE_LABELS[now] == UNDETERMINED
        else {},
    )


def _measures(
    statuses: Ints, facts: TypeFacts, now: int, direction: Direction, rules: ChangeTypeRules
) -> list[MeasureChange]:
    weights = type_weights(statuses).reshape(len(CELLS), _PER_CELL)
    steps = 1 - weights if direction == "up" else weights
    # Largest step first, and of equal steps the first measure; those without a step come last.
    usable = np.where(np.isfinite(steps) & (steps > 0), steps, 0.0)
    order = np.argsort(-usable, axis=1, kind="stable")
    moved = np.take_along_axis(usable, order, axis=1)
    reach = (moved > 0).sum(axis=1)
    totals = np.concatenate([np.zeros((len(CELLS), 1)), moved.cumsum(axis=1)], axis=1)
    counts = _FEWEST_FIRST[(reach >= _FEWEST_FIRST).all(axis=1)]
    sign = 1 if direction == "up" else -1
    added = sign * np.take_along_axis(totals, counts.T, axis=1).T
    n_known = np.isfinite(weights).sum(axis=1)
    sums = np.where(np.isfinite(weights), weights, 0.0).sum(axis=1) + added
    n = len(counts)
    labels = _labels(
        TypeFacts(
            breadth=sums.sum(axis=1) / max(1, int(n_known.sum())),
            cells=np.where(n_known > 0, sums / np.maximum(n_known, 1), np.nan),
            known=np.repeat(facts.known, n),
            n_kinds=np.repeat(facts.n_kinds, n),
            necessity_and_steps=np.repeat(facts.necessity_and_steps, n, axis=0),
            con=np.repeat(facts.con, n),
        ),
        rules,
    )
    found = list[MeasureChange]()
    for label in np.unique(labels[labels != now]):
        row = counts[int(np.argmax(labels == label))]
        chosen = [
            MEASURES[cell * _PER_CELL + int(order[cell, i])]
            for cell in range(len(CELLS))
            for i in range(int(row[cell]))
        ]
        found.append(MeasureChange(TYPE_LABELS[int(label)], direction, tuple(sorted(chosen))))
    return sorted(found, key=lambda change: len(change.measures))


def _attitudes(
    statuses: Ints, attitudes: Floats, n_source_types: int, now: int, rules: ChangeTypeRules
) -> tuple[AttitudeChange, ...]:
    n = len(_GRID)
    tried = np.tile(attitudes, (len(ATTITUDES) * n, 1))
    for j in range(len(ATTITUDES)):
        tried[j * n : (j + 1) * n, j] = _GRID
    many = np.tile(statuses, (len(tried), 1))
    facts = type_facts(many, tried, np.repeat(n_source_types, len(tried)))
    labels = _labels(facts, rules).reshape(len(ATTITUDES), n)
    found = list[AttitudeChange]()
    for j, name in enumerate(ATTITUDES):
        is_known = bool(np.isfinite(attitudes[j]))
        distance = np.abs(_GRID - attitudes[j]) if is_known else _GRID
        for label in np.unique(labels[j][labels[j] != now]):
            nearest = int(np.argmin(np.where(labels[j] == label, distance, np.inf)))
            known = float(attitudes[j]) if is_known else None
            found.append(
                AttitudeChange(TYPE_LABELS[int(label)], name, known, float(_GRID[nearest]))
            )
    return tuple(found)


def _needs(
    statuses: Ints, facts: TypeFacts, attitudes: Floats, n_kinds: int, rules: ChangeTypeRules
) -> dict[str, int | list[str]]:
    n_applicable = int((statuses != -2).sum())
    n_known = int((statuses >= 0).sum())
    lacking: dict[str, int | list[str]] = {}
    if (measures := ceil(rules.min_known * n_applicable - TOLERANCE) - n_known) > 0:
        lacking["measures"] = measures
    if (kinds := rules.min_source_types - n_kinds) > 0:
        lacking["source_types"] = kinds
    if cells := [CELLS[i] for i in np.flatnonzero(np.isnan(facts.cells[0]))]:
        lacking["cells"] = cells
    anyway = replace(rules, min_known=0.0, min_source_types=0)
    if not cells and TYPE_LABELS[int(_labels(facts, anyway)[0])] == UNDETERMINED:
        lacking["attitudes"] = [
            name for name, value in zip(ATTITUDES, attitudes, strict=True) if np.isnan(value)
        ]
    return lacking


def _labels(facts: TypeFacts, rules: ChangeTypeRules) -> Ints:
    cuts = np.array([[rules.breadth, rules.cell, rules.gap]])
    return labels_of(facts, cuts, rules.min_known, rules.min_source_types)[0]
