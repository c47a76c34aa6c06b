"""Which class model is the likeliest, searched from many starts, the same on any machine?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.patterns import Patterns
from rodedraad.methods.latent_classes.steps import Design, Parts, design_of, maximised, step

Floats = npt.NDArray[np.float64]

# A start is the best of short runs on at most this many rows: ten of them go ten steps of EM, the
# best three twenty more.
SHORT_ROWS = 2000
SHORT_ROUNDS = ((10, 10), (3, 20))
FIRST_STEPS, FIRST_AT_REST, INWARD = 200, 1e-3, 0.01
# At rest when a step of EM adds less than this to the log-likelihood.
AT_REST = 1e-7
POLISHED = 1e-10
ROUNDING = 1e-13
WIDEST = 4.0
# How often the best is shaken per start, and how much.
SHAKES, SHAKEN = 2, 0.9


class Found(NamedTuple):
    """Where one search ended: the model, its log-likelihood, the steps, whether at rest."""

    theta: Floats
    log_likelihood: float
    steps: int
    converged: bool


class Search(NamedTuple):
    """The likeliest model found, and where each start ended, the likeliest first."""

    best: Found
    ends: list[Found]


def search(
    patterns: Patterns,
    design: Design,
    *,
    seed: np.random.SeedSequence,
    starts: int,
    most_steps: int,
    workers: int = 1,
) -> Search:
    """Search from random starts, then shake the best and search again, as often, twice.

    ``design`` holds all of ``patterns``. A single start is not shaken. The best is searched on
    until steps add next to nothing. ``workers`` threads; each start and each shake has its own
    seed, so that the result does not depend on their number.
    """
    seeds = seed.spawn(starts * (1 + SHAKES))

    def from_start(own: np.random.SeedSequence) -> Found:
        theta = random_start(patterns, design, np.random.default_rng(own))
        return climb(design, theta, most_steps=most_steps)

    def from_shake(own: np.random.SeedSequence) -> Found:
        theta = _shaken(design, best.theta, np.random.default_rng(own))
        return climb(design, theta, most_steps=most_steps)

    ends = sorted(_each(from_start, seeds[:starts], workers), key=lambda end: -end.log_likelihood)
    best = ends[0]
    for turn in range(1, 1 + SHAKES if starts > 1 else 1):
        again = _each(from_shake, seeds[turn * starts : (turn + 1) * starts], workers)
        best = max([best, *again], key=lambda end: end.log_likelihood)
    return Search(_polished(design, best, most_steps), ends)


def _each(
    one: Callable[[np.random.SeedSequence], Found],
    seeds: list[np.random.SeedSequence],
    workers: int,
) -> list[Found]:
    if workers == 1:
        return [one(seed) for seed in seeds]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, seeds))


def _polished(design: Design, found: Found, most_steps: int) -> Found:
    """The same maximum, more exactly."""
    if not found.converged:
        return found
    end = climb(design, found.theta, most_steps=most_steps, at_rest=POLISHED)
    return end._replace(converged=True)


def _shaken(design: Design, theta: Floats, rng: np.random.Generator) -> Floats:
    """A model not far from another: each chance times 0.1 to 1.9, means moved in the same way."""
    parts = design.shape.parts(_inward(design, theta))
    shares, probabilities = (
        part * rng.uniform(1 - SHAKEN, 1 + SHAKEN, size=part.shape) for part in parts[:2]
    )
    means = parts.means + rng.uniform(-SHAKEN, SHAKEN, size=parts.means.shape)
    return design.shape.theta(
        Parts(
            shares / shares.sum(axis=1, keepdims=True),
            probabilities / design.shape.per_item(probabilities),
            means,
            parts.log_variances,
        )
    )


def random_start(patterns: Patterns, design: Design, rng: np.random.Generator) -> Floats:
    """Where to begin a search: the best of short runs from random classes, (1, n_theta).

    With many patterns the short runs use some of them, and the best climbs there first.
    """
    few, shape = _some(patterns, rng), design.shape
    n_runs = SHORT_ROUNDS[0][0]
    short = design_of(few, shape, stack=n_runs)
    n_blocks, rows = short.counts.shape
    weights = rng.uniform(0.25, 1.75, size=(n_blocks, n_runs, shape.n_classes, rows))
    weights *= short.counts[:, None, None, :] / weights.sum(axis=2, keepdims=True)
    theta = maximised(short, weights)
    log_likelihood = np.zeros(n_runs)
    for n_kept, n_steps in SHORT_ROUNDS:
        theta = theta[np.argsort(-log_likelihood, kind="stable")[:n_kept]]
        for _ in range(n_steps):
            log_likelihood, theta = step(short, theta)
    best = theta[[int(log_likelihood.argmax())]]
    if few is patterns:
        return best
    near = climb(design_of(few, shape), best, most_steps=FIRST_STEPS, at_rest=FIRST_AT_REST)
    return _inward(design, near.theta)


def _inward(design: Design, theta: Floats) -> Floats:
    """A little away from 0: what some rows lacked may occur in others, and EM leaves 0 slowly."""
    parts = design.shape.parts(theta)
    shares = (1 - INWARD) * parts.shares + INWARD / design.shape.n_classes
    probabilities = (1 - INWARD) * parts.probabilities + INWARD * design.overall
    return design.shape.theta(Parts(shares, probabilities, parts.means, parts.log_variances))


def climb(design: Design, theta: Floats, *, most_steps: int, at_rest: float = AT_REST) -> Found:
    """From one model to the maximum near it, by EM with squared extrapolation.

    Two steps of EM tell in which direction and how fast it goes; a guess is made further on, and
    kept when the likelihood there is not lower. So it never falls.

    Varadhan, R. & Roland, C. (2008). Simple and globally convergent methods for accelerating the
    convergence of any EM algorithm. Scandinavian Journal of Statistics 35, 335-353.
    """
    shape, widest = design.shape, WIDEST
    value, first = _one(design, theta)
    used = 1
    while used < most_steps:
        higher, second = _one(design, first)
        used += 1
        if higher - value < at_rest + ROUNDING * abs(higher):
            return Found(second, higher, used, True)
        change = first - theta
        bend = second - first - change
        length = float(np.sqrt(np.vdot(change, change) / max(np.vdot(bend, bend), 1e-300)))
        length = min(max(length, 1.0), widest)
        guess = shape.mended(theta + 2 * length * change + length**2 * bend, second)
        value, after = _one(design, guess)
        used += 1
        if value >= higher:
            widest = widest * 4 if length == widest else widest
            theta, first = guess, after
        else:
            widest = max(WIDEST, widest / 4)
            theta = second
            value, first = _one(design, theta)
            used += 1
    return Found(first, value, used, False)


def _one(design: Design, theta: Floats) -> tuple[float, Floats]:
    log_likelihood, after = step(design, theta)
    return float(log_likelihood[0]), after


def _some(patterns: Patterns, rng: np.random.Generator) -> Patterns:
    if patterns.counts.size <= SHORT_ROWS:
        return patterns
    chances = patterns.counts / patterns.n
    drawn = rng.choice(patterns.counts.size, size=SHORT_ROWS, replace=False, p=chances)
    return patterns.chosen(drawn, np.ones(SHORT_ROWS))
