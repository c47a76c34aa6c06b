"""A register and a folder of tables, written from the carried tables, to lay newer files over."""

from pathlib import Path
from typing import Any

import polars as pl

from rodedraad.country.build.sources import PublishedFile, sources_text
from rodedraad.country.build.writing import tables_write
from rodedraad.country.tables import SCHEMAS, SOURCES_FILE, sources_read, table_read

from .services import ONTOLOGY, RESOURCE

PROV = "http://www.w3.org/ns/prov#"
KINDS = {"merger": "Samenvoeging", "enlargement": "Uitbreiding", "recoding": "Herschikking"}
Nodes = list[dict[str, Any]]


def municipality_node(row: dict[str, Any]) -> dict[str, Any]:
    days = {"begindatum": row["begin_date"], "einddatum": row["end_date"]}
    return {
        "@id": f"{RESOURCE}{row['code'].lower()}",
        "@type": [ONTOLOGY + "Gemeente"],
        ONTOLOGY + "gemeentecode": [{"@value": row["code"][2:]}],
        ONTOLOGY + "officieleNaamExclSoort": [{"@value": row["name"]}],
        ONTOLOGY + "ligtInProvincie": [{"@id": f"x/{row['province_code'].lower()}"}],
        **{ONTOLOGY + name: [{"@value": str(day)}] for name, day in days.items() if day},
    }


def event_node(rows: list[dict[str, Any]]) -> dict[str, Any]:
    def ids(column: str) -> list[dict[str, str]]:
        return [{"@id": RESOURCE + code.lower()} for code in sorted({r[column] for r in rows})]

    first = rows[0]
    basis = first.get("legal_basis_url")
    into = "used" if first["kind"] == "enlargement" else "generated"
    return {
        "@id": RESOURCE + first["event_id"],
        "@type": [ONTOLOGY + KINDS[first["kind"]]],
        ONTOLOGY + "tijdstipWijziging": [{"@value": str(first["date"])}],
        **({ONTOLOGY + "heeftJuridischeGrondslag": [{"@id": basis}]} if basis else {}),
        PROV + "invalidated": ids("from_code"),
        PROV + into: ids("to_code"),
    }


def register_published(*, merged: tuple[str, ...] = (), into: str = "", on: str = "") -> Nodes:
    """The carried register as it was published, and when asked one merger more."""
    lives = {row["code"]: row for row in table_read("municipalities").iter_rows(named=True)}
    published = table_read("events").filter(pl.col("source") == "tooi")
    events = [event_node(part.to_dicts()) for part in published.partition_by("event_id", "kind")]
    if merged:
        before = pl.Series([on]).str.to_date().dt.offset_by("-1d")[0]
        for code in merged:
            lives[code] = {**lives[code], "end_date": before}
        first = {**lives[merged[0]], "code": into, "name": "Nieuwstad", "begin_date": on}
        lives[into] = {**first, "end_date": None}
        links = [
            {"event_id": "wzg_new", "date": on, "kind": "merger", "from_code": code,
             "to_code": into} for code in merged
        ]  # fmt: skip
        events.append(event_node(links))
    return [*map(municipality_node, lives.values()), *events]


def tables_before(folder: Path, year: int) -> None:
    """The carried tables as they would be without the figures of one year."""
    tables = {name: table_read(name) for name in SCHEMAS}
    for name in ("population", "figures", "indicators", "spending"):
        tables[name] = tables[name].filter(pl.col("year") != year)
    tables_write(tables, list(sources_read().values()), folder)


def fetched_put(folder: Path, key: str, file: str, content: bytes, rows: int) -> None:
    """Put one file in a folder of fetched files and list it there, as a refresh does."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    listed = sources_read(folder) if (folder / SOURCES_FILE).is_file() else {}
    listed[key] = PublishedFile(key, file, rows, key, key).source(folder)
    (folder / SOURCES_FILE).write_text(sources_text(listed.values()), encoding="utf-8")
