"""TOOI, PDOK and the accounts of municipalities, replayed by hand in the shape they publish."""

from typing import Any

import polars as pl

from .replay import MISSING, Replay, odata_rows, recorded_table, serve_v3

ONTOLOGY = "https://identifier.overheid.nl/tooi/def/ont/"
RESOURCE = "https://identifier.overheid.nl/tooi/id/gemeente/"


def register_nodes(codes: list[str], events: list[str]) -> list[dict[str, Any]]:
    """A value list as the register writes it, with no more than what is counted."""
    nodes = [
        {"@id": f"{RESOURCE}{code.lower()}", "@type": [ONTOLOGY + "Gemeente"]} for code in codes
    ]
    return nodes + [
        {"@id": f"{RESOURCE}{event}", "@type": [ONTOLOGY + "Samenvoeging"]} for event in events
    ]


def serve_tooi(replay: Replay, editions: dict[int, list[dict[str, Any]]]) -> None:
    name = "rwc_gemeenten_compleet"
    for edition, nodes in editions.items():
        replay.serve(f"/tooi/{name}/{edition}/json/{name}_{edition}.json", nodes)


def feature(code: str, year: int = 2026, **changes: Any) -> dict[str, Any]:
    ring = [[5.123456789, 52.1], [5.2, 52.1], [5.2, 52.2], [5.123456789, 52.1]]
    return {
        "type": "Feature",
        "properties": {"statcode": code, "statnaam": f"Naam {code}", "jaarcode": year},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    } | changes


def serve_pdok(replay: Replay, features: list[dict[str, Any]], *, size: int = 2) -> None:
    path = "/pdok/collections/gemeente_gegeneraliseerd"

    def answer(asked: dict[str, str]) -> Any:
        year = int(asked["jaarcode"])
        kept = [one for one in features if one["properties"].get("jaarcode", year) == year]
        start = int(asked.get("cursor", 0))
        links = [{"rel": "self", "href": "x"}]
        if start + size < len(kept):
            href = f"{replay.base}{path}/items?f=json&jaarcode={year}&cursor={start + size}"
            links.append({"rel": "next", "href": href})
        return {"type": "FeatureCollection", "features": kept[start : start + size], "links": links}

    replay.routes[f"{path}/items"] = answer
    replay.serve(path, {"id": "gemeente_gegeneraliseerd", "title": "Gemeenten"})


def serve_catalogue(replay: Replay, path: str, tables: dict[str, str]) -> None:
    """Serve identifiers by title; the filter is left to the client, as a service may do."""
    listed = [{"Identifier": ident, "Title": title} for title, ident in tables.items()]
    replay.serve(f"{path}/ODataCatalog/Tables", {"value": listed})


