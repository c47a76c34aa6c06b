"""Which random cases have the same averages as the frame, or lie spread all over it?"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.figures import Floats, unit_distances
from rodedraad.methods.selection.refusals import SelectionRefusal
from rodedraad.methods.selection.reserves import nearest_reserves, same_stratum, scarcity_notices
from rodedraad.methods.selection.result import Selection, strata_of
from rodedraad.methods.selection.spread import check_distances, measure_spread
from rodedraad.methods.selection.strata import Strata, divide

DECIDED = 1e-9


def select_balanced(
    z: npt.ArrayLike,
    n: int,
    *,
    seed: int,
    strata: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
) -> Selection:
    """Draw ``n`` units by chance such that their averages are those of the frame (cube method).

    Inside a stratum every unit has the same chance, quota / size. Among the samples that keep
    these chances and the quota, it draws one whose estimated means of the variables equal those
    of the frame as nearly as whole units allow; where they cannot all, the first variable is
    kept longest. A random draw may happen to hold large municipalities only; this one cannot.

    Parameters
    ----------
    z: array of shape (n_units, n_vars), standardised, without gaps; most important first.
    n, strata, quota: as for the other selections. seed: whole number that repeats the draw.

    Raises
    ------
    SelectionRefusal: a figure is not known, or there is no variable.

    Notes
    -----
    Balance is on average over the frame, weighted by 1 / chance; it is exact for the quota. With
    n cases about n - 1 variables can be nearly kept; fewer are kept better. Reserves are the
    nearest units of the stratum. Checked against sampling::samplecube in R
    (tests/reference/selection).

    Deville, J.-C. & Tillé, Y. (2004). Efficient balanced sampling: the cube method. Biometrika
    91, 893-912. Chauvet, G. & Tillé, Y. (2006). Computational Statistics 21, 53-61.
    """
    scores = _complete(z)
    plan = divide(len(scores), n, strata, quota)
    places = np.eye(len(plan.names))[plan.codes]
    chances = _chances(plan)
    open_units = chances > 0
    picked = np.zeros(len(scores), dtype=np.bool_)
    picked[open_units] = cube_draw(
        chances[open_units],
        places[open_units],
        scores[open_units],
        np.random.default_rng(np.random.SeedSequence(seed)),
    )
    return _selection("balanced", picked, plan, unit_distances(scores), seed)


def select_well_spread(
    distances: npt.ArrayLike,
    n: int,
    *,
    seed: int,
    strata: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
) -> Selection:
    """Draw ``n`` units by chance such that no two neighbours are both in (local pivotal method).

    Inside a stratum every unit has the same chance. Again and again a unit and its nearest
    undecided neighbour fight: one takes over the chance of the other. So cases lie spread over
    the frame in every respect that the distances know, which balances averages, and also curves
    and combinations, roughly; and chance decides, unlike in the most diverse selection.

    Parameters
    ----------
    distances: array of shape (n_units, n_units). n, seed, strata, quota: as above.

    Notes
    -----
    Neighbours are sought inside the stratum; ties are settled by chance. Checked by its chances
    of inclusion and, for pairs of near units, by what must always happen.

    Grafström, A., Lundström, N. & Schelin, L. (2012). Spatially balanced sampling through the
    pivotal method. Biometrics 68, 514-520 (their LPM2).
    """
    matrix = check_distances(distances)
    plan = divide(len(matrix), n, strata, quota)
    chances = _chances(plan)
    picked = np.zeros(len(matrix), dtype=np.bool_)
    seeds = np.random.SeedSequence(seed).spawn(len(plan.names))
    for position, stratum_seed in enumerate(seeds):
        members = plan.members(position)
        picked[members] = pivotal_draw(
            chances[members],
            matrix[np.ix_(members, members)],
            np.random.default_rng(stratum_seed),
        )
    return _selection("well_spread", picked, plan, matrix, seed)


def cube_draw(
    chances: Floats, exact: Floats, balancing: Floats, rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Draw units with the given chances whose weighted totals are those of the frame.

    Parameters
    ----------
    chances: of inclusion, above 0 to 1; their sum inside each column of ``exact`` is whole.
    exact: array of shape (n_units, n_groups) of zeros and ones that divides the units in groups
        whose number drawn is fixed.
    balancing: array of shape (n_units, n_vars), kept as nearly as possible, the first longest.
    """
    share = chances.copy()
    kept = balancing.shape[1]
    while True:
        undecided = np.flatnonzero((share > DECIDED) & (share < 1 - DECIDED))
        if not undecided.size:
            return share > 0.5
        wanted = np.column_stack((exact * chances[:, None], balancing[:, :kept]))
        if not _flown(share, undecided, wanted / chances[:, None], rng):
            if not kept:
                return share > 0.5
            kept -= 1


