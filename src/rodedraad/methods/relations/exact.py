"""Exactly how likely is an association this strong when values fall to cases by chance?"""

import math
from collections.abc import Iterator
from math import factorial, gcd, prod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rodedraad.methods.relations.association import Measure, doubled_ranks

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MAX_STEPS = 4e8
NORMAL_FROM = 100
MOST_TIED = 0.5
MAX_CASES_UNTIED = 500
MAX_CASES = 20


class Null(NamedTuple):
    """The permutation distribution of a statistic: whole values and their probabilities."""

    values: Ints
    probabilities: Floats

    def two_sided(self, observed: int) -> float:
        """Chance of a value at least as far from 0 as ``observed``; never 0, at most 1."""
        return min(1.0, float(self.probabilities[np.abs(self.values) >= abs(observed)].sum()))


def statistic(x: Floats, y: Floats, measure: Measure) -> int:
    """The whole number that is tested: concordant minus discordant pairs, or 4 times the sum of
    products of centred mid-ranks. Both have mean 0 when values fall to cases by chance."""
    if measure == "spearman":
        return int(doubled_ranks(x) @ doubled_ranks(y))
    return int(np.sum(np.sign(x[:, None] - x) * np.sign(y[:, None] - y))) // 2


def exact_null(x: Floats, y: Floats, measure: Measure) -> Null | None:
    """The distribution over all orders of ``y``, ties kept; None when that is too much work.

    Orders are counted, not listed: cases are given their value group by group, and all partial
    orders that have used the same values are taken together. For Spearman without ties that goes
    up to 15 cases (1,307,674,368,000 orders, about a second). Without ties Kendall's distribution
    is that of the number of inversions, for up to 500 cases at once.

    Checked against listing all orders (up to 7 cases, with ties), R and scipy.
    """
    sizes_x, sizes_y = _group_sizes(x), _group_sizes(y)
    untied = len(sizes_x) == len(sizes_y) == x.size
    if measure == "kendall" and untied:
        return _inversions(x.size) if x.size <= MAX_CASES_UNTIED else None
    if x.size > MAX_CASES:
        return None
    if prod(t + 1 for t in sizes_x) < prod(t + 1 for t in sizes_y):
        x, y, sizes_x, sizes_y = y, x, sizes_y, sizes_x
    scores = (_group_scores(x), _group_scores(y)) if measure == "spearman" else None
    width = _width(sizes_x, sizes_y, scores)
    if prod(t + 1 for t in sizes_y) * _splits(sizes_x, sizes_y) * width > MAX_STEPS:
        return None
    return _counted(sizes_x, sizes_y, scores, width)


def null_variance(x: Floats, y: Floats, measure: Measure) -> float:
    """Variance of :func:`statistic` over all orders (Kendall & Gibbons 1990, with ties)."""
    n = x.size
    if measure == "spearman":
        spread = np.sum(doubled_ranks(x) ** 2) * np.sum(doubled_ranks(y) ** 2)
        return float(spread) / (n - 1)
    t, u = (np.array(_group_sizes(values), dtype=np.float64) for values in (x, y))

    def tied(sizes: Floats) -> float:
        return float(np.sum(sizes * (sizes - 1) * (2 * sizes + 5)))

    pairs = float(np.sum(t * (t - 1)) * np.sum(u * (u - 1))) / (2 * n * (n - 1))
    triples = float(np.sum(t * (t - 1) * (t - 2)) * np.sum(u * (u - 1) * (u - 2)))
    alone = (n * (n - 1) * (2 * n + 5) - tied(t) - tied(u)) / 18
    return alone + pairs + triples / (9 * n * (n - 1) * (n - 2))


def normal_p(x: Floats, y: Floats, measure: Measure) -> float | None:
    """Two-sided p by the normal distribution, ties in its variance; None where that may be off.

    For 100 cases or more, of which at most half share one value in either column. It is then
    within 0.003 of the permutation p, and costs nothing. No correction for continuity, as in R's
    ``cor.test`` and SciPy, against which it is checked.
    """
    tied = max(*_group_sizes(x), *_group_sizes(y))
    if x.size < NORMAL_FROM or tied > MOST_TIED * x.size:
        return None
    z = statistic(x, y, measure) / null_variance(x, y, measure) ** 0.5
    return math.erfc(abs(z) / math.sqrt(2))


def tie_pattern(values: Floats) -> tuple[int, ...]:
    """How many cases share each value, lowest value first: all that the null depends on."""
    return tuple(_group_sizes(values))


def _group_sizes(values: Floats) -> list[int]:
    return np.unique(values, return_counts=True)[1].tolist()


def _group_scores(values: Floats) -> Ints:
    return np.unique(doubled_ranks(values))


