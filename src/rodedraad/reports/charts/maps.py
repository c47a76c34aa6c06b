"""Where in the country is something, as a map of municipalities?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import altair as alt
import networkx as nx
import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from rodedraad.reports.charts.drawing import INK, LINE, PAPER, SOFT_INK, STEPS

LATITUDE = 52.2
WIDTH, HEIGHT = 480, 560
NAMES = 11
TONES = STEPS[:4]
Shapes = Mapping[str, BaseGeometry]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on the map and where its middle is."""

    text: str
    x: float
    y: float


def flat_shapes(shapes: Shapes) -> dict[str, BaseGeometry]:
    """Return shapes in degrees on a plane that is true to scale in the middle of the country."""
    return {
        key: scale(shape, xfact=cos(radians(LATITUDE)), origin=(0, 0))
        for key, shape in shapes.items()
    }


def joined(shapes: Shapes, group_of: Mapping[str, str]) -> dict[str, BaseGeometry]:
    """Return one shape per group."""
    groups: dict[str, list[BaseGeometry]] = {}
    for key, group in group_of.items():
        groups.setdefault(group, []).append(shapes[key])
    return {group: shapely.union_all(members) for group, members in sorted(groups.items())}


def tones_of(shapes: Shapes) -> dict[str, int]:
    """Return a tone for each shape such that neighbours differ wherever that is possible."""
    neighbours = nx.Graph()
    neighbours.add_nodes_from(shapes)
    keys = list(shapes)
    neighbours.add_edges_from(
        (a, b) for i, a in enumerate(keys) for b in keys[i + 1 :] if shapes[a].intersects(shapes[b])
    )
    tones = nx.greedy_color(neighbours, "DSATUR")
    return {key: tone % len(TONES) for key, tone in tones.items()}


def class_map(
    shapes: Shapes, class_of: Mapping[str, int], classes: Sequence[str], title: str
) -> alt.LayerChart:
    """Return a map on which a darker municipality is in a higher class."""
    areas = _layer(shapes, class_of, classes).mark_geoshape(stroke=PAPER, strokeWidth=0.4)
    return _map(
        areas.encode(
            color=alt.Color(
                "properties.class:N",
                title=title,
                scale=alt.Scale(domain=list(classes), range=list(STEPS[-len(classes) :])),
                legend=alt.Legend(orient="top-left", symbolType="square"),
            )
        ),
        _outline(shapely.union_all(list(shapes.values())), LINE, 0.8),
    )


def group_map(groups: Shapes, others: Shapes) -> alt.LayerChart:
    """Return a map of groups in tones, each with its letter, and the lines of ``others`` dashed."""
    tones = tones_of(groups)
    areas = _layer(groups, tones, TONES).mark_geoshape(stroke=INK, strokeWidth=1.6)
    return _map(
        areas.encode(color=alt.Color("properties.class:N", scale=None)),
        *(_outline(shape, SOFT_INK, 0.8, dash=[3, 3]) for shape in others.values()),
        *_marks([_inside(key, shape) for key, shape in groups.items()], size=17),
    )


def place_map(shapes: Shapes, chosen: Mapping[str, str]) -> alt.LayerChart:
    """Return a map on which a few municipalities stand out, each with its name."""
    class_of = {code: int(code in chosen) for code in shapes}
    areas = _layer(shapes, class_of, (STEPS[0], STEPS[4])).mark_geoshape(
        stroke=LINE, strokeWidth=0.25
    )
    return _map(
        areas.encode(color=alt.Color("properties.class:N", scale=None)),
        *_marks(beside({name: shapes[code] for code, name in chosen.items()}, shapes), size=NAMES),
    )


def beside(named: Shapes, all_shapes: Shapes) -> list[Mark]:
    """Return a mark for each named shape: above, below, right or left of it, where it is free."""
    west, south, east, north = shapely.total_bounds(list(all_shapes.values()))
    unit = max((east - west) / WIDTH, (north - south) / HEIGHT)
    taken: list[BaseGeometry] = [shape.envelope for shape in named.values()]
    marks = []
    for name, shape in named.items():
        low_x, low_y, high_x, high_y = shape.bounds
        middle_x, middle_y = (low_x + high_x) / 2, (low_y + high_y) / 2
        wide, high = unit * NAMES * 0.58 * len(name), unit * NAMES * 1.1
        places = [
            (middle_x, high_y + high / 2),
            (high_x + wide / 2, middle_y),
            (low_x - wide / 2, middle_y),
            (middle_x, low_y - high / 2),
        ]
        boxes = [
            shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2) for x, y in places
        ]
        free = [
            (sum(box.intersection(other).area for other in taken), at)
            for at, box in enumerate(boxes)
        ]
        best = min(free)[1]
        taken.append(boxes[best])
        marks.append(Mark(name, *places[best]))
    return marks


def _inside(text: str, shape: BaseGeometry) -> Mark:
    point = shape.representative_point()
    return Mark(text, point.x, point.y)


def _layer(shapes: Shapes, class_of: Mapping[str, int], classes: Sequence[str]) -> alt.Chart:
    features = [
        _feature(shapes[key], {"class": classes[at]}) for key, at in sorted(class_of.items())
    ]
    return alt.Chart(alt.Data(values=features))


def _outline(
    shape: BaseGeometry, colour: str, width: float, dash: list[int] | None = None
) -> alt.Chart:
    line = alt.Chart(alt.Data(values=[_feature(shape, {})]))
    given: dict[str, Any] = {} if dash is None else {"strokeDash": dash}
    return line.mark_geoshape(filled=False, stroke=colour, strokeWidth=width, **given)


def _marks(marks: Sequence[Mark], *, size: int) -> list[alt.Chart]:
    """Return the words twice: a thick light edge below, so that they can be read on any tone."""
    points = [{"x": mark.x, "y": mark.y, "text": mark.text} for mark in marks]
    words = alt.Chart(alt.Data(values=points)).encode(
        longitude="x:Q", latitude="y:Q", text="text:N"
    )
    given = {"fontSize": size, "fontWeight": "bold"}
    return [
        words.mark_text(color=PAPER, stroke=PAPER, strokeWidth=4, strokeJoin="round", **given),
        words.mark_text(color=INK, **given),
    ]


def _map(*layers: alt.Chart) -> alt.LayerChart:
    chart: alt.LayerChart = alt.LayerChart(layer=list(layers))
    projected: alt.LayerChart = chart.project(type="identity", reflectY=True)
    return projected.properties(width=WIDTH, height=HEIGHT)


def _feature(shape: BaseGeometry, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(shapely.set_precision(shape, 0.0005)),
    }
