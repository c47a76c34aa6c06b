"""Do coders give a unit the same set of codes, and judge its strength and direction alike?"""

from typing import Any

import numpy as np
from scipy import sparse as _scipy_sparse  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.agreement.alpha import level_columns
from rodedraad.methods.agreement.passage_draws import Draws, Figure, alpha_from, by_block
from rodedraad.methods.agreement.passages import Marks, Passages
from rodedraad.methods.agreement.ratings import NOT_RATED, FloatArray, IntArray, Ratings
from rodedraad.methods.notices import Notice

# SciPy carries no types.
sparse: Any = _scipy_sparse
Sparse = Any


def sets_alpha(
    passages: Passages, marks: Marks, draws: Draws
) -> tuple[Figure, float, tuple[Notice, ...]]:
    """Alpha of whole sets of codes with MASI as distance, and the share of equal pairs of sets.

    The same as :func:`rodedraad.methods.agreement.sets.set_alpha` with a row for each unit.
    """
    held, members = _sets_of(passages, marks)
    looked = passages.finished[passages.block_sources[passages.cell_blocks]]
    n_looked = looked.sum(axis=1)
    paired = n_looked > 1
    differ = np.zeros(held.shape[0])
    unequal = np.zeros(held.shape[0])
    likeness = _likeness(members)
    for one in range(held.shape[1]):
        for other in range(one + 1, held.shape[1]):
            both = np.flatnonzero(
                looked[:, one] & looked[:, other] & (held[:, one] != held[:, other])
            )
            if both.size:
                alike = np.asarray(likeness[held[both, one], held[both, other]]).reshape(-1)
                differ[both] += 1 - alike
                unequal[both] += 1
    weight = passages.cell_weights * paired
    within = 2 * differ / np.maximum(n_looked - 1, 1) * weight
    pairs = n_looked * (n_looked - 1) / 2
    share = 1 - float((unequal * weight).sum() / (pairs * weight).sum())
    n_blocks = passages.block_sizes.size
    within_by_block = np.bincount(passages.cell_blocks, within, n_blocks)
    at, coder = np.nonzero(looked & paired[:, None])
    counts = sparse.csr_matrix(
        (weight[at].astype(np.float64), (passages.cell_blocks[at], held[at, coder])),
        shape=(n_blocks, members.shape[0]),
    )

    def values(times: FloatArray) -> FloatArray:
        drawn = np.asarray(times @ counts)
        total = drawn.sum(axis=1)
        same = _quadratic(drawn, times, counts, likeness)
        within, expected = times @ within_by_block, (total**2 - same) / np.maximum(total - 1, 1)
        return alpha_from(lambda _: (within / total, expected / total), times)

    once = values(np.ones((1, n_blocks)))[0]
    figure, notices = draws.figure(
        "masi", float(once), values(draws.times), differs=bool(within.sum() > 0)
    )
    return figure, share, notices


def judged_alpha(
    passages: Passages, marks: Marks, judged: FloatArray, name: str, draws: Draws
) -> tuple[Figure, int] | None:
    """Ordinal alpha of what coders judged where two or more gave the code; and how many units.

    ``judged`` (n_passages,): strength or valence. None when no unit was judged twice.
    """
    values = judged[marks.passage]
    known = ~np.isnan(values)
    code, cell, coder = marks.code[known], marks.cell[known], marks.coder[known]
    values = values[known]
    if not values.size:
        return None
    place, row = np.unique(code * passages.cell_starts.size + cell, return_inverse=True)
    table = np.full((place.size, len(passages.coders)), np.nan)
    table[row, coder] = values
    twice = (~np.isnan(table)).sum(axis=1) > 1
    if not twice.any():
        return None
    table, cells = table[twice], (place % passages.cell_starts.size)[twice]
    weights, blocks = passages.cell_weights[cells], passages.cell_blocks[cells]
    found = np.unique(table[~np.isnan(table)])
    codes = np.where(np.isnan(table), NOT_RATED, np.searchsorted(found, table)).astype(np.intp)
    distinct, which = np.unique(codes, axis=0, return_inverse=True)
    ratings = Ratings(
        codes=distinct, categories=tuple(float(x) for x in found), coders=passages.coders,
        ordered=True, unit=passages.unit, universe=passages.universe,
    )  # fmt: skip
    columns, from_sums = level_columns(ratings, "ordinal")
    rows, sums = by_block(blocks, weights[:, None] * columns[which.reshape(-1)])
    once = alpha_from(from_sums, sums.sum(axis=0)[None, :])[0]
    differs = any(np.unique(row[row != NOT_RATED]).size > 1 for row in distinct)
    drawn = alpha_from(from_sums, draws.sums(rows, sums))
    return draws.figure(name, float(once), drawn, differs=differs)[0], int(weights.sum())


def _sets_of(passages: Passages, marks: Marks) -> tuple[IntArray, Sparse]:
    """The set that each coder gave each cell (n_cells, n_coders), and its codes; 0 is empty."""
    n_cells, n_coders = passages.cell_starts.size, len(passages.coders)
    where = marks.cell * n_coders + marks.coder
    order = np.lexsort((marks.code, where))
    where, code = where[order], marks.code[order]
    lots = np.random.default_rng(0).integers(0, 2**63, max(1, len(passages.codes)))
    places, first = np.unique(where, return_index=True)
    hashes = np.add.reduceat(lots[code].astype(np.uint64), first)
    sizes = np.diff(np.concatenate((first, [code.size])))
    _, sample, which = np.unique(hashes, return_index=True, return_inverse=True)
    held = np.zeros(n_cells * n_coders, dtype=np.intp)
    held[places] = which + 1
    taken = sizes[sample]
    rows = np.repeat(np.arange(sample.size) + 1, taken)
    within = np.arange(rows.size) - np.repeat(np.cumsum(taken) - taken, taken)
    columns = code[first[sample][rows - 1] + within]
    members = sparse.csr_matrix(
        (np.ones(rows.size), (rows, columns)), shape=(sample.size + 1, len(passages.codes))
    )
    return held.reshape(n_cells, n_coders), members


def _likeness(members: Sparse) -> Sparse:
    """1 less the MASI distance of each pair of sets that share something; empty sets are alike."""
    shared = (members @ members.T).tocoo()
    sizes = np.asarray(members.sum(axis=1)).reshape(-1)
    one, other = sizes[shared.row], sizes[shared.col]
    jaccard = shared.data / (one + other - shared.data)
    holds = shared.data == np.minimum(one, other)
    equal = holds & (one == other)
    value = jaccard * np.where(equal, 1.0, np.where(holds, 2 / 3, 1 / 3))
    rows = np.concatenate((shared.row, [0]))
    columns = np.concatenate((shared.col, [0]))
    return sparse.csr_matrix((np.concatenate((value, [1.0])), (rows, columns)), shape=shared.shape)


def _quadratic(drawn: FloatArray, times: FloatArray, counts: Sparse, like: Sparse) -> FloatArray:
    """For each draw the sum over pairs of sets of how often each occurs times their likeness."""
    if counts.shape[0] <= counts.shape[1]:
        between = (counts @ like @ counts.T).toarray()
        return ((times @ between) * times).sum(axis=1)
    return (np.asarray(drawn @ like) * drawn).sum(axis=1)
