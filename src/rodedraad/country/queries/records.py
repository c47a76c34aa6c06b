"""What do we hold of one published row, and of one source as a whole?"""

import json
import re
from dataclasses import dataclass
from functools import cache

import polars as pl

from rodedraad.country.history import Country
from rodedraad.country.queries.record_values import number_as_published, value_words
from rodedraad.country.queries.record_words import column_words, status_words, table_words
from rodedraad.country.tables import SCHEMAS
from rodedraad.country.wording import in_language

FOUND_BACK = ("source", "source_row")


@dataclass(frozen=True)
class Field:
    """One column of a row: what we use, and beside it the text as published where we hold it."""

    column: str
    title: str
    text: str
    raw: str | None = None
    code: str = ""


@dataclass(frozen=True)
class HeldRow:
    """One row of one of our tables; ``outline`` is GeoJSON when it is a boundary."""

    fields: tuple[Field, ...]
    outline: str = ""


@dataclass(frozen=True)
class HeldTable:
    """The rows of one table that rest on a published row."""

    name: str
    title: str
    rows: tuple[HeldRow, ...]


@dataclass(frozen=True)
class HeldFigure:
    """One background figure of a published row that holds many."""

    title: str
    unit: str
    year: int
    text: str
    status: str
    source_column: str

    @property
    def status_words(self) -> str:
        """What the status means."""
        return status_words(self.status)


def record_tables(country: Country, *, source: str, source_row: str) -> list[HeldTable]:
    """All rows of our tables that rest on this published row; figures are apart."""
    made = []
    for name in SCHEMAS:
        if name == "figures":
            continue
        rows = _rows(country, name, source, source_row)
        if rows.height:
            held = tuple(_held(country, row) for row in rows.iter_rows(named=True))
            made.append(HeldTable(name, table_words(name), held))
    return made


def record_figures(country: Country, *, source: str, source_row: str) -> list[HeldFigure]:
    """The background figures that come from this published row, in the order we list them."""
    rows = _rows(country, "figures", source, source_row)
    about = country.table("indicators").drop(FOUND_BACK)
    return [
        HeldFigure(
            title=in_language(row, "title"),
            unit=in_language(row, "unit"),
            year=row["year"],
            text=number_as_published(row["value"]),
            status=row["status"],
            source_column=row["source_column"],
        )
        for row in rows.join(about, on=["key", "year"]).sort("key", "year").iter_rows(named=True)
    ]


def record_codes(country: Country, *, source: str, source_row: str) -> list[str]:
    """The codes of the municipalities that this published row is about, as far as it says."""
    codes: list[str] = []
    for name, schema in SCHEMAS.items():
        for column in ("code", "from_code", "to_code"):
            if column in schema:
                codes += _rows(country, name, source, source_row)[column].drop_nulls().to_list()
    return list(dict.fromkeys(codes))


def source_row_held(country: Country, *, source: str, source_row: str) -> str | None:
    """The identifier as we hold it; None when we hold no such row.

    Servers between may make one slash of two, so ``https:/x`` finds ``https://x``.
    """
    merged = re.sub(r"^(https?:)/+", r"\1//", source_row)
    for wanted in dict.fromkeys((source_row, merged)):
        if any(_rows(country, name, source, wanted).height for name in SCHEMAS):
            return wanted
    return None


def rows_per_table(country: Country, source: str) -> dict[str, int]:
    """How many rows of each of our tables rest on this source."""
    return {
        name: height
        for name in SCHEMAS
        if (height := country.table(name).filter(pl.col("source") == source).height)
    }


def first_row(country: Country, source: str) -> str:
    """One row of the source as an example."""
    for name in SCHEMAS:
        rows = country.table(name).filter(pl.col("source") == source)
        if rows.height:
            return str(rows["source_row"][0])
    return ""


def _rows(country: Country, name: str, source: str, source_row: str) -> pl.DataFrame:
    part = _by_source(country, name).get(source)
    if part is None:
        return country.table(name).clear()
    return part.filter(pl.col("source_row") == source_row)


@cache
def _by_source(country: Country, name: str) -> dict[str, pl.DataFrame]:
    parts = country.table(name).partition_by("source", as_dict=True)
    return {str(key[0]): part for key, part in parts.items()}


def _held(country: Country, row: dict[str, object]) -> HeldRow:
    fields = []
    for column, value in row.items():
        if column in FOUND_BACK or column.startswith("raw_") or column == "geometry":
            continue
        raw = row.get(_raw_column(column))
        fields.append(
            Field(
                column=column,
                title=column_words(column),
                text=value_words(country, column, value),
                raw=None if raw is None else str(raw),
                code=str(value) if value in country.municipalities else "",
            )
        )
    geometry = row.get("geometry")
    return HeldRow(tuple(fields), str(geometry) if geometry else "")


def _raw_column(column: str) -> str:
    return "raw_type" if column == "region_type" else f"raw_{column}"


def outline_points(geometry: str) -> int:
    """The number of points of a boundary."""
    found = json.loads(geometry)
    polygons = [found["coordinates"]] if found["type"] == "Polygon" else found["coordinates"]
    return sum(len(ring) for polygon in polygons for ring in polygon)
