"""Does every outside service answer, and with the data we expect?"""

from dataclasses import dataclass
from pathlib import Path

from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.cbs import cbs_table
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.pages import list_check
from rodedraad.clients.pdok import COLLECTION
from rodedraad.clients.refusals import ServiceAnswerInvalid, ServiceRefusal
from rodedraad.clients.tooi import KNOWN_EDITION, edition_url

CHECK_TABLE = "70072ned"
SERVICES = ("cbs-v3", "cbs-v3-third-party", "cbs-v4", "tooi", "pdok")


@dataclass(frozen=True)
class ServiceCheck:
    """Whether one service answered: its address, and what it said or why it could not."""

    service: str
    address: str
    answers: bool
    detail: str


def check(
    service: str, *, fetcher: Fetcher, folder: Path, addresses: ServiceAddresses | None = None
) -> ServiceCheck:
    """Ask one service for one small known thing; never raises for what the service does."""
    known = addresses or ServiceAddresses()
    address = getattr(known, service.replace("-", "_"))
    try:
        detail = _proof(service, fetcher, folder, known)
    except ServiceRefusal as refusal:
        return ServiceCheck(service, address, False, refusal.message)
    return ServiceCheck(service, address, True, detail)


def _proof(service: str, fetcher: Fetcher, folder: Path, known: ServiceAddresses) -> str:
    if service in {"cbs-v3", "cbs-v4"}:
        version = int(service[-1])
        table = cbs_table(
            CHECK_TABLE, fetcher=fetcher, folder=folder, addresses=known, version=version
        )
        info = table.table_info()
        return f"{info.title}, changed {info.modified}"
    if service == "cbs-v3-third-party":
        url = f"{known.cbs_v3_third_party}/ODataCatalog/Tables?$format=json&$top=1"
        tables = list_check(url, fetcher.json(url).payload, "value")
        return f"catalogue with {tables[0].get('Title', '')!s}" if tables else "empty catalogue"
    if service == "tooi":
        answer = fetcher.json(edition_url(known.tooi, KNOWN_EDITION))
        return f"edition {KNOWN_EDITION} of the municipalities, {len(answer.content):,} bytes"
    url = f"{known.pdok}/collections/{COLLECTION}?f=json"
    found = fetcher.json(url).payload
    if not isinstance(found, dict) or found.get("id") != COLLECTION:
        message = f"{url} does not describe the collection {COLLECTION}. Check the base address."
        raise ServiceAnswerInvalid(message, url=url)
    return f"collection {found.get('title') or COLLECTION}"
