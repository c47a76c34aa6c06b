"""Into which classes does the map put municipalities by their number of partners?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

N_CLASSES = 5


@dataclass(frozen=True, slots=True)
class PartnerClass:
    """Municipalities with about as many partners: the lowest and highest number among them."""

    lowest: int
    highest: int
    codes: tuple[str, ...]


def partner_classes(participation: Mapping[str, Any]) -> tuple[PartnerClass, ...]:
    """Return at most five classes of about as many municipalities, fewest partners first.

    The limits are quintiles; municipalities with as many partners are in the same class.
    """
    partners = {code: case["partners"] for code, case in participation["cases"].items()}
    limits = np.quantile(list(partners.values()), np.arange(1, N_CLASSES) / N_CLASSES)
    groups: dict[int, list[str]] = {}
    for code in sorted(partners):
        groups.setdefault(int(np.searchsorted(limits, partners[code])), []).append(code)
    return tuple(
        PartnerClass(
            min(partners[code] for code in codes),
            max(partners[code] for code in codes),
            tuple(codes),
        )
        for _, codes in sorted(groups.items())
    )
