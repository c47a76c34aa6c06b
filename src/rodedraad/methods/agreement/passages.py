"""Which coder marked which passage with which code, counted without a row for each character?

Texts are cut wherever a passage begins or ends: over a cell nothing changes, so a cell stands for
all its characters. Texts lie end to end with one empty place between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.agreement.ratings import BoolArray, FloatArray, IntArray
from rodedraad.methods.agreement.refusals import AgreementRefused

MOST_CELLS = 30_000_000
Places = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Marked passages of sources that at least one coder finished.

    ``finished`` (n_sources, n_coders): who looked at the whole source; who did not is missing
    there, which is not the same as "no code". ``source``, ``coder``, ``code``, ``start``, ``end``,
    ``strength``, ``valence`` (n_passages,): places in the tuples; the last two NaN when not judged.
    Positions are of the laid out texts. ``cell_*`` (n_cells,): where nothing changes; ``weight`` is
    how many units a cell is. ``block_*`` (n_blocks,): what is drawn for an interval.
    """

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    lengths: IntArray
    offsets: IntArray
    finished: BoolArray
    source: IntArray
    coder: IntArray
    code: IntArray
    start: IntArray
    end: IntArray
    strength: FloatArray
    valence: FloatArray
    cell_starts: IntArray
    cell_ends: IntArray
    cell_weights: IntArray
    cell_blocks: IntArray
    block_sources: IntArray
    block_sizes: IntArray
    drawn: str
    unit: str
    universe: str

    @property
    def n_units(self) -> int:
        """Units in all sources that somebody finished."""
        return int(self.block_sizes.sum())


