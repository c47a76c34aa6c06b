"""Are all tables of the country there, consistent, and written whole or not at all?"""

import errno
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rodedraad.country.build.arrangements import joint_arrangements_build
from rodedraad.country.build.boundaries import boundaries_build
from rodedraad.country.build.figures import figures_build, indicators_build, population_build
from rodedraad.country.build.reading import SourceFolder
from rodedraad.country.build.regions import region_types_build, regions_build
from rodedraad.country.build.register import events_build, municipalities_build
from rodedraad.country.build.sources import NO_FILES, PUBLISHED, sources_by_key, sources_text
from rodedraad.country.build.spending import spending_build, spending_classification_build
from rodedraad.country.history import country_from
from rodedraad.country.tables import SCHEMAS, SOURCES_FILE, Source, table_check
from rodedraad.errors import Refusal

Say = Callable[[str], None]


class TablesNotWritten(Refusal):
    """The folder for the tables cannot be written; what was there before is still there."""

    code = "country-tables-not-written"


@dataclass(frozen=True)
class BuildReport:
    """What a build made: rows per table, and of the joint arrangements what was matched."""

    folder: Path
    rows: Mapping[str, int]
    matches: Mapping[str, int]
    bytes: int


def country_build(
    source_dir: Path, out_dir: Path, *, report: Callable[[str], None] | None = None
) -> BuildReport:
    """Read the published files in ``source_dir`` and put the country tables in ``out_dir``.

    Everything is read and checked before ``out_dir`` is touched; it is then replaced in one
    step. ``report`` gets one line of progress per table. The result depends on the files only.

    Raises ``SourceMissing`` or ``SourceBroken`` naming the file and the cure, and
    ``TablesNotWritten`` when there is no room or no right to write.
    """
    say = report or _silent
    sources = SourceFolder(source_dir, sources_by_key(PUBLISHED))
    for key in sources.files:
        sources.path(key)
    tables = tables_build(sources, say)
    entries = [*(item.source(source_dir) for item in PUBLISHED), *NO_FILES]
    size = tables_write(tables, entries, out_dir)
    say(f"{len(tables)} tables, {size / 1000:,.0f} kB, in {out_dir}")
    matched = tables["joint_arrangements"].group_by("match").len().sort("match")
    return BuildReport(
        folder=out_dir,
        rows={name: table.height for name, table in tables.items()},
        matches=dict(matched.iter_rows()),
        bytes=size,
    )


def tables_build(sources: SourceFolder, say: Say) -> dict[str, pl.DataFrame]:
    """All tables, checked against their schemas."""
    tables: dict[str, pl.DataFrame] = {}

    def keep(name: str, table: pl.DataFrame) -> pl.DataFrame:
        tables[name] = table.select(list(SCHEMAS[name]))
        table_check(name, tables[name], name)
        say(f"{name}: {table.height:,} rows")
        return tables[name]

    lives = keep("municipalities", municipalities_build(sources))
    events = keep("events", events_build(sources, lives))
    country = country_from(lives, events, sources.folder)
    keep("population", population_build(sources))
    regions = keep("regions", regions_build(sources))
    keep("region_types", region_types_build(regions))
    keep("joint_arrangements", joint_arrangements_build(sources, country))
    keep("indicators", indicators_build())
    keep("figures", figures_build(sources))
    spending = keep("spending", spending_build(sources))
    keep("spending_classification", spending_classification_build(spending))
    keep("boundaries", boundaries_build(sources, country))
    return tables


def tables_write(
    tables: Mapping[str, pl.DataFrame], entries: Sequence[Source], folder: Path
) -> int:
    """Write beside ``folder``, then swap; returns the number of bytes.

    Raises ``TablesNotWritten``; then ``folder`` is as it was.
    """
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        for name, table in tables.items():
            table.write_parquet(made / f"{name}.parquet", compression="zstd", compression_level=19)
        (made / SOURCES_FILE).write_text(sources_text(entries), encoding="utf-8")
        size = sum(file.stat().st_size for file in made.iterdir())
        made.chmod(0o755)
        _swap(made, folder)
    except OSError as fault:
        room = fault.errno == errno.ENOSPC
        cure = "Free some space" if room else "Check that the folder may be written"
        message = f"The tables cannot be written to {folder} ({fault}). {cure} and build again."
        raise TablesNotWritten(message, folder=str(folder)) from fault
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
    return size


def _swap(made: Path, folder: Path) -> None:
    if not folder.exists():
        made.rename(folder)
        return
    old = made.with_name(made.name + "-old")
    folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _silent(_line: str) -> None:
    """Say nothing."""
