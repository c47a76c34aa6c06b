"""How was the excerpt of table 84799NED made? ``python record.py FOLDER`` writes it again.

FOLDER holds the table as it was downloaded from OData v3 in March 2021: TypedDataSet and
WijkenEnBuurten as Parquet, the description of the columns and of the table as JSON.
"""

import gzip
import json
import re
import sys
from pathlib import Path

import polars as pl

TABLE = "cbs.v3.84799NED_"
NO_MUNICIPALITIES = ("NL00", "WK168000", "BU16800000", "WK036300", "BU03630000")
GROUPS = {
    100: ("Bevolking", range(5, 28)),
    101: ("Elektriciteit", range(47, 55)),
    102: ("Aardgas", range(55, 63)),
    103: ("Sociale zekerheid", range(83, 87)),
    104: ("Zorg", range(87, 91)),
}


def title(key: str) -> str:
    """The title as far as the key tells it: ``WmoClienten_89`` becomes ``Wmo clienten``."""
    stem = re.sub(r"_\d+$", "", key).removeprefix("k_")
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", stem)
    return " ".join(words).capitalize()


def properties(frame: pl.DataFrame, descriptions: dict[str, str | None]) -> list[dict]:
    """DataProperties with real keys, types and descriptions; titles and groups are made here."""
    found: list[dict] = [
        {"odata.type": "Cbs.OData.TopicGroup", "ID": ident, "Position": None, "ParentID": None,
         "Type": "TopicGroup", "Key": "", "Title": name, "Description": ""}
        for ident, (name, _) in GROUPS.items()
    ]  # fmt: skip
    for position, key in enumerate(frame.columns[1:]):
        number = int(match[1]) if (match := re.search(r"_(\d+)$", key)) else 0
        group = next((ident for ident, (_, span) in GROUPS.items() if number in span), None)
        kind = "GeoDimension" if key == "WijkenEnBuurten" else "Topic"
        types = {pl.String: "String", pl.Int32: "Long", pl.Float64: "Double"}
        found.append(
            {"odata.type": f"Cbs.OData.{kind}", "ID": position, "Position": position,
             "ParentID": group, "Type": kind, "Key": key, "Title": title(key),
             "Description": descriptions.get(key) or "", "Datatype": types[type(frame[key].dtype)],
             "Unit": "", "Decimals": 1 if frame[key].dtype == pl.Float64 else 0}
        )  # fmt: skip
    return found


def main(folder: Path) -> None:
    """Write ``84799NED.json.gz`` beside this script."""
    frame = pl.read_parquet(folder / f"{TABLE}TypedDataSet.parquet")
    code = pl.col("WijkenEnBuurten").str.strip_chars()
    rows = frame.filter(code.str.starts_with("GM") | code.is_in(NO_MUNICIPALITIES))
    codes = pl.read_parquet(folder / f"{TABLE}WijkenEnBuurten.parquet")
    kept = codes.filter(pl.col("Key").is_in(rows["WijkenEnBuurten"].to_list()))
    read = {
        name: json.loads((folder / f"{TABLE}{name}.json").read_text(encoding="utf-8"))
        for name in ("Metadata", "ColDescriptions")
    }
    excerpt = {
        "TableInfos": [read["Metadata"]],
        "DataProperties": properties(frame, read["ColDescriptions"]),
        "WijkenEnBuurten": kept.select("Key", "Title", "Description").to_dicts(),
        "TypedDataSet": rows.to_dicts(),
    }
    text = json.dumps(excerpt, ensure_ascii=False, separators=(",", ":"))
    target = Path(__file__).with_name("84799NED.json.gz")
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
