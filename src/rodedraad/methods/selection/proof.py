"""Is there any selection whose smallest distance is larger than the one found?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.figures import Floats
from rodedraad.methods.selection.strata import Strata


class SearchTooLong(Exception):
    """The search was stopped before it was complete; nothing is proven."""


class WiderSelection:
    """Complete search for a selection in which every two cases lie more than ``above`` apart.

    Such a selection is a clique of ``n`` units, with the quota of each stratum, in the graph that
    joins units more than ``above`` apart. Sets of units are whole numbers with a bit per unit,
    units with most joins first. The search counts its steps, not its seconds, so that the outcome
    is the same everywhere.

    Where it branches: units that may be joined to none of each other share a colour, and a clique
    has at most one unit of a colour. So with w places left, a clique needs a unit outside the
    first w - 1 colours: those units are the branches, or, when that is fewer, the candidates to
    spare plus one of the stratum with the fewest to spare. Source of the bound: Tomita & Seki
    (2003), An efficient branch-and-bound algorithm for finding a maximum clique.
    """

    def __init__(self, matrix: Floats, plan: Strata, above: float, max_steps: int) -> None:
        far = matrix > above
        np.fill_diagonal(far, False)
        self._order = np.argsort(-far.sum(axis=1), kind="stable")
        far = far[np.ix_(self._order, self._order)]
        codes = plan.codes[self._order]
        self._far = [_bits(row) for row in far]
        self._strata = [_bits(codes == i) for i in range(len(plan.names))]
        self._quota = plan.quota
        self._steps_left = max_steps

    def find(self) -> list[int] | None:
        """One such selection, or ``None`` when there is none.

        Raises ``SearchTooLong`` when ``max_steps`` steps were not enough to know.
        """
        everyone = 0
        for members, places in zip(self._strata, self._quota, strict=True):
            everyone |= members if places else 0
        found = self._extend([], everyone, list(self._quota))
        return None if found is None else sorted(int(self._order[unit]) for unit in found)

    def _extend(self, chosen: list[int], candidates: int, places: list[int]) -> list[int] | None:
        if self._steps_left <= 0:
            raise SearchTooLong
        self._steps_left -= 1
        if not any(places):
            return chosen
        branches = self._branches(candidates, places)
        while branches:
            unit = branches.bit_length() - 1
            bit = 1 << unit
            stratum = next(i for i, members in enumerate(self._strata) if members & bit)
            remaining = places.copy()
            remaining[stratum] -= 1
            allowed = candidates & self._far[unit]
            if remaining[stratum] == 0:
                allowed &= ~self._strata[stratum]
            found = self._extend([*chosen, unit], allowed, remaining)
            if found is not None:
                return found
            branches ^= bit
            candidates ^= bit
        return None

    def _branches(self, candidates: int, places: list[int]) -> int:
        """Units of which any selection within the candidates has at least one; 0 when none is."""
        branches = self._beyond_colours(candidates, sum(places) - 1)
        for members, wanted in zip(self._strata, places, strict=True):
            if wanted:
                spare = (candidates & members).bit_count() - wanted
                if spare < 0:
                    return 0
                if spare + 1 < branches.bit_count():
                    branches = _last(candidates & members, spare + 1)
        return branches

    def _beyond_colours(self, candidates: int, colours: int) -> int:
        for _ in range(colours):
            free = candidates
            while free:
                lowest = free & -free
                candidates ^= lowest
                free &= ~(self._far[lowest.bit_length() - 1] | lowest)
        return candidates


def _bits(mask: npt.NDArray[np.bool_]) -> int:
    packed = np.packbits(mask, bitorder="little").tobytes()
    return int.from_bytes(packed, "little")


def _last(bits: int, count: int) -> int:
    """The highest ``count`` bits."""
    kept = 0
    for _ in range(count):
        highest = 1 << (bits.bit_length() - 1)
        kept |= highest
        bits ^= highest
    return kept
