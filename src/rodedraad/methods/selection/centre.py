"""Which cases lie nearest to the middle of their stratum, and which lie furthest from it?"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.figures import Floats, unit_distances
from rodedraad.methods.selection.refusals import SelectionRefusal
from rodedraad.methods.selection.reserves import (
    dealt_reserves,
    nearest_reserves,
    same_stratum,
    scarcity_notices,
)
from rodedraad.methods.selection.result import Selection, strata_of
from rodedraad.methods.selection.spread import measure_spread
from rodedraad.methods.selection.strata import Strata, divide


def select_typical(
    z: npt.ArrayLike,
    n: int,
    *,
    strata: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
) -> Selection:
    """The units nearest to the centre (mean z-scores) of their stratum.

    There is no chance in it: equal distances are settled by frame order. Reserves are the units
    of the same stratum nearest to the case.

    Parameters
    ----------
    z: standardised figures of shape (n_units, n_vars), NaN where unknown; see ``standardise``.
    n, strata, quota: as in ``select_random``.
    """
    scores, plan, away = _from_centre(z, n, strata, quota)
    chosen = _by_rank(plan, away, [_queue(plan, away, p, 1) for p in range(len(plan.names))], 1)
    matrix = unit_distances(scores)
    reserves = nearest_reserves(
        chosen, same_stratum(plan.codes.tolist(), chosen), {c: matrix[c] for c in chosen}
    )
    return _selection("typical", chosen, reserves, plan, matrix)


def select_extreme(
    z: npt.ArrayLike,
    n: int,
    *,
    strata: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
) -> Selection:
    """The units furthest from the centre (mean z-scores) of their stratum.

    There is no chance in it: equal distances are settled by frame order. Reserves are the next
    most extreme units of the same stratum.

    Parameters: as in ``select_typical``. With one variable both ends count alike; give one
    stratum per end to steer that.
    """
    scores, plan, away = _from_centre(z, n, strata, quota)
    queues = [_queue(plan, away, p, -1) for p in range(len(plan.names))]
    chosen = _by_rank(plan, away, queues, -1)
    return _selection(
        "extreme", chosen, dealt_reserves(chosen, queues), plan, unit_distances(scores)
    )


def centre_distances(z: npt.ArrayLike, codes: npt.NDArray[np.intp]) -> Floats:
    """Distance of every unit to the mean of its stratum, over known variables, scaled up.

    Parameters
    ----------
    z: array of shape (n_units, n_vars), NaN where unknown.
    codes: stratum number per unit.
    """
    scores = np.asarray(z, dtype=np.float64)
    known = ~np.isnan(scores)
    filled = np.where(known, scores, 0.0)
    away = np.zeros(len(scores))
    for code in np.unique(codes):
        rows = codes == code
        counts = known[rows].sum(axis=0)
        centre = filled[rows].sum(axis=0) / np.maximum(counts, 1)
        squares = np.where(known[rows], np.square(scores[rows] - centre), 0.0).sum(axis=1)
        away[rows] = np.sqrt(squares * (scores.shape[1] / known[rows].sum(axis=1)))
    return away


def _from_centre(
    z: npt.ArrayLike, n: int, strata: Sequence[str] | None, quota: Mapping[str, int] | None
) -> tuple[Floats, Strata, Floats]:
    scores = np.asarray(z, dtype=np.float64)
    empty = np.isnan(scores).all(axis=1)
    if empty.any():
        raise SelectionRefusal(
            f"Unit {int(empty.argmax())} has no known figure, so it has no distance to a centre."
            " Leave it out of the frame or add a variable.",
            code="unit_without_figures",
            units=np.flatnonzero(empty).tolist(),
        )
    plan = divide(len(scores), n, strata, quota)
    return scores, plan, centre_distances(scores, plan.codes)


def _queue(plan: Strata, away: Floats, position: int, sign: Literal[1, -1]) -> list[int]:
    members = plan.members(position) if plan.quota[position] else np.empty(0, dtype=np.intp)
    return members[np.argsort(sign * away[members], kind="stable")].tolist()


def _by_rank(
    plan: Strata, away: Floats, queues: Sequence[Sequence[int]], sign: Literal[1, -1]
) -> list[int]:
    picked = [u for queue, q in zip(queues, plan.quota, strict=True) for u in queue[:q]]
    return sorted(picked, key=lambda unit: (sign * float(away[unit]), unit))


def _selection(
    method: Literal["typical", "extreme"],
    chosen: Sequence[int],
    reserves: Mapping[int, tuple[int, ...]],
    plan: Strata,
    matrix: Floats,
) -> Selection:
    return Selection(
        method=method,
        chosen=tuple(chosen),
        reserves=reserves,
        n_frame=len(matrix),
        strata=strata_of(plan),
        seed=None,
        spread=measure_spread(matrix, chosen),
        notices=scarcity_notices(reserves),
    )
