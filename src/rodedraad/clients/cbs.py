"""Which figures does Statistics Netherlands publish, and how does one reach a table?"""

from pathlib import Path
from urllib.parse import quote

from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.cbs_table import CbsTable, StartsWith, Where
from rodedraad.clients.cbs_v3 import CbsTableV3
from rodedraad.clients.cbs_v4 import CbsTableV4
from rodedraad.clients.columns import TableColumn, TableInfo, column_find
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.pages import list_check
from rodedraad.clients.refusals import ServiceNotFound

__all__ = [
    "CbsTable",
    "StartsWith",
    "TableColumn",
    "TableInfo",
    "Where",
    "catalogue_find",
    "cbs_table",
    "column_find",
]


def cbs_table(
    identifier: str,
    *,
    fetcher: Fetcher,
    folder: Path,
    addresses: ServiceAddresses | None = None,
    version: int = 3,
    third_party: bool = False,
) -> CbsTable:
    """A table of CBS through OData v3 (the default) or v4; both answer the same questions.

    Tables of third parties (police, municipal accounts before CBS works on them) have an address
    of their own and exist in v3 only. Downloads are kept under ``folder``.
    """
    known = addresses or ServiceAddresses()
    if version == 4:
        if third_party:
            message = f"Tables of third parties such as {identifier} exist in OData v3 only. "
            raise ServiceNotFound(message + "Ask for version 3.", table=identifier)
        place = folder / "cbs-v4"
        return CbsTableV4(identifier, base=known.cbs_v4, fetcher=fetcher, folder=place)
    base = known.cbs_v3_third_party if third_party else known.cbs_v3
    place = folder / ("cbs-v3-third-party" if third_party else "cbs-v3")
    return CbsTableV3(identifier, base=base, fetcher=fetcher, folder=place)


def catalogue_find(title: str, *, fetcher: Fetcher, base: str) -> str:
    """The identifier of the table with exactly this title in the catalogue at ``base``."""
    wanted = quote(f"startswith(Title,'{title}')", safe="")
    url = f"{base}/ODataCatalog/Tables?$format=json&$select=Identifier,Title&$filter={wanted}"
    found = [
        str(item["Identifier"]).strip()
        for item in list_check(url, fetcher.json(url).payload, "value")
        if str(item.get("Title", "")).strip() == title
    ]
    if len(found) == 1:
        return found[0]
    message = (
        f"The catalogue at {base} has {len(found)} tables called '{title}'. It is likely not yet "
        "published, or was renamed: look in the catalogue and name the table yourself."
    )
    raise ServiceNotFound(message, title=title, found=tuple(found))
