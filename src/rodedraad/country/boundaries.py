"""Where does each municipality lie on a given date?"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import shapely
from shapely.geometry.base import BaseGeometry

from rodedraad.country.history import Country, Municipality
from rodedraad.errors import Refusal


class BoundariesBeforeFirstSet(Refusal):
    """A date before the first published set of boundaries."""

    code = "boundaries-before-first-set"


@dataclass(frozen=True)
class Boundary:
    """A municipality's simplified outline in WGS 84, and how good it is.

    ``quality`` is ``exact``, ``derived`` or ``approximate``; ``base_set`` the year of the
    published set it rests on. See ``docs/reference/country-tables.md``.
    """

    municipality: Municipality
    quality: str
    base_set: int
    geojson: str

    @property
    def geometry(self) -> BaseGeometry:
        """The outline as a shapely Polygon or MultiPolygon."""
        return shapely.from_geojson(self.geojson)


def boundaries_on(country: Country, when: date) -> tuple[Boundary, ...]:
    """The boundaries of all municipalities of that day, by code.

    Raises ``BoundariesBeforeFirstSet`` for a date before the first set (2015-01-01).
    """
    table = country.table("boundaries")
    first = table["valid_from"].min()
    if not isinstance(first, date) or when < first:
        message = (
            f"Boundaries are known from {first}; {when} lies before it. Choose a later date, or "
            f"show the figures in a table."
        )
        raise BoundariesBeforeFirstSet(message, date=when, first=first)
    ends = pl.col("valid_to").is_null() | (pl.col("valid_to") >= when)
    rows = table.filter((pl.col("valid_from") <= when) & ends).sort("code")
    return tuple(
        Boundary(
            municipality=country.municipalities[row["code"]],
            quality=row["quality"],
            base_set=row["base_set"],
            geojson=row["geometry"],
        )
        for row in rows.iter_rows(named=True)
    )


def feature_collection(
    boundaries: Iterable[Boundary], *, clockwise: bool = False
) -> dict[str, Any]:
    """The boundaries as GeoJSON features with code, name and quality.

    Exterior rings run counter-clockwise as RFC 7946 asks; d3 and Vega want them ``clockwise``.
    """
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": each.municipality.code,
                "properties": {
                    "code": each.municipality.code,
                    "name": each.municipality.name,
                    "quality": each.quality,
                },
                "geometry": _turned(json.loads(each.geojson), clockwise=clockwise),
            }
            for each in boundaries
        ],
    }


def _turned(geometry: dict[str, Any], *, clockwise: bool) -> dict[str, Any]:
    if not clockwise:
        return geometry
    return {"type": geometry["type"], "coordinates": _reversed_rings(geometry["coordinates"])}


def _reversed_rings(nested: list[Any]) -> list[Any]:
    is_ring = isinstance(nested[0][0], float | int)
    return nested[::-1] if is_ring else [_reversed_rings(part) for part in nested]
