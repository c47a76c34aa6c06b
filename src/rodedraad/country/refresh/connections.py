"""Can the services be reached from here, before a refresh is started?"""

import os
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.checks import SERVICES, ServiceCheck, check
from rodedraad.clients.fetch import Fetcher


def connections_check(
    *,
    report: Callable[[str], None] = lambda _: None,
    addresses: ServiceAddresses | None = None,
    fetcher: Fetcher | None = None,
) -> tuple[ServiceCheck, ...]:
    """Ask every service for one small known thing; nothing is kept. ``report`` gets a line each."""
    known = addresses or ServiceAddresses.from_environment(os.environ)
    contact = os.environ.get("RODEDRAAD_CONTACT", "")
    found: list[ServiceCheck] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        nullcontext(fetcher) if fetcher else Fetcher(contact=contact) as polite,
    ):
        for service in SERVICES:
            one = check(service, fetcher=polite, folder=Path(folder), addresses=known)
            found.append(one)
            said = "answers" if one.answers else "does not answer"
            report(f"{one.service} ({one.address}): {said}. {one.detail}")
    return tuple(found)
