"""What did municipalities spend on the social domain in the newer years, per taakveld?"""

import gzip
from collections import defaultdict
from string import ascii_lowercase

import polars as pl

from rodedraad.clients.cbs import CbsTable, StartsWith, catalogue_find, column_find
from rodedraad.clients.refusals import ServiceAnswerInvalid, ServiceNotFound
from rodedraad.country.build.sources import PublishedFile
from rodedraad.country.codes import municipality_code
from rodedraad.country.refresh.report import PartReport
from rodedraad.country.refresh.setting import RefreshSetting, day_of, last_year, rows_compare

THIRD_PARTY = "https://dataderden.cbs.nl/ODataApi/OData/"
CATALOGUE_TITLE = "Gemeenten {} onbewerkte Iv3-data"
AMOUNT = "1e plaatsing"
REPORTS = {"X000": "budget", "X005": "accounts"}
_REPORT, _CATEGORY, _FIELD, _PLACE = "Verslagsoort", "Categorie", "TaakveldBalanspost", "Gemeenten"
_EXPENDITURE = "L"
_SOCIAL_DOMAIN = "6"
_SCHEMA = {
    "year": pl.Int32(),
    "report": pl.String(),
    "gm_code": pl.String(),
    "gm_name": pl.String(),
    "inhabitants": pl.Int64(),
    "taakveld": pl.String(),
    "taakveld_title": pl.String(),
    "lasten_x1000eur": pl.Float64(),
}


def spending_refresh(setting: RefreshSetting) -> PartReport:
    """Fetch budget and accounts (Iv3, as municipalities delivered them), one file per year."""
    known = setting.known("spending")
    frames: list[pl.DataFrame] = []
    notes: list[str] = []
    tables: dict[int, tuple[str, str | None]] = {}
    for year in setting.years_from(_first_open_year(known)):
        try:
            identifier = catalogue_find(
                CATALOGUE_TITLE.format(year),
                fetcher=setting.fetcher,
                base=setting.addresses.cbs_v3_third_party,
            )
        except ServiceNotFound as refusal:
            notes.append(f"{year}: {refusal.message}")
            continue
        table = setting.table(identifier, third_party=True)
        tables[year] = identifier, day_of(table.table_info().modified)
        for report, name in REPORTS.items():
            frame, silent = _report(setting, table, year, report)
            if frame.is_empty():
                notes.append(f"{year}: no {name} yet in {identifier}")
                continue
            total = float(frame["lasten_x1000eur"].sum()) / 1e6
            notes.append(f"{year}: {name} {total:.2f} billion euro, {silent} without amounts")
            frames.append(frame)
    if not frames:
        raise ServiceNotFound(f"No expenditure for the years asked. {' '.join(notes)}")
    every = pl.concat(frames)
    files = tuple(
        _stored(setting, part, *tables[part["year"][0]]) for part in every.partition_by("year")
    )
    after = every.select(
        "year",
        "taakveld",
        report=pl.col("report").str.slice(4).replace(REPORTS),
        code="gm_code",
        amount_keur="lasten_x1000eur",
    )
    keys = ["year", "report", "code", "taakveld"]
    new, changed = rows_compare(after, known, keys, "amount_keur")
    return PartReport("spending", every.height, new, changed, files, notes=tuple(notes))


def _first_open_year(known: pl.DataFrame | None) -> int | None:
    """The year after the last accounts: its budget is known, its accounts may be out."""
    if known is None:
        return None
    last = last_year(known.filter(pl.col("report") == "accounts"))
    return None if last is None else last + 1


def _report(
    setting: RefreshSetting, table: CbsTable, year: int, report: str
) -> tuple[pl.DataFrame, int]:
    """Expenditure of one report per municipality and taakveld; and how many delivered nothing."""
    column = column_find(table.columns(), AMOUNT)
    where = {
        _REPORT: f"{year}{report}",
        _CATEGORY: StartsWith(_EXPENDITURE),
        _FIELD: StartsWith(_SOCIAL_DOMAIN),
    }
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    totals: dict[str, float] = defaultdict(float)
    published: set[tuple[str, str]] = set()
    for row in table.rows(where, [column.key]):
        published.add((row[_PLACE], row[_FIELD]))
        amounts[row[_PLACE], _taakveld(row[_FIELD])] += row[column.key] or 0.0
        totals[row[_PLACE]] += abs(row[column.key] or 0.0)
    _doubles_check(table, published)
    delivered = {place for place, total in totals.items() if total}
    names = table.codes(_PLACE) if delivered else {}
    titles = _titles(setting, table) if delivered else {}
    rows = [
        {
            "year": year,
            "report": f"{year}{report}",
            "gm_code": municipality_code(place),
            "gm_name": names.get(place),
            "taakveld": field,
            "taakveld_title": titles.get(field, field),
            "lasten_x1000eur": amount,
        }
        for (place, field), amount in sorted(amounts.items())
        if place in delivered
    ]
    frame = _with_inhabitants(setting, pl.DataFrame(rows, schema=_SCHEMA))
    return frame, len(totals) - len(delivered)


def _taakveld(field: str) -> str:
    """The taakveld of a published line: 6.71a to 6.71d are parts of 6.71."""
    return field.rstrip(ascii_lowercase)


def _doubles_check(table: CbsTable, published: set[tuple[str, str]]) -> None:
    """Refuse a municipality with both a taakveld and its parts: adding up would count twice."""
    for place, field in sorted(published):
        whole = _taakveld(field)
        if whole != field and (place, whole) in published:
            message = f"Table {table.identifier} gives {place} both {whole} and its part {field}: "
            message += "they cannot be added up. Look on the page of the table what changed."
            raise ServiceAnswerInvalid(message, table=table.identifier, taakveld=whole)


def _titles(setting: RefreshSetting, table: CbsTable) -> dict[str, str]:
    """The title per taakveld: its own, else the one we know, else that of its first part."""
    titles: dict[str, str] = {}
    for field, text in sorted(table.codes(_FIELD).items(), reverse=True):
        titles[_taakveld(field)] = text.removeprefix(field).strip()
    known = setting.known("spending")
    if known is not None:
        parted = {_taakveld(field) for field in table.codes(_FIELD)} - set(table.codes(_FIELD))
        latest = known.sort("year").select("taakveld", "taakveld_title").iter_rows()
        titles |= {field: title for field, title in latest if field in parted}
    return titles


def _with_inhabitants(setting: RefreshSetting, frame: pl.DataFrame) -> pl.DataFrame:
    known = setting.known("population")
    if known is None:
        return frame
    inhabitants = known.select("year", gm_code="code", known="inhabitants").unique(
        ["year", "gm_code"], maintain_order=True
    )
    joined = frame.join(inhabitants, on=["year", "gm_code"], how="left", maintain_order="left")
    return joined.with_columns(inhabitants="known").select(frame.columns)


def _stored(
    setting: RefreshSetting, frame: pl.DataFrame, identifier: str, modified: str | None
) -> str:
    year = frame["year"][0]
    published = PublishedFile(
        key=f"iv3_{year}",
        file=f"cbs/iv3_social_domain_{year}.csv.gz",
        rows=frame.height,
        title_nl=f"Iv3: lasten van het sociaal domein per gemeente en taakveld, {year}",
        title_en=f"Iv3: social-domain expenditure per municipality and taakveld, {year}",
        published=modified,
        url=f"{THIRD_PARTY}{identifier}",
    )
    setting.store(published, gzip.compress(frame.write_csv().encode(), mtime=0))
    return published.file
