"""Small made-up tables about the country: a few municipalities, regions and joint arrangements."""

from pathlib import Path
from typing import Any

import polars as pl

from rodedraad.country.history import Country, country_from
from rodedraad.country.tables import SCHEMAS

CODES = ("GM0001", "GM0002", "GM0003", "GM0004")
Regions = dict[tuple[str, str], tuple[str, ...]]


def country_of(
    folder: Path, *, regions: Regions, joint: Regions | None = None, year: int = 2016
) -> Country:
    """Return a country with these regions and joint arrangements: members per (kind, name).

    A member of a joint arrangement that is no code becomes a member without a municipality.
    """
    _write(
        folder,
        "region_types",
        [
            {"key": kind, "domain": "social", "kind": _kind(kind), "source_row": kind}
            for kind in sorted({kind for kind, _name in regions})
        ],
    )
    _write(
        folder,
        "regions",
        [
            {"year": year, "region_type": kind, "region": name, "code": code, "domain": "social"}
            for (kind, name), codes in regions.items()
            for code in codes
        ],
    )
    _write(
        folder,
        "joint_arrangements",
        [
            {
                "arrangement_key": key,
                "arrangement": name,
                "participant": member,
                "code": member if member in CODES else None,
                "match": "exact" if member in CODES else "unmatched",
            }
            for (key, name), members in (joint or {}).items()
            for member in members
        ],
    )
    municipalities = [
        {"code": code, "name": f"Gemeente {code}", "province": "Drenthe", "source_row": code}
        for code in CODES
    ]
    return country_from(_frame("municipalities", municipalities), _frame("events", []), folder)


def _kind(kind: str) -> str:
    return "statistical" if kind == "corop" else "cooperation"


def _write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    _frame(name, rows).write_parquet(folder / f"{name}.parquet")


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    numbered = [
        dict.fromkeys(SCHEMAS[name]) | {"source": "bron", "source_row": str(n)} | row
        for n, row in enumerate(rows, start=2)
    ]
    return pl.DataFrame(numbered, schema=dict(SCHEMAS[name]))
