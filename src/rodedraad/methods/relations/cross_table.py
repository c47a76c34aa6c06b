"""Do two divisions of the same few cases go together more than chance would have it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma

import numpy as np

from rodedraad.methods.notices import Notice
from rodedraad.methods.relations.refusals import RelationRefusal

PER_BATCH = 500
TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts of cases by two divisions, and how unusual they are given their totals.

    ``p`` is None when there is nothing to test: fewer than two rows or columns with cases.
    ``cramers_v`` runs from 0 (no pattern) to 1; it is None then too.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    n: int
    n_missing: int
    p: float | None
    permutations: int
    cramers_v: float | None
    notices: tuple[Notice, ...]


def cross_table(
    rows: Sequence[str | None],
    columns: Sequence[str | None],
    *,
    row_order: Sequence[str] = (),
    column_order: Sequence[str] = (),
    permutations: int = 9999,
    seed: int,
) -> CrossTable:
    """Lay two divisions of cases across each other and test them by permutation.

    The test is that of Fisher, Freeman and Halton: how often a table with the same totals, drawn
    by dealing the columns out to the cases by chance, is at most as likely as this one. It needs
    no expected counts of 5, so it holds for few cases, and no order of rows or columns.

    Parameters
    ----------
    rows, columns: one label per case; None is not known, and leaves the case out.
    row_order, column_order: labels in the order to show them, also those without cases; labels
        that are not in it follow by name.
    permutations: p is (b + 1) / (permutations + 1).

    Returns
    -------
    CrossTable, with the notice ``nothing_to_compare`` when one side has one label only.

    Raises
    ------
    RelationRefusal: other numbers of rows and columns, or no permutations.

    Notes
    -----
    Checked against R's ``fisher.test``, see ``tests/methods/test_relations_cross_table.py``.

    Freeman, G.H. & Halton, J.H. (1951). Note on an exact treatment of contingency, goodness of
    fit and other problems of significance. Biometrika 38, 141-149.

    >>> found = cross_table(["a"] * 4 + ["b"] * 4, ["x"] * 4 + ["y"] * 4, seed=1)
    >>> found.counts, round(found.p, 2), found.cramers_v
    (((4, 0), (0, 4)), 0.03, 1.0)
    """
    if len(rows) != len(columns) or permutations < 1:
        raise RelationRefusal(
            f"Give one row and one column per case, and at least one permutation. Got {len(rows)} "
            f"rows, {len(columns)} columns and {permutations} permutations.",
            code="cross_table_shape",
        )
    pairs = [(a, b) for a, b in zip(rows, columns, strict=True) if a is not None and b is not None]
    row_names = _ordered([a for a, _ in pairs], row_order)
    column_names = _ordered([b for _, b in pairs], column_order)
    a = np.array([row_names.index(each) for each, _ in pairs], dtype=np.int64)
    b = np.array([column_names.index(each) for _, each in pairs], dtype=np.int64)
    shape = (len(row_names), len(column_names))
    counts = np.zeros(shape, dtype=np.int64)
    np.add.at(counts, (a, b), 1)
    testable = len(set(a.tolist())) > 1 and len(set(b.tolist())) > 1
    return CrossTable(
        rows=row_names,
        columns=column_names,
        counts=tuple(tuple(int(n) for n in row) for row in counts),
        n=len(pairs),
        n_missing=len(rows) - len(pairs),
        p=_p(a, b, counts, permutations, seed) if testable else None,
        permutations=permutations,
        cramers_v=_cramers_v(counts) if testable else None,
        notices=() if testable else (Notice("nothing_to_compare"),),
    )


def _ordered(found: list[str], order: Sequence[str]) -> tuple[str, ...]:
    return (*order, *sorted(set(found) - set(order)))


def _p(a: np.ndarray, b: np.ndarray, counts: np.ndarray, permutations: int, seed: int) -> float:
    """Share of dealt tables at most as likely: with equal totals that is a product of factorials
    at least as large."""
    log_factorial = np.array([lgamma(n + 1) for n in range(len(a) + 1)])
    observed = log_factorial[counts].sum()
    rng = np.random.default_rng(seed)
    n_columns, n_cells = counts.shape[1], counts.size
    as_rare = 0
    for start in range(0, permutations, PER_BATCH):
        n = min(PER_BATCH, permutations - start)
        dealt = rng.permuted(np.tile(b, (n, 1)), axis=1)
        cells = a * n_columns + dealt + np.arange(n)[:, None] * n_cells
        tables = np.bincount(cells.ravel(), minlength=n * n_cells).reshape(n, n_cells)
        as_rare += int((log_factorial[tables].sum(axis=1) >= observed - TOLERANCE).sum())
    return (as_rare + 1) / (permutations + 1)


def _cramers_v(counts: np.ndarray) -> float:
    used = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    expected = np.outer(used.sum(axis=1), used.sum(axis=0)) / used.sum()
    chi_squared = float(((used - expected) ** 2 / expected).sum())
    return float(np.sqrt(chi_squared / (used.sum() * (min(used.shape) - 1))))
