"""What does the map of a year show: its areas, its legend, and what must be said about it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rodedraad.country.history import Country
from rodedraad.country.pictures.classes import class_numbers, figure_classes
from rodedraad.country.pictures.map_svg import Area, map_svg
from rodedraad.country.pictures.region_map import RegionKey, RegionMap, region_map
from rodedraad.country.pictures.shapes import Shape, Shapes, shapes_of_year
from rodedraad.country.queries.changes import changes_of_year
from rodedraad.country.queries.choices import (
    Choice,
    decimals_of,
    missing_words,
    regions_of_year,
)
from rodedraad.country.queries.municipality_list import YearFacts
from rodedraad.country.wording import number_shown

PLAIN, CHANGED, MISSING = "land-plain", "land-changed", "land-missing"


@dataclass(frozen=True)
class LegendLine:
    """One shade on the map, and what it means."""

    css: str
    words: str
    n_municipalities: int
    hatched: bool = False


@dataclass(frozen=True)
class YearMap:
    """The picture with what stands beside it."""

    svg: SafeString
    legend: tuple[LegendLine, ...]
    region_keys: tuple[RegionKey, ...]
    own_shades: bool
    approximate: tuple[Shape, ...]
    derived: tuple[Shape, ...]
    sources: tuple[str, ...]


def year_map(country: Country, facts: YearFacts) -> YearMap:
    """Draw the map of the year of these facts."""
    shapes = shapes_of_year(country, facts.year)
    if facts.figures:
        drawn = _figure_map(country, shapes, facts)
    elif facts.regions and facts.choice:
        drawn = _regions_map(country, shapes, facts.choice, facts)
    else:
        drawn = _plain_map(country, shapes, facts)
    svg, legend, layout = drawn
    return YearMap(
        svg=svg,
        legend=tuple(line for line in legend if line.n_municipalities),
        region_keys=layout.keys if layout else (),
        own_shades=layout.own_shades if layout else False,
        approximate=_of_quality(shapes, "approximate"),
        derived=_of_quality(shapes, "derived"),
        sources=tuple(f"boundaries_{base}" for base in shapes.base_sets),
    )


_Drawn = tuple[SafeString, list[LegendLine], RegionMap | None]


def _of_quality(shapes: Shapes, quality: str) -> tuple[Shape, ...]:
    found = (shape for shape in shapes.areas.values() if shape.quality == quality)
    return tuple(sorted(found, key=lambda shape: shape.name))


def _plain_map(country: Country, shapes: Shapes, facts: YearFacts) -> _Drawn:
    changed = {change.to.code for change in changes_of_year(country, facts.year)}
    areas = {
        code: Area(CHANGED, _("%(name)s: changed in this year") % {"name": shape.name})
        if code in changed
        else Area(PLAIN, shape.name)
        for code, shape in shapes.areas.items()
    }
    n_changed = len(changed & set(areas))
    legend = [
        LegendLine(CHANGED, _("changed in this year"), n_changed),
        LegendLine(PLAIN, _("unchanged"), len(areas) - n_changed if n_changed else 0),
    ]
    return map_svg(shapes, areas), legend, None


def _figure_map(country: Country, shapes: Shapes, facts: YearFacts) -> _Drawn:
    values = {
        code: figure.value
        for code, figure in facts.figures.items()
        if code in shapes.areas and figure.value is not None
    }
    numbers = class_numbers(values)
    unit = facts.choice.unit if facts.choice else ""
    areas = {
        code: _figure_area(shape, facts, numbers, unit) for code, shape in shapes.areas.items()
    }
    classes = figure_classes(values)
    decimals = decimals_of(country, facts.choice.key) if facts.choice else 0
    legend = [
        LegendLine(
            f"land-class-{each.number}",
            f"{number_shown(each.lowest, decimals)} – {number_shown(each.highest, decimals)}",
            each.n_municipalities,
        )
        for each in classes
    ]
    n_missing = len(areas) - len(values)
    legend.append(LegendLine(MISSING, _("no figure"), n_missing, hatched=True))
    return map_svg(shapes, areas), legend, None


def _figure_area(shape: Shape, facts: YearFacts, numbers: Mapping[str, int], unit: str) -> Area:
    figure = facts.figures.get(shape.code)
    if figure is None or shape.code not in numbers:
        why = missing_words(figure.status if figure else "absent")
        return Area(MISSING, f"{shape.name}: {why}", hatched=True)
    words = f"{shape.name}: {figure.shown.text} {unit}".rstrip()
    return Area(f"land-class-{numbers[shape.code]}", words)


def _regions_map(country: Country, shapes: Shapes, choice: Choice, facts: YearFacts) -> _Drawn:
    layout = _region_layout(country, choice.key, facts.year)
    areas: dict[str, Area] = {}
    n_several = n_none = 0
    for code, shape in shapes.areas.items():
        names = [region.text for region in facts.regions.get(code, ())]
        if not names:
            n_none += 1
            areas[code] = Area(MISSING, f"{shape.name}: {_('in no region')}", hatched=True)
            continue
        several = len(names) > 1
        n_several += several
        css = f"land-region-{layout.shades[names[0]]}"
        areas[code] = Area(css, f"{shape.name}: {', '.join(names)}", hatched=several)
    legend = [
        LegendLine("land-region-2", _("in more than one region"), n_several, hatched=True),
        LegendLine(MISSING, _("in no region"), n_none, hatched=True),
    ]
    picture = map_svg(shapes, areas, outline=layout.outline, marks=layout.marks)
    return picture, legend, layout


@cache
def _region_layout(country: Country, key: str, year: int) -> RegionMap:
    found = regions_of_year(country, Choice(key, "", "", (year,)), year)
    names = {code: [each.region for each in regions] for code, regions in found.items()}
    return region_map(shapes_of_year(country, year), names)
