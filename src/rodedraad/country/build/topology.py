"""Which polygons are in this TopoJSON or GeoJSON file?

TopoJSON stores each border once, as an arc of whole-number steps; a ring lists arcs, with ``~i``
for arc ``i`` walked backwards. See the TopoJSON specification, sections 2.1.4 and 2.2.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
Properties = Mapping[str, Any]


def polygons_decode(
    document: Mapping[str, Any], code_of: Callable[[Properties], str | None]
) -> dict[str, BaseGeometry]:
    """Valid (multi)polygons by code; shapes for which ``code_of`` gives None are left out.

    Raises ``KeyError``, ``IndexError``, ``TypeError`` or ``ValueError`` for a broken document.
    """
    if document["type"] == "FeatureCollection":
        found = [(each["properties"], shape(each["geometry"])) for each in document["features"]]
    else:
        found = _topology(document)
    coded = [(code_of(properties), geometry) for properties, geometry in found]
    return {code: areas_valid(geometry) for code, geometry in coded if code}


def _topology(document: Mapping[str, Any]) -> list[tuple[Properties, BaseGeometry]]:
    arcs = _arcs(document)
    return [
        (each.get("properties") or {}, _shape(each, arcs))
        for collection in document["objects"].values()
        for each in collection["geometries"]
    ]


def _arcs(document: Mapping[str, Any]) -> list[list[Point]]:
    scale_x, scale_y = document["transform"]["scale"]
    left, bottom = document["transform"]["translate"]
    decoded = []
    for arc in document["arcs"]:
        walked = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        decoded.append([(x * scale_x + left, y * scale_y + bottom) for x, y in walked])
    return decoded


def _shape(geometry: Mapping[str, Any], arcs: Sequence[Sequence[Point]]) -> BaseGeometry:
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    rings = [[_ring(ring, arcs) for ring in part] for part in parts]
    return shapely.MultiPolygon([(outer, holes) for outer, *holes in rings])


def _ring(indexes: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    ring: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def areas_valid(geometry: BaseGeometry) -> BaseGeometry:
    """The shape made valid, only the polygons: making it valid can leave loose lines."""
    valid = shapely.make_valid(geometry)
    flat = [inner for part in shapely.get_parts(valid) for inner in shapely.get_parts(part)]
    return shapely.MultiPolygon([part for part in flat if part.geom_type == "Polygon"])
