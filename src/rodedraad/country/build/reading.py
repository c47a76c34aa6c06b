"""Is this published file there, whole, and has it the columns and records that we expect?"""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from rodedraad.country.build.sources import PublishedFile
from rodedraad.country.tables import Source
from rodedraad.errors import Refusal

CODE = re.compile(r"GM\d{4}")
FETCH = "Fetch the file again, or take the folder from which the tables were built before."


class SourceMissing(Refusal):
    """A file of the source folder is not there."""

    code = "country-source-missing"


class SourceBroken(Refusal):
    """A source file is truncated, misses a column or holds another number of records."""

    code = "country-source-broken"


@dataclass(frozen=True)
class SourceFolder:
    """The folder with published files, read with checks; ``cure`` ends every refusal.

    ``row`` in the frames that come out is the line number (CSV) or record number (Parquet).
    """

    folder: Path
    files: Mapping[str, PublishedFile | Source]
    cure: str = FETCH

    def path(self, key: str) -> Path:
        """Where the file lies; refuses when it is not there."""
        file = str(self.files[key].file)
        path = self.folder / file
        if not path.is_file():
            message = (
                f"The source file {file} is missing in {self.folder}. {self.cure} The folder "
                f"given with --from holds register/, boundaries/, cooperation/ and cbs/."
            )
            raise SourceMissing(message, file=file, folder=str(self.folder))
        return path

    def broken(self, key: str, what: str, **context: Any) -> SourceBroken:
        """The refusal that says what is wrong with the file of ``key``."""
        message = f"The source file {self.path(key)} {what}. {self.cure}"
        return SourceBroken(message, file=self.files[key].file, **context)

    def count_check(self, key: str, found: int, what: str = "records") -> None:
        """Refuse a file with another number of records than published."""
        expected = self.files[key].rows
        if found != expected:
            said = f"holds {found:,} {what}, expected {expected:,}: it is not whole or another one"
            raise self.broken(key, said, found=found, expected=expected)

    def csv(self, key: str, columns: Sequence[str], separator: str = ",") -> pl.DataFrame:
        """All columns as text, with ``row`` = line number; header is line 1."""
        path = self.path(key)
        try:
            content = path.read_bytes()
            if path.suffix == ".gz":
                content = gzip.decompress(content)
            frame = pl.read_csv(content, separator=separator, infer_schema=False)
        except (PolarsError, OSError, EOFError) as fault:
            raise self.broken(key, f"cannot be read ({fault})") from fault
        self.columns_check(key, frame.columns, columns)
        if not content.endswith(b"\n"):
            raise self.broken(key, "ends in the middle of a line")
        self.count_check(key, frame.height)
        return frame.with_row_index("row", offset=2).with_columns(pl.col("row").cast(pl.String))

    def parquet(self, key: str, columns: Sequence[str]) -> pl.DataFrame:
        """The asked columns, with ``row`` = record number from 1."""
        try:
            frame = pl.read_parquet(self.path(key))
        except (PolarsError, OSError) as fault:
            raise self.broken(key, f"cannot be read as Parquet ({fault})") from fault
        self.columns_check(key, frame.columns, columns)
        self.count_check(key, frame.height)
        numbered = frame.select(columns).with_row_index("row", offset=1)
        return numbered.with_columns(pl.col("row").cast(pl.String))

    def json(self, key: str) -> Any:
        """The parsed document."""
        try:
            return json.loads(self.path(key).read_text(encoding="utf-8"))
        except (ValueError, OSError) as fault:
            raise self.broken(key, f"is not whole JSON ({fault})") from fault

    def columns_check(self, key: str, found: Sequence[str], wanted: Sequence[str]) -> None:
        """Refuse a file that misses one of the wanted columns."""
        missing = [column for column in wanted if column not in found]
        if missing:
            listed = ", ".join(f"'{column}'" for column in missing)
            raise self.broken(key, f"has no column {listed}", columns=missing)

    def numbers(self, key: str, frame: pl.DataFrame, column: str, dtype: pl.DataType) -> pl.Series:
        """A text column as numbers; refuses the first value that is none, naming its line."""
        cast = frame[column].str.strip_chars().cast(dtype, strict=False)
        wrong = frame.filter(cast.is_null())
        if wrong.height:
            first = wrong.row(0, named=True)
            said = f"has '{first[column]}' for {column} in line {first['row']}, not a number"
            raise self.broken(key, said, row=first["row"], column=column)
        return cast.alias(column)

    def codes(self, key: str, frame: pl.DataFrame, column: str) -> pl.Series:
        """A column of municipality codes without padding; refuses a malformed one."""
        codes = frame[column].str.strip_chars()
        wrong = frame.filter(~codes.str.contains(f"^{CODE.pattern}$").fill_null(value=False))
        if wrong.height:
            first = wrong.row(0, named=True)
            said = f"has '{first[column]}' in row {first['row']}, not a code such as GM0363"
            raise self.broken(key, said, row=first["row"], column=column)
        return codes.alias("code")
