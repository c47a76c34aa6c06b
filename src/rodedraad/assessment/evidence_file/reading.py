"""Which rows and headings does a file have, whether it is CSV or Parquet?"""

import csv
import io
import re

import polars as pl

from rodedraad.assessment.evidence import EvidenceFault, EvidenceRefusal

PARQUET_BEGINS = b"PAR1"
SEPARATORS = ",;\t"
FIRST_ROW = 2  # as a spreadsheet counts: the headings are row 1


def table_read(content: bytes) -> pl.DataFrame:
    """Return the cells as text without spaces around them, with ``row`` as a spreadsheet counts.

    Blank cells are null; rows in which every cell is blank are left out.

    Raises
    ------
    EvidenceRefusal
        When the file is no UTF-8 CSV or Parquet, has no rows, or a heading stands twice.
    """
    table = _parquet(content) if content.startswith(PARQUET_BEGINS) else _csv(content)
    names = table.columns
    cells = [pl.col(name).cast(pl.String).str.strip_chars().replace("", None) for name in names]
    table = table.select(cells).with_row_index("row", offset=FIRST_ROW)
    table = table.with_columns(pl.col("row").cast(pl.Int64))
    table = table.filter(~pl.all_horizontal(pl.col(name).is_null() for name in names))
    if table.is_empty():
        raise EvidenceRefusal([EvidenceFault(0, "", "no_rows")])
    return table


def _parquet(content: bytes) -> pl.DataFrame:
    try:
        table = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise EvidenceRefusal([EvidenceFault(0, "", "not_readable")]) from error
    simple = [name for name, dtype in table.schema.items() if not dtype.is_nested()]
    return _named(table.select(simple), simple)


def _csv(content: bytes) -> pl.DataFrame:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise EvidenceRefusal([EvidenceFault(row, "", "not_utf8")]) from error
    heading = text.partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    names = next(csv.reader(io.StringIO(text), delimiter=separator), [])
    if not any(name.strip() for name in names):
        raise EvidenceRefusal([EvidenceFault(0, "", "no_rows")])
    try:
        table = pl.read_csv(
            text.replace("\r\n", "\n").encode(),
            separator=separator,
            has_header=False,
            skip_rows=1,
            infer_schema=False,
            new_columns=[f"column {i}" for i in range(len(names))],
        )
    except pl.exceptions.NoDataError as error:
        raise EvidenceRefusal([EvidenceFault(0, "", "no_rows")]) from error
    except pl.exceptions.PolarsError as error:
        fault = EvidenceFault(_ragged_row(text, separator, len(names)), "", "ragged")
        raise EvidenceRefusal([fault]) from error
    if table.width != len(names):
        fault = EvidenceFault(_ragged_row(text, separator, len(names)), "", "ragged")
        raise EvidenceRefusal([fault])
    return _named(table, names)


def _ragged_row(text: str, separator: str, width: int) -> int:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return next((row for row, cells in enumerate(rows, start=1) if len(cells) != width), 0)


def _named(table: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Give the columns their headings; columns without one are left out."""
    named = {
        old: re.sub(r"\s+", " ", name.strip())
        for old, name in zip(table.columns, names, strict=True)
    }
    kept = {old: name for old, name in named.items() if name}
    known: dict[str, str] = {}
    for name in kept.values():
        if name.casefold() in known:
            raise EvidenceRefusal([EvidenceFault(1, name, "column_twice")])
        known[name.casefold()] = name
    # A file may have a column "row" of its own: that one is not the number of the row.
    return table.select(list(kept)).rename(
        {old: name if name != "row" else "row " for old, name in kept.items()}
    )
