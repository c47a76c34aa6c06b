"""What would an association be with other cases, one case fewer, or values dealt by chance?"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval
from rodedraad.methods.relations.association import (
    Measure,
    doubled_ranks,
    weighted_associations,
)
from rodedraad.methods.relations.exact import statistic

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DRAWS_PER_CHUNK = 500
PAIRS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """The association with each case left out in turn.

    ``influential`` is the position (from 0, among the cases used) whose absence changes it most,
    ``without`` the value then. ``turning`` are the positions of cases without any one of which
    the direction changes (or is none); ``undefined`` counts cases without which a column no
    longer varies.
    """

    lowest: float
    highest: float
    influential: int
    without: float
    turning: tuple[int, ...]
    undefined: int


def chunk_seeds(seed: int, draws: int) -> Iterator[tuple[np.random.Generator, int]]:
    """Random numbers per chunk of draws, so results do not depend on who works which chunk."""
    sizes = [min(DRAWS_PER_CHUNK, draws - start) for start in range(0, draws, DRAWS_PER_CHUNK)]
    children = np.random.SeedSequence(seed).spawn(len(sizes))
    for child, size in zip(children, sizes, strict=True):
        yield np.random.default_rng(child), size


def random_orders(n: int, seed: int, permutations: int) -> Iterator[Ints]:
    """Random orders of n cases in chunks of shape (n_in_chunk, n)."""
    for rng, size in chunk_seeds(seed, permutations):
        yield rng.permuted(np.tile(np.arange(n), (size, 1)), axis=1)


def permuted_statistics(x: Floats, y: Floats, orders: Ints, measure: Measure) -> Ints:
    """The tested statistic (:func:`exact.statistic`) of each column of ``x`` with ``y`` dealt.

    ``x`` has shape (n_cases, n_columns), ``orders`` (n_orders, n_cases); returns whole numbers
    of shape (n_orders, n_columns).
    """
    if measure == "spearman":
        ranks = np.stack([doubled_ranks(column) for column in x.T], axis=1)
        return doubled_ranks(y)[orders] @ ranks
    first, second = np.triu_indices(len(x), 1)
    sign_x = np.sign(x[first] - x[second]).astype(np.float32)
    ranked = np.unique(y, return_inverse=True)[1].astype(np.int16)
    at_once = max(1, PAIRS_AT_ONCE // first.size)
    found = np.empty((len(orders), x.shape[1]))
    for start in range(0, len(orders), at_once):
        dealt = ranked[orders[start : start + at_once]]
        signs = np.sign(dealt[:, first] - dealt[:, second]).astype(np.float32)
        found[start : start + at_once] = signs @ sign_x
    return np.rint(found).astype(np.int64)


def permutation_p(x: Floats, y: Floats, measure: Measure, *, permutations: int, seed: int) -> float:
    """(b + 1) / (n + 1): b of the n random orders at least as far from 0, both directions."""
    observed = abs(statistic(x, y, measure))
    reached = sum(
        int((np.abs(permuted_statistics(x[:, None], y, orders, measure)) >= observed).sum())
        for orders in random_orders(x.size, seed, permutations)
    )
    return (reached + 1) / (permutations + 1)


def leave_one_out(x: Floats, y: Floats, measure: Measure) -> LeaveOneOut | None:
    """The association without each case; None when it is defined for none of them."""
    whole = np.ones((1, x.size))
    estimate = float(weighted_associations(x, y, whole, measure)[0])
    without = weighted_associations(x, y, 1.0 - np.eye(x.size), measure)
    known = np.isfinite(without)
    if not known.any():
        return None
    turned = np.sign(np.round(without, 12)) != np.sign(np.round(estimate, 12))
    most = int(np.nanargmax(np.abs(without - estimate)))
    return LeaveOneOut(
        lowest=float(np.nanmin(without)),
        highest=float(np.nanmax(without)),
        influential=most,
        without=float(without[most]),
        turning=tuple(np.flatnonzero(known & turned).tolist()),
        undefined=int((~known).sum()),
    )


def bootstrap_draws(
    x: Floats, y: Floats, measure: Measure, *, bootstraps: int, seed: int
) -> Floats:
    """The association of cases drawn with replacement; NaN where a column does not vary."""
    return np.concatenate(
        [
            weighted_associations(x, y, times_drawn(rng, size, x.size), measure)
            for rng, size in chunk_seeds(seed, bootstraps)
        ]
    )


def times_drawn(rng: np.random.Generator, draws: int, n: int) -> Floats:
    """How often each of n cases is among n drawn with replacement, shape (draws, n).

    Counting drawn cases takes a seventh of the time of ``rng.multinomial``.
    """
    cases = rng.integers(n, size=(draws, n)) + n * np.arange(draws)[:, None]
    return np.bincount(cases.ravel(), minlength=draws * n).reshape(draws, n).astype(np.float64)


def bca_interval(
    estimate: float, draws: Floats, without_each: Floats, confidence: float
) -> Interval | None:
    """Bias-corrected and accelerated bootstrap interval (Efron 1987).

    Parameters
    ----------
    estimate: on all cases. draws: bootstrap values; NaN are left out.
    without_each: the estimate with each case left out (the jackknife); NaN are left out.

    Returns
    -------
    None where it does not exist: draws that do not vary, or all on one side of the estimate (a
    perfect association gives that, and no bootstrap can tell how sure that is).

    Notes
    -----
    Draws equal to the estimate count for a half, since few cases give many ties. Checked against
    boot::boot.ci in R on the same draws.
    """
    known = draws[np.isfinite(draws)]
    share = (np.sum(known < estimate) + 0.5 * np.sum(known == estimate)) / max(1, known.size)
    jackknife = without_each[np.isfinite(without_each)]
    if not 0 < share < 1 or jackknife.size < 2 or np.ptp(known) < 1e-12:
        return None
    normal = NormalDist()
    bias = normal.inv_cdf(float(share))
    pulls = jackknife.mean() - jackknife
    squares = float(np.sum(pulls**2))
    acceleration = float(np.sum(pulls**3)) / (6 * squares**1.5) if squares > 0 else 0.0

    def level(tail: float) -> float:
        shifted = bias + normal.inv_cdf(tail)
        return normal.cdf(bias + shifted / (1 - acceleration * shifted))

    tail = (1 - confidence) / 2
    low, high = np.quantile(known, (level(tail), level(1 - tail)))
    return Interval(float(low), float(high), confidence, "bootstrap BCa")
