"""Who replaces a case that refuses?"""

from collections.abc import Mapping, Sequence

import numpy as np

from rodedraad.methods.selection.figures import Floats
from rodedraad.methods.selection.notices import Notice
from rodedraad.methods.selection.result import RESERVES_PER_CASE

Reserves = dict[int, tuple[int, ...]]


def nearest_reserves(
    chosen: Sequence[int], candidates: Mapping[int, Sequence[int]], nearness: Mapping[int, Floats]
) -> Reserves:
    """Two ranked reserves per case out of its own candidates, nearest first, no unit twice.

    First every case gets its first reserve, then its second. Within a round the nearest pair of
    case and candidate is settled first, so a candidate that is near two cases goes to the nearer.

    ``candidates`` are the units allowed for each case; ``nearness[case][unit]`` is the distance
    that counts.
    """
    taken = set(chosen)
    reserves: dict[int, list[int]] = {case: [] for case in chosen}
    for _ in range(RESERVES_PER_CASE):
        offers = sorted(
            (float(nearness[case][unit]), rank, unit, case)
            for rank, case in enumerate(chosen)
            for unit in candidates[case]
            if unit not in taken
        )
        served: set[int] = set()
        for _, _, unit, case in offers:
            if unit not in taken and case not in served:
                reserves[case].append(unit)
                taken.add(unit)
                served.add(case)
    return {case: tuple(units) for case, units in reserves.items()}


def dealt_reserves(chosen: Sequence[int], queues: Sequence[Sequence[int]]) -> Reserves:
    """Two ranked reserves per case, dealt from the queue of its stratum.

    ``queues`` has for each stratum its units in order, the chosen ones among them; the first
    units after the chosen become first reserves, the following become second reserves.
    """
    picked = set(chosen)
    reserves: dict[int, list[int]] = {case: [] for case in chosen}
    for queue in queues:
        cases = [unit for unit in queue if unit in picked]
        waiting = [unit for unit in queue if unit not in picked]
        for i, unit in enumerate(waiting[: RESERVES_PER_CASE * len(cases)]):
            reserves[cases[i % len(cases)]].append(unit)
    return {case: tuple(units) for case, units in reserves.items()}


def scarcity_notices(reserves: Mapping[int, tuple[int, ...]]) -> tuple[Notice, ...]:
    """A notice when cases have fewer than two reserves, because their stratum has no more."""
    short = [case for case, units in reserves.items() if len(units) < RESERVES_PER_CASE]
    if not short:
        return ()
    message = (
        f"{len(short)} of {len(reserves)} cases have fewer than {RESERVES_PER_CASE} reserves,"
        " because their stratum has no more units"
    )
    return (Notice("reserves_short", message, count=len(short)),)


def same_stratum(codes: Sequence[int], chosen: Sequence[int]) -> dict[int, list[int]]:
    """For each case the units of its own stratum."""
    array = np.asarray(codes)
    return {case: np.flatnonzero(array == array[case]).tolist() for case in chosen}
