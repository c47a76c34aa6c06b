"""Which joint arrangements were there in 2016, and who took part in them?"""

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from rodedraad.country.build.cleaning import cleaned, slug
from rodedraad.country.build.participants import Matcher
from rodedraad.country.build.reading import SourceFolder
from rodedraad.country.history import Country
from rodedraad.country.tables import SCHEMAS

KEY_LENGTH = 200
_COLUMNS = {
    "Deelnemer": "raw_participant",
    "Gemeenschappelijke regeling": "raw_arrangement",
    "Postcode": "postcode",
    "Plaats": "place",
    "Provincie": "raw_province",
}
_MISSPELT = {"Overrijssel": "Overijssel"}


def joint_arrangements_build(sources: SourceFolder, country: Country) -> pl.DataFrame:
    """The table ``joint_arrangements``: every published membership, matched or not."""
    published = sources.csv("opengr_2016", list(_COLUMNS)).rename(_COLUMNS)
    rows = [
        {**row, "arrangement": cleaned(row["raw_arrangement"])}
        for row in published.iter_rows(named=True)
    ]
    keys = _keys(row["arrangement"] for row in rows)
    matcher = Matcher(country)
    by_arrangement = defaultdict(list)
    for row in rows:
        by_arrangement[row["arrangement"]].append(row)
    for members in by_arrangement.values():
        names = [cleaned(row["raw_participant"]) for row in members]
        for row, name, found in zip(members, names, matcher.members(names), strict=True):
            row.update(
                arrangement_key=keys[row["arrangement"]],
                place=cleaned(row["place"]),
                postcode=cleaned(row["postcode"]),
                province=_province(row["raw_province"]),
                participant=name,
                participant_kind=found.kind,
                code=found.code,
                named_code=found.named_code,
                match=found.match,
                why=found.why,
                source="opengr_2016",
                source_row=row["row"],
            )
    return pl.DataFrame(rows, schema=SCHEMAS["joint_arrangements"])


def _keys(names: Iterable[str]) -> dict[str, str]:
    """A slug per name, with a number where two names would get the same."""
    keys: dict[str, str] = {}
    for name in sorted(set(names)):
        key, tried = slug(name)[:KEY_LENGTH], 1
        while key in keys.values():
            tried += 1
            key = f"{slug(name)[: KEY_LENGTH - 3]}-{tried}"
        keys[name] = key
    return keys


def _province(raw: str) -> str | None:
    name = cleaned(raw)
    if not name.startswith("Provincie "):
        return None
    short = name.removeprefix("Provincie ")
    return _MISSPELT.get(short, short)
