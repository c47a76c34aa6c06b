"""How do newer figures, fetched by a refresh, get into the country tables that are in use?"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from rodedraad.country.build.boundaries import boundaries_extend
from rodedraad.country.build.figures import population_of
from rodedraad.country.build.laying import Laid, lay_over
from rodedraad.country.build.reading import SourceBroken, SourceFolder, SourceMissing
from rodedraad.country.build.register import events_build, municipalities_build
from rodedraad.country.build.sources import fingerprint
from rodedraad.country.build.spending import spending_build, spending_classification_build
from rodedraad.country.build.writing import tables_write
from rodedraad.country.build.yearly import year_figures
from rodedraad.country.history import Country, country_from
from rodedraad.country.tables import (
    SCHEMAS,
    SOURCES_FILE,
    Source,
    TableUnreadable,
    sources_read,
    table_read,
)

REGISTER = "tooi"
_YEARLY = re.compile(r"(population|indicators|columns|iv3|boundaries)_(\d{4})")
CURE = "Fetch it again with `rodedraad country refresh`; the tables in use are as they were."
Tables = dict[str, pl.DataFrame]


def country_add(
    fetched: Path, tables: Path, out_dir: Path, *, report: Callable[[str], None] = lambda _: None
) -> tuple[Laid, ...]:
    """Lay what a refresh put in ``fetched`` over the tables in ``tables``; write to ``out_dir``.

    The newer publication wins, and ``report`` and the result say how many rows that changed.
    All is read and checked before ``out_dir`` is replaced, in one step. Adding the same files
    again changes nothing.

    Raises ``SourceMissing`` or ``SourceBroken`` for a file that is absent, half-written, not the
    one that was fetched, or does not fit the register; ``TablesNotWritten`` as ``country_build``.
    """
    sources = _fetched(fetched)
    found: Tables = {name: table_read(name, tables) for name in SCHEMAS}
    before = country_from(found["municipalities"], found["events"], tables)
    laid = _register(sources, found) if REGISTER in sources.files else []
    country = country_from(found["municipalities"], found["events"], tables)
    for key in sorted(sources.files):
        part, _, year = key.rpartition("_")
        if part in _PARTS:
            laid.append(_PARTS[part](sources, found, country, key, int(year)))
    years = [int(key[-4:]) for key in sources.files if key.startswith("boundaries_")]
    changed = {link.date for link in {*before.links} ^ {*country.links}}
    old = found["boundaries"]
    found["boundaries"] = boundaries_extend(sources, country, old, years, changed)
    laid += [_boundary_rows(old, found["boundaries"], year) for year in sorted(years)]
    for line in [line for each in laid for line in each.lines()]:
        report(line)
    entries = {**sources_read(tables), **sources.files}
    used = {key for table in found.values() for key in table["source"].unique()}
    tables_write(found, [each for key, each in entries.items() if key in used], out_dir)
    return tuple(laid)


def _fetched(folder: Path) -> SourceFolder:
    """The files of a refresh, each as it was fetched: same fingerprint, known kind."""
    if not (folder / SOURCES_FILE).is_file():
        message = (
            f"There is no {SOURCES_FILE} in {folder}: nothing was fetched to it. Give the folder "
            "that `rodedraad country refresh` names at its end."
        )
        raise SourceMissing(message, folder=str(folder))
    try:
        files: Mapping[str, Source] = sources_read(folder)
    except TableUnreadable as fault:
        message = f"{folder / SOURCES_FILE} is not a whole list of what was fetched. {CURE}"
        raise SourceBroken(message, folder=str(folder)) from fault
    sources = SourceFolder(folder, files, CURE)
    for key, entry in files.items():
        if key != REGISTER and not _YEARLY.fullmatch(key):
            raise sources.broken(key, f"is of a kind ({key}) that cannot be added")
        if fingerprint(sources.path(key)) != entry.sha256:
            raise sources.broken(key, "is half-written or not the one that was fetched")
    return sources


def _register(sources: SourceFolder, tables: Tables) -> list[Laid]:
    """Both tables of the register, replaced as a whole; no municipality may disappear."""
    lives = municipalities_build(sources).select(list(SCHEMAS["municipalities"]))
    events = events_build(sources, lives).select(list(SCHEMAS["events"]))
    if lost := sorted(set(tables["municipalities"]["code"]) - set(lives["code"])):
        raise sources.broken(REGISTER, f"lacks municipalities that were in it: {', '.join(lost)}")
    laid = []
    for name, fresh, keys in (
        ("municipalities", lives, ["code"]),
        ("events", events, ["event_id", "from_code", "to_code"]),
    ):
        values = [column for column in fresh.columns if column not in keys]
        tables[name], done = lay_over(
            tables[name], fresh, source=REGISTER, series=[], keys=keys, values=values
        )
        laid.append(Laid(f"{REGISTER} ({name})", done.new, done.changed, done.gone))
    return laid


def _population(
    sources: SourceFolder, tables: Tables, country: Country, key: str, year: int
) -> Laid:
    fresh = population_of(sources, key)
    _year_check(sources, key, fresh, year)
    _municipalities_check(sources, key, fresh, country, year)
    table, laid = lay_over(
        tables["population"], fresh, source=key,
        series=["year"], keys=["year", "code"], values=["inhabitants"],
    )  # fmt: skip
    tables["population"] = table.sort("year", "code")
    return laid


def _indicators(
    sources: SourceFolder, tables: Tables, country: Country, key: str, year: int
) -> Laid:
    found = year_figures(sources, key, f"columns_{year}", year)
    _municipalities_check(sources, key, found.figures, country, year)
    series = ["year", "key"]
    figures, laid = lay_over(
        tables["figures"], found.figures, source=key,
        series=series, keys=[*series, "code"], values=["value"],
    )  # fmt: skip
    tables["figures"] = figures.sort("year", "key", "code")
    indicators, _ = lay_over(
        tables["indicators"], found.indicators, source=key,
        series=series, keys=series, values=[],
    )  # fmt: skip
    tables["indicators"] = indicators.sort("year", "key")
    notes = tuple(f"left out: {each}" for each in found.left_out)
    return Laid(key, laid.new, laid.changed, laid.gone, notes)


def _spending(sources: SourceFolder, tables: Tables, country: Country, key: str, year: int) -> Laid:
    fresh = spending_build(sources, key)
    _year_check(sources, key, fresh, year)
    _municipalities_check(sources, key, fresh, country, year, all_of_them=False)
    series = ["year", "report", "code"]
    table, laid = lay_over(
        tables["spending"], fresh, source=key,
        series=series, keys=[*series, "taakveld"], values=["amount_keur"],
    )  # fmt: skip
    tables["spending"] = table.sort("year", maintain_order=True)
    tables["spending_classification"] = spending_classification_build(table)
    return laid


_PARTS: Mapping[str, Callable[[SourceFolder, Tables, Country, str, int], Laid]] = {
    "population": _population,
    "indicators": _indicators,
    "iv3": _spending,
}


def _boundary_rows(old: pl.DataFrame, drawn: pl.DataFrame, year: int) -> Laid:
    _, laid = lay_over(
        old, drawn.filter(pl.col("base_set") == year), source=f"boundaries_{year}",
        series=["base_set"], keys=["code", "valid_from"], values=["geometry"],
    )  # fmt: skip
    return laid


def _year_check(sources: SourceFolder, key: str, fresh: pl.DataFrame, year: int) -> None:
    if others := sorted(set(fresh["year"]) - {year}):
        raise sources.broken(key, f"holds figures of {others[0]} instead of {year}")


def _municipalities_check(
    sources: SourceFolder,
    key: str,
    fresh: pl.DataFrame,
    country: Country,
    year: int,
    *,
    all_of_them: bool = True,
) -> None:
    """Refuse codes that the register does not have on 1 January, and the lack of any."""
    expected = {each.code for each in country.municipalities_on(date(year, 1, 1))}
    found = set(fresh["code"])
    wrong = (found ^ expected) if all_of_them else (found - expected)
    if wrong:
        listed = ", ".join(sorted(wrong)[:10])
        said = f"does not hold the {len(expected)} municipalities of {year}: {listed} differ"
        raise sources.broken(key, said, codes=sorted(wrong))
    if fresh.select("code", "year", *_row_keys(fresh)).is_duplicated().any():
        raise sources.broken(key, "holds the same figure of a municipality twice")


def _row_keys(fresh: pl.DataFrame) -> list[str]:
    return [name for name in ("key", "report", "taakveld") if name in fresh.columns]
