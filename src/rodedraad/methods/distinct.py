"""Which different numbers are there among many, and where does each stand in a list?

``numpy.unique`` hashes: on a few hundred thousand keys that is ten times as slow as sorting them.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
WIDE = 4_000_000
"""Numbers that lie further apart are searched for; others are looked up in a table."""
SPARSE = 100
"""A table with more places than this for each number is not quicker than sorting."""


def distinct(keys: IntArray) -> IntArray:
    """Return the different keys, in order.

    >>> distinct(np.array([4, 1, 4])).tolist()
    [1, 4]
    """
    if not keys.size:
        return keys
    low, high = int(keys.min()), int(keys.max())
    if high - low < min(WIDE, SPARSE * keys.size):
        there = np.zeros(high - low + 1, dtype=np.bool_)
        there[keys - low] = True
        return np.flatnonzero(there) + low
    ordered = np.sort(keys)
    first = np.ones(ordered.size, dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def order_of(keys: IntArray, then: IntArray) -> IntArray:
    """Return the order of ``keys``, and of what has the same key the order of ``then``.

    The same as ``numpy.lexsort((then, keys))``, in a quarter of the time when few keys are alike.

    >>> order_of(np.array([2, 1, 2]), np.array([9, 0, 8])).tolist()
    [1, 2, 0]
    """
    order: IntArray = np.argsort(keys)
    ordered = keys[order]
    alike = np.zeros(keys.size + 1, dtype=np.bool_)
    np.equal(ordered[1:], ordered[:-1], out=alike[1:-1])
    (tied,) = np.nonzero(alike[1:] | alike[:-1])
    some = order[tied]
    order[tied] = some[np.lexsort((then[some], keys[some]))]
    return order


def places_in(keys: IntArray, known: Sequence[int] | IntArray) -> IntArray:
    """Return the place of each key in ``known``, whose numbers differ; -1 for one not there.

    >>> places_in(np.array([7, 9, 8, 7]), [9, 7]).tolist()
    [1, 0, -1, 1]
    """
    listed = np.asarray(known, dtype=np.int64)
    if not listed.size or not keys.size:
        return np.full(keys.size, -1, dtype=np.int64)
    low, high = int(listed.min()), int(listed.max())
    if high - low < WIDE:
        table = np.full(high - low + 2, -1, dtype=np.int64)
        table[listed - low] = np.arange(listed.size)
        outside = (keys < low) | (keys > high)
        found: IntArray = table[np.where(outside, high + 1, keys) - low]
        return found
    order = np.argsort(listed)
    at = np.minimum(np.searchsorted(listed[order], keys), listed.size - 1)
    return np.where(listed[order][at] == keys, order[at], -1)
