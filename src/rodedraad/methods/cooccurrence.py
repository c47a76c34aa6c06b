"""Which codes stand together: in the same unit of text, or on the same characters?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.errors import Refusal
from rodedraad.methods.distinct import distinct, places_in

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
PAIRS = 2_000_000
"""Pairs that are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """How often each pair of codes stands together; arrays of shape (n_codes, n_codes).

    ``together``: in how many units both stand; the diagonal holds the units with one code. For
    overlap in characters a unit is an unbroken run of characters. ``shared`` and ``either`` are
    what the Jaccard index divides: units with both and with at least one, or so many characters.
    ``n_units``: units that were looked at, or characters with at least one code.
    """

    together: IntArray
    shared: IntArray
    either: IntArray
    n_units: int

    @property
    def jaccard(self) -> FloatArray:
        """Shared part of what has either code, 0 to 1; NaN for a pair without any."""
        found = np.full(self.shared.shape, np.nan)
        np.divide(self.shared, self.either, out=found, where=self.either > 0)
        return found


def cooccurrence_in_units(
    codes: npt.ArrayLike, units: npt.ArrayLike, *, n_codes: int
) -> Cooccurrence:
    """Count in how many units (sources, paragraphs) each pair of codes stands.

    Parameters
    ----------
    codes, units : int arrays of shape (n_codings,)
        Code 0 .. ``n_codes`` - 1 of each coding, and any number that names its unit. The same code
        twice in one unit, by one coder or by two, counts once.
    n_codes : int

    Raises
    ------
    Refusal
        When the arrays are not of one length or a code is out of range.

    Notes
    -----
    One sparse product of codes by units. ``n_units`` are the units with a coding. Checked against
    every pair compared by hand and against numpy (``tests/methods/test_cooccurrence.py``).

    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11.

    >>> found = cooccurrence_in_units([0, 1, 0], [7, 7, 8], n_codes=2)
    >>> found.together.tolist(), found.jaccard[0, 1].item()
    ([[2, 1], [1, 1]], 0.5)
    """
    code, unit = _arrays(n_codes, codes, units)
    names = distinct(unit)
    n_units = len(names)
    pairs = distinct(code * n_units + places_in(unit, names))
    stands = sparse.csr_array(
        (np.ones(pairs.size, dtype=np.int64), (pairs // max(n_units, 1), pairs % max(n_units, 1))),
        shape=(n_codes, n_units),
    )
    product = stands @ stands.T  # pyright: ignore
    together: IntArray = np.asarray(product.toarray(), dtype=np.int64)  # pyright: ignore
    return Cooccurrence(together, together, _either(together), n_units)


def cooccurrence_by_overlap(
    codes: npt.ArrayLike,
    texts: npt.ArrayLike,
    starts: npt.ArrayLike,
    ends: npt.ArrayLike,
    *,
    n_codes: int,
) -> Cooccurrence:
    """Count the unbroken runs of characters on which both codes of a pair stand.

    Parameters
    ----------
    codes, texts, starts, ends : int arrays of shape (n_codings,)
        Code 0 .. ``n_codes`` - 1, a number that names the text, and the half-open range in it. An
        empty range (start = end) covers no character and counts nowhere.
    n_codes : int

    Raises
    ------
    Refusal
        When the arrays are not of one length, a code is out of range, or a range ends before it
        starts.

    Notes
    -----
    A sweep: the codings of one code that overlap or touch are joined to runs first, so that two
    coders of one passage do not count twice; then runs are sorted by where they start, and those
    that overlap a run are the ones after it that start before it ends. Runs of one code lie apart,
    so every pair of runs of two codes that overlap is one unbroken run of both. The cost is
    O(n log n) and a step for each pair of runs that does overlap. The diagonal holds the runs and
    characters of one code.

    Shamos, M.I. & Hoey, D. (1976). Geometric intersection problems. FOCS 17, 208-215 (the sweep).
    Jaccard (1912), see above. Checked character by character against brute force.

    >>> found = cooccurrence_by_overlap([0, 1, 1], [1, 1, 1], [0, 5, 20], [10, 15, 30], n_codes=2)
    >>> found.together.tolist(), found.shared[0, 1].item(), found.either[0, 1].item()
    ([[1, 1], [1, 2]], 5, 25)
    """
    code, text, start, end = _arrays(n_codes, codes, texts, starts, ends)
    if (end < start).any():
        raise Refusal(
            "A coding ends before it starts. Give ranges from start to end.",
            code="cooccurrence_range",
        )
    far = int(end.max(initial=0)) + 1
    code, start, end = _runs(code, text, start, end, far)
    together = np.zeros((n_codes, n_codes), dtype=np.int64)
    shared = np.zeros((n_codes, n_codes), dtype=np.int64)
    for first, second in _overlapping(start, end):
        key = code[first] * n_codes + code[second]
        length = np.minimum(end[first], end[second]) - start[second]
        size = n_codes * n_codes
        together += np.bincount(key, minlength=size).reshape(together.shape)
        # Weights are added up in float64: exact up to 2^53 characters.
        weighed = np.bincount(key, length, minlength=size).reshape(shared.shape)
        shared += np.rint(weighed).astype(np.int64)
    together, shared = together + together.T, shared + shared.T
    np.fill_diagonal(together, np.bincount(code, minlength=n_codes))
    np.fill_diagonal(shared, np.rint(np.bincount(code, end - start, minlength=n_codes)))
    return Cooccurrence(together, shared, _either(shared), _covered(start, end))


def _runs(
    code: IntArray, text: IntArray, start: IntArray, end: IntArray, far: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Join codings of one code that overlap or touch; texts lie ``far`` apart on one line.

    The runs are in the order of their start.
    """
    covers = end > start
    place = places_in(text[covers], distinct(text[covers]))
    code, shift = code[covers], place * far
    start, end = start[covers] + shift, end[covers] + shift
    order = np.lexsort((start, code))
    code, start, end = code[order], start[order], end[order]
    # So that no coding of an earlier code reaches into the next one.
    apart = code * (int(end.max(initial=0)) + 1)
    reach = np.maximum.accumulate(end + apart)
    begins = np.ones(code.size, dtype=bool)
    begins[1:] = (start + apart)[1:] > reach[:-1]
    lasts = np.append(np.flatnonzero(begins)[1:], code.size) - 1
    code, start, end = code[begins], start[begins], (reach - apart)[lasts[: begins.sum()]]
    order = np.argsort(start, kind="stable")
    return code[order], start[order], end[order]


def _overlapping(start: IntArray, end: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Give all pairs of runs that overlap, the one that starts first first, some at a time."""
    n_after = np.searchsorted(start, end, side="left") - np.arange(start.size) - 1
    total = n_after.cumsum()
    cuts = np.searchsorted(
        total, np.arange(1, int(total[-1] if total.size else 0) // PAIRS + 1) * PAIRS
    )
    for some in np.split(np.arange(start.size), np.unique(cuts)):
        times = n_after[some]
        first = np.repeat(some, times)
        step = np.arange(first.size) - np.repeat(times.cumsum() - times, times)
        yield first, first + 1 + step


def _covered(start: IntArray, end: IntArray) -> int:
    """Count the places under at least one run; runs in the order of their start."""
    reach = np.maximum.accumulate(end)
    before = np.concatenate([start[:1], reach[:-1]])
    return int(np.maximum(end - np.maximum(start, before), 0).sum())


def _either(shared: IntArray) -> IntArray:
    alone = np.diag(shared)
    either: IntArray = alone[:, None] + alone[None, :] - shared
    return either


def _arrays(n_codes: int, *given: npt.ArrayLike) -> list[IntArray]:
    arrays = [np.asarray(each, dtype=np.int64) for each in given]
    if any(each.ndim != 1 or each.size != arrays[0].size for each in arrays):
        raise Refusal(
            "Codes, units and places belong to codings one by one: give arrays of one length.",
            code="cooccurrence_lengths",
        )
    if arrays[0].size and (arrays[0].min() < 0 or arrays[0].max() >= n_codes):
        raise Refusal(
            f"A code is not from 0 to {n_codes - 1}. Number the codes from 0.",
            code="cooccurrence_codes",
            n_codes=n_codes,
        )
    return arrays
