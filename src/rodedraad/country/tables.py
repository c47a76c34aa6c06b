"""Which tables does the product carry about the country, and what is in their columns?

One Parquet file per table in one folder, described in ``docs/reference/country-tables.md``.
Every row names its published ``source`` (a key of ``sources.json``) and ``source_row``: the
line, record number or identifier by which the row is found again in the published file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from rodedraad.errors import Refusal

CARRIED = Path(__file__).parent / "data"
SOURCES_FILE = "sources.json"
REBUILD = "Build the tables again with `rodedraad country build --from DIR`."

_TEXT = pl.String()
_FOUND_BACK: dict[str, pl.DataType] = {"source": _TEXT, "source_row": _TEXT}


def _schema(**columns: pl.DataType) -> Mapping[str, pl.DataType]:
    return {**columns, **_FOUND_BACK}


SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = {
    "municipalities": _schema(
        code=_TEXT,
        name=_TEXT,
        begin_date=pl.Date(),
        end_date=pl.Date(),
        province_code=_TEXT,
        province=_TEXT,
    ),
    "events": _schema(
        event_id=_TEXT,
        date=pl.Date(),
        kind=_TEXT,
        from_code=_TEXT,
        to_code=_TEXT,
        partial=pl.Boolean(),
        share=pl.Float64(),
        legal_basis_url=_TEXT,
    ),
    "population": _schema(year=pl.Int32(), code=_TEXT, inhabitants=pl.Int64()),
    "region_types": _schema(
        key=_TEXT,
        title_nl=_TEXT,
        title_en=_TEXT,
        domain=_TEXT,
        kind=_TEXT,
        note=_TEXT,
        in_2016=pl.Boolean(),
        in_2022=pl.Boolean(),
        n_regions_2016=pl.Int32(),
        n_regions_2022=pl.Int32(),
    ),
    "regions": _schema(
        year=pl.Int32(),
        region_type=_TEXT,
        region_code=_TEXT,
        region=_TEXT,
        code=_TEXT,
        raw_type=_TEXT,
        raw_region=_TEXT,
        domain=_TEXT,
    ),
    "joint_arrangements": _schema(
        arrangement_key=_TEXT,
        arrangement=_TEXT,
        place=_TEXT,
        postcode=_TEXT,
        province=_TEXT,
        participant=_TEXT,
        participant_kind=_TEXT,
        code=_TEXT,
        named_code=_TEXT,
        match=_TEXT,
        why=_TEXT,
        raw_participant=_TEXT,
        raw_arrangement=_TEXT,
        raw_province=_TEXT,
    ),
    "indicators": _schema(
        key=_TEXT,
        year=pl.Int32(),
        title_nl=_TEXT,
        title_en=_TEXT,
        unit_nl=_TEXT,
        unit_en=_TEXT,
        kind=_TEXT,
        weight_key=_TEXT,
        direction=_TEXT,
        source_column=_TEXT,
    ),
    "figures": _schema(code=_TEXT, key=_TEXT, year=pl.Int32(), value=pl.Float64(), status=_TEXT),
    "spending": _schema(
        year=pl.Int32(),
        report=_TEXT,
        code=_TEXT,
        taakveld=_TEXT,
        taakveld_title=_TEXT,
        amount_keur=pl.Float64(),
    ),
    "spending_classification": _schema(
        taakveld=_TEXT,
        title_nl=_TEXT,
        title_en=_TEXT,
        valid_from=pl.Int32(),
        valid_to=pl.Int32(),
        group=_TEXT,
        group_title_nl=_TEXT,
        group_title_en=_TEXT,
        subgroup=_TEXT,
    ),
    "boundaries": _schema(
        code=_TEXT,
        valid_from=pl.Date(),
        valid_to=pl.Date(),
        quality=_TEXT,
        base_set=pl.Int32(),
        geometry=_TEXT,
    ),
}


class TableUnreadable(Refusal):
    """A carried table is missing, truncated, or has other columns than documented."""

    code = "country-table-unreadable"


@dataclass(frozen=True)
class Source:
    """Where facts come from and on what terms they may be used.

    ``file``, ``sha256`` and ``rows`` are None for sources that are no file.
    """

    key: str
    title_nl: str
    title_en: str
    publisher: str
    licence: str
    attribution: str
    published: str | None
    url: str | None
    file: str | None
    sha256: str | None
    rows: int | None


def table_read(name: str, folder: Path | None = None) -> pl.DataFrame:
    """Read one table and check that its columns are the documented ones.

    Raises ``TableUnreadable`` naming the file, what is wrong and the cure.
    """
    path = (folder or CARRIED) / f"{name}.parquet"
    if not path.is_file():
        message = f"The table {path} does not exist. {REBUILD}"
        raise TableUnreadable(message, file=str(path))
    try:
        frame = pl.read_parquet(path)
    except (PolarsError, OSError) as fault:
        message = f"The table {path} cannot be read ({fault}): it is truncated or not Parquet. "
        raise TableUnreadable(message + REBUILD, file=str(path)) from fault
    table_check(name, frame, str(path))
    return frame


def table_check(name: str, frame: pl.DataFrame, where: str) -> None:
    """Refuse a frame that misses a column of table ``name`` or has one of another type."""
    for column, dtype in SCHEMAS[name].items():
        if column not in frame.columns:
            message = f"The table {where} has no column '{column}'. {REBUILD}"
            raise TableUnreadable(message, file=where, column=column)
        if frame.schema[column] != dtype:
            message = (
                f"Column '{column}' of the table {where} is {frame.schema[column]}, "
                f"expected {dtype}. {REBUILD}"
            )
            raise TableUnreadable(message, file=where, column=column)


def sources_read(folder: Path | None = None) -> dict[str, Source]:
    """Every published source by key, from ``sources.json``."""
    path = (folder or CARRIED) / SOURCES_FILE
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return {item["key"]: Source(**item) for item in listed}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        message = f"The list of sources {path} cannot be read ({fault}). {REBUILD}"
        raise TableUnreadable(message, file=str(path)) from fault
