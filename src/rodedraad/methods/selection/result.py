"""What was selected, how, and who stands in reserve?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rodedraad.methods.selection.notices import Notice
from rodedraad.methods.selection.spread import Spread
from rodedraad.methods.selection.strata import Strata

VERSION = "case-selection 1"
RESERVES_PER_CASE = 2

Method = Literal[
    "random", "balanced", "well_spread", "diverse", "typical", "extreme", "matched_pairs"
]


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum of the frame: its name, number of units and number of cases."""

    name: str
    size: int
    quota: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen units of a frame, as positions in the frame, with all that is needed to repeat it.

    ``chosen`` is in order of draw (random), of nearness to the centre (typical), of distance
    from the centre (extreme), of pairs (matched pairs: with label, without label, and so on) or
    of the frame (diverse, balanced, well spread). ``reserves`` maps each chosen unit to at most
    two units, first reserve first; no unit is reserve twice. ``seed`` is ``None`` for a method
    without chance.
    ``proven`` says for a diverse selection whether no selection has a larger smallest distance;
    ``None`` for other methods. ``spread`` is ``None`` without distances or with one case.
    """

    method: Method
    chosen: tuple[int, ...]
    reserves: Mapping[int, tuple[int, ...]]
    n_frame: int
    strata: tuple[Stratum, ...]
    seed: int | None
    spread: Spread | None
    proven: bool | None = None
    notices: tuple[Notice, ...] = ()
    version: str = VERSION

    @property
    def quota(self) -> dict[str, int]:
        """Number of cases per stratum."""
        return {s.name: s.quota for s in self.strata}


def strata_of(plan: Strata) -> tuple[Stratum, ...]:
    """The strata of a plan as part of a result."""
    return tuple(
        Stratum(name, size, places)
        for name, size, places in zip(plan.names, plan.sizes, plan.quota, strict=True)
    )