def passages_of(
    rows: Sequence[tuple[int, int, int, int, int, float, float]] | npt.ArrayLike,
    *,
    coders: Sequence[str],
    codes: Sequence[str],
    lengths: npt.ArrayLike,
    finished: npt.ArrayLike,
    unit: str,
    universe: str,
    units: Places | None = None,
    blocks: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    drawn: str = "source",
) -> Passages:
    """Lay out passages and cut them into cells.

    Parameters
    ----------
    rows : (n_passages, 7)
        Source, coder and code as places in their lists, start and end (half-open) in the source,
        strength and valence (NaN when not judged); the newest last.
    lengths : (n_sources,) in characters
    finished : (n_sources, n_coders)
        Passages of a coder in a source that they did not finish are left out.
    units : source, start and end of each unit, in order; None = every character
        A coder gave a unit a code when any character of it is in a passage.
    blocks : source and start of each block that is drawn for intervals, in order, the first of
        each source at 0; None = whole sources. ``drawn`` is the word for one.

    Raises
    ------
    AgreementRefused
        Fewer than two coders finished a source, no source was finished by two coders, a passage
        outside its source, or too many overlapping passages.
    """
    table = np.asarray(rows, dtype=np.float64).reshape(-1, 7)
    size, done = np.asarray(lengths, dtype=np.intp), np.asarray(finished, dtype=np.bool_)
    if not (done.sum(axis=1) > 1).any():
        raise AgreementRefused(
            "No source was finished by two coders, so there is nothing to compare. Let two coders "
            "finish the same source.",
            code="agreement_no_pairs",
        )
    kept_sources: BoolArray = np.asarray(done.any(axis=1))
    kept_coders: BoolArray = np.asarray(done.any(axis=0))
    source, coder, code, start, end = table[:, :5].astype(np.intp).T
    outside = (start < 0) | (start >= end) | (end > size[source])
    if outside.any():
        raise AgreementRefused(
            f"Passage {start[outside][0]}-{end[outside][0]} does not lie in its source. Correct "
            "its place.",
            code="agreement_segment_outside",
        )
    kept = done[source, coder]
    source, coder, code, start, end = (x[kept] for x in (source, coder, code, start, end))
    new_source, new_coder = np.cumsum(kept_sources) - 1, np.cumsum(kept_coders) - 1
    size, done = size[kept_sources], done[kept_sources][:, kept_coders]
    offsets = np.concatenate(([0], np.cumsum(size + 1)[:-1])).astype(np.intp)
    source, coder = new_source[source], new_coder[coder]
    start, end = start + offsets[source], end + offsets[source]

    def laid(where: npt.ArrayLike, *places: npt.ArrayLike) -> list[IntArray]:
        at = np.asarray(where, dtype=np.intp)
        inside = kept_sources[at]
        at = new_source[at[inside]]
        return [at, *(np.asarray(x, dtype=np.intp)[inside] + offsets[at] for x in places)]

    block_sources, block_starts = (
        [np.arange(size.size), offsets] if blocks is None else laid(*blocks)
    )
    if units is None:
        edges = block_starts if blocks is not None else offsets
        cuts = np.unique(np.concatenate((start, end, edges, offsets + size)))
        cell_starts, cell_ends = cuts[:-1], cuts[1:]
        real = ~np.isin(cell_starts, offsets + size)
        cell_starts, cell_ends = cell_starts[real], cell_ends[real]
        weights = cell_ends - cell_starts
    else:
        _, cell_starts, cell_ends = laid(*units)
        weights = np.ones_like(cell_starts)
    if not weights.sum():
        raise AgreementRefused(
            "There are no units in the sources that were finished, so there is nothing to compare.",
            code="agreement_no_units",
        )
    cell_blocks = np.searchsorted(block_starts, cell_starts, side="right") - 1
    return Passages(
        coders=tuple(name for name, one in zip(coders, kept_coders, strict=True) if one),
        codes=tuple(codes), lengths=size, offsets=offsets, finished=done,
        source=source, coder=coder, code=code, start=start, end=end,
        strength=table[kept, 5], valence=table[kept, 6],
        cell_starts=cell_starts, cell_ends=cell_ends, cell_weights=weights,
        cell_blocks=cell_blocks, block_sources=block_sources,
        block_sizes=np.bincount(cell_blocks, weights, block_starts.size).astype(np.intp),
        drawn=drawn, unit=unit, universe=universe,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Once for each code, cell and coder that gave it, in that order; (n_marks,) each.

    ``passage`` is the newest passage that says so.
    """

    code: IntArray
    cell: IntArray
    coder: IntArray
    passage: IntArray


def marks_of(passages: Passages) -> Marks:
    """Which cells does each passage cover? A coder who marked a cell twice marked it once."""
    first = np.searchsorted(passages.cell_ends, passages.start, side="right")
    after = np.searchsorted(passages.cell_starts, passages.end, side="left")
    n_covered = np.maximum(after - first, 0)
    if n_covered.sum() > MOST_CELLS:
        raise AgreementRefused(
            "The passages overlap so much that comparing them takes too long. Choose paragraphs "
            "as the unit.",
            code="agreement_passages_many",
        )
    passage = np.repeat(np.arange(first.size), n_covered)
    within = np.arange(passage.size) - np.repeat(np.cumsum(n_covered) - n_covered, n_covered)
    cell = first[passage] + within
    n_cells, n_coders = passages.cell_starts.size, len(passages.coders)
    key = (passages.code[passage] * n_cells + cell) * n_coders + passages.coder[passage]
    known, newest = np.unique(key[::-1], return_index=True)
    rest, coder = np.divmod(known, n_coders)
    code, cell = np.divmod(rest, n_cells)
    return Marks(code, cell, coder, passage[::-1][newest])


def merged(passages: Passages, kept: BoolArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Code, coder, start and end of passages; those of one coder and code that overlap are one.

    Passages that only touch stay two. In order of code, coder and start.
    """
    group = (passages.code * len(passages.coders) + passages.coder)[kept]
    start, end = passages.start[kept], passages.end[kept]
    order = np.lexsort((start, group))
    group, start, end = group[order], start[order], end[order]
    if not group.size:
        return group, group, start, end
    far = int(end.max()) + 1
    reached = np.maximum.accumulate(end + group * far)
    begins = np.concatenate(([True], start[1:] + group[1:] * far >= reached[:-1]))
    first = np.flatnonzero(begins)
    last = np.concatenate((first[1:], [group.size])) - 1
    code, coder = np.divmod(group[first], len(passages.coders))
    return code, coder, start[first], reached[last] - group[first] * far
