"""Did the register of municipalities come out in a newer edition, with what new in it?"""

import json
import re

from rodedraad.clients.tooi import KNOWN_EDITION, RegisterEdition, register_fetch
from rodedraad.country.build.sources import PublishedFile
from rodedraad.country.refresh.report import PartReport
from rodedraad.country.refresh.setting import RefreshSetting

REGISTER_SET = "https://identifier.overheid.nl/tooi/set/rwc_gemeenten_compleet"
_NAME = "tooi_municipalities_v{}.json"
_EVENT = re.compile(r"/id/gemeente/(wzg_\w+)$")
_MUNICIPALITY = re.compile(r"/id/gemeente/gm(\d{4})$")


def register_refresh(setting: RefreshSetting) -> PartReport:
    """Fetch the newest edition; new are the municipalities and events that we do not have."""
    found = register_fetch(
        setting.fetcher, setting.addresses.tooi, known_edition=_newest_here(setting)
    )
    file = f"register/{_NAME.format(found.edition)}"
    published = PublishedFile(
        key="tooi",
        file=file,
        rows=len(json.loads(found.content.decode("utf-8-sig"))),
        title_nl=f"TOOI-waardelijst gemeenten, versie {found.edition}",
        title_en=f"TOOI value list of municipalities, version {found.edition}",
        publisher="Ministerie van Binnenlandse Zaken en Koninkrijksrelaties",
        licence="Government reference data",
        attribution="Bron: TOOI-waardelijst gemeenten",
        url=f"{REGISTER_SET}/{found.edition}",
    )
    setting.store(published, found.content)
    known = _known(setting)
    return PartReport(
        name="register",
        rows=found.n_municipalities + found.n_events,
        new=len(_identifiers(found) - known),
        files=(file,),
        notes=(
            f"edition {found.edition}: {found.n_municipalities} municipalities, "
            f"{found.n_events} events",
        ),
    )


def _newest_here(setting: RefreshSetting) -> int:
    folder = setting.source / "register"
    editions = [
        int(path.stem.rpartition("_v")[2])
        for path in folder.glob(_NAME.format("*"))
        if path.stem.rpartition("_v")[2].isdigit()
    ]
    return max([KNOWN_EDITION, *editions])


def _identifiers(found: RegisterEdition) -> set[str]:
    nodes = [str(node.get("@id", "")) for node in json.loads(found.content.decode("utf-8-sig"))]
    events = {match[1] for node in nodes if (match := _EVENT.search(node))}
    return events | {f"GM{match[1]}" for node in nodes if (match := _MUNICIPALITY.search(node))}


def _known(setting: RefreshSetting) -> set[str]:
    municipalities, events = setting.known("municipalities"), setting.known("events")
    known = set() if municipalities is None else set(municipalities["code"])
    return known | (set() if events is None else set(events["event_id"]))
