"""Which published figures about municipalities become evidence, and with what value 0-1?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl
from shapely.geometry import shape

from rodedraad.assessment.evidence import FigureFact
from rodedraad.country.history import Country

INHABITANTS, SPENDING, BACKGROUND = "K3", "K2", "K4"
ACCOUNTS = "accounts"
FACT_COLUMNS = ("code", "about", "raw", "source", "source_row", "unit")


def inhabitant_figures(country: Country) -> pl.DataFrame:
    """Return inhabitants of every municipality on 1 January of every year: ``inhabitants/2017``."""
    return country.table("population").select(
        "code",
        pl.format("inhabitants/{}", "year").alias("about"),
        pl.col("inhabitants").cast(pl.Float64).alias("raw"),
        "source",
        "source_row",
        pl.lit("inhabitants").alias("unit"),
    )


def spending_figures(country: Country) -> pl.DataFrame:
    """Return the accounts per taakveld of every municipality and year: ``spending/2017/6.1``."""
    return (
        country.table("spending")
        .filter(pl.col("report") == ACCOUNTS)
        .select(
            "code",
            pl.format("spending/{}/{}", "year", "taakveld").alias("about"),
            pl.col("amount_keur").alias("raw"),
            "source",
            "source_row",
            pl.lit("x 1000 euro").alias("unit"),
        )
    )


def background_figures(country: Country, keys: Sequence[str], year: int) -> pl.DataFrame:
    """Return the background figures ``keys`` of ``year``: ``urbanity/2015``."""
    units = country.table("indicators").filter(pl.col("year") == year).select("key", "unit_en")
    return (
        country.table("figures")
        .filter((pl.col("year") == year) & pl.col("key").is_in(list(keys)))
        .join(units, on="key", how="left")
        .select(
            "code",
            pl.format("{}/{}", "key", "year").alias("about"),
            pl.col("value").alias("raw"),
            "source",
            "source_row",
            pl.col("unit_en").alias("unit"),
        )
    )


def centre_figures(country: Country, when: date) -> pl.DataFrame:
    """Return the centre of every municipality of that day: ``longitude/2016``, ``latitude/2016``.

    The centre is the centroid of the simplified boundary, in degrees (WGS 84).
    """
    valid = (pl.col("valid_from") <= when) & (
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= when)
    )
    rows = []
    for row in country.table("boundaries").filter(valid).iter_rows(named=True):
        centre = shape(json.loads(row["geometry"])).centroid
        for axis, degrees in (("longitude", centre.x), ("latitude", centre.y)):
            about = f"{axis}/{when.year}"
            rows.append((row["code"], about, degrees, row["source"], row["source_row"], "degrees"))
    return pl.DataFrame(rows, schema=list(FACT_COLUMNS), orient="row")


def figure_facts(
    figures: pl.DataFrame, construct: str, case_of: Mapping[str, int]
) -> Iterator[FigureFact]:
    """Yield one fact per figure of a case of the study, valued by its mid-rank among all units.

    The value is (units lower + half of the units equal, itself included) / units with a figure:
    where a unit stands among the others, not how much it has. A missing figure has no value.
    """
    n = pl.col("raw").is_not_null().sum().over("about")
    valued = figures.with_columns(
        value=(pl.col("raw").rank("average").over("about") - 0.5) / n
    ).sort("about", "code")
    for row in valued.iter_rows(named=True):
        if row["code"] in case_of:
            yield FigureFact(
                case_id=case_of[row["code"]],
                construct=construct,
                about=row["about"],
                source=row["source"],
                source_id=row["source_row"],
                value=row["value"],
                raw=row["raw"],
                unit=row["unit"],
            )
