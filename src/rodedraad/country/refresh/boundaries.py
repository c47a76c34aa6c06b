"""Where do the municipal boundaries run in the newer years?"""

import json
from datetime import date

import polars as pl

from rodedraad.clients.pdok import boundaries_fetch
from rodedraad.clients.refusals import ServiceNotFound
from rodedraad.country.build.sources import boundary_file
from rodedraad.country.refresh.report import PartReport
from rodedraad.country.refresh.setting import RefreshSetting


def boundaries_refresh(setting: RefreshSetting) -> PartReport:
    """Fetch the generalised boundaries of the present year, or of the years asked."""
    known = setting.known("boundaries")
    sets = set() if known is None else set(known["base_set"])
    rows = new = 0
    files: list[str] = []
    notes: list[str] = []
    for year in setting.years_from(None):
        try:
            found = boundaries_fetch(
                setting.fetcher, setting.addresses.pdok, year, folder=setting.pages
            )
        except ServiceNotFound as refusal:
            notes.append(f"{year}: {refusal.message}")
            continue
        codes = {feature["properties"]["statcode"] for feature in found["features"]}
        notes += [f"{year}: {len(codes)} municipalities", *_against_register(setting, year, codes)]
        published = boundary_file(year, "geojson", len(codes))
        content = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
        rows += len(codes)
        new += 0 if year in sets else len(codes)
        setting.store(published, content)
        files.append(published.file)
    if not files:
        raise ServiceNotFound(" ".join(notes))
    return PartReport("boundaries", rows, new, files=tuple(files), notes=tuple(notes))


def _against_register(setting: RefreshSetting, year: int, codes: set[str]) -> list[str]:
    """What the boundaries have more or less than the register on 1 January of the year."""
    known = setting.known("municipalities")
    if known is None:
        return []
    day = date(year, 1, 1)
    begun = pl.col("begin_date").is_null() | (pl.col("begin_date") <= day)
    ended = pl.col("end_date").is_not_null() & (pl.col("end_date") < day)
    registered = set(known.filter(begun & ~ended)["code"])
    notes: list[str] = []
    if lacking := sorted(registered - codes):
        notes.append(f"{year}: in the register, without boundary: {', '.join(lacking)}")
    if extra := sorted(codes - registered):
        notes.append(f"{year}: with a boundary, not in our register: {', '.join(extra)}")
    return notes
