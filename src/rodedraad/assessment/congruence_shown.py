"""What do pages show of the congruence of regions: which kinds, in which order, which pairs?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform


@dataclass(frozen=True)
class Pair:
    """How two kinds of regions match, seen from ``a``; null where it cannot be worked out.

    ``nesting_ab`` is the share of municipalities that lie in the b-region in which most of their
    a-region lies, ``whole_ab`` the share of a-regions that lie wholly in one b-region.
    """

    a: str
    b: str
    n_common: int
    likeness: float | None
    nesting_ab: float | None
    nesting_ba: float | None
    whole_ab: float | None
    whole_ba: float | None
    identical: bool

    def turned(self) -> "Pair":
        """Return the same pair seen from ``b``."""
        return Pair(
            self.b, self.a, self.n_common, self.likeness, self.nesting_ba, self.nesting_ab,
            self.whole_ba, self.whole_ab, self.identical,
        )  # fmt: skip


def pairs_of(result: Mapping[str, Any]) -> dict[tuple[str, str], Pair]:
    """Return every pair of the run in both directions."""
    found: dict[tuple[str, str], Pair] = {}
    for row in result["pairs"]:
        pair = Pair(
            row["a"], row["b"], row["n_common"], row["adjusted_rand"], row["nesting_ab"],
            row["nesting_ba"], row["whole_ab"], row["whole_ba"], row["identical"],
        )  # fmt: skip
        found[pair.a, pair.b] = pair
        found[pair.b, pair.a] = pair.turned()
    return found


def order_by_likeness(kinds: Sequence[str], pairs: Mapping[tuple[str, str], Pair]) -> list[str]:
    """Return the kinds so that those alike stand together (average linkage, best leaf order).

    The distance of two kinds is one minus the adjusted Rand index; 1 where it is not known. It
    orders a picture and is no result.
    """
    if len(kinds) < 3:
        return list(kinds)
    distance = np.array(
        [[0.0 if a == b else 1 - (pairs[a, b].likeness or 0.0) for b in kinds] for a in kinds]
    )
    tree = linkage(squareform(np.clip(distance, 0, None)), "average", optimal_ordering=True)
    return [kinds[int(i)] for i in leaves_list(tree)]
