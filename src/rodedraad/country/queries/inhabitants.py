"""How many inhabitants did a municipality have, per year?"""

from dataclasses import dataclass

import polars as pl

from rodedraad.country.history import Country
from rodedraad.country.wording import Shown, number_shown


@dataclass(frozen=True)
class Counted:
    """The inhabitants on 1 January of a year."""

    year: int
    inhabitants: int
    shown: Shown


def inhabitants_rows(country: Country, code: str) -> list[Counted]:
    """Every year of which the number was published, oldest first."""
    rows = country.table("population").filter(pl.col("code") == code).sort("year")
    return [
        Counted(
            row["year"],
            row["inhabitants"],
            Shown(number_shown(row["inhabitants"]), row["source"], row["source_row"]),
        )
        for row in rows.iter_rows(named=True)
    ]
