"""Which boundary had each municipality in each period since 2015?

Four sets are carried; newer ones are added, simplified to about their size. Between sets a
municipality keeps its polygon, gets the union of its whole predecessors, or, where a predecessor
was divided, that municipality is cut along the lines of the next published set.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
import shapely
from shapely.geometry.base import BaseGeometry

from rodedraad.country.build.reading import SourceFolder
from rodedraad.country.build.topology import areas_valid, polygons_decode
from rodedraad.country.history import Country, Link, Relative
from rodedraad.country.tables import SCHEMAS
from rodedraad.errors import Refusal

SETS = (2015, 2016, 2021, 2023)
GRID_DEGREES = 0.0001
HOLE_DEGREES2 = 1e-6  # smaller holes are seams between simplified neighbours, about 0.7 hectare
EXACT, DERIVED, APPROXIMATE = "exact", "derived", "approximate"

FINER = 1.25  # a newer set may have this many times the points of the last one
FIRST_TOLERANCE_DEGREES = 0.0005

Polygons = Mapping[str, BaseGeometry]


class BoundaryUnknown(Refusal):
    """A municipality was divided after the last published boundaries."""

    code = "country-boundary-unknown"


@dataclass(frozen=True)
class _Drawn:
    code: str
    quality: str
    base_set: int
    geometry: str


def boundaries_build(sources: SourceFolder, country: Country) -> pl.DataFrame:
    """The table ``boundaries``: one row per municipality and period with one polygon."""
    return _periods(country, {year: _published(sources, country, year) for year in SETS}, SETS[0])


def boundaries_extend(
    sources: SourceFolder,
    country: Country,
    known: pl.DataFrame,
    years: Collection[int],
    changed: Iterable[date],
) -> pl.DataFrame:
    """The table with newer sets of ``years``, redrawn where the register ``changed`` too.

    What ends before the last set that is older than all of this, stays as it is in ``known``.
    """
    sets: dict[int, Polygons] = {year: _set_of(known, year) for year in set(known["base_set"])}
    finest = FINER * _points(sets[max(sets)])
    dates = [date(year, 1, 1) for year in years]
    dates += [when for when in changed if when >= date(min(sets), 1, 1)]
    if not dates:
        return known
    since = max((year for year in sets if date(year, 1, 1) <= min(dates)), default=min(dates).year)
    for year in years:
        sets[year] = _simplified(_published(sources, country, year), finest)
    before = known.filter(pl.col("valid_to") < date(since, 1, 1))
    return pl.concat([before, _periods(country, sets, since)]).sort("valid_from", "code")


def _set_of(known: pl.DataFrame, year: int) -> Polygons:
    first = (pl.col("base_set") == year) & (pl.col("valid_from") == date(year, 1, 1))
    rows = known.filter(first).select("code", "geometry").iter_rows()
    return {code: shapely.from_geojson(text) for code, text in rows}


def _points(polygons: Polygons) -> int:
    return int(shapely.get_num_coordinates(list(polygons.values())).sum())


def _simplified(polygons: Polygons, finest: float) -> Polygons:
    """The set with at most about ``finest`` points; borders that two share stay shared."""
    simple, tolerance = polygons, FIRST_TOLERANCE_DEGREES
    while _points(simple) > finest and tolerance < 1:
        made = shapely.coverage_simplify(list(polygons.values()), tolerance)
        simple = dict(zip(polygons, map(areas_valid, made), strict=True))
        tolerance *= 1.5
    return simple


def _periods(country: Country, sets: Mapping[int, Polygons], since: int) -> pl.DataFrame:
    first = date(since, 1, 1)
    changes = {link.date for link in country.links}
    starts = sorted(when for when in changes | {date(year, 1, 1) for year in sets} if when >= first)
    rows: dict[str, dict[str, Any]] = {}
    done: list[dict[str, Any]] = []
    for start in starts:
        drawn = {each.code: each for each in _drawn_on(country, sets, start)}
        for code in sorted(rows):
            if code not in drawn or rows[code]["drawn"] != drawn[code]:
                done.append({**rows.pop(code), "valid_to": start - timedelta(days=1)})
        for code in sorted(set(drawn) - set(rows)):
            rows[code] = {"valid_from": start, "drawn": drawn[code]}
    done += [{**row, "valid_to": None} for row in rows.values()]
    return pl.DataFrame([_row(each) for each in done], schema=SCHEMAS["boundaries"]).sort(
        "valid_from", "code"
    )


def _row(period: Mapping[str, Any]) -> dict[str, Any]:
    drawn: _Drawn = period["drawn"]
    return {
        "code": drawn.code,
        "valid_from": period["valid_from"],
        "valid_to": period["valid_to"],
        "quality": drawn.quality,
        "base_set": drawn.base_set,
        "geometry": drawn.geometry,
        "source": f"boundaries_{drawn.base_set}",
        "source_row": drawn.code,
    }


def _published(sources: SourceFolder, country: Country, year: int) -> Polygons:
    key = f"boundaries_{year}"
    document = sources.json(key)
    try:
        polygons = polygons_decode(document, _code)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as fault:
        raise sources.broken(key, f"is not the expected GeoJSON or TopoJSON ({fault!r})") from fault
    sources.count_check(key, len(polygons), "municipalities")
    expected = {each.code for each in country.municipalities_on(date(year, 1, 1))}
    if set(polygons) != expected:
        differing = ", ".join(sorted(set(polygons) ^ expected))
        raise sources.broken(key, f"holds other municipalities than the register: {differing}")
    return polygons


def _code(properties: Mapping[str, Any]) -> str | None:
    code = properties.get("statcode") or properties.get("code") or ""
    return code if code.startswith("GM") else None


def _drawn_on(country: Country, sets: Mapping[int, Polygons], when: date) -> list[_Drawn]:
    base = max(year for year in sets if date(year, 1, 1) <= when)
    later = sorted(year for year in sets if year > base)
    pieces: dict[str, Polygons] = {}
    drawn = []
    for each in country.municipalities_on(when):
        origins = country.origins(each.code, when, date(base, 1, 1))
        quality, parts = EXACT, []
        for origin in origins:
            code = origin.municipality.code
            if origin.links:
                quality = DERIVED if quality == EXACT else quality
            if not origin.partial:
                parts.append(sets[base][code])
                continue
            quality = APPROXIMATE
            if code not in pieces:
                if not later:
                    raise _undrawn(_split(origin))
                pieces[code] = _cut(country, sets, base, later[0], _split(origin))
            parts.append(pieces[code][_split(origin).to_code])
        geometry = parts[0] if len(parts) == 1 else _seamless(shapely.union_all(parts))
        drawn.append(_Drawn(each.code, quality, base, _geojson(geometry)))
    return drawn


def _split(origin: Relative) -> Link:
    return next(link for link in origin.links if link.partial)


def _undrawn(split: Link) -> BoundaryUnknown:
    message = (
        f"{split.from_code} was divided on {split.date}, and there are no boundaries of later to "
        "show how. Fetch those too: rodedraad country refresh --only boundaries."
    )
    return BoundaryUnknown(message, municipality=split.from_code, date=split.date)


def _cut(
    country: Country, sets: Mapping[int, Polygons], base: int, later: int, split: Link
) -> Polygons:
    """Cut a divided municipality along the lines that its successors have in a later set.

    What lies in none of them, because each set is simplified on its own, goes to the piece
    with which it shares most border.
    """
    whole = sets[base][split.from_code]
    pieces = {}
    for link in country.links:
        if link.from_code == split.from_code and link.date == split.date:
            heirs = country.successors(link.to_code, date(later, 1, 1))
            outline = shapely.union_all([sets[later][heir.municipality.code] for heir in heirs])
            pieces[link.to_code] = whole.intersection(outline)
    rest = whole.difference(shapely.union_all(list(pieces.values())))
    for scrap in shapely.get_parts(rest):
        nearest = max(
            sorted(pieces), key=lambda code: scrap.boundary.intersection(pieces[code]).length
        )
        pieces[nearest] = pieces[nearest].union(scrap)
    return {code: _seamless(piece) for code, piece in pieces.items()}


def _seamless(geometry: BaseGeometry) -> BaseGeometry:
    """Polygons only, without the tiny holes that remain where simplified borders met."""
    parts = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon" and part.area > HOLE_DEGREES2:
            holes = [ring for ring in part.interiors if shapely.Polygon(ring).area > HOLE_DEGREES2]
            parts.append(shapely.Polygon(part.exterior, holes))
    return shapely.MultiPolygon(parts)


def _geojson(geometry: BaseGeometry) -> str:
    """Valid GeoJSON text on a grid of 0.0001 degree (about 10 m), rings as RFC 7946 has them."""
    snapped = shapely.set_precision(geometry, GRID_DEGREES)
    areas = [part for part in shapely.get_parts(snapped) if part.geom_type == "Polygon"]
    shaped = shapely.normalize(shapely.MultiPolygon(areas) if len(areas) > 1 else areas[0])
    plain = json.loads(shapely.to_geojson(shapely.orient_polygons(shaped)))
    plain["coordinates"] = _rounded(plain["coordinates"])
    return json.dumps(plain, separators=(",", ":"))


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else [_rounded(each) for each in value]