def _inversions(n: int) -> Null:
    chances = np.ones(1)
    for size in range(2, n + 1):
        sums = np.cumsum(np.concatenate((chances, np.zeros(size - 1))))
        sums[size:] -= sums[:-size].copy()
        chances = sums / size
    chances = np.clip((chances + chances[::-1]) / 2, 0.0, None)
    total = n * (n - 1) // 2
    return Null(total - 2 * np.arange(total + 1), chances)


def _splits(sizes_x: list[int], sizes_y: list[int]) -> float:
    """Rough number of ways to give values to the groups, over all groups, per state."""
    levels = len(sizes_y)
    ways = (prod(levels + i for i in range(m)) / factorial(m) for m in sizes_x)
    return sum(ways) / max(1, len(sizes_x)) / 2


def _width(sizes_x: list[int], sizes_y: list[int], scores: tuple[Ints, Ints] | None) -> int:
    """Number of whole values that the statistic can pass through."""
    if scores is None:
        n = sum(sizes_x)
        return n * (n - 1) + 1
    low_x, low_y = (
        np.repeat(_steps(scores[0])[0], sizes_x),
        np.repeat(_steps(scores[1])[0], sizes_y),
    )
    return int(low_x @ low_y) + 1


def _steps(scores: Ints) -> tuple[Ints, int]:
    """Scores as whole steps from the lowest, and the size of a step."""
    raised = scores - scores[0]
    step = gcd(*raised.tolist()) or 1
    return raised // step, step


def _counted(
    sizes_x: list[int], sizes_y: list[int], scores: tuple[Ints, Ints] | None, width: int
) -> Null:
    """Give each group of x its share of the values of y; a state is how often each was used."""
    sizes = np.array(sizes_y)
    places = np.cumprod(np.concatenate(([1], sizes + 1)))[:-1]
    states = np.zeros((1, sizes.size), dtype=np.int64)
    offset = width // 2 if scores is None else 0
    counts = np.zeros((1, width))
    counts[0, offset] = 1.0
    for group, size in enumerate(sizes_x):
        moves: list[tuple[Ints, Ints, Ints, float]] = []
        for share, ways in _shares(sizes_y, size):
            fits = np.flatnonzero((states + share <= sizes).all(axis=1))
            reached = (states[fits] + share) @ places
            moves.append((fits, reached, _shifts(states[fits], share, group, scores), ways))
        codes = np.unique(np.concatenate([move[1] for move in moves]))
        counts = _moved(counts, moves, codes)
        states = codes[:, None] // places % (sizes + 1)
    total = counts[0]
    support = np.flatnonzero(total)
    if scores is None:
        values = support - offset
    else:
        (_, step_x), (_, step_y) = _steps(scores[0]), _steps(scores[1])
        values = step_x * step_y * support + _constant(sizes_x, sizes_y, scores)
    return Null(values.astype(np.int64), total[support] / total.sum())


def _moved(counts: Floats, moves: list[tuple[Ints, Ints, Ints, float]], codes: Ints) -> Floats:
    width = counts.shape[1]
    reached = np.zeros((codes.size, width))
    seen = np.flatnonzero(counts.any(axis=0))
    first, last = int(seen[0]), int(seen[-1]) + 1
    for sources, target_codes, shifts, ways in moves:
        targets = np.searchsorted(codes, target_codes)
        for shift in np.unique(shifts):
            here = shifts == shift
            low, high = max(first, -shift), min(last, width - shift)
            reached[targets[here], low + shift : high + shift] += (
                ways * counts[sources[here], low:high]
            )
    return reached


def _shifts(states: Ints, share: Ints, group: int, scores: tuple[Ints, Ints] | None) -> Ints:
    """What a share adds to the statistic, for each state it is given in."""
    if scores is None:
        below = np.cumsum(states, axis=1) - states
        above = states.sum(axis=1, keepdims=True) - below - states
        return (below - above) @ share
    steps_x, steps_y = _steps(scores[0])[0], _steps(scores[1])[0]
    return np.full(len(states), int(steps_x[group] * (steps_y @ share)))


def _constant(sizes_x: list[int], sizes_y: list[int], scores: tuple[Ints, Ints]) -> int:
    """The statistic minus what was counted in steps: the same for every order."""
    x, y = scores
    n = sum(sizes_x)
    (steps_x, step_x), (steps_y, step_y) = _steps(x), _steps(y)
    return int(
        n * x[0] * y[0]
        + x[0] * step_y * (np.array(sizes_y) @ steps_y)
        + y[0] * step_x * (np.array(sizes_x) @ steps_x)
    )


def _shares(sizes: list[int], total: int) -> Iterator[tuple[Ints, float]]:
    """Every way to take ``total`` values out of the levels, and in how many orders."""

    def taken(level: int, left: int) -> Iterator[list[int]]:
        if level == len(sizes):
            if left == 0:
                yield []
            return
        for count in range(min(sizes[level], left) + 1):
            for rest in taken(level + 1, left - count):
                yield [count, *rest]

    for share in taken(0, total):
        yield np.array(share), factorial(total) / prod(factorial(count) for count in share)
