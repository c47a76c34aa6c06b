"""What do researchers read in the documents and interviews of a case about one construct?"""

from typing import Any

import polars as pl


def rubric_scores(rows: pl.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    """Return per case and kind of source what rows of kind ``rubric`` say.

    ``value`` is the mean over documents, or over interviews, so that a case with many of them does
    not score higher; ``n`` how many there are, ``low`` and ``high`` the outermost, ``speakers``
    the number of people heard.
    """
    scores = rows.filter((pl.col("kind") == "rubric") & pl.col("value").is_not_null())
    by_source = scores.group_by("case", "about", "source", "source_id").agg(
        pl.col("value").mean(),
        pl.col("respondent").first(),
    )
    speaker = pl.coalesce("respondent", pl.concat_str("source", "source_id", separator="/"))
    found = (
        by_source.group_by("case", "about")
        .agg(
            value=pl.col("value").sort().mean(),
            n=pl.len(),
            low=pl.col("value").min(),
            high=pl.col("value").max(),
            speakers=speaker.n_unique(),
        )
        .sort("case", "about")
    )
    per_case: dict[str, dict[str, dict[str, Any]]] = {}
    for row in found.iter_rows(named=True):
        per_case.setdefault(row.pop("case"), {})[row.pop("about")] = row
    return per_case
