"""Where did the municipal boundaries run in a year, according to CBS on PDOK?"""

from pathlib import Path
from typing import Any

from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.pages import PageStore, ogc_next
from rodedraad.clients.refusals import ServiceAnswerInvalid, ServiceNotFound

COLLECTION = "gemeente_gegeneraliseerd"
_PAGE_SIZE = 1000
_DECIMALS = 5


def boundaries_url(base: str, year: int) -> str:
    """The first page of the generalised boundaries of one year, in WGS84."""
    items = f"{base}/collections/{COLLECTION}/items"
    return f"{items}?f=json&jaarcode={year}&limit={_PAGE_SIZE}"


def boundaries_fetch(fetcher: Fetcher, base: str, year: int, *, folder: Path) -> dict[str, Any]:
    """The boundaries of a year as a GeoJSON collection with ``statcode`` and ``statnaam``.

    Coordinates are longitude and latitude, rounded to five decimals (about a metre). Ordered by
    code. Raises ``ServiceNotFound`` when the year has none yet, ``ServiceAnswerInvalid`` when a
    code lacks or stands twice, or when a municipality has no surface.
    """
    url = boundaries_url(base, year)
    store = PageStore(folder / "pdok", url, member="features", next_link=ogc_next)
    found: dict[str, dict[str, Any]] = {}
    for feature in store.items(fetcher):
        code, reduced = _reduced(url, year, feature)
        if code in found:
            raise _unusable(url, f"holds {code} twice", code)
        found[code] = reduced
    if not found:
        message = f"PDOK has no municipal boundaries for {year}. They come out in the course of "
        raise ServiceNotFound(message + "the year: ask for an earlier one.", year=year, url=url)
    return {"type": "FeatureCollection", "features": [found[code] for code in sorted(found)]}


def _reduced(url: str, year: int, feature: Any) -> tuple[str, dict[str, Any]]:
    properties = feature.get("properties") or {}
    geometry = feature.get("geometry") or {}
    code = str(properties.get("statcode") or "").strip()
    if not code.startswith("GM"):
        raise _unusable(url, "holds a feature without a code of a municipality", code)
    if str(properties.get("jaarcode", year)) != str(year):
        raise _unusable(url, f"holds {code} of {properties['jaarcode']} instead of {year}", code)
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise _unusable(url, f"holds {code} without a surface", code)
    name = str(properties.get("statnaam") or "").strip()
    return code, {
        "type": "Feature",
        "properties": {"statcode": code, "statnaam": name},
        "geometry": {
            "type": geometry["type"],
            "coordinates": _rounded(url, code, geometry.get("coordinates")),
        },
    }


def _rounded(url: str, code: str, coordinates: Any) -> Any:
    if isinstance(coordinates, list) and coordinates:
        return [_rounded(url, code, one) for one in coordinates]
    if isinstance(coordinates, (int, float)):
        return round(coordinates, _DECIMALS)
    raise _unusable(url, f"holds {code} without whole coordinates", code)


def _unusable(url: str, why: str, code: str) -> ServiceAnswerInvalid:
    message = f"The boundaries at {url} cannot be used: the answer {why}. Check the base address "
    return ServiceAnswerInvalid(message + "and the collection.", url=url, code=code)
