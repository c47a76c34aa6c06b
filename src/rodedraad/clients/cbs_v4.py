"""How does one table read through OData v4 of CBS: one observation per cell, made wide here?"""

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
from rodedraad.clients.pages import field
from rodedraad.clients.refusals import ServiceAnswerInvalid

_PLAIN = frozenset({"none", ""})


class CbsTableV4(CbsTable):
    """``<base>/<table>`` with Properties, Dimensions, MeasureCodes and Observations."""

    @property
    def address(self) -> str:
        return f"{self._base}/{self.identifier}"

    def _read_info(self) -> TableInfo:
        url = self._url("Properties")
        found = self._fetcher.json(url).payload
        if not isinstance(found, dict) or "Identifier" not in found:
            message = f"{url} answers JSON without 'Identifier': this is another service or "
            message += "another version of it. Check the base address."
            raise ServiceAnswerInvalid(message, url=url)
        return TableInfo(
            identifier=str(found["Identifier"]).strip(),
            title=str(found.get("Title", "")).strip(),
            modified=found.get("Modified"),
            period=found.get("TemporalCoverage"),
            row_count=found.get("ObservationCount"),
            source=self.address,
            licence=found.get("License") or "CC BY 4.0",
        )

    def _read_columns(self) -> Iterator[TableColumn]:
        url = self._url("Dimensions")
        for item in self._stored_items(url):
            yield TableColumn(
                key=field(item, "Identifier", url),
                title=str(item.get("Title", "")).strip(),
                group=(),
                kind=DIMENSION,
                is_text=True,
                unit=None,
                decimals=None,
                description=item.get("Description"),
            )
        url = self._url("MeasureCodes")
        measures = list(self._stored_items(url))
        groups = self._groups() if any(item.get("MeasureGroupId") for item in measures) else {}
        for item in measures:
            yield TableColumn(
                key=field(item, "Identifier", url),
                title=str(item.get("Title", "")).strip(),
                group=group_path(groups, item.get("MeasureGroupId")),
                kind=MEASURE,
                is_text=item.get("DataType") == "String",
                unit=(item.get("Unit") or "").strip() or None,
                decimals=item.get("Decimals"),
                description=item.get("Description"),
            )

    def _groups(self) -> dict[Any, tuple[str, Any]]:
        url = self._url("MeasureGroups")
        return {
            field(item, "Id", url): (str(item.get("Title", "")), item.get("ParentId"))
            for item in self._stored_items(url)
        }

    def codes(self, dimension: str) -> dict[str, str]:
        url = self._url(f"{dimension}Codes")
        return {
            str(field(item, "Identifier", url)).strip(): str(field(item, "Title", url)).strip()
            for item in self._stored_items(url)
        }

    def observations(
        self, where: Where | None = None, select: Sequence[str] = ()
    ) -> Iterator[dict[str, Any]]:
        dimensions = self.dimensions_check(where)
        measures = {column.key: column for column in self.measures(select)}
        asked: Where = {**(where or {}), **({"Measure": list(select)} if select else {})}
        url = self._url("Observations", filter=odata_filter(asked, padded=False))
        for raw in self._stored_items(url):
            keys = {key: str(raw.get(key) or "").strip() for key in dimensions}
            measure = str(raw.get("Measure", "")).strip()
            if where and not row_wanted(keys, where):
                continue
            if measure not in measures:
                if select:
                    continue
                message = f"Table {self.identifier} has an observation of '{measure}', a measure "
                message += "its MeasureCodes do not name. Try later: the table is being changed."
                raise ServiceAnswerInvalid(message, table=self.identifier, measure=measure)
            column = measures[measure]
            value = self._number(cell(raw.get("Value")), column)
            text = cell(raw.get("StringValue"))
            status = str(raw.get("ValueAttribute") or "").strip().lower()
            yield {
                **keys,
                "column": measure,
                "value": None if column.is_text else value,
                "text": text if column.is_text else None,
                "status": None if status in _PLAIN else status,
            }

    def rows(
        self, where: Where | None = None, select: Sequence[str] = ()
    ) -> Iterator[dict[str, Any]]:
        dimensions = self.dimensions()
        empty = dict.fromkeys(column.key for column in self.measures(select))
        wide: dict[tuple[str, ...], dict[str, Any]] = {}
        for one in self.observations(where, select):
            place = tuple(one[key] for key in dimensions)
            row = wide.setdefault(place, {**{key: one[key] for key in dimensions}, **empty})
            row[one["column"]] = one["value"] if one["value"] is not None else one["text"]
        yield from wide.values()

    def _url(self, entity: str, **options: str) -> str:
        asked = query(**options)
        return f"{self.address}/{entity}" + (f"?{asked}" if asked else "")
