"""Which units may fill which places of a selection?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.quota import quota_largest_remainder
from rodedraad.methods.selection.refusals import SelectionRefusal

WHOLE_FRAME = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The frame divided in strata with a quota each, sorted by name.

    ``codes`` gives for each unit the position of its stratum in ``names``; so results do not
    depend on the order in which a mapping was filled.
    """

    names: tuple[str, ...]
    quota: tuple[int, ...]
    sizes: tuple[int, ...]
    codes: npt.NDArray[np.intp]

    @property
    def n(self) -> int:
        """Number of cases to select."""
        return sum(self.quota)

    def members(self, position: int) -> npt.NDArray[np.intp]:
        """Units of one stratum, in frame order."""
        return np.flatnonzero(self.codes == position)


def divide(
    n_units: int, n: int, strata: Sequence[str] | None, quota: Mapping[str, int] | None
) -> Strata:
    """Check strata and quota and put them in a fixed order.

    Without ``strata`` the frame is one stratum. With strata and without ``quota`` the quota is
    that of the largest remainder, with at least one case in each stratum.
    """
    labels = [WHOLE_FRAME] * n_units if strata is None else list(strata)
    if len(labels) != n_units:
        raise SelectionRefusal(
            f"There are {n_units} units and {len(labels)} strata labels. Give one label per unit.",
            code="strata_length",
        )
    sizes = Counter(labels)
    places = quota_largest_remainder(sizes, n) if quota is None else dict(quota)
    _check_quota(places, sizes, n)
    names = tuple(sorted(sizes))
    position = {name: i for i, name in enumerate(names)}
    return Strata(
        names=names,
        quota=tuple(places.get(name, 0) for name in names),
        sizes=tuple(sizes[name] for name in names),
        codes=np.array([position[label] for label in labels], dtype=np.intp),
    )


def _check_quota(quota: Mapping[str, int], sizes: Mapping[str, int], n: int) -> None:
    for name, places in sorted(quota.items()):
        if not 0 <= places <= sizes.get(name, 0):
            raise SelectionRefusal(
                f"Stratum {name!r} has {sizes.get(name, 0)} units and its quota is {places}."
                " Give it a quota from 0 to its number of units.",
                code="quota_exceeds_stratum",
                stratum=name,
                quota=places,
            )
    if sum(quota.values()) != n or n < 1:
        raise SelectionRefusal(
            f"The quota add up to {sum(quota.values())} and {n} cases are asked, at least 1."
            " Make the two equal.",
            code="quota_total",
        )
