"""How does the map of a kind of region look: which lines, shades and numbers?

With few regions each has a shade of its own; with more, only neighbours differ. There is a line
between regions, and what each is called stands beside the map under its number, which is drawn
in every part of the region that is large enough for it. No meaning hangs on colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from rodedraad.country.pictures.map_svg import Mark
from rodedraad.country.pictures.shapes import Shape, Shapes

# No kind of region that we hold needs more than seven to keep neighbours apart.
N_SHADES = 8
# In square degrees: about the size at which a number still fits into an area.
ROOM_FOR_A_NUMBER = 0.02
Regions = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class RegionKey:
    """One line of the list beside the map."""

    number: int
    region: str
    n_municipalities: int
    shade: int


@dataclass(frozen=True)
class RegionMap:
    """What is drawn: a shade (1 to 8) per region, the lines between regions, the numbers."""

    shades: Mapping[str, int]
    outline: str
    marks: tuple[Mark, ...]
    keys: tuple[RegionKey, ...]
    own_shades: bool


def region_map(shapes: Shapes, regions: Regions) -> RegionMap:
    """Lay out the regions (names per municipality code) over the shapes."""
    members: dict[str, list[Shape]] = {}
    for code, names in regions.items():
        for name in names:
            members.setdefault(name, []).append(shapes.areas[code])
    ordered = sorted(members, key=str.casefold)
    own_shades = len(ordered) <= N_SHADES
    shades = (
        {name: at for at, name in enumerate(ordered, 1)}
        if own_shades
        else _shades(shapes, regions, ordered)
    )
    keys = tuple(
        RegionKey(at, name, len(members[name]), shades[name]) for at, name in enumerate(ordered, 1)
    )
    return RegionMap(
        shades=shades,
        outline="".join(
            line
            for (one, other), line in shapes.borders.items()
            if set(regions.get(one, ())) != set(regions.get(other, ()))
        ),
        marks=tuple(
            Mark(str(key.number), _middle(part))
            for key in keys
            for part in _parts(shapes, members[key.region])
        ),
        keys=keys,
        own_shades=own_shades,
    )


def _shades(shapes: Shapes, regions: Regions, ordered: Sequence[str]) -> dict[str, int]:
    neighbours = nx.Graph()
    neighbours.add_nodes_from(ordered)
    for one, other in shapes.borders:
        for name in regions.get(one, ())[:1]:
            for beside in regions.get(other, ())[:1]:
                if name != beside:
                    neighbours.add_edge(name, beside)
    shades = nx.greedy_color(neighbours, strategy="DSATUR")
    return {name: shade % N_SHADES + 1 for name, shade in shades.items()}


def _parts(shapes: Shapes, members: Sequence[Shape]) -> list[list[Shape]]:
    """The largest connected part of a region, and its others that have room for a number."""
    codes = {shape.code for shape in members}
    together = nx.Graph()
    together.add_nodes_from(sorted(codes))
    together.add_edges_from(pair for pair in shapes.borders if codes.issuperset(pair))
    found = [[shapes.areas[code] for code in part] for part in nx.connected_components(together)]
    found.sort(key=lambda part: sum(shape.area for shape in part), reverse=True)
    return [
        part
        for at, part in enumerate(found)
        if at == 0 or sum(shape.area for shape in part) >= ROOM_FOR_A_NUMBER
    ]


def _middle(members: Sequence[Shape]) -> tuple[int, int]:
    """A point inside the municipality of the region that lies nearest to its middle."""
    total = sum(shape.area for shape in members)
    x = sum(shape.inside[0] * shape.area for shape in members) / total
    y = sum(shape.inside[1] * shape.area for shape in members) / total
    nearest = min(members, key=lambda s: (s.inside[0] - x) ** 2 + (s.inside[1] - y) ** 2)
    return nearest.inside
