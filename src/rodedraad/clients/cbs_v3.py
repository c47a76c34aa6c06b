"""How does one table read through OData v3 of CBS: wide rows, padded keys, pages of 10,000?"""

from collections.abc import Iterator, Sequence
from typing import Any

from rodedraad.clients.cbs_table import CbsTable, Where, odata_filter, query, row_wanted
from rodedraad.clients.columns import (
    DIMENSION,
    MEASURE,
    TableColumn,
    TableInfo,
    cell,
    group_path,
)
from rodedraad.clients.pages import field, list_check
from rodedraad.clients.refusals import ColumnMissing, ServiceAnswerInvalid

_DIMENSIONS = frozenset({"Dimension", "TimeDimension", "GeoDimension", "GeoDetail"})


class CbsTableV3(CbsTable):
    """``<base>/ODataFeed/odata/<table>`` with TableInfos, DataProperties and TypedDataSet."""

    @property
    def address(self) -> str:
        return f"{self._base}/ODataFeed/odata/{self.identifier}"

    def _read_info(self) -> TableInfo:
        url = self._url("TableInfos")
        found = list_check(url, self._fetcher.json(url).payload, "value")
        if len(found) != 1:
            message = f"{url} describes {len(found)} tables instead of one. Check the identifier."
            raise ServiceAnswerInvalid(message, url=url, found=len(found))
        return TableInfo(
            identifier=str(found[0].get("Identifier", self.identifier)).strip(),
            title=str(found[0].get("Title", "")).strip(),
            modified=found[0].get("Modified"),
            period=found[0].get("Period"),
            row_count=found[0].get("RecordCount"),
            source=self.address,
        )

    def _read_columns(self) -> Iterator[TableColumn]:
        url = self._url("DataProperties")
        found = list(self._stored_items(url))
        groups = {
            field(item, "ID", url): (str(item.get("Title", "")), item.get("ParentID"))
            for item in found
            if item.get("Type") == "TopicGroup"
        }
        for item in found:
            if item.get("Type") == "TopicGroup":
                continue
            is_dimension = item.get("Type") in _DIMENSIONS
            yield TableColumn(
                key=field(item, "Key", url),
                title=str(item.get("Title", "")).strip(),
                group=group_path(groups, item.get("ParentID")),
                kind=DIMENSION if is_dimension else MEASURE,
                is_text=is_dimension or item.get("Datatype") == "String",
                unit=(item.get("Unit") or "").strip() or None,
                decimals=item.get("Decimals"),
                description=(item.get("Description") or "").strip() or None,
            )

    def codes(self, dimension: str) -> dict[str, str]:
        url = self._url(dimension)
        return {
            str(field(item, "Key", url)).strip(): str(field(item, "Title", url)).strip()
            for item in self._stored_items(url)
        }

    def rows(
        self, where: Where | None = None, select: Sequence[str] = ()
    ) -> Iterator[dict[str, Any]]:
        dimensions = self.dimensions_check(where)
        measures = self.measures(select)
        options = {
            "filter": odata_filter(where, padded=True) if where else "",
            "select": ",".join([*dimensions, *select]) if select else "",
        }
        for raw in self._stored_items(self._url("TypedDataSet", **options)):
            if absent := [key for key in select if key not in raw]:
                message = f"The rows of table {self.identifier} lack the column "
                message += f"{', '.join(absent)} that its properties name. Try later, or leave it."
                raise ColumnMissing(message, table=self.identifier, keys=tuple(absent))
            row: dict[str, Any] = {key: str(raw.get(key) or "").strip() for key in dimensions}
            if where and not row_wanted(row, where):
                continue
            for column in measures:
                value = cell(raw.get(column.key))
                row[column.key] = _text(value) if column.is_text else self._number(value, column)
            yield row

    def observations(
        self, where: Where | None = None, select: Sequence[str] = ()
    ) -> Iterator[dict[str, Any]]:
        dimensions = self.dimensions()
        measures = self.measures(select)
        for row in self.rows(where, select):
            keys = {key: row[key] for key in dimensions}
            for column in measures:
                value = row[column.key]
                yield {
                    **keys,
                    "column": column.key,
                    "value": None if column.is_text else value,
                    "text": value if column.is_text else None,
                    "status": "missing" if value is None else None,
                }

    def _url(self, entity: str, **options: str) -> str:
        return f"{self.address}/{entity}?{query(format='json', **options)}"


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
