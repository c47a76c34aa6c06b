"""Do the categories of the sample and of the population match, and how many are there of each?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.weights.refusals import WeightRefusal

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Labels = Sequence[object] | npt.NDArray[np.generic]

TOTALS_DIFFER = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """One variable: its categories, which one each respondent has, and the population of each."""

    name: str
    categories: tuple[str, ...]
    codes: Codes
    population: Floats


def margin_of(name: str, labels: Labels, population: Mapping[str, float]) -> Margin:
    """Match the categories of respondents with those of the population.

    Raises
    ------
    WeightRefusal: a respondent without category or with one the population lacks, a category
        with people in the population and none in the sample, or a count below 0.
    """
    given = [_label(name, row, label) for row, label in enumerate(labels)]
    counts = {str(category): float(count) for category, count in population.items()}
    wrong = [c for c, count in counts.items() if not (np.isfinite(count) and count >= 0)]
    if wrong or not counts:
        raise WeightRefusal(
            f"{name}: the population of {wrong[0]!r} is not a count of 0 or more. Correct it."
            if wrong
            else f"{name}: no population is given. Give a count for each category.",
            code="weights_population_count",
            variable=name,
        )
    unknown = sorted(set(given) - {c for c, count in counts.items() if count > 0})
    if unknown:
        raise WeightRefusal(
            f"{name}: {unknown[0]!r} occurs in the sample but has no population. Add its count, "
            "or join it with another category.",
            code="weights_category_unknown",
            variable=name,
            categories=unknown,
        )
    empty = sorted({c for c, count in counts.items() if count > 0} - set(given))
    if empty:
        raise WeightRefusal(
            f"{name}: nobody in the sample is {empty[0]!r}, {counts[empty[0]]:g} in the population "
            "are. No weight can mend that: join the category with another, and say so.",
            code="weights_category_empty",
            variable=name,
            categories=empty,
        )
    categories = tuple(sorted(set(given)))
    places = {category: i for i, category in enumerate(categories)}
    return Margin(
        name=name,
        categories=categories,
        codes=np.array([places[label] for label in given], dtype=np.int64),
        population=np.array([counts[category] for category in categories]),
    )


def check_totals(margins: Sequence[Margin]) -> None:
    """Refuse margins that speak of populations of different size."""
    first = margins[0]
    for other in margins[1:]:
        a, b = float(first.population.sum()), float(other.population.sum())
        if abs(a - b) > TOTALS_DIFFER * max(a, b):
            raise WeightRefusal(
                f"The population is {a:g} by {first.name} and {b:g} by {other.name}. No weights "
                "fit both; take both from the same source and date, or scale one.",
                code="weights_totals_differ",
                variables=(first.name, other.name),
            )


def base_weights(base: npt.ArrayLike | None, n: int) -> Floats:
    """Weights to start from: all 1 when not given, else one above 0 per respondent."""
    if n == 0:
        raise WeightRefusal("There are no respondents. Give at least one.", code="weights_empty")
    if base is None:
        return np.ones(n)
    given = np.asarray(base, dtype=np.float64)
    if given.shape != (n,):
        raise WeightRefusal(
            f"There are {given.size} weights for {n} respondents. Give one per respondent.",
            code="weights_shape",
        )
    wrong = ~(np.isfinite(given) & (given > 0))
    if wrong.any():
        row = int(wrong.argmax())
        raise WeightRefusal(
            f"Respondent {row + 1} has weight {given[row]}. A weight is a number above 0; leave "
            "out respondents that do not count.",
            code="weights_not_positive",
            row=row + 1,
        )
    return given


def _label(name: str, row: int, label: object) -> str:
    text = "" if label is None else str(label).strip()
    if not text or text == "nan":
        raise WeightRefusal(
            f"Respondent {row + 1} has no {name}. Fill it in, or make a category for unknown.",
            code="weights_label_missing",
            variable=name,
            row=row + 1,
        )
    return text
