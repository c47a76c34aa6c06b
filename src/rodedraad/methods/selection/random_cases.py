"""Which cases does chance choose?"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.reserves import dealt_reserves, scarcity_notices
from rodedraad.methods.selection.result import Selection, strata_of
from rodedraad.methods.selection.spread import check_distances, measure_spread
from rodedraad.methods.selection.strata import divide


def select_random(
    n_units: int,
    n: int,
    *,
    seed: int,
    strata: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
    distances: npt.ArrayLike | None = None,
) -> Selection:
    """Draw ``n`` of ``n_units`` by chance, inside strata when these are given.

    Every stratum is shuffled with its own spawn of SeedSequence(seed), strata taken by name; its
    quota comes from the front of the shuffled row, the reserves from what follows.

    Parameters
    ----------
    n_units, n: size of the frame and number of cases.
    seed: whole number that repeats the draw.
    strata: label per unit. quota: cases per stratum; by default the largest remainder with at
        least one case per stratum.
    distances: array of shape (n_units, n_units), only to report the spread.
    """
    plan = divide(n_units, n, strata, quota)
    seeds = np.random.SeedSequence(seed).spawn(len(plan.names))
    queues: list[list[int]] = []
    chosen: list[int] = []
    for position, (places, stratum_seed) in enumerate(zip(plan.quota, seeds, strict=True)):
        queue = np.random.default_rng(stratum_seed).permutation(plan.members(position)).tolist()
        chosen += queue[:places]
        queues.append(queue if places else [])
    reserves = dealt_reserves(chosen, queues)
    matrix = None if distances is None else check_distances(distances)
    return Selection(
        method="random",
        chosen=tuple(chosen),
        reserves=reserves,
        n_frame=n_units,
        strata=strata_of(plan),
        seed=seed,
        spread=None if matrix is None else measure_spread(matrix, chosen),
        notices=scarcity_notices(reserves),
    )