def pivotal_draw(
    chances: Floats, distances: Floats, rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Draw units with the given chances, whose sum is whole, neighbours seldom together."""
    share = chances.copy()
    undecided = np.flatnonzero((share > DECIDED) & (share < 1 - DECIDED)).tolist()
    while len(undecided) > 1:
        unit = undecided[int(rng.integers(len(undecided)))]
        others = np.array([other for other in undecided if other != unit])
        near = distances[unit, others]
        nearest = others[near <= near.min() + 1e-12]
        rival = int(nearest[rng.integers(nearest.size)])
        share[[unit, rival]] = _fought(float(share[unit]), float(share[rival]), rng.random())
        undecided = [u for u in undecided if DECIDED < share[u] < 1 - DECIDED]
    return share > 0.5


def _fought(first: float, second: float, draw: float) -> tuple[float, float]:
    """The chances of two units after one took from the other; their means stay as they were."""
    total = first + second
    if total < 1:
        return (total, 0.0) if draw < first / total else (0.0, total)
    rest = total - 1
    return (1.0, rest) if draw < (1 - second) / (2 - total) else (rest, 1.0)


def _flown(
    share: Floats, undecided: npt.NDArray[np.intp], wanted: Floats, rng: np.random.Generator
) -> bool:
    """Change chances along directions that keep ``wanted`` until none is left (flight phase).

    Each step takes just enough undecided units for a direction to exist, and decides at least
    one of them. False when there was no direction at all.
    """
    flown = False
    waiting = rng.permutation(undecided).tolist()
    active: list[int] = []
    while True:
        while waiting and len(active) <= wanted.shape[1]:
            active.append(waiting.pop())
        direction = _direction(wanted[active]) if active else None
        if direction is None:
            return flown
        rising, falling = _reach(share[active], direction)
        step = rising if rng.random() < falling / (rising + falling) else -falling
        share[active] = np.clip(share[active] + step * direction, 0.0, 1.0)
        share[active] = np.where(share[active] < DECIDED, 0.0, share[active])
        share[active] = np.where(share[active] > 1 - DECIDED, 1.0, share[active])
        active = [unit for unit in active if 0.0 < share[unit] < 1.0]
        flown = True


def _direction(rows: Floats) -> Floats | None:
    """A direction of chances that changes no weighted total; None when there is none."""
    _, sizes, right = np.linalg.svd(rows.T, full_matrices=True)
    rank = int((sizes > 1e-9 * max(1.0, float(sizes.max(initial=0.0)))).sum())
    return None if rank == rows.shape[0] else np.asarray(right[-1], dtype=np.float64)


def _reach(share: Floats, direction: Floats) -> tuple[float, float]:
    """How far the chances can move up and down along a direction before one is 0 or 1."""
    moves = np.abs(direction) > 1e-12
    size, there = np.abs(direction[moves]), share[moves]
    up = np.where(direction[moves] > 0, 1 - there, there) / size
    down = np.where(direction[moves] > 0, there, 1 - there) / size
    return float(up.min()), float(down.min())


def _complete(z: npt.ArrayLike) -> Floats:
    scores = np.asarray(z, dtype=np.float64)
    if scores.ndim != 2 or not scores.shape[1]:
        raise SelectionRefusal(
            f"Balance needs a table of units by at least one variable. Got shape {scores.shape}.",
            code="figures_shape",
        )
    gaps = ~np.isfinite(scores)
    if gaps.any():
        unit, variable = (int(i) for i in np.argwhere(gaps)[0])
        raise SelectionRefusal(
            f"Variable {variable} is not known for unit {unit} ({int(gaps.any(axis=1).sum())}"
            " units have gaps), so balance on it does not exist. Leave out those units or"
            " variables, or draw a well-spread selection, which only needs distances.",
            code="balance_with_gaps",
            units=np.flatnonzero(gaps.any(axis=1)).tolist(),
        )
    return scores


def _chances(plan: Strata) -> Floats:
    return (np.array(plan.quota) / np.array(plan.sizes))[plan.codes]


def _selection(
    method: Literal["balanced", "well_spread"],
    picked: npt.NDArray[np.bool_],
    plan: Strata,
    matrix: Floats,
    seed: int,
) -> Selection:
    chosen = np.flatnonzero(picked).tolist()
    reserves = nearest_reserves(
        chosen, same_stratum(plan.codes.tolist(), chosen), {unit: matrix[unit] for unit in chosen}
    )
    return Selection(
        method=method,
        chosen=tuple(chosen),
        reserves=reserves,
        n_frame=len(matrix),
        strata=strata_of(plan),
        seed=seed,
        spread=measure_spread(matrix, chosen),
        notices=scarcity_notices(reserves),
    )
