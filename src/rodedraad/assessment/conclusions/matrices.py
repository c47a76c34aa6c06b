"""How evidence rows become the arrays that methods take."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Who takes part in what: ``table`` is True where ``cases[i]`` is in ``groups[j]``."""

    cases: tuple[str, ...]
    groups: tuple[str, ...]
    table: npt.NDArray[np.bool_]


def kind_of(about: str) -> str:
    """Return the kind of arrangement in ``about``: ``jeugdregio`` of ``jeugdregio/drenthe``."""
    return about.split("/", maxsplit=1)[0]


def incidence(ties: pl.DataFrame, cases: Sequence[str] | None = None) -> Incidence:
    """Return the two-mode table of tie rows; two rows for one case and group count once.

    Parameters
    ----------
    ties : rows of the evidence table of kind ``tie``, of one wave
    cases : which cases, in which order; default all that occur, sorted
    """
    rows = tuple(sorted(ties["case"].unique())) if cases is None else tuple(cases)
    columns = tuple(sorted(ties["about"].unique()))
    row_of = {case: i for i, case in enumerate(rows)}
    column_of = {group: j for j, group in enumerate(columns)}
    table = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for case, about in ties.select("case", "about").iter_rows():
        if case in row_of:
            table[row_of[case], column_of[about]] = True
    return Incidence(rows, columns, table)


def partition_labels(
    ties: pl.DataFrame, kinds: Sequence[str], cases: Sequence[str]
) -> npt.NDArray[np.int64]:
    """Return for each case (row) and kind (column) the number of its region, -1 where none.

    A case that is in two regions of one kind belongs to the one whose name comes first; the
    callers report how many there are (``cases_in_two``).
    """
    row_of = {case: i for i, case in enumerate(cases)}
    column_of = {kind: j for j, kind in enumerate(kinds)}
    labels = np.full((len(cases), len(kinds)), -1, dtype=np.int64)
    numbers: dict[str, int] = {}
    for about, case in sorted(ties.select("about", "case").unique().iter_rows()):
        column = column_of.get(kind_of(about))
        row = row_of.get(case)
        if column is None or row is None or labels[row, column] >= 0:
            continue
        labels[row, column] = numbers.setdefault(about, len(numbers))
    return labels


def cases_in_two(ties: pl.DataFrame, kinds: Collection[str]) -> dict[str, int]:
    """Return per kind how many cases are in more than one of its regions, where there are any."""
    counted = (
        ties.select("case", "about")
        .unique()
        .with_columns(kind=pl.col("about").str.split("/").list.first())
        .filter(pl.col("kind").is_in(list(kinds)))
        .group_by("kind", "case")
        .len()
        .filter(pl.col("len") > 1)
        .group_by("kind")
        .len()
    )
    return dict(sorted(counted.iter_rows()))


def figure_vector(rows: pl.DataFrame, about: str, cases: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the raw figure ``about`` of each case, NaN where it is not known."""
    known = dict(rows.filter(pl.col("about") == about).select("case", "raw").iter_rows())
    return np.array(
        [np.nan if known.get(case) is None else known[case] for case in cases], dtype=np.float64
    )


def figure_sum(rows: pl.DataFrame, prefix: str, cases: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return per case the sum of the figures whose ``about`` starts with ``prefix``.

    NaN for a case without any such figure, or with one that is missing.
    """
    sums = (
        rows.filter(pl.col("about").str.starts_with(prefix))
        .group_by("case")
        .agg(
            pl.when(pl.col("raw").is_null().any()).then(None).otherwise(pl.col("raw").sum()).first()
        )
    )
    known = dict(sums.iter_rows())
    return np.array(
        [np.nan if known.get(case) is None else known[case] for case in cases], dtype=np.float64
    )
