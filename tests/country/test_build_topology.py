"""Are polygons decoded as the TopoJSON specification says?"""

import json
from pathlib import Path

import pytest
import shapely

from rodedraad.country.build.boundaries import boundaries_build
from rodedraad.country.build.reading import SourceBroken, SourceFolder
from rodedraad.country.build.sources import PublishedFile
from rodedraad.country.build.topology import polygons_decode
from rodedraad.country.history import country_tables

# Two unit squares that share one border, which the right one walks backwards.
SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.25], "translate": [10, 50]},
    "arcs": [
        [[2, 0], [0, 4]],
        [[2, 4], [-2, 0], [0, -4], [2, 0]],
        [[2, 0], [2, 0], [0, 4], [-2, 0]],
    ],
    "objects": {
        "towns": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "GM0001"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"code": "GM0002"}},
            ],
        },
        "country": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "arcs": [[2, 1]]}],
        },
    },
}


def test_arcs_are_scaled_moved_and_walked_both_ways() -> None:
    found = polygons_decode(SQUARES, lambda properties: properties.get("code"))
    assert set(found) == {"GM0001", "GM0002"}
    assert found["GM0001"].equals(shapely.box(10, 50, 11, 51))
    assert found["GM0002"].equals(shapely.box(11, 50, 12, 51))


def test_an_invalid_ring_is_made_valid() -> None:
    bow_tie = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": "GM0001"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]],
                },
            }
        ],
    }
    found = polygons_decode(bow_tie, lambda properties: properties["code"])["GM0001"]
    assert found.is_valid
    assert found.area == pytest.approx(2)
    assert {part.geom_type for part in shapely.get_parts(found)} == {"Polygon"}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"type": "Topology", "arcs": []}, "is not the expected GeoJSON or TopoJSON"),
        ({**SQUARES, "arcs": SQUARES["arcs"][:2]}, "is not the expected GeoJSON or TopoJSON"),
        ([], "is not the expected GeoJSON or TopoJSON"),
        (SQUARES, "holds other municipalities than the register: GM0001"),
        ({**SQUARES, "objects": {}}, "holds 0 municipalities, expected 2"),
    ],
)
def test_a_broken_set_of_boundaries_is_refused(tmp_path: Path, document: object, said: str) -> None:
    (tmp_path / "set").write_text(json.dumps(document), encoding="utf-8")
    files = {"boundaries_2015": PublishedFile("boundaries_2015", "set", 2, "", "")}
    with pytest.raises(SourceBroken, match=said):
        boundaries_build(SourceFolder(tmp_path, files), country_tables())
