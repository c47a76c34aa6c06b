"""Which cases differ on a label and are otherwise as alike as possible?"""

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment  # pyright: ignore

from rodedraad.methods.selection.figures import Floats
from rodedraad.methods.selection.refusals import SelectionRefusal
from rodedraad.methods.selection.reserves import nearest_reserves, scarcity_notices
from rodedraad.methods.selection.result import Selection, Stratum
from rodedraad.methods.selection.spread import check_distances, measure_spread
from rodedraad.methods.selection.strata import WHOLE_FRAME

Units = npt.NDArray[np.intp]


def matched_pairs(
    distances: npt.ArrayLike,
    label: Sequence[bool],
    n_pairs: int,
    *,
    strata: Sequence[str] | None = None,
) -> Selection:
    """``n_pairs`` pairs, one unit with the label and one without, with the least total distance.

    No unit is in two pairs. With strata, a pair lies within one stratum. There is no chance in
    it: the pairs are the exact optimum. ``chosen`` holds the pairs one after another, nearest
    pair first, in each pair the unit with the label first. A reserve has the label (and stratum)
    of its case and is nearest to the other unit of the pair, so that the pair stays alike.

    Parameters
    ----------
    distances: array of shape (n_units, n_units); see ``unit_distances``.
    label: for each unit whether it has the label (say, known as a forerunner).
    n_pairs: at least 1.
    strata: label per unit within which to pair.

    Raises
    ------
    SelectionRefusal: fewer pairs can be made than are asked.

    Checked against all sets of pairs of small frames in tests/methods/test_selection_pairs.py.
    """
    matrix = check_distances(distances)
    having = np.array(label, dtype=np.bool_)
    places = np.array([WHOLE_FRAME] * len(matrix) if strata is None else list(strata))
    if having.shape != (len(matrix),) or places.shape != having.shape:
        raise SelectionRefusal(
            f"There are {len(matrix)} units, {having.size} labels and {places.size} strata. Give"
            " one of each per unit.",
            code="label_length",
        )
    pairs = _best_pairs(matrix, np.flatnonzero(having), np.flatnonzero(~having), places, n_pairs)
    chosen = [unit for pair in pairs for unit in pair]
    partner = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    candidates = {
        case: np.flatnonzero((having == having[case]) & (places == places[case])).tolist()
        for case in chosen
    }
    reserves = nearest_reserves(chosen, candidates, {c: matrix[partner[c]] for c in chosen})
    return Selection(
        method="matched_pairs",
        chosen=tuple(chosen),
        reserves=reserves,
        n_frame=len(matrix),
        strata=_strata(places, chosen),
        seed=None,
        spread=measure_spread(matrix, chosen),
        notices=scarcity_notices(reserves),
    )


def _best_pairs(
    matrix: Floats, having: Units, lacking: Units, places: npt.NDArray[np.str_], n_pairs: int
) -> list[tuple[int, int]]:
    """Exact choice of ``n_pairs`` pairs, as an assignment problem.

    Every unit that stays unpaired is assigned to a dummy at no cost. There are just enough
    dummies to leave ``n_pairs`` of each side over; pairs of dummies, and pairs across strata,
    cost more than all real pairs together, so they occur only when ``n_pairs`` is impossible.
    """
    possible = _possible_pairs(having, lacking, places)
    if not 1 <= n_pairs <= possible:
        raise SelectionRefusal(
            f"At most {possible} pairs can be made of {having.size} units with the label and"
            f" {lacking.size} without, inside their strata. Ask for 1 to that many pairs (got"
            f" {n_pairs}), widen the frame, or merge strata.",
            code="pairs_impossible",
            possible=possible,
        )
    forbidden = 1.0 + 2.0 * n_pairs * float(matrix.max())
    size = having.size + lacking.size - n_pairs
    cost = np.zeros((size, size))
    cost[having.size :, lacking.size :] = forbidden
    cost[: having.size, : lacking.size] = np.where(
        places[having][:, None] == places[lacking][None, :],
        matrix[np.ix_(having, lacking)],
        forbidden,
    )
    columns = cast("tuple[Units, Units]", linear_sum_assignment(cost))[1]
    pairs = [
        (int(unit), int(lacking[column]))
        for unit, column in zip(having, columns[: having.size], strict=True)
        if column < lacking.size
    ]
    return sorted(pairs, key=lambda pair: (float(matrix[pair]), pair))


def _possible_pairs(having: Units, lacking: Units, places: npt.NDArray[np.str_]) -> int:
    return sum(
        min(int((places[having] == name).sum()), int((places[lacking] == name).sum()))
        for name in np.unique(places)
    )


def _strata(places: npt.NDArray[np.str_], chosen: Sequence[int]) -> tuple[Stratum, ...]:
    cases = places[list(chosen)]
    return tuple(
        Stratum(str(name), int((places == name).sum()), int((cases == name).sum()))
        for name in np.unique(places)
    )
