"""How many people live in each municipality in the newer years?"""

import polars as pl

from rodedraad.clients.cbs import StartsWith, column_find
from rodedraad.clients.refusals import ServiceNotFound
from rodedraad.country.build.sources import STATLINE, PublishedFile
from rodedraad.country.codes import municipality_code
from rodedraad.country.refresh.report import PartReport
from rodedraad.country.refresh.setting import RefreshSetting, day_of, last_year, rows_compare

TABLE = "70072ned"
TITLE = "Totale bevolking"
_SCHEMA = {"year": pl.Int32(), "gm_code": pl.String(), "inhabitants": pl.Int64()}


def population_refresh(setting: RefreshSetting) -> PartReport:
    """Fetch the inhabitants on 1 January, one file per year, from the last year we have."""
    known = setting.known("population")
    table = setting.table(TABLE)
    column = column_find(table.columns(), TITLE)
    frames: list[pl.DataFrame] = []
    notes: list[str] = []
    for year in setting.years_from(last_year(known)):
        where = {"RegioS": StartsWith("GM"), "Perioden": f"{year}JJ00"}
        rows = [
            (year, municipality_code(row["RegioS"]), round(row[column.key]))
            for row in table.rows(where, [column.key])
            if row[column.key] is not None
        ]
        if not rows:
            notes.append(f"{year}: no figures yet in {TABLE}")
            continue
        frames.append(pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("gm_code"))
        notes.append(f"{year}: {len(rows)} municipalities, {frames[-1]['inhabitants'].sum():,}")
    if not frames:
        message = f"Table {TABLE} has no inhabitants for the years asked. {'; '.join(notes)}."
        raise ServiceNotFound(message + " Ask for earlier years.", table=TABLE)
    modified = day_of(table.table_info().modified)
    files = tuple(_stored(setting, frame, modified) for frame in frames)
    every = pl.concat(frames)
    before = None if known is None else known.rename({"code": "gm_code"})
    new, changed = rows_compare(every, before, ["year", "gm_code"], "inhabitants")
    return PartReport("population", every.height, new, changed, files, notes=tuple(notes))


def _stored(setting: RefreshSetting, frame: pl.DataFrame, modified: str | None) -> str:
    year = frame["year"][0]
    published = PublishedFile(
        key=f"population_{year}",
        file=f"register/population_{year}.csv",
        rows=frame.height,
        title_nl=f"Inwoners per gemeente op 1 januari {year} (Regionale kerncijfers Nederland)",
        title_en=f"Inhabitants per municipality on 1 January {year} (Regional key figures)",
        published=modified,
        url=STATLINE + TABLE,
    )
    setting.store(published, frame.write_csv().encode())
    return published.file
