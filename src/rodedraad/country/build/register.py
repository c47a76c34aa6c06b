"""Which municipalities have existed, and by which events did they change?

Reads the TOOI value list (JSON-LD). The register names only the main successors of some divided
municipalities; ``COMPLETED`` adds the others from the acts that divided them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from rodedraad.country.build.reading import CODE, SourceFolder
from rodedraad.country.tables import SCHEMAS

TOOI = "https://identifier.overheid.nl/tooi/def/ont/"
PROV = "http://www.w3.org/ns/prov#"
KINDS = {
    f"{TOOI}Samenvoeging": "merger",
    f"{TOOI}Uitbreiding": "enlargement",
    f"{TOOI}Herschikking": "recoding",
}
PROVINCES = {
    "PV20": "Groningen",
    "PV21": "Fryslân",
    "PV22": "Drenthe",
    "PV23": "Overijssel",
    "PV24": "Flevoland",
    "PV25": "Gelderland",
    "PV26": "Utrecht",
    "PV27": "Noord-Holland",
    "PV28": "Zuid-Holland",
    "PV29": "Zeeland",
    "PV30": "Noord-Brabant",
    "PV31": "Limburg",
}
EVENTS = 128
REGISTER_BEGINS = date(2000, 1, 1)
# The register itself differs by one day: Groenlo is Oost Gelre from 19 May 2006 in its list of
# municipalities, from 20 May in its list of events.
REGISTER_DISAGREES = ("GM0240", "GM1586")

# Successors that the register leaves out: event of the same date, from, to, act.
# Littenseradiel (2018) went to three municipalities, Boarnsterhim (2014) to four.
COMPLETED = (
    ("wzg_04526701", "GM0140", "GM1949", "Stb. 2017, 104", "stb-2017-104"),
    ("wzg_03177367", "GM0055", "GM0074", "Stb. 2013, 286", "stb-2013-286"),
    ("wzg_03177367", "GM0055", "GM1900", "Stb. 2013, 286", "stb-2013-286"),
    ("wzg_09681399", "GM0055", "GM1921", "Stb. 2013, 286", "stb-2013-286"),
)

Node = Mapping[str, Any]


def municipalities_build(sources: SourceFolder) -> pl.DataFrame:
    """The table ``municipalities``."""
    rows = [
        _municipality(sources, node)
        for node in _nodes(sources)
        if f"{TOOI}Gemeente" in node.get("@type", ())
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["municipalities"], orient="row").sort("code")


def events_build(sources: SourceFolder, municipalities: pl.DataFrame) -> pl.DataFrame:
    """The table ``events``; refuses when it contradicts the lives of the municipalities."""
    rows = [row for node in _nodes(sources) for row in _links(node)]
    rows += _completed(rows)
    successors = Counter((row["from_code"], row["date"]) for row in rows)
    for row in rows:
        row["partial"] = successors[row["from_code"], row["date"]] > 1
        row["share"] = None if row["partial"] else 1.0
    events = pl.DataFrame(rows, schema=SCHEMAS["events"], orient="row")
    _agree(sources, events, municipalities)
    found = events["event_id"].n_unique()
    if found < EVENTS:
        raise sources.broken("tooi", f"holds {found} change events, expected {EVENTS} or more")
    return events.sort("date", "event_id", "from_code", "to_code")


def _nodes(sources: SourceFolder) -> list[Node]:
    document = sources.json("tooi")
    if not isinstance(document, list):
        raise sources.broken("tooi", "is not a JSON-LD list of nodes")
    sources.count_check("tooi", len(document), "nodes")
    return document


def _value(node: Node, name: str) -> str | None:
    values = node.get(name)
    return str(values[0].get("@value", values[0].get("@id"))) if values else None


def _codes(node: Node, name: str) -> list[str]:
    return [item["@id"].rsplit("/", 1)[1].upper() for item in node.get(PROV + name, ())]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _municipality(sources: SourceFolder, node: Node) -> dict[str, object]:
    code = f"GM{_value(node, TOOI + 'gemeentecode')}"
    name = _value(node, TOOI + "officieleNaamExclSoort")
    province = str(_value(node, TOOI + "ligtInProvincie")).rpartition("/")[2].upper()
    if not CODE.fullmatch(code) or not name or province not in PROVINCES:
        said = f"gives no code, name or known province for {node.get('@id')}"
        raise sources.broken("tooi", said, node=node.get("@id"))
    return {
        "code": code,
        "name": name,
        "begin_date": _date(_value(node, TOOI + "begindatum")),
        "end_date": _date(_value(node, TOOI + "einddatum")),
        "province_code": province,
        "province": PROVINCES[province],
        "source": "tooi",
        "source_row": node["@id"],
    }


def _links(node: Node) -> Iterator[dict[str, Any]]:
    kind = next((KINDS[kind] for kind in node.get("@type", ()) if kind in KINDS), None)
    if kind is None:
        return
    for from_code in _codes(node, "invalidated"):
        for to_code in _codes(node, "generated") + _codes(node, "used"):
            yield {
                "event_id": node["@id"].rsplit("/", 1)[1],
                "date": _date(_value(node, TOOI + "tijdstipWijziging")),
                "kind": kind,
                "from_code": from_code,
                "to_code": to_code,
                "legal_basis_url": _value(node, TOOI + "heeftJuridischeGrondslag"),
                "source": "tooi",
                "source_row": node["@id"],
            }


def _completed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    published = {row["event_id"]: row for row in rows}
    return [
        {
            **{name: published[event_id][name] for name in ("event_id", "date", "kind")},
            "from_code": from_code,
            "to_code": to_code,
            "legal_basis_url": f"https://zoek.officielebekendmakingen.nl/{act}.html",
            "source": "staatsblad",
            "source_row": row,
        }
        for event_id, from_code, to_code, row, act in COMPLETED
        if event_id in published
    ]


def _agree(sources: SourceFolder, events: pl.DataFrame, municipalities: pl.DataFrame) -> None:
    """Every end has an event on the next day, every begin one on its day, and the reverse."""
    known = ~pl.col("code").is_in(REGISTER_DISAGREES) & (pl.col("date") >= REGISTER_BEGINS)
    day = timedelta(days=1)
    ended = municipalities.select("code", date=pl.col("end_date") + day)
    ends = events.select("date", code="from_code")
    begun = municipalities.select("code", date="begin_date")
    begins = events.filter(pl.col("kind") != "enlargement").select("date", code="to_code")
    for lives, changes in ((ended, ends), (begun, begins)):
        for left, right in ((lives, changes), (changes, lives)):
            alone = left.filter(known).join(right, on=["code", "date"], how="anti")
            if alone.height:
                code, when = alone.sort("code").select("code", "date").row(0)
                said = f"tells of {code} on {when} in its list or in its events, not in both"
                raise sources.broken("tooi", said, municipality=code)
