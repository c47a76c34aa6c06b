"""How much must each respondent count so that the sample looks like the population?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.weights.margins import (
    Floats,
    Labels,
    Margin,
    base_weights,
    check_totals,
    margin_of,
)
from rodedraad.methods.weights.refusals import WeightRefusal

MAX_ROUNDS = 1000
LARGE_RATIO = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights that add up to the population, with what they cost.

    ``margins`` and ``base`` are kept because the variance of an estimate depends on them.
    ``design_effect`` is Kish's 1 + (variation of the weights)^2, ``n_effective`` the number of
    respondents divided by it, ``ratio`` the largest weight over the smallest.
    ``largest_difference`` is how far any category stays from its population, as a share of it.
    """

    values: Floats
    base: Floats
    margins: tuple[Margin, ...]
    method: str
    rounds: int
    converged: bool
    largest_difference: float
    n_trimmed: int
    trim: tuple[float, float] | None
    design_effect: float
    n_effective: float
    ratio: float
    n_respondents: int
    notices: tuple[Notice, ...]


def kish_design_effect(weights: npt.ArrayLike) -> float:
    """n * sum of squared weights / square of their sum: what unequal weights cost in variance.

    Supposes that the weights have nothing to do with the answers; then a mean is as firm as one
    of n / this many equally weighted respondents (Kish 1965).

    >>> kish_design_effect([1, 1, 2, 4])
    1.375
    """
    given = base_weights(weights, np.asarray(weights).size)
    return float(given.size * (given @ given) / given.sum() ** 2)


def post_stratify(
    labels: Labels,
    population: Mapping[str, float],
    *,
    name: str = "stratum",
    base: npt.ArrayLike | None = None,
) -> Weights:
    """Weight each stratum up to its population: base weight times population / weight present.

    Parameters
    ----------
    labels: the stratum of each respondent; the crossing of several variables is one label.
    population: stratum -> count.
    name: of the variable, for messages.
    base: weights to start from (one over the chance of being drawn); all equal when not given.

    Returns
    -------
    Weights, with notices ``small_strata`` (fewer than 5 respondents) and ``large_ratio``.

    Raises
    ------
    WeightRefusal: see :func:`rodedraad.methods.weights.margins.margin_of`.

    Checked against survey::postStratify in R (tests/reference/weights).

    >>> post_stratify(["a", "a", "b"], {"a": 100, "b": 300}).values.tolist()
    [50.0, 50.0, 300.0]
    """
    margin = margin_of(name, labels, population)
    start = base_weights(base, margin.codes.size)
    values = _adjusted(start, margin)
    return _weights(values, start, (margin,), "post-stratification", 1, None, converged=True)


