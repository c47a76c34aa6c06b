"""Which cases lie as far apart as possible?"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.exchange import TOLERANCE, better, climb, farthest_points, score
from rodedraad.methods.selection.figures import Floats
from rodedraad.methods.selection.notices import Notice
from rodedraad.methods.selection.proof import SearchTooLong, WiderSelection
from rodedraad.methods.selection.reserves import nearest_reserves, same_stratum, scarcity_notices
from rodedraad.methods.selection.result import Selection, strata_of
from rodedraad.methods.selection.spread import check_distances, measure_spread
from rodedraad.methods.selection.strata import Strata, divide

START_UNITS = 400
STARTS = 12
MAX_STEPS = 100_000


def select_diverse(
    distances: npt.ArrayLike,
    n: int,
    *,
    seed: int,
    strata: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
    starts: int = STARTS,
    max_steps: int = MAX_STEPS,
) -> Selection:
    """The ``n`` units whose smallest distance to each other is as large as can be (max-min).

    Among selections with the same smallest distance the one with the larger mean distance to the
    nearest other case is preferred. With strata, every stratum gets its quota and distance counts
    across strata too.

    How: farthest-point selections from every start unit (at most 400, drawn by seed) and as many
    random ones; the best half of ``starts`` of each kind are improved by exchange; then a
    complete search looks for a wider selection, until there is none (``proven`` is true) or
    ``max_steps`` steps have passed (``proven`` is false and a notice says so). Small problems are
    always proven. Unusual units are favoured: that is what diverse means; read the balance table
    beside it.

    Parameters
    ----------
    distances: array of shape (n_units, n_units); see ``unit_distances``.
    n: number of cases, at least 2.
    seed: whole number; together with the data it repeats the selection.
    strata, quota: as in ``select_random``.
    starts, max_steps: effort of the heuristic and of the proof.

    Checked against all subsets for small frames in tests/methods/test_selection_diverse.py.
    Source of the problem: Erkut (1990), The discrete p-dispersion problem.
    """
    matrix = check_distances(distances)
    plan = divide(len(matrix), n, strata, quota)
    best = _search(matrix, plan, seed, starts) if n > 1 else [_lonely(matrix, plan)]
    best, proven = _prove(matrix, plan, best, max_steps) if n > 1 else (best, True)
    reserves = nearest_reserves(
        best, same_stratum(plan.codes.tolist(), best), {c: matrix[c] for c in best}
    )
    return Selection(
        method="diverse",
        chosen=tuple(best),
        reserves=reserves,
        n_frame=len(matrix),
        strata=strata_of(plan),
        seed=seed,
        spread=measure_spread(matrix, best),
        proven=proven,
        notices=(*_unproven(proven, max_steps), *scarcity_notices(reserves)),
    )


def _lonely(matrix: Floats, plan: Strata) -> int:
    """One case alone: the unit furthest from all others on average, in the stratum asked."""
    allowed = np.array(plan.quota)[plan.codes] > 0
    return int(np.argmax(np.where(allowed, matrix.mean(axis=1), -1.0)))


def _search(matrix: Floats, plan: Strata, seed: int, starts: int) -> list[int]:
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    allowed = np.flatnonzero(np.array(plan.quota)[plan.codes] > 0)
    first = rng.permutation(allowed)[:START_UNITS].tolist()
    spread_out = [farthest_points(matrix, plan, unit) for unit in first]
    by_chance = [_random_selection(plan, rng) for _ in first]
    half = max(1, starts // 2)
    best: list[int] = []
    for beginnings in (spread_out, by_chance):
        ranked = sorted(beginnings, key=lambda chosen: score(matrix, chosen), reverse=True)
        for chosen in ranked[:half]:
            found = climb(matrix, plan, chosen)
            if not best or better(score(matrix, found), score(matrix, best)):
                best = found
    return best


def _random_selection(plan: Strata, rng: np.random.Generator) -> list[int]:
    return [
        unit
        for position, places in enumerate(plan.quota)
        for unit in rng.permutation(plan.members(position))[:places].tolist()
    ]


def _prove(matrix: Floats, plan: Strata, best: list[int], max_steps: int) -> tuple[list[int], bool]:
    """Look for wider selections until there is none; say whether that was completed."""
    while True:
        above = score(matrix, best)[0] + TOLERANCE
        try:
            wider = WiderSelection(matrix, plan, above, max_steps).find()
        except SearchTooLong:
            return best, False
        if wider is None:
            return best, True
        best = climb(matrix, plan, wider)


def _unproven(proven: bool, max_steps: int) -> tuple[Notice, ...]:
    if proven:
        return ()
    message = (
        "a selection with a larger smallest distance was not found, and not excluded either"
        f" within {max_steps} search steps"
    )
    return (Notice("diverse_not_proven", message, count=max_steps),)
