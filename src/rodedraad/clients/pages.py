"""How are the pages of a long answer fetched once each, also when the work is interrupted?"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rodedraad.clients.fetch import NOT_MODIFIED, Answer, Fetcher, address_check
from rodedraad.clients.refusals import AddressRefused, ServiceAnswerInvalid
from rodedraad.clients.storage import file_store

MANIFEST = "manifest.json"
NextLink = Callable[[Any], str | None]


@dataclass(frozen=True)
class _StoredPage:
    url: str
    file: str
    sha256: str
    next_url: str | None
    etag: str | None
    last_modified: str | None


def odata_next(payload: Any) -> str | None:
    """The next link of an OData answer, v4 or v3, exactly as given."""
    return payload.get("@odata.nextLink") or payload.get("odata.nextLink")


def ogc_next(payload: Any) -> str | None:
    """The next link of an OGC API answer: the first link with relation ``next``."""
    links = payload.get("links") or []
    return next((link.get("href") for link in links if link.get("rel") == "next"), None)


def list_check(url: str, payload: Any, member: str) -> list[Any]:
    """The list under ``member`` of an answer; refuses an answer of another shape."""
    items = payload.get(member) if isinstance(payload, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        message = (
            f"{url} answers JSON without a list of objects '{member}': this is another service "
            "or another version of it. Check the base address."
        )
        raise ServiceAnswerInvalid(message, url=url, member=member)
    return items


def field(item: Mapping[str, Any], name: str, url: str) -> Any:
    """A field that every item of the answer of ``url`` has; refuses an item without it."""
    if name in item:
        return item[name]
    message = f"{url} answers items without '{name}': this is another version of the service. "
    raise ServiceAnswerInvalid(message + "Check the base address.", url=url, field=name)


class PageStore:
    """The pages of one address in one folder: stored as they arrive, never asked twice.

    Parameters
    ----------
    folder
        Where the stores of all addresses live; this one gets a folder of its own in it.
    url
        The first page.
    member
        The name of the list on every page (``value``, ``features``).
    next_link
        Finds the address of the next page in a page.
    version
        What the service says about the state of its table (``Modified``). Pages of another
        version are thrown away, so that a table that changed halfway is never mixed. Without a
        version a complete store asks its first page again, conditionally.
    """

    def __init__(
        self,
        folder: Path,
        url: str,
        *,
        member: str,
        next_link: NextLink,
        version: str | None = None,
    ) -> None:
        self._folder = folder / hashlib.sha256(url.encode()).hexdigest()[:20]
        self._url = url
        self._member = member
        self._next_link = next_link
        self._version = version

    def items(self, fetcher: Fetcher) -> Iterator[Any]:
        """Every item of every page in order: stored pages first, then the pages that lack."""
        stored = self._stored(fetcher)
        if not stored:
            shutil.rmtree(self._folder, ignore_errors=True)
        for page in stored:
            yield from list_check(page.url, self._load(page), self._member)
        seen = {page.url for page in stored}
        url = stored[-1].next_url if stored else self._url
        while url:
            if url in seen:
                message = f"{url} was already given as an earlier page: the service pages in a "
                message += "circle. Try later, or report it to the service."
                raise ServiceAnswerInvalid(message, url=url)
            seen.add(url)
            page, payload = self._fetched(fetcher.json(url), len(stored))
            stored.append(page)
            self._note(stored)
            yield from list_check(url, payload, self._member)
            url = page.next_url

    def _fetched(self, answer: Answer, number: int) -> tuple[_StoredPage, Any]:
        list_check(answer.url, answer.payload, self._member)
        next_url = self._next_link(answer.payload)
        if next_url and address_check(next_url) != address_check(self._url):
            message = f"{answer.url} names {next_url} as its next page, on another machine: not "
            message += "followed. Set the base address of the service to that machine."
            raise AddressRefused(message, url=next_url)
        file = f"page-{number:05d}.json"
        file_store(self._folder / file, answer.content)
        page = _StoredPage(
            url=answer.url,
            file=file,
            sha256=hashlib.sha256(answer.content).hexdigest(),
            next_url=next_url,
            etag=answer.etag,
            last_modified=answer.last_modified,
        )
        return page, answer.payload

    def _note(self, stored: list[_StoredPage]) -> None:
        manifest = {
            "url": self._url,
            "version": self._version,
            "pages": [asdict(page) for page in stored],
        }
        text = json.dumps(manifest, indent=1, ensure_ascii=False)
        file_store(self._folder / MANIFEST, text.encode())

    def _stored(self, fetcher: Fetcher) -> list[_StoredPage]:
        """The pages that are whole and still hold, up to the first that is not."""
        pages: list[_StoredPage] = []
        for page in self._noted():
            if not self._whole(page):
                break
            pages.append(page)
        if self._version is not None or not pages:
            return pages
        return pages if self._still_holds(fetcher, pages[0]) else []

    def _noted(self) -> list[_StoredPage]:
        try:
            manifest = json.loads((self._folder / MANIFEST).read_bytes())
            if (manifest["url"], manifest["version"]) != (self._url, self._version):
                return []
            return [_StoredPage(**page) for page in manifest["pages"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def _whole(self, page: _StoredPage) -> bool:
        try:
            content = (self._folder / page.file).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == page.sha256

    def _still_holds(self, fetcher: Fetcher, first: _StoredPage) -> bool:
        given = {"If-None-Match": first.etag, "If-Modified-Since": first.last_modified}
        headers = {name: value for name, value in given.items() if value}
        if not headers:
            return False
        return fetcher.json(first.url, headers=headers).status == NOT_MODIFIED

    def _load(self, page: _StoredPage) -> Any:
        return json.loads((self._folder / page.file).read_bytes().decode("utf-8-sig"))
