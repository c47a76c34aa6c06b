"""With what, from where and into which folder does one refresh work?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.cbs import CbsTable, cbs_table
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.storage import file_store
from rodedraad.country.build.sources import PublishedFile, sources_text
from rodedraad.country.tables import SOURCES_FILE, sources_read, table_read


@dataclass(frozen=True)
class RefreshSetting:
    """What every part of one refresh shares."""

    fetcher: Fetcher
    addresses: ServiceAddresses
    folder: Path
    tables: Path
    years: tuple[int, ...] | None
    today: date
    say: Callable[[str], None]

    @property
    def pages(self) -> Path:
        """Where pages are kept until their answer is complete, and after."""
        return self.folder / "pages"

    @property
    def source(self) -> Path:
        """Where the results lie, in the layout of the folder of published files."""
        return self.folder / "source"

    def table(self, identifier: str, *, third_party: bool = False) -> CbsTable:
        """A table of CBS, with its pages kept in this refresh's folder."""
        return cbs_table(
            identifier,
            fetcher=self.fetcher,
            folder=self.pages,
            addresses=self.addresses,
            third_party=third_party,
        )

    def known(self, name: str) -> pl.DataFrame | None:
        """A country table to compare with; ``None`` when the tables were never built."""
        there = (self.tables / f"{name}.parquet").is_file()
        return table_read(name, self.tables) if there else None

    def years_from(self, first: int | None) -> tuple[int, ...]:
        """The years to ask: those given, else from ``first`` to the present year."""
        if self.years is not None:
            return self.years
        return tuple(range(first or self.today.year, self.today.year + 1))

    def store(self, published: PublishedFile, content: bytes) -> None:
        """Put a result in the source folder, whole or not at all, and list it there."""
        file_store(self.source / published.file, content)
        listed = self.source / SOURCES_FILE
        entries = sources_read(self.source) if listed.is_file() else {}
        entries[published.key] = published.source(self.source)
        file_store(listed, sources_text(entries.values()).encode())


def day_of(modified: str | None) -> str | None:
    """The day in a moment as CBS writes it; ``None`` when it is no moment."""
    try:
        return date.fromisoformat((modified or "")[:10]).isoformat()
    except ValueError:
        return None


def last_year(frame: pl.DataFrame | None) -> int | None:
    """The last ``year`` in a country table; ``None`` when there is none."""
    return None if frame is None else max(frame["year"].to_list(), default=None)


def rows_compare(
    after: pl.DataFrame, before: pl.DataFrame | None, keys: list[str], value: str
) -> tuple[int, int]:
    """How many rows of ``after`` are new, and how many have another value than ``before``."""
    if before is None:
        return after.height, 0
    joined = after.join(
        before.unique(keys).select(*keys, before=value, known=pl.lit(True)),
        on=keys,
        how="left",
    )
    known = joined["known"].is_not_null()
    changed = joined.filter(known & joined[value].ne_missing(joined["before"]))
    return int((~known).sum()), changed.height
