"""Which kinds of arrangement are there, how many regions has each, and how large are they?"""

from typing import Any

import polars as pl

from rodedraad.assessment.conclusions.participation import five_numbers


def arrangement_kinds(ties: pl.DataFrame) -> dict[str, Any]:
    """Return per kind the number of arrangements, of memberships and of cases.

    ``members`` is the distribution of the number of cases per arrangement. One record more than
    once (a case twice in one arrangement) counts as one membership; ``records`` counts them all.
    """
    seats = ties.with_columns(kind=pl.col("about").str.split("/").list.first())
    kinds: dict[str, Any] = {}
    for (kind,), rows in sorted(seats.group_by("kind"), key=lambda group: str(group[0])):
        unique = rows.select("about", "case").unique()
        sizes = unique.group_by("about").len()["len"]
        kinds[str(kind)] = {
            "arrangements": unique["about"].n_unique(),
            "cases": unique["case"].n_unique(),
            "memberships": unique.height,
            "records": rows.height,
            "members": five_numbers(sizes.cast(pl.Float64).to_numpy()),
        }
    return {
        "kinds": kinds,
        "n_cases": ties["case"].n_unique(),
        "n_arrangements": ties["about"].n_unique(),
        "records": ties.height,
    }