def rake(
    margins: Mapping[str, tuple[Labels, Mapping[str, float]]],
    *,
    base: npt.ArrayLike | None = None,
    trim: tuple[float, float] | None = None,
    tolerance: float = 1e-9,
) -> Weights:
    """Weight to several margins at once by adjusting to each in turn until all fit (raking).

    Parameters
    ----------
    margins: variable -> (category of each respondent, category -> population count).
    base: weights to start from; all equal when not given.
    trim: lowest and highest weight, as multiples of the mean weight, such as (0.2, 5). After
        every round weights outside are set to the bound and the others take over what was cut
        off. Bounds bias less than a few respondents who each speak for thousands.
    tolerance: largest difference from any population, as a share, at which it is done.

    Returns
    -------
    Weights; ``converged`` False and the notice ``not_converged`` when 1,000 rounds were not
    enough: margins that contradict each other in this sample, or bounds too tight. Other
    notices: ``trimmed``, ``large_ratio`` (above 5), ``small_strata``.

    Raises
    ------
    WeightRefusal: no margins, margins that count different populations, bounds that do not lie
        around 1, and what :func:`rodedraad.methods.weights.margins.margin_of` refuses.

    Notes
    -----
    Raking keeps the relations between the margins as they are in the sample. It mends what the
    margins explain, not why people did not answer. Checked against survey::rake run until it
    rests; at the default of that function (epsilon = 1) weights differ in the fifth digit.

    Deming, W. & Stephan, F. (1940), Annals of Mathematical Statistics 11.

    >>> found = rake({"size": (list("aabb"), {"a": 30, "b": 70}),
    ...               "side": (list("xyxy"), {"x": 50, "y": 50})})
    >>> found.values.round(6).tolist()
    [15.0, 15.0, 35.0, 35.0]
    """
    if not margins:
        raise WeightRefusal(
            "Raking needs at least one margin. Got none.", code="weights_no_margins"
        )
    read = tuple(margin_of(name, *given) for name, given in margins.items())
    _check_lengths(read)
    check_totals(read)
    if trim is not None and not 0 <= trim[0] < 1 < trim[1]:
        raise WeightRefusal(
            f"Bounds are multiples of the mean weight, the lowest below 1 and the highest above. "
            f"Got {trim[0]:g} and {trim[1]:g}.",
            code="weights_trim",
        )
    start = base_weights(base, read[0].codes.size)
    values = start * float(read[0].population.sum()) / start.sum()
    rounds, converged = 0, False
    while rounds < MAX_ROUNDS and not converged:
        rounds += 1
        for margin in read:
            values = _adjusted(values, margin)
        if trim is not None:
            values = np.clip(values, *(bound * values.mean() for bound in trim))
        converged = _largest_difference(values, read) <= tolerance
    return _weights(values, start, read, "raking", rounds, trim, converged=converged)


def _check_lengths(margins: tuple[Margin, ...]) -> None:
    for margin in margins[1:]:
        if margin.codes.size != margins[0].codes.size:
            raise WeightRefusal(
                f"{margin.name} has {margin.codes.size} respondents, {margins[0].name} has "
                f"{margins[0].codes.size}. Give each respondent a category of each variable.",
                code="weights_shape",
                variables=(margins[0].name, margin.name),
            )


def _adjusted(values: Floats, margin: Margin) -> Floats:
    present = np.bincount(margin.codes, weights=values)
    return values * (margin.population / present)[margin.codes]


def _largest_difference(values: Floats, margins: tuple[Margin, ...]) -> float:
    return max(
        float(np.abs(np.bincount(m.codes, weights=values) / m.population - 1).max())
        for m in margins
    )


def _weights(
    values: Floats,
    start: Floats,
    margins: tuple[Margin, ...],
    method: str,
    rounds: int,
    trim: tuple[float, float] | None,
    *,
    converged: bool,
) -> Weights:
    effect = kish_design_effect(values)
    ratio = float(values.max() / values.min())
    difference = _largest_difference(values, margins)
    n_trimmed = 0
    if trim is not None:
        low, high = (bound * values.mean() for bound in trim)
        n_trimmed = int(((values <= low * (1 + 1e-9)) | (values >= high * (1 - 1e-9))).sum())
    small = [
        f"{m.name}: {category}"
        for m in margins
        for category, n in zip(m.categories, np.bincount(m.codes), strict=True)
        if n < 5
    ]
    said = (
        (not converged, Notice("not_converged", {"rounds": rounds, "difference": difference})),
        (n_trimmed > 0, Notice("trimmed", {"n": n_trimmed})),
        (ratio > LARGE_RATIO, Notice("large_ratio", {"ratio": ratio})),
        (bool(small), Notice("small_strata", {"strata": small})),
    )
    return Weights(
        values=values,
        base=start,
        margins=margins,
        method=method,
        rounds=rounds,
        converged=converged,
        largest_difference=difference,
        n_trimmed=n_trimmed,
        trim=trim,
        design_effect=effect,
        n_effective=values.size / effect,
        ratio=ratio,
        n_respondents=values.size,
        notices=tuple(notice for is_so, notice in said if is_so),
    )
