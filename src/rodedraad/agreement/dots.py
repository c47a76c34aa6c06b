"""Where do the dots and lines of a picture of agreement stand, in percent of its width?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

LANDMARKS = (0.667, 0.8)
"""Krippendorff (2019), Content analysis, 4th ed., p. 356: below the first he draws no conclusions
from codings, below the second tentative ones only. It is a habit of the field, not a grade."""

STEP = 0.25


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: its name and place; without a place it could not be worked out."""

    name: str
    at: str
    low: str
    high: str
    estimate: float | None


@dataclass(frozen=True, slots=True)
class Dots:
    """Marks on one axis; ``ticks`` and ``landmarks`` are places with what stands there."""

    marks: tuple[Mark, ...]
    ticks: tuple[tuple[str, float], ...]
    landmarks: tuple[tuple[str, float], ...]


def dots(rows: Iterable[tuple[str, Mapping[str, Any]]], *, landmarks: bool) -> Dots:
    """Return where each named figure with its interval stands; 1 is at the right edge."""
    given = list(rows)
    values = [
        figure[name]
        for _, figure in given
        for name in ("estimate", "low")
        if figure[name] is not None
    ]
    left = max(-1.0, min(0.0, floor(min([*values, 0.0]) / STEP) * STEP))

    def place(value: float | None) -> str:
        return "" if value is None else f"{3 + 94 * (value - left) / (1 - left):.2f}%"

    n_ticks = round((1 - left) / STEP)
    return Dots(
        marks=tuple(
            Mark(name, place(one["estimate"]), place(one["low"]), place(one["high"]),
                 one["estimate"])
            for name, one in given
        ),
        ticks=tuple((place(left + STEP * k), left + STEP * k) for k in range(n_ticks + 1)),
        landmarks=tuple((place(one), one) for one in LANDMARKS) if landmarks else (),
    )  # fmt: skip
