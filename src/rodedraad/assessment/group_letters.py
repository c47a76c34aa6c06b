"""By which letter is each group of municipalities called, on pages and in reports?"""

from collections.abc import Mapping
from typing import Any

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def group_letters(communities: Mapping[str, Any]) -> dict[int, str]:
    """Return the letter of each group of a ``communities`` run: A is the largest.

    Groups of equal size follow each other in the order of their labels; after Z comes AA.
    """
    sizes = communities["sizes"]
    order = sorted(range(len(sizes)), key=lambda label: (-sizes[label], label))
    return {label: _letter(at) for at, label in enumerate(order)}


def _letter(at: int) -> str:
    before, last = divmod(at, len(LETTERS))
    return (_letter(before - 1) if before else "") + LETTERS[last]
