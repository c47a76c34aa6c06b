"""How reliable are free passages of every code, in texts of millions of characters?

The same alpha as in :mod:`rodedraad.methods.agreement.unitising`, worked out for all texts of a
code at once instead of text by text.
"""

from dataclasses import dataclass

import numpy as np

from rodedraad.methods.agreement.passage_draws import Draws, Figure
from rodedraad.methods.agreement.passages import Passages, merged
from rodedraad.methods.agreement.ratings import BoolArray, FloatArray, IntArray
from rodedraad.methods.notices import Notice

CHUNK = 2_000_000


@dataclass(frozen=True, slots=True)
class FreePassages:
    """Alpha-U of all codes together and by code, over sources that every coder finished."""

    overall: Figure | None
    per_code: dict[int, Figure]
    n_sources: int
    n_characters: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The texts that all coders finished: their first and last place, and length."""

    starts: IntArray
    ends: IntArray
    n_coders: int

    @property
    def lengths(self) -> FloatArray:
        """In characters, (n_texts,)."""
        return (self.ends - self.starts).astype(np.float64)

    def of(self, places: IntArray) -> IntArray:
        """In which text each place lies."""
        return np.searchsorted(self.starts, places, side="right") - 1


def free_passages(
    passages: Passages, *, resamples: int, seed: int, confidence: float
) -> FreePassages:
    """Alpha-U with a bootstrap interval over sources; see ``unitising_alpha`` for what it is."""
    everyone: BoolArray = np.asarray(passages.finished.all(axis=1))
    n = int(everyone.sum())
    if not n:
        return FreePassages(None, {}, 0, 0, ())
    starts = passages.offsets[everyone]
    texts = Texts(starts, starts + passages.lengths[everyone], len(passages.coders))
    draws = Draws.of("source", n, resamples=resamples, seed=seed, confidence=confidence)
    code, coder, start, end = merged(passages, everyone[passages.source])
    once = np.ones((1, n))
    figures: dict[int, Figure] = {}
    notices: list[Notice] = []
    total = np.zeros((2, draws.times.shape[0]))
    total_once = np.zeros(2)
    known, first = np.unique(code, return_index=True)
    for number, low, high in zip(known, first, [*first[1:], code.size], strict=True):
        parts = _parts(texts, coder[low:high], start[low:high], end[low:high])
        observed, expected = parts.disagreements(once)
        drawn = np.array(parts.disagreements(draws.times))
        total += drawn
        total_once += (observed[0], expected[0])
        figures[int(number)], said = draws.figure(
            "unitising", _alpha(observed, expected)[0], _alpha(*drawn), differs=observed[0] > 0
        )
        notices += [one for one in said if one not in notices]
    if not figures:
        return FreePassages(None, {}, n, int(texts.lengths.sum()), ())
    overall, _ = draws.figure(
        "unitising", float(_alpha(total_once[:1], total_once[1:])[0]), _alpha(*total),
        differs=total_once[0] > 0,
    )  # fmt: skip
    return FreePassages(overall, figures, n, int(texts.lengths.sum()), tuple(notices))


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What one code adds up to per text (n_texts,); ``in_gaps`` (n_texts, n_texts)."""

    n_coders: int
    lengths: FloatArray
    differences: FloatArray
    n_segments: FloatArray
    overlaps: FloatArray
    in_gaps: FloatArray
    own_places: FloatArray

    def disagreements(self, times: FloatArray) -> tuple[FloatArray, FloatArray]:
        m = self.n_coders
        length = times @ self.lengths
        observed = (times @ self.differences) / (m * (m - 1) * length**2)
        among = (times @ self.n_segments - 1) * (times @ self.overlaps)
        between = ((times @ self.in_gaps) * times).sum(axis=1)
        places = m * length * (m * length - 1) - times @ self.own_places
        return observed, 2 / length * (among + between) / places


def _parts(texts: Texts, coder: IntArray, start: IntArray, end: IntArray) -> _Parts:
    n = texts.starts.size
    at = texts.of(start)
    length = (end - start).astype(np.float64)

    def summed(values: FloatArray) -> FloatArray:
        return np.bincount(at, values, n).astype(np.float64)

    gap_texts: list[IntArray] = []
    gaps: list[FloatArray] = []
    for one in range(texts.n_coders):
        mine = coder == one
        opens = np.sort(np.concatenate((texts.starts, end[mine])))
        closes = np.sort(np.concatenate((texts.ends, start[mine])))
        gaps.append((closes - opens).astype(np.float64))
        gap_texts.append(texts.of(opens))
    return _Parts(
        n_coders=texts.n_coders,
        lengths=texts.lengths,
        differences=_differences(texts, coder, start, end),
        n_segments=summed(np.ones_like(length)),
        overlaps=summed((2 * length**3 - 3 * length**2 + length) / 3),
        in_gaps=_in_gaps(at, length, np.concatenate(gap_texts), np.concatenate(gaps), n),
        own_places=summed(length * (length - 1)),
    )


def _differences(texts: Texts, coder: IntArray, start: IntArray, end: IntArray) -> FloatArray:
    """Sum over ordered pairs of coders of how far their passages lie apart, per text."""
    n = texts.starts.size
    apart = np.zeros(n)
    for one in range(texts.n_coders):
        a_start, a_end = start[coder == one], end[coder == one]
        at = texts.of(a_start)
        for other in range(texts.n_coders):
            if one == other:
                continue
            b_start, b_end = start[coder == other], end[coder == other]
            first = np.searchsorted(b_end, a_start, side="right")
            after = np.searchsorted(b_start, a_end, side="left")
            meets = np.maximum(after - first, 0)
            alone = meets == 0
            apart += 2 * np.bincount(at[alone], (a_end - a_start)[alone].astype(float) ** 2, n)
            mine = np.repeat(np.arange(meets.size), meets)
            theirs = first[mine] + np.arange(mine.size) - np.repeat(
                np.cumsum(meets) - meets, meets
            )  # fmt: skip
            far = (a_start[mine] - b_start[theirs]).astype(float) ** 2
            far += (a_end[mine] - b_end[theirs]).astype(float) ** 2
            apart += np.bincount(at[mine], far, n)
    return apart


def _in_gaps(
    at: IntArray, lengths: FloatArray, gap_at: IntArray, gaps: FloatArray, n: int
) -> FloatArray:
    """Places where passages of one text fit in gaps of another, weighed by length squared."""
    real = gaps > 0
    gap_at, gaps = gap_at[real], gaps[real]
    order = np.argsort(gap_at, kind="stable")
    gap_at, gaps = gap_at[order], gaps[order]
    known, first = np.unique(gap_at, return_index=True)
    table = np.zeros((n, n))
    if not gaps.size:
        return table
    step = max(1, CHUNK // gaps.size)
    for low in range(0, lengths.size, step):
        some = lengths[low : low + step, None]
        room = np.maximum(gaps - some + 1, 0.0) * some**2
        np.add.at(table, (at[low : low + step, None], known), np.add.reduceat(room, first, axis=1))
    return table


def _alpha(observed: FloatArray, expected: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)
