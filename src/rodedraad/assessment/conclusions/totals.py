"""What do yearly figures of municipalities add up to?"""

from typing import Any

import polars as pl


def yearly_totals(figures: pl.DataFrame) -> dict[str, Any]:
    """Return per year the sum of ``raw``, and how many cases and rows it covers and misses.

    The year is the second part of ``about``: 2017 in ``inhabitants/2017`` and
    ``spending/2017/6.1``.
    """
    grouped = (
        figures.with_columns(year=pl.col("about").str.split("/").list.get(1))
        .group_by("year")
        .agg(
            total=pl.col("raw").sum(),
            cases=pl.col("case").n_unique(),
            rows=pl.col("raw").is_not_null().sum(),
            missing=pl.col("raw").is_null().sum(),
        )
        .sort("year")
    )
    return {
        year: {"total": total, "cases": cases, "rows": rows, "missing": missing}
        for year, total, cases, rows, missing in grouped.iter_rows()
    }
