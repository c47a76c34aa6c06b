"""Into which classes do the figures of a map fall: five of about equal size, by quantiles?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

N_CLASSES = 5


@dataclass(frozen=True)
class FigureClass:
    """One class: its lowest and highest figure that occur, and how many municipalities."""

    number: int
    lowest: float
    highest: float
    n_municipalities: int


def class_numbers(values: Mapping[str, float]) -> dict[str, int]:
    """The class (1 lowest to at most 5 highest) per municipality; equal figures share a class.

    The limits are the quintiles. With many equal figures some classes stay empty and are left
    out, so the numbers are consecutive.

    >>> class_numbers({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})
    {'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5}
    >>> class_numbers({"a": 7, "b": 7})
    {'a': 1, 'b': 1}
    """
    if not values:
        return {}
    figures = np.array(list(values.values()), dtype=float)
    limits = np.quantile(figures, np.arange(1, N_CLASSES) / N_CLASSES)
    found = np.searchsorted(limits, figures, side="left")
    used = {old: new for new, old in enumerate(sorted(set(found.tolist())), start=1)}
    return {code: used[old] for code, old in zip(values, found.tolist(), strict=True)}


def figure_classes(values: Mapping[str, float]) -> list[FigureClass]:
    """The classes that are used, lowest first."""
    numbers = class_numbers(values)
    return [
        FigureClass(number, min(members), max(members), len(members))
        for number in sorted(set(numbers.values()))
        for members in [[values[code] for code, found in numbers.items() if found == number]]
    ]
