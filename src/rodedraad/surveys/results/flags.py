"""Which responses look as if nobody read the questions? They are pointed out, never taken away.

Speeder: quicker than a third of the median of the same version and role, or under two seconds for
each statement answered. Straight-liner: the same answer to so many statements in a row, turned
ones among them, that it contradicts itself.

Greszki, R., Meyer, M. & Schoen, H. (2015), Public Opinion Quarterly 79(2), for a share of the
median. Huang, J., Curran, P., Keeney, J., Poposki, E. & DeShon, R. (2012), Journal of Business and
Psychology 27, for two seconds. Curran, P. (2016), Journal of Experimental Social Psychology 66,
for a string of half the statements.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.surveys.results.columns import Column

SPEEDER, STRAIGHT_LINER = "speeder", "straight_liner"
FLAGS = (SPEEDER, STRAIGHT_LINER)
SHARE_OF_MEDIAN = 1 / 3
SECONDS_PER_ITEM = 2.0
LEAST_TIMED = 10
"""A median of fewer says too little; then only the limit for each statement holds."""
LEAST_ITEMS = 8
SHARE_IN_A_ROW = 0.5
GROUP = ["version", "role"]

Floats = npt.NDArray[np.float64]


def flags_frame(frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return a row for each response: ``speeder`` and ``straight_liner``, and why.

    ``median`` is that of the version and role, null when too few were timed; ``n_items`` how many
    statements were answered; ``longest`` the longest row of equal answers with a turned and an
    unturned statement in it.
    """
    return flags_judged(flags_counted(frame, columns))


def flags_counted(frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return what each response shows by itself; a part of all responses will do."""
    items = [column for column in columns if column.is_scale and column.shape == "number"]
    answers = _answers(frame, items)
    longest = longest_contradicting(answers, np.array([item.is_reversed for item in items], bool))
    return frame.select("pseudonym", *GROUP, "seconds").with_columns(
        n_items=pl.Series((~np.isnan(answers)).sum(axis=1), dtype=pl.Int64),
        longest=pl.Series(longest, dtype=pl.Int64),
    )


def flags_judged(counted: pl.DataFrame) -> pl.DataFrame:
    """Return the same rows with what is noticed; all responses are needed for the medians."""
    timed = pl.col("seconds").is_not_null()
    needed = (pl.col("n_items") * SHARE_IN_A_ROW).ceil().clip(lower_bound=LEAST_ITEMS)
    return counted.with_columns(
        straight_liner=pl.col("longest") >= needed,
        median=pl.when(timed.sum().over(GROUP) >= LEAST_TIMED).then(
            pl.col("seconds").median().over(GROUP)
        ),
    ).with_columns(
        speeder=(
            (pl.col("seconds") < pl.col("median") * SHARE_OF_MEDIAN).fill_null(value=False)
            | (
                (pl.col("n_items") > 0) & (pl.col("seconds") < pl.col("n_items") * SECONDS_PER_ITEM)
            ).fill_null(value=False)
        )
    )


def longest_contradicting(answers: Floats, turned: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return the longest row of equal answers of each respondent that holds both sorts of items.

    ``answers``: (n_respondents, n_items), NaN where none; what was not answered is passed over.
    ``turned``: (n_items,), whether the item is reversed.

    >>> rows = np.array([[3.0, 3, np.nan, 3], [4, 4, 2, 2]])
    >>> longest_contradicting(rows, np.array([False, False, True, True])).tolist()
    [3, 0]
    """
    n = len(answers)
    last = np.full(n, np.nan)
    length, longest = np.zeros(n, np.int64), np.zeros(n, np.int64)
    held = np.zeros((2, n), bool)
    for j, is_turned in enumerate(turned):
        given = answers[:, j]
        known = ~np.isnan(given)
        same = known & (given == last)
        length = np.where(known, np.where(same, length + 1, 1), length)
        for sort in (0, 1):
            here = bool(is_turned) == bool(sort)
            held[sort] = np.where(known, np.where(same, held[sort] | here, here), held[sort])
        longest = np.where(held.all(axis=0), np.maximum(longest, length), longest)
        last = np.where(known, given, last)
    return longest


def _answers(frame: pl.DataFrame, items: Sequence[Column]) -> Floats:
    columns = [frame[item.name].fill_null(float("nan")).to_numpy() for item in items]
    return np.column_stack(columns) if columns else np.zeros((frame.height, 0))
