"""Which background figures per municipality came out, and which columns lack in them?"""

import io
import json
from dataclasses import asdict, replace

import polars as pl

from rodedraad.clients.cbs import CbsTable, StartsWith, catalogue_find, column_find
from rodedraad.clients.refusals import ColumnMissing, ServiceNotFound
from rodedraad.country.build.indicator_list import YEARLY, columns_needed
from rodedraad.country.build.sources import STATLINE, PublishedFile
from rodedraad.country.build.yearly import REGION
from rodedraad.country.refresh.report import PartReport
from rodedraad.country.refresh.setting import RefreshSetting, day_of, last_year

CATALOGUE_TITLE = "Kerncijfers wijken en buurten {}"


def indicators_refresh(setting: RefreshSetting) -> PartReport:
    """Fetch the municipalities of "Kerncijfers wijken en buurten", one table per year."""
    last = last_year(setting.known("figures"))
    years = setting.years_from(None if last is None else last + 1)
    found: list[PartReport] = []
    absent: list[str] = []
    for year in years:
        title = CATALOGUE_TITLE.format(year)
        try:
            identifier = catalogue_find(
                title, fetcher=setting.fetcher, base=setting.addresses.cbs_v3
            )
        except ServiceNotFound as refusal:
            absent.append(f"{year}: {refusal.message}")
            continue
        found.append(_year(setting, year, setting.table(identifier)))
    if not found:
        raise ServiceNotFound(" ".join(absent), years=years)
    return PartReport(
        name="indicators",
        rows=sum(part.rows for part in found),
        new=sum(part.new for part in found),
        changed=sum(part.changed for part in found),
        files=tuple(file for part in found for file in part.files),
        missing_columns=tuple(column for part in found for column in part.missing_columns),
        empty_columns=tuple(column for part in found for column in part.empty_columns),
        notes=tuple(note for part in found for note in part.notes) + tuple(absent),
    )


def _year(setting: RefreshSetting, year: int, table: CbsTable) -> PartReport:
    frame = table.frame({REGION: StartsWith("GM")}).sort(REGION)
    if frame.is_empty():
        message = f"Table {table.identifier} ({year}) holds no municipalities. Try later."
        raise ServiceNotFound(message, table=table.identifier)
    measures = table.measures()
    empty = [one for one in measures if frame[one.key].null_count() == frame.height]
    files = _files(year, table, frame.height)
    before = _before(setting, files[0].file)
    content = io.BytesIO()
    frame.write_parquet(content)
    columns = [asdict(column) for column in table.columns()]
    listed = json.dumps(columns, ensure_ascii=False, indent=1).encode()
    for published, each in zip(files, (content.getvalue(), listed), strict=True):
        setting.store(published, each)
    return PartReport(
        name="indicators",
        rows=frame.height,
        new=frame.height if before is None else 0,
        changed=0 if before is None else _differing(frame, before),
        files=tuple(published.file for published in files),
        missing_columns=tuple(f"{year}: {refused}" for refused in _missing(table)),
        empty_columns=tuple(f"{year}: {one.address}" for one in empty),
        notes=(f"{year}: {table.table_info().title}, changed {table.table_info().modified}",),
    )


def _files(year: int, table: CbsTable, rows: int) -> tuple[PublishedFile, PublishedFile]:
    """The figures, and the list of their columns."""
    figures = PublishedFile(
        key=f"indicators_{year}",
        file=f"cbs/cbs.v3.{table.identifier}_TypedDataSet.parquet",
        rows=rows,
        title_nl=f"Kerncijfers wijken en buurten {year}, gemeenten",
        title_en=f"Key figures of districts and neighbourhoods {year}, municipalities",
        published=day_of(table.table_info().modified),
        url=STATLINE + table.identifier,
    )
    listed = f"cbs/cbs.v3.{table.identifier}_columns.json"
    return figures, replace(figures, key=f"columns_{year}", file=listed, rows=len(table.columns()))


def _missing(table: CbsTable) -> list[str]:
    refused: list[str] = []
    for title in columns_needed(YEARLY):
        try:
            column_find(table.columns(), title)
        except ColumnMissing as refusal:
            refused.append(refusal.message)
    return refused


def _before(setting: RefreshSetting, file: str) -> pl.DataFrame | None:
    path = setting.source / file
    return pl.read_parquet(path) if path.is_file() else None


def _differing(frame: pl.DataFrame, before: pl.DataFrame) -> int:
    """Rows that are not in ``before`` exactly as they are now; all when the columns differ."""
    if frame.schema != before.schema:
        return frame.height
    return frame.join(before, on=frame.columns, how="anti", nulls_equal=True).height
