"""Which answers occur together, and how often: the rows of a class model, alike rows once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOT_KNOWN = -1
LARGEST_KEY = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Distinct rows and how many rows are like each.

    ``codes`` (n_patterns, n_category_items) are positions of the level, -1 where not known;
    ``values`` (n_patterns, n_number_items) are standardised, NaN where not known. ``sizes`` is
    the number of levels per category item. The order does not depend on the order of the rows.
    """

    codes: Ints
    values: Floats
    counts: Floats
    sizes: tuple[int, ...]

    @property
    def n(self) -> float:
        """Number of rows, alike rows each counted."""
        return float(self.counts.sum())

    def chosen(self, positions: Ints, counts: Floats) -> "Patterns":
        """Some of the patterns, with other counts."""
        return Patterns(self.codes[positions], self.values[positions], counts, self.sizes)


class Grouped(NamedTuple):
    """Patterns, and the pattern of each row; -1 for a row of which nothing is known."""

    patterns: Patterns
    pattern_of: Ints


def grouped(codes: Ints, values: Floats, counts: Floats, sizes: tuple[int, ...]) -> Grouped:
    """Take alike rows together; rows of which nothing is known, or with count 0, are in none."""
    known = ((codes != NOT_KNOWN).any(axis=1) | np.isfinite(values).any(axis=1)) & (counts > 0)
    columns = [codes[known, j] for j in range(codes.shape[1])]
    columns += [_ranks(values[known, j]) for j in range(values.shape[1])]
    keys = _keys(columns, int(known.sum()))
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    rows = np.flatnonzero(known)
    pattern_of = np.full(codes.shape[0], NOT_KNOWN, dtype=np.int64)
    pattern_of[rows] = inverse
    return Grouped(
        Patterns(
            codes[rows[first]],
            values[rows[first]],
            np.bincount(inverse, weights=counts[rows]).astype(np.float64),
            sizes,
        ),
        pattern_of,
    )


def features_of(patterns: Patterns) -> Floats:
    """What a class model needs of each pattern, (n_patterns, n_features).

    One; per category item a one for the level and zeros for the others; then of all number items
    the squares, the values, and a one where known. What is not known is zero throughout. The
    log-likelihood of a pattern in a class is linear in these, for both kinds of item.
    """
    n = patterns.counts.size
    width = sum(patterns.sizes)
    cells = np.zeros((n, width))
    starts = np.cumsum([0, *patterns.sizes[:-1]], dtype=np.int64)
    for j, start in enumerate(starts[: len(patterns.sizes)].tolist()):
        rows = np.flatnonzero(patterns.codes[:, j] != NOT_KNOWN)
        cells[rows, start + patterns.codes[rows, j]] = 1.0
    known = np.isfinite(patterns.values)
    values = np.where(known, patterns.values, 0.0)
    return np.hstack([np.ones((n, 1)), cells, values**2, values, known.astype(np.float64)])


def _ranks(column: Floats) -> Ints:
    ranks = np.unique(column, return_inverse=True)[1].astype(np.int64)
    ranks[~np.isfinite(column)] = NOT_KNOWN
    return ranks


def _keys(columns: Sequence[Ints], n: int) -> Ints:
    keys, highest = np.zeros(n, dtype=np.int64), 1
    for column in columns:
        width = int(column.max(initial=0)) + 2
        if highest * width >= LARGEST_KEY:
            keys = np.unique(keys, return_inverse=True)[1].astype(np.int64)
            highest = n + 1
        keys = keys * width + (column + 1)
        highest *= width
    return keys
