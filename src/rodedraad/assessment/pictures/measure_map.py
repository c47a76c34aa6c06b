"""How does a measure of municipalities look on the map: at most five classes of equal size?"""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rodedraad.assessment.complexity_shown import Measure
from rodedraad.country.history import Country
from rodedraad.country.pictures.classes import FigureClass, class_numbers, figure_classes
from rodedraad.country.pictures.map_svg import Area, map_svg
from rodedraad.country.pictures.shapes import first_map_year, shapes_of_year
from rodedraad.country.wording import number_shown

MISSING = "land-missing"


@dataclass(frozen=True)
class LegendLine:
    """One shade on the map, and what it means."""

    css: str
    words: str
    n_municipalities: int
    hatched: bool = False


@dataclass(frozen=True)
class MeasureMap:
    """The picture, its legend and the sources of the boundaries."""

    svg: SafeString
    legend: tuple[LegendLine, ...]
    sources: tuple[str, ...]


def measure_map(country: Country, year: int, measure: Measure) -> MeasureMap | None:
    """Draw a measure on the municipalities of a year; null for a year without boundaries."""
    if year < first_map_year(country):
        return None
    shapes = shapes_of_year(country, year)
    values = {code: value for code, value in measure.known.items() if code in shapes.areas}
    numbers = class_numbers(values)
    missing = _("not known")
    areas = {
        code: Area(
            f"land-class-{numbers[code]}",
            f"{shape.name}: {number_shown(values[code], measure.decimals)}",
        )
        if code in numbers
        else Area(MISSING, f"{shape.name}: {missing}", hatched=True)
        for code, shape in shapes.areas.items()
    }
    legend = [
        LegendLine(f"land-class-{each.number}", _span(each, measure), each.n_municipalities)
        for each in figure_classes(values)
    ]
    if n_missing := len(areas) - len(values):
        legend.append(LegendLine(MISSING, missing, n_missing, hatched=True))
    return MeasureMap(
        svg=map_svg(shapes, areas),
        legend=tuple(legend),
        sources=tuple(f"boundaries_{base}" for base in shapes.base_sets),
    )


def _span(each: FigureClass, measure: Measure) -> str:
    low, high = (number_shown(end, measure.decimals) for end in (each.lowest, each.highest))
    return low if low == high else f"{low} – {high}"
