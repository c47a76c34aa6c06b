"""How many different codes were found after so many sources, and would other orders do as well?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.errors import Refusal
from rodedraad.methods.distinct import distinct

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
ORDERS = 1000
LOW, HIGH = 5, 95
EARLY, RARE = 128, 0.08
"""A code in 8 percent of the sources is missed by 128 of them once in 40,000 orders."""


@dataclass(frozen=True, slots=True)
class Saturation:
    """What each further source added; arrays of shape (n_sources,), from the first source on.

    ``found``: different codes after that source in the order given; ``new``: how many of these
    were new. ``mean``, ``low`` and ``high``: mean and 5th and 95th percentile over ``n_orders``
    random orders. ``expected``: that mean worked out exactly.
    """

    found: IntArray
    new: IntArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray
    expected: FloatArray
    n_codes: int
    n_orders: int


def saturation_curve(
    codes: npt.ArrayLike, sources: npt.ArrayLike, *, n_sources: int
) -> tuple[IntArray, IntArray]:
    """Return the different codes found after each source, and how many of these were new.

    Parameters
    ----------
    codes, sources : int arrays of shape (n_codings,)
        Any number that names the code, and the place 0 .. ``n_sources`` - 1 of the source in the
        order in which sources came.
    n_sources : int
        Sources without a coding are part of it: they add nothing.

    >>> [part.tolist() for part in saturation_curve([4, 9, 4], [0, 0, 2], n_sources=3)]
    [[2, 2, 2], [2, 0, 0]]
    """
    code, source = _arrays(codes, sources, n_sources)
    _names, which = np.unique(code, return_inverse=True)
    first = np.full(_names.size, n_sources, dtype=np.int64)
    np.minimum.at(first, which.reshape(-1), source)
    new: IntArray = np.bincount(first, minlength=n_sources).astype(np.int64)[:n_sources]
    return new.cumsum(), new


def expected_curve(codes: npt.ArrayLike, sources: npt.ArrayLike, *, n_sources: int) -> FloatArray:
    """Return the mean number of different codes over all orders of the sources, exactly.

    For a code that stands in f of N sources, the chance that it is missed by n of these is
    C(N - f, n) / C(N, n); the mean is the sum over codes of one minus that.

    Notes
    -----
    In ecology: Mao Tau, or sample-based rarefaction. Checked against ``specaccum`` of the R
    package vegan (``tests/reference/saturation``).

    Ugland, K.I., Gray, J.S. & Ellingsen, K.E. (2003). The species-accumulation curve and
    estimation of species richness. Journal of Animal Ecology 72, 888-897.
    Colwell, R.K., Mao, C.X. & Chang, J. (2004). Interpolating, extrapolating and comparing
    incidence-based species accumulation curves. Ecology 85, 2717-2727.

    >>> expected_curve([4, 9, 4], [0, 0, 1], n_sources=2).tolist()
    [1.5, 2.0]
    """
    code, source = _arrays(codes, sources, n_sources)
    if not code.size:
        return np.zeros(n_sources)
    _names, which = np.unique(code, return_inverse=True)
    pairs = distinct(which.reshape(-1) * n_sources + source)
    spread, n_alike = np.unique(np.bincount(pairs // n_sources), return_counts=True)
    n = np.arange(1, n_sources + 1)[:, None]
    left = n_sources - spread[None, :]
    log_factorial = np.log(np.maximum(np.arange(n_sources + 1), 1)).cumsum()
    logs = (
        log_factorial[left]
        + log_factorial[n_sources - n]
        - log_factorial[np.maximum(left - n, 0)]
        - log_factorial[n_sources]
    )
    missed = np.where(n > left, 0.0, np.exp(logs))
    curve: FloatArray = ((1 - missed) * n_alike[None, :]).sum(axis=1)
    return curve


def saturation(
    codes: npt.ArrayLike,
    sources: npt.ArrayLike,
    *,
    n_sources: int,
    seed: int,
    n_orders: int = ORDERS,
) -> Saturation:
    """Return the curve in the order given, with the band that chance orders make.

    Parameters
    ----------
    codes, sources, n_sources : see ``saturation_curve``
    seed : int
        Of the random orders.
    n_orders : int
        At least 1.

    Raises
    ------
    Refusal
        When there is no source, no order, or a source is out of range.

    Notes
    -----
    A curve that lies flat says that the last sources added no code; it does not say that nothing
    new would come from other people, other places or other questions. The band is about the order
    only: it is no confidence interval for sources that were not read.

    Guest, G., Namey, E. & Chen, M. (2020). A simple method to assess and report thematic
    saturation in qualitative research. PLoS ONE 15(5).

    >>> found = saturation([4, 9, 4], [0, 0, 2], n_sources=3, seed=1, n_orders=200)
    >>> found.found.tolist(), found.n_codes, found.low.tolist()
    ([2, 2, 2], 2, [0.0, 1.0, 2.0])
    """
    if n_sources < 1 or n_orders < 1:
        raise Refusal(
            f"A curve needs at least one source and one order. Got {n_sources} and {n_orders}.",
            code="saturation_empty",
        )
    found, new = saturation_curve(codes, sources, n_sources=n_sources)
    many = _many_orders(*_arrays(codes, sources, n_sources), n_sources, n_orders, seed)
    low, high = _band(many)
    return Saturation(
        found=found, new=new, mean=many.mean(axis=0), low=low, high=high,
        expected=expected_curve(codes, sources, n_sources=n_sources), n_codes=int(found[-1]),
        n_orders=n_orders,
    )  # fmt: skip


def _band(many: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the two percentiles of each place; from where all orders found all, that number."""
    varies = int(np.flatnonzero(many.min(axis=0) < many[0, -1])[-1:].sum()) + 1
    low, high = np.full((2, many.shape[1]), float(many[0, -1]))
    low[:varies], high[:varies] = np.percentile(many[:, :varies], (LOW, HIGH), axis=0)
    return low, high