def serve_population(replay: Replay, years: list[int]) -> None:
    """The inhabitants of the recorded table as 70072ned gives them, for each of ``years``."""
    feed = "/ODataFeed/odata/70072ned"
    info = {"Identifier": "70072ned", "Title": "Regionale kerncijfers Nederland", "Modified": "m1"}
    replay.serve(f"{feed}/TableInfos", {"value": [info]})
    properties = [
        {"ID": 0, "Type": "GeoDimension", "Key": "RegioS", "Title": "Regio's"},
        {"ID": 1, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
        {"ID": 2, "Type": "TopicGroup", "Key": "", "Title": "Bevolking", "ParentID": None},
        {"ID": 3, "Type": "Topic", "Key": "TotaleBevolking_1", "Title": "Totale bevolking",
         "ParentID": 2, "Datatype": "Long", "Unit": "aantal", "Decimals": 0},
    ]  # fmt: skip
    replay.serve(f"{feed}/DataProperties", {"value": properties})
    rows = [
        {
            "RegioS": row["WijkenEnBuurten"][:8],
            "Perioden": f"{year}JJ00",
            "TotaleBevolking_1": row["AantalInwoners_5"],
        }
        for year in years
        for row in recorded_table()["TypedDataSet"]
    ]
    abolished = {"RegioS": "GM0005  ", "Perioden": f"{years[0]}JJ00", "TotaleBevolking_1": None}
    url = f"{replay.base}{feed}/TypedDataSet"
    replay.routes[f"{feed}/TypedDataSet"] = odata_rows([*rows, abolished], url, size=200)


def serve_spending(replay: Replay, year: int) -> None:
    """Accounts of two municipalities, one of which delivered only noughts; a budget of neither."""
    feed = "/third/ODataFeed/odata/45071NED"
    serve_catalogue(replay, "/third", {f"Gemeenten {year} onbewerkte Iv3-data": "45071NED"})
    replay.serve(f"{feed}/TableInfos", {"value": [{"Title": "Iv3", "Modified": "m1"}]})
    names = ("Verslagsoort", "Categorie", "TaakveldBalanspost", "Gemeenten")
    properties = [
        {"ID": n, "Type": "Dimension", "Key": name, "Title": name} for n, name in enumerate(names)
    ]
    amount = {"ID": 9, "Type": "Topic", "Key": "k_1ePlaatsing_1", "Title": "1e plaatsing"}
    replay.serve(f"{feed}/DataProperties", {"value": [*properties, amount | {"Datatype": "Long"}]})
    cells = [
        ("GM0363   ", "6.1   ", "L1.1  ", 100),
        ("GM0363   ", "6.1   ", "L3.1  ", 23),
        ("GM0363   ", "6.1   ", "B3.1  ", 999),
        ("GM0363   ", "6.71a ", "L3.1  ", 50),
        ("GM0363   ", "5.1   ", "L3.1  ", 777),
        ("GM0034   ", "6.1   ", "L3.1  ", 0),
    ]
    rows = [
        {"Verslagsoort": f"{year}X005", "Categorie": category, "TaakveldBalanspost": taakveld,
         "Gemeenten": place, "k_1ePlaatsing_1": value}
        for place, taakveld, category, value in cells
    ]  # fmt: skip
    url = f"{replay.base}{feed}/TypedDataSet"
    replay.routes[f"{feed}/TypedDataSet"] = odata_rows(rows, url, size=2)
    places = [{"Key": "GM0363   ", "Title": "Amsterdam"}, {"Key": "GM0034   ", "Title": "Almere"}]
    replay.serve(f"{feed}/Gemeenten", {"value": places})
    fields = [{"Key": "6.1   ", "Title": "6.1 Samenkracht"}, {"Key": "6.71a ", "Title": "Jeugd"}]
    replay.serve(f"{feed}/TaakveldBalanspost", {"value": fields})


def serve_everything(replay: Replay) -> None:
    """Everything that a refresh in 2021 asks, from the recorded table where it has it."""
    table = serve_v3(replay)
    codes = [row["WijkenEnBuurten"].strip() for row in table["TypedDataSet"]]
    municipalities = [code for code in codes if code.startswith("GM")]
    serve_catalogue(replay, "", {"Kerncijfers wijken en buurten 2020": "84799NED"})
    serve_population(replay, [2020])
    serve_spending(replay, 2020)
    serve_tooi(replay, {5: register_nodes(municipalities, ["wzg_1"]), 6: register_nodes(
        [*municipalities, "GM9999"], ["wzg_1", "wzg_2"])})  # fmt: skip
    serve_pdok(replay, [feature(code, 2020) for code in municipalities], size=100)


def forget(replay: Replay, path: str) -> None:
    """From now on the service does not know ``path``."""
    replay.routes[path] = lambda _: MISSING


def known_tables(folder: Any) -> None:
    """Country tables of 2020 that know half of what the services give, one value differently."""
    folder.mkdir()
    found = {"source": "test", "source_row": "1"}
    rows = [
        row for row in recorded_table()["TypedDataSet"] if row["WijkenEnBuurten"].startswith("GM")
    ]
    population = [
        {"year": 2020, "code": row["WijkenEnBuurten"].strip(),
         "inhabitants": row["AantalInwoners_5"], **found}
        for row in rows[:100]
    ]  # fmt: skip
    population[0]["inhabitants"] += 1
    pl.DataFrame(population, schema_overrides={"year": pl.Int32}).write_parquet(
        folder / "population.parquet"
    )
    spending = {"year": 2020, "report": "accounts", "code": "GM0363", "taakveld": "6.1",
                "taakveld_title": "Samenkracht", "amount_keur": 120.0, **found}  # fmt: skip
    pl.DataFrame([spending], schema_overrides={"year": pl.Int32}).write_parquet(
        folder / "spending.parquet"
    )
