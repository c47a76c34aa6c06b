"""Which shapes does the map of a year consist of, in the units of the picture?

Boundaries are projected (equirectangular, true to scale at 52.2 degrees north) and rounded to
whole units of the picture, so that a whole country is a small text; each year is made once.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from math import cos, radians
from typing import Any

import shapely

from rodedraad.country.boundaries import boundaries_on
from rodedraad.country.history import Country

WEST, EAST, SOUTH, NORTH = 3.32, 7.26, 50.73, 53.58
WIDTH = 1000
_PER_DEGREE_NORTH = WIDTH / ((EAST - WEST) * cos(radians(52.2)))
HEIGHT = round((NORTH - SOUTH) * _PER_DEGREE_NORTH)

Point = tuple[int, int]
Ring = list[Point]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Shape:
    """The area of one municipality: SVG path data and a point that lies inside it."""

    code: str
    name: str
    quality: str
    base_set: int
    path: str
    inside: Point
    area: float


@dataclass(frozen=True, eq=False)
class Shapes:
    """All areas of one day by code, and the lines between neighbours (lower code first)."""

    areas: Mapping[str, Shape]
    borders: Mapping[Pair, str]

    @property
    def base_sets(self) -> tuple[int, ...]:
        """The published sets of boundaries that this map rests on."""
        return tuple(sorted({shape.base_set for shape in self.areas.values()}))


@cache
def first_map_year(country: Country) -> int:
    """The first year of which there are boundaries."""
    return min(country.table("boundaries")["valid_from"].to_list()).year


@cache
def shapes_of_year(country: Country, year: int) -> Shapes:
    """The shapes of 1 January. Raises ``BoundariesBeforeFirstSet`` before the first set."""
    rings: dict[str, list[Ring]] = {}
    areas: dict[str, Shape] = {}
    for boundary in boundaries_on(country, date(year, 1, 1)):
        code = boundary.municipality.code
        inside = boundary.geometry.representative_point()
        rings[code] = list(_rings(json.loads(boundary.geojson)))
        areas[code] = Shape(
            code=code,
            name=boundary.municipality.name,
            quality=boundary.quality,
            base_set=boundary.base_set,
            path="".join(_path(ring, closed=True) for ring in rings[code]),
            inside=projected(inside.x, inside.y),
            area=boundary.geometry.area,
        )
    return Shapes(areas=areas, borders=_borders(rings))


@cache
def country_path(country: Country) -> str:
    """The coarse outline of the whole country, to show where a place lies in it."""
    first = date(first_map_year(country), 1, 1)
    areas = [boundary.geometry for boundary in boundaries_on(country, first)]
    # About a kilometre: enough for a picture as large as a stamp.
    return outline_path(shapely.to_geojson(shapely.union_all(areas).simplify(0.01)))


def outline_path(geojson: str) -> str:
    """One boundary, a GeoJSON geometry, as path data in the units of the map."""
    return "".join(_path(ring, closed=True) for ring in _rings(json.loads(geojson)))


def projected(longitude: float, latitude: float) -> Point:
    """Where a place lies in the picture; the north-west corner is (0, 0)."""
    return (
        round((longitude - WEST) / (EAST - WEST) * WIDTH),
        round((NORTH - latitude) * _PER_DEGREE_NORTH),
    )


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    for polygon in polygons:
        for line in polygon:
            points = [projected(*place) for place in line]
            ring = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
            if len(ring) > 3:
                yield ring


def _path(points: Sequence[Point], *, closed: bool) -> str:
    x, y = points[0]
    steps = [f"M{x} {y}l"]
    for next_x, next_y in points[1:-1] if closed else points[1:]:
        steps.append(f"{next_x - x} {next_y - y} ")
        x, y = next_x, next_y
    return "".join(steps).rstrip().replace(" -", "-") + ("z" if closed else "")


def _borders(rings: Mapping[str, list[Ring]]) -> dict[Pair, str]:
    """The lines that two municipalities share, as path data per pair."""
    owners: dict[tuple[Point, Point], set[str]] = defaultdict(set)
    for code, lines in rings.items():
        for ring in lines:
            for step in pairwise(ring):
                owners[_undirected(*step)].add(code)
    borders: dict[Pair, list[str]] = defaultdict(list)
    for code, lines in rings.items():
        for ring in lines:
            for other, points in _stretches(code, ring, owners):
                borders[code, other].append(_path(points, closed=False))
    return {pair: "".join(lines) for pair, lines in borders.items()}


def _stretches(
    code: str, ring: Ring, owners: Mapping[tuple[Point, Point], set[str]]
) -> Iterator[tuple[str, Ring]]:
    """The consecutive steps of a ring that border on one other municipality of a higher code."""
    current: tuple[str, Ring] | None = None
    for begin, end in pairwise(ring):
        others = [other for other in owners[_undirected(begin, end)] if other > code]
        other = min(others, default=None)
        if current and other == current[0]:
            current[1].append(end)
            continue
        if current:
            yield current
        current = (other, [begin, end]) if other else None
    if current:
        yield current


def _undirected(begin: Point, end: Point) -> tuple[Point, Point]:
    return (begin, end) if begin < end else (end, begin)