def _many_orders(
    code: IntArray, source: IntArray, n_sources: int, n_orders: int, seed: int
) -> IntArray:
    """Return the curve of each random order, (n_orders, n_sources)."""
    curves = np.zeros((n_orders, n_sources), dtype=np.int32)
    if code.size:
        _names, which = np.unique(code, return_inverse=True)
        pairs = distinct(which.reshape(-1) * n_sources + source)
        first_in = _FirstPlaces.of(pairs // n_sources, pairs % n_sources, n_sources)
        rng = np.random.default_rng(seed)
        for at in range(n_orders):
            first = first_in.places(rng.permutation(n_sources))
            curves[at] = np.bincount(first, minlength=n_sources)
    return curves.cumsum(axis=1, dtype=np.int32)


@dataclass(frozen=True)
class _FirstPlaces:
    """Finds the first place of each code in an order of the sources.

    A code in many sources comes early, so for these only the first ``n_early`` sources of an order
    are looked at; where that misses one, and for codes in few sources, all their sources are.
    """

    stands: IntArray
    begins: IntArray
    rare: npt.NDArray[np.bool_]
    rare_stands: IntArray
    rare_begins: IntArray
    has: npt.NDArray[np.bool_]
    n_early: int

    @classmethod
    def of(cls, which: IntArray, stands: IntArray, n_sources: int) -> "_FirstPlaces":
        """Lay out which code stands in which sources; both arrays in the order of codes."""
        begins = np.flatnonzero(np.diff(which, prepend=-1))
        n_codes = begins.size
        spread = np.bincount(which, minlength=n_codes)
        rare = spread < n_sources * RARE
        own = rare[which]
        few = which[own]
        # One row per source: which of the common codes it has; a look at a row is quick.
        has = np.zeros((n_sources, n_codes), dtype=np.bool_)
        has[stands, which] = True
        return cls(
            stands, begins, rare, stands[own], np.flatnonzero(np.diff(few, prepend=-1)),
            np.ascontiguousarray(has[:, ~rare]), min(EARLY, n_sources),
        )  # fmt: skip

    def places(self, place: IntArray) -> IntArray:
        """Return the first place of each code when source i stands at ``place[i]``."""
        first = np.empty(self.begins.size, dtype=np.int64)
        if self.rare_stands.size:
            first[self.rare] = np.minimum.reduceat(place[self.rare_stands], self.rare_begins)
        if self.has.shape[1]:
            order = np.empty(place.size, dtype=np.int64)
            order[place] = np.arange(place.size)
            seen = self.has[order[: self.n_early]]
            early = seen.argmax(axis=0)
            if not seen[early, np.arange(early.size)].all():
                return np.minimum.reduceat(place[self.stands], self.begins)
            first[~self.rare] = early
        return first


def _arrays(
    codes: npt.ArrayLike, sources: npt.ArrayLike, n_sources: int
) -> tuple[IntArray, IntArray]:
    code, source = np.asarray(codes, dtype=np.int64), np.asarray(sources, dtype=np.int64)
    if code.shape != source.shape or code.ndim != 1:
        raise Refusal(
            "Give one source for each code: two arrays of one length.", code="saturation_lengths"
        )
    if source.size and (source.min() < 0 or source.max() >= n_sources):
        raise Refusal(
            f"A source is not from 0 to {n_sources - 1}. Number the sources from 0.",
            code="saturation_sources",
            n_sources=n_sources,
        )
    return code, source
