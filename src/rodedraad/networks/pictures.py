"""How do the regions of one kind, or the members of one arrangement, look on the map?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rodedraad.country.history import Country
from rodedraad.country.pictures.map_svg import Area, map_svg
from rodedraad.country.pictures.region_map import region_map
from rodedraad.country.pictures.shapes import first_map_year, shapes_of_year

PLAIN, MEMBER, NOT_IN_ANY = "land-missing", "land-class-5", "land-missing"


@dataclass(frozen=True)
class KindMap:
    """The map of a kind of region: the picture and what the table beside it needs.

    ``numbers`` gives the number of a region on the map; ``n_several`` and ``n_none`` count the
    municipalities in more than one region and in none.
    """

    svg: SafeString
    numbers: Mapping[str, int]
    n_several: int
    n_none: int
    sources: tuple[str, ...]


def kind_map(country: Country, year: int, regions: Mapping[str, Sequence[str]]) -> KindMap | None:
    """Draw regions (names per code of a municipality); null for a year without boundaries."""
    if year < first_map_year(country):
        return None
    shapes = shapes_of_year(country, year)
    drawn = {code: names for code, names in regions.items() if code in shapes.areas}
    layout = region_map(shapes, drawn)
    areas: dict[str, Area] = {}
    nowhere = _("in no region")
    for code, shape in shapes.areas.items():
        names = drawn.get(code, ())
        if names:
            css = f"land-region-{layout.shades[names[0]]}"
            areas[code] = Area(css, f"{shape.name}: {', '.join(names)}", hatched=len(names) > 1)
        else:
            areas[code] = Area(NOT_IN_ANY, f"{shape.name}: {nowhere}", hatched=True)
    return KindMap(
        svg=map_svg(shapes, areas, outline=layout.outline, marks=layout.marks),
        numbers={key.region: key.number for key in layout.keys},
        n_several=sum(len(names) > 1 for names in drawn.values()),
        n_none=len(shapes.areas) - len(drawn),
        sources=tuple(f"boundaries_{base}" for base in shapes.base_sets),
    )


def members_map(country: Country, year: int, codes: Collection[str]) -> SafeString | None:
    """Draw the country with these municipalities marked; null for a year without boundaries."""
    if year < first_map_year(country):
        return None
    shapes = shapes_of_year(country, year)
    member = _("takes part")
    return map_svg(
        shapes,
        {
            code: Area(MEMBER, f"{shape.name}: {member}")
            if code in codes
            else Area(PLAIN, shape.name)
            for code, shape in shapes.areas.items()
        },
    )
