"""How does one ask an outside service politely, and what counts as a whole answer?"""

import email.utils
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from rodedraad import __version__
from rodedraad.clients.refusals import (
    AddressRefused,
    ServiceAnswerInvalid,
    ServiceAnswerTooLarge,
    ServiceNotFound,
    ServiceUnreachable,
)

NOT_MODIFIED = 304
_GONE = {404, 410}
_REDIRECTS = {301, 302, 303, 307, 308}
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Politeness:
    """How often, how long and how large; the defaults are kind to a public service."""

    requests_per_second: float = 2.0
    attempts: int = 5
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 120.0
    timeout_seconds: float = 90.0
    longest_answer_seconds: float = 900.0
    max_bytes: int = 256 * 1024 * 1024
    max_redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """One whole answer: its JSON, the bytes it was read from, and what to ask with next time.

    ``payload`` is ``None`` and ``content`` empty when the service said "not modified".
    """

    url: str
    status: int
    payload: Any
    content: bytes
    etag: str | None
    last_modified: str | None


class _TryAgain(Exception):
    """This attempt failed for a reason that may pass; ``wait_seconds`` when the service said."""

    def __init__(self, reason: str, wait_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_seconds = wait_seconds


class Fetcher:
    """Asks for JSON over http(s): named, unhurried, again when it may help, never endlessly.

    Parameters
    ----------
    contact
        How the people of the service reach us; goes into the User-Agent. May be empty.
    politeness
        Limits; see ``Politeness``.
    sleep, clock, rng
        Injected by tests: waiting, the monotonic clock and the source of jitter.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        politeness: Politeness | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
    ) -> None:
        self.politeness = politeness or Politeness()
        self._sleep = sleep
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311 - jitter, not a secret
        self._last_request: float | None = None
        agent = f"rodedraad/{__version__}" + (f" (+{contact})" if contact else "")
        self._client = httpx.Client(
            headers={"User-Agent": agent.encode("ascii", "replace").decode()},
            timeout=self.politeness.timeout_seconds,
            follow_redirects=False,
        )

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def json(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask ``url`` until a whole JSON answer is there, at most ``attempts`` times.

        Raises ``AddressRefused``, ``ServiceNotFound``, ``ServiceAnswerInvalid``,
        ``ServiceAnswerTooLarge`` at once and ``ServiceUnreachable`` after the last attempt.
        """
        reason = ""
        for attempt in range(self.politeness.attempts):
            try:
                return self._ask(url, {"Accept": "application/json", **(headers or {})})
            except _TryAgain as fault:
                reason = fault.reason
                if attempt + 1 < self.politeness.attempts:
                    self._sleep(self._wait_seconds(attempt, fault.wait_seconds, url))
        message = (
            f"{url} gave no usable answer in {self.politeness.attempts} attempts; the last time: "
            f"{reason}. Check the connection and the address, or try again later: what was "
            "fetched is kept."
        )
        raise ServiceUnreachable(message, url=url, reason=reason)

    def _wait_seconds(self, attempt: int, told: float | None, url: str) -> float:
        longest = self.politeness.longest_wait_seconds
        if told is None:
            backed_off = min(longest, self.politeness.first_wait_seconds * 2.0**attempt)
            return backed_off * self._rng.uniform(0.5, 1.0)
        if told > longest:
            message = (
                f"{url} asks to wait {told:.0f} seconds, longer than the {longest:.0f} we wait. "
                "Start again after that time: what was fetched is kept."
            )
            raise ServiceUnreachable(message, url=url, wait_seconds=told)
        return told

    def _ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        asked = address_check(url)
        for _ in range(self.politeness.max_redirects + 1):
            self._pause()
            try:
                with self._client.stream("GET", url, headers=dict(headers)) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._read(url, response)
                    url, before = urljoin(url, response.headers.get("location", "")), url
            except httpx.InvalidURL as fault:
                message = f"{url} is not a valid address ({fault}). Mend the address."
                raise AddressRefused(message, url=url) from fault
            except (httpx.TransportError, httpx.DecodingError) as fault:
                raise _TryAgain(f"{type(fault).__name__}: {fault}") from fault
            downgrade = before.startswith("https:") and not url.startswith("https:")
            if address_check(url) != asked or downgrade:
                message = f"{before} sends us on to {url}: another machine, or without "
                message += "encryption; not followed. If that is the service's new place, set its "
                message += "base address to it."
                raise AddressRefused(message, url=url)
        message = f"{url} keeps sending us on. Check the base address of the service."
        raise AddressRefused(message, url=url)

    def _pause(self) -> None:
        if self._last_request is not None:
            due = self._last_request + 1.0 / self.politeness.requests_per_second
            if (early := due - self._clock()) > 0:
                self._sleep(early)
        self._last_request = self._clock()

    def _read(self, url: str, response: httpx.Response) -> Answer:
        status = response.status_code
        if status == NOT_MODIFIED:
            return _answer(url, response, None, b"")
        if status in _GONE:
            message = (
                f"{url} does not exist ({status}). Check the name of the table, list or "
                "collection, and the base address of the service."
            )
            raise ServiceNotFound(message, url=url, status=status)
        if status == 429 or status >= 500:
            raise _TryAgain(f"status {status}", _retry_after_seconds(response.headers))
        if status != 200:
            message = f"{url} refuses the request with status {status}. Check the address, and "
            message += "whether the service now asks for a key or a permission."
            raise ServiceAnswerInvalid(message, url=url, status=status)
        content = self._body(url, response)
        return _answer(url, response, _parsed(url, content), content)

    def _body(self, url: str, response: httpx.Response) -> bytes:
        limit = self.politeness.max_bytes
        deadline = self._clock() + self.politeness.longest_answer_seconds
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if self._clock() > deadline:
                raise _TryAgain(
                    f"no whole answer in {self.politeness.longest_answer_seconds:.0f} s"
                )
            if len(content) > limit:
                message = f"The answer of {url} is larger than {limit:,} bytes and was dropped. "
                message += "Ask for fewer rows or columns, or raise the limit."
                raise ServiceAnswerTooLarge(message, url=url, limit=limit)
        return bytes(content)


def address_check(url: str) -> tuple[str, int | None]:
    """The machine that ``url`` names: host, and port when it is not the default of its scheme.

    Raises ``AddressRefused`` unless the address is http or https and names a host.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise AddressRefused(f"{url} is not a valid address ({fault}).", url=url) from fault
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        message = f"{url} is not an http or https address. Mend the base address of the service."
        raise AddressRefused(message, url=url)
    return parts.hostname, None if port == _DEFAULT_PORTS[parts.scheme] else port


def _parsed(url: str, content: bytes) -> Any:
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        message = (
            f"{url} answers with a web page or XML instead of JSON: the service is likely under "
            "maintenance, or a proxy stands between. Open the address in a browser; try later."
        )
        raise ServiceAnswerInvalid(message, url=url, start=start[:80].decode("utf-8", "replace"))
    try:
        return json.loads(content.decode("utf-8-sig"))
    except ValueError as fault:
        raise _TryAgain(f"JSON cut off or malformed after {len(content):,} bytes") from fault


def _answer(url: str, response: httpx.Response, payload: Any, content: bytes) -> Answer:
    etag = response.headers.get("etag")
    last_modified = response.headers.get("last-modified")
    return Answer(url, response.status_code, payload, content, etag, last_modified)


def _retry_after_seconds(headers: httpx.Headers) -> float | None:
    told = headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told)
    try:
        until = email.utils.parsedate_to_datetime(told)
        sent = headers.get("date")
        now = email.utils.parsedate_to_datetime(sent) if sent else datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
