"""How is a selection with a large smallest distance found quickly?"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.figures import Floats
from rodedraad.methods.selection.strata import Strata

Units = npt.NDArray[np.intp]
Score = tuple[float, float]
TOLERANCE = 1e-9


def score(matrix: Floats, chosen: Sequence[int]) -> Score:
    """(smallest distance, mean distance to the nearest other case): larger is more diverse."""
    among = matrix[np.ix_(chosen, chosen)]
    np.fill_diagonal(among, np.inf)
    nearest = among.min(axis=1)
    return float(nearest.min()), float(nearest.mean())


def better(new: Score, old: Score) -> bool:
    """Whether ``new`` has a larger smallest distance, or the same and a larger mean nearest."""
    if abs(new[0] - old[0]) > TOLERANCE:
        return new[0] > old[0]
    return new[1] > old[1] + TOLERANCE


def farthest_points(matrix: Floats, plan: Strata, start: int) -> list[int]:
    """Add the unit furthest from those already chosen until every stratum has its quota.

    ``start`` must be in a stratum with a quota. Equal distances are settled by frame order.
    Source: Gonzalez (1985), Clustering to minimize the maximum intercluster distance.
    """
    places = np.array(plan.quota)
    chosen = [start]
    nearest: Floats = np.full(len(matrix), np.inf)
    while True:
        latest = chosen[-1]
        places[plan.codes[latest]] -= 1
        if not places.any():
            return chosen
        nearest = np.minimum(nearest, matrix[latest])
        nearest[latest] = -1.0
        chosen.append(int(np.argmax(np.where(places[plan.codes] > 0, nearest, -1.0))))


def climb(matrix: Floats, plan: Strata, chosen: Sequence[int]) -> list[int]:
    """Exchange one case at a time for a unit of its stratum while that makes it more diverse.

    Every step takes the best of all exchanges, so it ends at a selection that no single exchange
    improves.
    """
    current = list(chosen)
    value = score(matrix, current)
    while True:
        leaver, joiner, new = _best_exchange(matrix, plan, current)
        if leaver < 0 or not better(new, value):
            return sorted(current)
        current[leaver] = joiner
        value = new


def _best_exchange(matrix: Floats, plan: Strata, chosen: list[int]) -> tuple[int, int, Score]:
    """Best (position that leaves, unit that joins, score after)."""
    cases = np.array(chosen)
    outside = np.ones(len(matrix), dtype=np.bool_)
    outside[cases] = False
    best = (-1, -1, (-1.0, -1.0))
    for position, case in enumerate(chosen):
        joiners = np.flatnonzero(outside & (plan.codes == plan.codes[case]))
        if not joiners.size:
            continue
        stayers = np.delete(cases, position)
        smallest, mean_nearest = scores_after(matrix, stayers, joiners)
        top = smallest >= smallest.max() - TOLERANCE
        pick = int(np.argmax(np.where(top, mean_nearest, -1.0)))
        new = (float(smallest[pick]), float(mean_nearest[pick]))
        if better(new, best[2]):
            best = (position, int(joiners[pick]), new)
    return best


def scores_after(matrix: Floats, stayers: Units, joiners: Units) -> tuple[Floats, Floats]:
    """Score of the stayers together with each joiner; ``stayers`` has at least one unit."""
    among = matrix[np.ix_(stayers, stayers)]
    np.fill_diagonal(among, np.inf)
    to_joiner = matrix[np.ix_(stayers, joiners)]
    of_stayers = np.minimum(among.min(axis=1)[:, None], to_joiner)
    of_joiner = to_joiner.min(axis=0)
    smallest = np.minimum(of_stayers.min(axis=0), of_joiner)
    mean_nearest = (of_stayers.sum(axis=0) + of_joiner) / (stayers.size + 1)
    return smallest, mean_nearest
