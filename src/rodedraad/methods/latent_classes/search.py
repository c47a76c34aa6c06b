"""Which class model is the likeliest, searched from many starts, the same on any machine?"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.patterns import Patterns
from rodedraad.methods.latent_classes.steps import Design, Shape, design_of, maximised, step

Floats = npt.NDArray[np.float64]

# A start is the best of short runs on at most this many rows: ten of them go ten steps of EM, the
# best three twenty more.
SHORT_ROWS = 2000
SHORT_ROUNDS = ((10, 10), (3, 20))
# At rest when a step of EM adds less than this to the log-likelihood.
AT_REST = 1e-7
POLISHED = 1e-10
ROUNDING = 1e-13
WIDEST = 4.0


class Found(NamedTuple):
    """Where one search ended: the model, its log-likelihood, the steps, whether at rest."""

    theta: Floats
    log_likelihood: float
    steps: int
    converged: bool


def search(
    patterns: Patterns,
    shape: Shape,
    *,
    seeds: Sequence[np.random.SeedSequence],
    most_steps: int,
    workers: int = 1,
) -> list[Found]:
    """Search from one start per seed; the first result is the likeliest.

    The best is searched on until steps add next to nothing. ``workers`` threads; each start has
    its own seed, so that the result does not depend on their number.
    """
    design = design_of(patterns, shape)

    def one(seed: np.random.SeedSequence) -> Found:
        start = random_start(patterns, shape, np.random.default_rng(seed))
        return climb(design, start, most_steps=most_steps)

    if workers == 1 or len(seeds) == 1:
        found = [one(seed) for seed in seeds]
    else:
        with ThreadPoolExecutor(workers) as pool:
            found = list(pool.map(one, seeds))
    found.sort(key=lambda end: -end.log_likelihood)
    return [polish(design, found[0], most_steps=most_steps), *found[1:]]


def polish(design: Design, found: Found, *, most_steps: int) -> Found:
    """The same maximum, more exactly."""
    if not found.converged:
        return found
    end = climb(design, found.theta, most_steps=most_steps, at_rest=POLISHED)
    return end._replace(steps=found.steps + end.steps, converged=True)


def random_start(patterns: Patterns, shape: Shape, rng: np.random.Generator) -> Floats:
    """Where to begin a search: the best of short runs from random classes, (1, n_theta)."""
    few = _some(patterns, rng)
    n_runs = SHORT_ROUNDS[0][0]
    design = design_of(few, shape, stack=n_runs)
    n_blocks, rows = design.counts.shape
    weights = rng.uniform(0.25, 1.75, size=(n_blocks, n_runs, shape.n_classes, rows))
    weights *= design.counts[:, None, None, :] / weights.sum(axis=2, keepdims=True)
    theta = maximised(design, weights)
    log_likelihood = np.zeros(n_runs)
    for n_kept, n_steps in SHORT_ROUNDS:
        theta = theta[np.argsort(-log_likelihood, kind="stable")[:n_kept]]
        for _ in range(n_steps):
            log_likelihood, theta = step(design, theta)
    return theta[[int(log_likelihood.argmax())]]


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
