"""How far do coders agree on each code: is it on this unit or not?

Coders give most units no code at all. That background is summed once; a code adds what differs
from it. So the work goes with what was marked, not with the length of the texts.
"""

from dataclasses import dataclass

import numpy as np

from rodedraad.methods.agreement.chance import (
    MORE_CODERS,
    TWO_CODERS,
    Name,
    Sufficient,
    agreements,
    sufficient_of,
)
from rodedraad.methods.agreement.passage_draws import Draws, Figure, by_block
from rodedraad.methods.agreement.passages import Marks, Passages
from rodedraad.methods.agreement.ratings import FloatArray, IntArray, Ratings
from rodedraad.methods.notices import Notice

MOST_CODERS = 60


@dataclass(frozen=True, slots=True)
class Presence:
    """Agreement on whether a code is there.

    ``n_any``: units that any coder gave it; ``n_all``: units that all who looked gave it;
    ``prevalence``: share of all judgements of a coder on a unit that say it is there;
    ``by_coder``: units that each coder gave it.
    """

    n_any: int
    n_all: int
    prevalence: float
    by_coder: tuple[int, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """What it adds up to when nobody gives any code.

    ``looked`` (n_blocks,): which set of coders looked; ``patterns`` (n_sets, n_coders);
    ``sums`` (n_columns,) and ``drawn`` (resamples, n_columns) of all blocks.
    """

    names: tuple[Name, ...]
    looked: IntArray
    patterns: FloatArray
    columns: FloatArray
    data: Sufficient
    sums: FloatArray
    drawn: FloatArray


def background_of(passages: Passages, draws: Draws) -> Background:
    """Sum up the units as if nobody gave any code."""
    done = passages.finished[passages.block_sources]
    patterns, looked = np.unique(done, axis=0, return_inverse=True)
    looked = looked.reshape(-1)
    data = _sufficient(passages, np.where(patterns, 0, -1))
    columns = data.columns()
    per_block = passages.block_sizes[:, None] * columns[looked]
    two = len(passages.coders) == 2
    return Background(
        names=TWO_CODERS if two else MORE_CODERS,
        looked=looked,
        patterns=patterns.astype(np.float64),
        columns=columns,
        data=data,
        sums=per_block.sum(axis=0),
        drawn=draws.times @ per_block,
    )


def presence_by_code(
    passages: Passages, marks: Marks, draws: Draws
) -> tuple[dict[int, Presence], tuple[Notice, ...]]:
    """Agreement on each code that was given, by its place."""
    background = background_of(passages, draws)
    found: dict[int, Presence] = {}
    notices: list[Notice] = []
    known, first = np.unique(marks.code, return_index=True)
    for code, low, high in zip(known, first, [*first[1:], marks.code.size], strict=True):
        found[int(code)], said = _presence(
            passages, background, draws, marks.cell[low:high], marks.coder[low:high]
        )
        notices += [one for one in said if one not in notices]
    return found, tuple(notices)


def presence_of_any(passages: Passages, marks: Marks, draws: Draws) -> Presence:
    """Agreement on whether a unit has a code at all, whichever."""
    key = np.unique(marks.cell * len(passages.coders) + marks.coder)
    cell, coder = np.divmod(key, len(passages.coders))
    return _presence(passages, background_of(passages, draws), draws, cell, coder)[0]


def _presence(
    passages: Passages, background: Background, draws: Draws, cell: IntArray, coder: IntArray
) -> tuple[Presence, tuple[Notice, ...]]:
    """Marks of one code, each cell and coder once and in order of cell."""
    n_coders = len(passages.coders)
    cells, first = np.unique(cell, return_index=True)
    given = np.add.reduceat(np.left_shift(1, coder), first)
    blocks, weights = passages.cell_blocks[cells], passages.cell_weights[cells]
    looked = background.looked[blocks]
    key, place = np.unique(given * len(background.patterns) + looked, return_inverse=True)
    masks, sets = np.divmod(key, len(background.patterns))
    has = (masks[:, None] >> np.arange(n_coders)) & 1
    ratings = np.where(background.patterns[sets] > 0, has, -1)
    extra = _sufficient(passages, ratings).columns() - background.columns[sets]
    rows, differs = by_block(blocks, weights[:, None] * extra[place])
    sums = (background.sums + differs.sum(axis=0))[None, :]
    drawn = background.drawn + draws.sums(rows, differs)
    per_key = np.bincount(place, weights, key.size)
    by_coder = per_key @ has
    n_judged = float(background.patterns.sum(axis=1)[background.looked] @ passages.block_sizes)
    all_have = (has.sum(axis=1) == background.patterns[sets].sum(axis=1)) & (
        background.patterns[sets].sum(axis=1) > 1
    )
    figures: list[Figure] = []
    notices: list[Notice] = []
    for name in background.names:
        estimate, observed = _value(name, background.data, sums)
        figure, said = draws.figure(
            name, float(estimate[0]), _value(name, background.data, drawn)[0],
            differs=bool(observed[0] < 1 - 1e-12),
        )  # fmt: skip
        figures.append(figure)
        notices += [one for one in said if one not in notices]
    found = Presence(
        n_any=int(weights.sum()),
        n_all=int(per_key[all_have].sum()),
        prevalence=float(by_coder.sum() / n_judged),
        by_coder=tuple(int(n) for n in by_coder),
        figures=tuple(figures),
    )
    return found, tuple(notices)


def _value(name: Name, data: Sufficient, sums: FloatArray) -> tuple[FloatArray, FloatArray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = agreements(name, data, sums)
        agreeing = sums[:, 0] / sums[:, 1]
        return np.where(
            expected < 1 - 1e-12, (observed - expected) / (1 - expected), np.nan
        ), agreeing


def _sufficient(passages: Passages, codes: IntArray) -> Sufficient:
    ratings = Ratings(
        codes=codes.astype(np.intp), categories=(0.0, 1.0), coders=passages.coders, ordered=True,
        unit=passages.unit, universe=passages.universe,
    )  # fmt: skip
    return sufficient_of(ratings, np.eye(2))
