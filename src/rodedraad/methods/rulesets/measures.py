"""How many of the twenty measures does a municipality take, and in which arena and object?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from statistics import fmean

from rodedraad.methods.rulesets.ruling import RuleRefusal

CELLS = ("A", "B", "C", "D")
MEASURES = tuple(f"{cell}{i}" for cell in CELLS for i in range(1, 6))


class MeasureStatus(IntEnum):
    """How far a measure is; the two negative ones say why there is no status."""

    NOT_APPLICABLE = -2
    UNKNOWN = -1
    NONE = 0
    INTENTION = 1
    PILOT = 2
    IN_USE = 3
    SECURED = 4


# Intentions do not count: documents everywhere echo the national goals.
WEIGHTS: Mapping[MeasureStatus, float] = {
    MeasureStatus.NONE: 0.0,
    MeasureStatus.INTENTION: 0.0,
    MeasureStatus.PILOT: 0.5,
    MeasureStatus.IN_USE: 1.0,
    MeasureStatus.SECURED: 1.0,
}


@dataclass(frozen=True, slots=True)
class Breadth:
    """Mean weights of measures, 0-1; ``None`` where no measure is known.

    ``breadth``: over all applicable, known measures. ``cells``: per cell A-D. ``external``: over
    A and B only, for relations with factors that overlap C and D. ``known``: known / applicable.
    """

    breadth: float | None
    cells: Mapping[str, float | None]
    external: float | None
    known: float


def measure_breadth(status: Mapping[str, MeasureStatus]) -> Breadth:
    """Breadth of change from the status of measures A1-D5; one left out is unknown.

    Cell A: field, structure; B: field, practice; C: municipality, structure; D: municipality,
    practice. Weight: none and intention 0, pilot 0.5, in use and secured 1.
    """
    strange = sorted(set(status) - set(MEASURES))
    if strange:
        raise RuleRefusal(
            f"{strange[0]!r} is not a measure of the inventory. Use A1 to A5, B1 to B5, C1 to C5"
            " and D1 to D5.",
            code="unknown_measure",
            measures=strange,
        )
    complete = {m: status.get(m, MeasureStatus.UNKNOWN) for m in MEASURES}
    applicable = [s for s in complete.values() if s != MeasureStatus.NOT_APPLICABLE]
    weights = {m: WEIGHTS[s] for m, s in complete.items() if s in WEIGHTS}
    return Breadth(
        breadth=_mean(weights, CELLS),
        cells={cell: _mean(weights, (cell,)) for cell in CELLS},
        external=_mean(weights, ("A", "B")),
        known=len(weights) / len(applicable) if applicable else 0.0,
    )


def _mean(weights: Mapping[str, float], cells: tuple[str, ...]) -> float | None:
    values = [weight for measure, weight in weights.items() if measure[0] in cells]
    return fmean(values) if values else None
