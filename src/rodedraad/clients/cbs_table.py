"""What can one ask of a table of Statistics Netherlands, whichever interface it comes through?"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl

from rodedraad.clients.columns import DIMENSION, MEASURE, TableColumn, TableInfo
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.pages import PageStore, odata_next
from rodedraad.clients.refusals import ColumnMissing, ServiceAnswerInvalid, ServiceNotFound

_IDENTIFIER = re.compile(r"[0-9A-Za-z]{3,20}")


@dataclass(frozen=True)
class StartsWith:
    """A filter on the first letters of a key: ``StartsWith("GM")`` is every municipality."""

    text: str


Wanted = str | StartsWith | Collection[str]
Where = Mapping[str, Wanted]


class CbsTable(ABC):
    """One table: what it is, its columns, its rows.

    Keys come without their padding, "no figure" is ``None``. Downloads go through ``folder`` and
    are kept per state of the table (``table_info().modified``): an interrupted download goes on
    after its last complete page, and a table that did not change is not fetched again.
    """

    def __init__(self, identifier: str, *, base: str, fetcher: Fetcher, folder: Path) -> None:
        if not _IDENTIFIER.fullmatch(identifier):
            message = f"'{identifier}' is not an identifier of a CBS table: letters and digits "
            message += "only, such as 84799NED. It stands in the address of the table in StatLine."
            raise ServiceNotFound(message, table=identifier)
        self.identifier = identifier
        self._base = base.rstrip("/")
        self._fetcher = fetcher
        self._folder = folder / identifier
        self._columns: tuple[TableColumn, ...] | None = None
        self._info: TableInfo | None = None

    @property
    @abstractmethod
    def address(self) -> str:
        """Where this table lives."""

    @abstractmethod
    def _read_info(self) -> TableInfo: ...

    @abstractmethod
    def _read_columns(self) -> Iterator[TableColumn]: ...

    @abstractmethod
    def codes(self, dimension: str) -> dict[str, str]:
        """The keys of a dimension and their titles."""

    @abstractmethod
    def rows(self, where: Where | None = None, select: Sequence[str] = ()) -> Iterator[dict]:
        """One mapping per row: every dimension, and every (or every selected) column by key.

        ``where`` keeps the rows whose key equals a text, is in a collection, or starts with
        ``StartsWith``; the service filters, and what it lets through is filtered again here.
        """

    @abstractmethod
    def observations(
        self, where: Where | None = None, select: Sequence[str] = ()
    ) -> Iterator[dict]:
        """One mapping per cell: every dimension, ``column``, ``value``, ``text``, ``status``.

        ``status`` says why there is no figure, or what is special about it; ``None`` is plain.
        """

    def table_info(self) -> TableInfo:
        """What the table is and when it last changed; asked once."""
        if self._info is None:
            self._info = self._read_info()
        return self._info

    def columns(self) -> tuple[TableColumn, ...]:
        """Every dimension and column with title, group, unit and decimals; asked once."""
        if self._columns is None:
            self._columns = tuple(self._read_columns())
        return self._columns

    def dimensions(self) -> list[str]:
        """The keys of the dimensions."""
        return [column.key for column in self.columns() if column.kind == DIMENSION]

    def dimensions_check(self, where: Where | None) -> list[str]:
        """The keys of the dimensions; refuses a filter on anything else."""
        dimensions = self.dimensions()
        if missing := [key for key in where or () if key not in dimensions]:
            message = f"Table {self.identifier} has no dimension {', '.join(missing)}; it has "
            message += f"{', '.join(dimensions) or 'none'}. Filter on one of these."
            raise ColumnMissing(message, table=self.identifier, keys=tuple(missing))
        return dimensions

    def measures(self, select: Sequence[str] = ()) -> list[TableColumn]:
        """The columns with figures, or the selected ones in the order asked."""
        known = {column.key: column for column in self.columns() if column.kind == MEASURE}
        if missing := [key for key in select if key not in known]:
            message = f"Table {self.identifier} has no column {', '.join(missing)}. Look columns "
            message += "up by title: their keys change from year to year."
            raise ColumnMissing(message, table=self.identifier, keys=tuple(missing))
        return [known[key] for key in select] if select else list(known.values())

    def frame(self, where: Where | None = None, select: Sequence[str] = ()) -> pl.DataFrame:
        """Wide: one row per combination of dimensions, numbers as ``Float64``, text as text."""
        schema: dict[str, pl.DataType] = {key: pl.String() for key in self.dimensions()}
        for column in self.measures(select):
            schema[column.key] = pl.String() if column.is_text else pl.Float64()
        return pl.DataFrame(list(self.rows(where, select)), schema=schema)

    def long_frame(self, where: Where | None = None, select: Sequence[str] = ()) -> pl.DataFrame:
        """Long: one row per cell with ``column``, ``title``, ``unit``, ``value``, ``text``."""
        schema = {key: pl.String() for key in self.dimensions()}
        schema |= {"column": pl.String(), "value": pl.Float64(), "text": pl.String()}
        cells = pl.DataFrame(
            list(self.observations(where, select)), schema={**schema, "status": pl.String()}
        )
        named = [
            {"column": column.key, "title": column.title, "unit": column.unit}
            for column in self.measures(select)
        ]
        titles = pl.DataFrame(named, schema=dict.fromkeys(("column", "title", "unit"), pl.String))
        return cells.join(titles, on="column", how="left", maintain_order="left")

    def _stored_items(self, url: str) -> Iterator[Any]:
        """The items of all pages of ``url``, kept for the present state of the table."""
        version = self.table_info().modified
        store = PageStore(self._folder, url, member="value", next_link=odata_next, version=version)
        return store.items(self._fetcher)

    def _number(self, value: Any, column: TableColumn) -> float | None:
        """A cell of a column of numbers; refuses text where a number was declared."""
        if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
            return None if value is None else float(value)
        message = f"Table {self.identifier} has '{value}' in {column.address}, a column of numbers."
        message += " Report it to the service, or leave the column out."
        raise ServiceAnswerInvalid(message, table=self.identifier, column=column.key)


def row_wanted(row: Mapping[str, Any], where: Where) -> bool:
    """Whether the stripped keys of ``row`` satisfy every filter."""
    return all(_key_wanted(str(row.get(key)), wanted) for key, wanted in where.items())


def _key_wanted(key: str, wanted: Wanted) -> bool:
    if isinstance(wanted, StartsWith):
        return key.startswith(wanted.text)
    return key == wanted.strip() if isinstance(wanted, str) else key in wanted


def odata_filter(where: Where, *, padded: bool) -> str:
    """The filter as OData text; with ``padded`` keys equality is asked as "starts with"."""
    return " and ".join(_clause(key, wanted, padded) for key, wanted in where.items())


def _clause(key: str, wanted: Wanted, padded: bool) -> str:
    if isinstance(wanted, StartsWith):
        return f"startswith({key},{_quoted(wanted.text)})"
    if isinstance(wanted, str):
        equal = f"startswith({key},{_quoted(wanted.strip())})"
        return equal if padded else f"{key} eq {_quoted(wanted)}"
    return f"({' or '.join(_clause(key, one, padded) for one in sorted(wanted))})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def query(**options: str) -> str:
    """A query string of OData options: ``query(filter="a eq 1")`` is ``$filter=a%20eq%201``."""
    return "&".join(f"${name}={quote(value, safe='')}" for name, value in options.items() if value)
