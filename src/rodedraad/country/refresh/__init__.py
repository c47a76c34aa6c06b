"""Which newer figures are there about the country, and how do they get into a source folder?"""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.refusals import DownloadNotStored
from rodedraad.country.current import tables_in_use
from rodedraad.country.refresh.boundaries import boundaries_refresh
from rodedraad.country.refresh.indicators import indicators_refresh
from rodedraad.country.refresh.population import population_refresh
from rodedraad.country.refresh.register import register_refresh
from rodedraad.country.refresh.report import PartReport, RefreshReport
from rodedraad.country.refresh.setting import RefreshSetting
from rodedraad.country.refresh.spending import spending_refresh
from rodedraad.errors import Refusal

__all__ = ["PARTS", "PartReport", "RefreshReport", "country_refresh"]

PARTS: Mapping[str, Callable[[RefreshSetting], PartReport]] = {
    "register": register_refresh,
    "population": population_refresh,
    "indicators": indicators_refresh,
    "spending": spending_refresh,
    "boundaries": boundaries_refresh,
}


def country_refresh(
    cache_dir: Path,
    *,
    what: Collection[str] | None = None,
    report: Callable[[str], None] = lambda _: None,
    years: Sequence[int] | None = None,
    addresses: ServiceAddresses | None = None,
    fetcher: Fetcher | None = None,
    tables: Path | None = None,
    today: date | None = None,
) -> RefreshReport:
    """Fetch newer figures; afterwards ``cache_dir/source`` holds whole files of what was found.

    Each part of ``what`` (all when ``None``) is fetched on its own: one that fails does not stop
    the others, and is named in the report with its reason. Pages are kept in
    ``cache_dir/pages``, so a second call goes on where the first one stopped.

    Parameters
    ----------
    cache_dir
        Folder for pages and results.
    report
        Called with a line of progress.
    years
        Years to ask; ``None`` leaves it to each part: from the last year that the country tables
        hold to the present one.
    addresses, fetcher
        Default: from the environment (``RODEDRAAD_CBS_V3`` and its like, ``RODEDRAAD_CONTACT``).
    tables
        The country tables to compare with; default: those in use here.

    Raises ``Refusal`` for an unknown part, and ``DownloadNotStored`` when the disk is full.
    """
    if unknown := sorted(set(what or ()) - set(PARTS)):
        message = f"There is no part {', '.join(unknown)} to refresh; the parts are "
        message += f"{', '.join(PARTS)}. Name one or more of these, or none for all."
        raise Refusal(message, code="refresh-part-unknown", parts=tuple(unknown))
    contact = os.environ.get("RODEDRAAD_CONTACT", "")
    with nullcontext(fetcher) if fetcher else Fetcher(contact=contact) as polite:
        setting = RefreshSetting(
            fetcher=polite,
            addresses=addresses or ServiceAddresses.from_environment(os.environ),
            folder=cache_dir,
            tables=tables or tables_in_use(),
            years=tuple(years) if years else None,
            today=today or date.today(),  # noqa: DTZ011 - a year is enough
            say=report,
        )
        parts = [_part(name, setting) for name in PARTS if what is None or name in what]
    return RefreshReport(tuple(parts), setting.source)


def _part(name: str, setting: RefreshSetting) -> PartReport:
    setting.say(f"{name}: asking")
    try:
        found = PARTS[name](setting)
    except DownloadNotStored:
        raise
    except Refusal as refusal:
        found = PartReport(name=name, failure=refusal.message)
    for line in found.lines():
        setting.say(line)
    return found
