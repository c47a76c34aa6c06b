"""In which joint arrangements did a municipality take part in 2016, and with whom?"""

from dataclasses import dataclass

import polars as pl

from rodedraad.country.history import Country, Municipality
from rodedraad.country.wording import Shown

YEAR = 2016


@dataclass(frozen=True)
class ArrangementRow:
    """One joint arrangement: its name, seat, number of members, and why the match was made.

    ``why`` is English, and empty where the source gives the very name of the municipality.
    """

    shown: Shown
    place: str
    n_members: int
    why: str


@dataclass(frozen=True)
class Partner:
    """Another municipality and in how many joint arrangements the two meet."""

    municipality: Municipality
    n_shared: int


def arrangement_rows(country: Country, code: str) -> list[ArrangementRow]:
    """The arrangements of which it is a member, by name; each once."""
    table = country.table("joint_arrangements")
    mine = table.filter(pl.col("code") == code).unique("arrangement_key", keep="first")
    members = (
        table.filter(pl.col("arrangement_key").is_in(mine["arrangement_key"].to_list()))
        .group_by("arrangement_key")
        .agg(pl.col("raw_participant").n_unique().alias("n_members"))
    )
    rows = mine.join(members, on="arrangement_key").sort("arrangement")
    return [
        ArrangementRow(
            Shown(row["arrangement"], row["source"], row["source_row"]),
            row["place"] or "",
            row["n_members"],
            row["why"] or "",
        )
        for row in rows.iter_rows(named=True)
    ]


def partners(country: Country, code: str) -> list[Partner]:
    """The municipalities it meets in joint arrangements, most often first."""
    table = country.table("joint_arrangements").filter(pl.col("code").is_not_null())
    mine = table.filter(pl.col("code") == code)["arrangement_key"].unique().to_list()
    met = (
        table.filter(pl.col("arrangement_key").is_in(mine), pl.col("code") != code)
        .group_by("code")
        .agg(pl.col("arrangement_key").n_unique().alias("n_shared"))
        .sort(["n_shared", "code"], descending=[True, False])
    )
    return [
        Partner(country.municipalities[row["code"]], row["n_shared"])
        for row in met.iter_rows(named=True)
    ]
