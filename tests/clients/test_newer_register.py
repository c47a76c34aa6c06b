"""Do a newer register and newer boundaries give the municipalities and outlines of that year?"""

import json
import statistics
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from rodedraad.country.boundaries import boundaries_on
from rodedraad.country.build import country_add
from rodedraad.country.build.boundaries import FINER, BoundaryUnknown
from rodedraad.country.build.reading import SourceBroken
from rodedraad.country.history import country_tables
from rodedraad.country.tables import CARRIED, table_read

from .published import Nodes, event_node, fetched_put, municipality_node, register_published

Shapes = dict[str, shapely.Geometry]
NEW_YEAR = date(2027, 1, 1)
MERGED = ("GM0363", "GM0384")


def put_register(folder: Path, nodes: Nodes) -> None:
    content = json.dumps(nodes).encode()
    fetched_put(folder, "tooi", "register/tooi_municipalities_v6.json", content, len(nodes))


def put_boundaries(folder: Path, shapes: Shapes, year: int) -> None:
    features = [
        {"type": "Feature", "properties": {"statcode": code},
         "geometry": json.loads(shapely.to_geojson(shape))}
        for code, shape in shapes.items()
    ]  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    file = f"boundaries/municipalities_{year}.geojson"
    fetched_put(folder, f"boundaries_{year}", file, content, len(shapes))


def outlines(folder: Path, when: date) -> Shapes:
    drawn = table_read("boundaries", folder).filter(
        pl.col("valid_from") <= when, pl.col("valid_to").fill_null(date.max) >= when
    )
    return {
        code: shapely.from_geojson(text)
        for code, text in drawn.select("code", "geometry").iter_rows()
    }


def overlap(one: Shapes, other: Shapes, code: str) -> float:
    """Which share of the two outlines of a municipality together lies in both (0-1)."""
    a, b = shapely.make_valid([one[code], other[code]])
    return a.intersection(b).area / a.union(b).area


def test_the_same_register_again_gives_the_carried_tables(tmp_path: Path) -> None:
    put_register(tmp_path, register_published())
    country_add(tmp_path, CARRIED, tmp_path / "out")
    for name in ("municipalities", "events", "boundaries", "population"):
        assert table_read(name, tmp_path / "out").equals(table_read(name)), name


def test_a_merger_shows_in_municipalities_events_and_boundaries(tmp_path: Path) -> None:
    put_register(tmp_path, register_published(merged=MERGED, into="GM9999", on="2027-01-01"))
    laid = country_add(tmp_path, CARRIED, tmp_path / "out")
    assert [(each.new, each.changed) for each in laid] == [(1, 2), (2, 0)]
    country = country_tables(tmp_path / "out")
    assert len(country.municipalities_on(NEW_YEAR)) == 341
    came_from = country.predecessors("GM9999", date(2026, 1, 1))
    assert tuple(sorted(each.municipality.code for each in came_from)) == MERGED
    before = outlines(tmp_path / "out", date(2026, 12, 31))
    after = outlines(tmp_path / "out", NEW_YEAR)
    assert (len(before), len(after)) == (342, 341)
    union = shapely.union_all([before[code] for code in MERGED])
    assert after["GM9999"].area == pytest.approx(union.area, rel=1e-3)
    assert before == outlines(CARRIED, date(2026, 12, 31))
    past, same = (
        table_read("boundaries", folder).filter(pl.col("valid_to") < date(2023, 1, 1))
        for folder in (CARRIED, tmp_path / "out")
    )
    assert past.height > 1_000
    assert same.equals(past)


def test_a_division_after_the_last_boundaries_is_refused_with_the_cure(tmp_path: Path) -> None:
    nodes = register_published(merged=MERGED[:1], into="GM9999", on="2027-01-01")
    other = {"code": "GM9998", "name": "Anderstad", "begin_date": "2027-01-01", "end_date": None,
             "province_code": "PV27"}  # fmt: skip
    part = {"event_id": "wzg_other", "date": "2027-01-01", "kind": "merger",
            "from_code": MERGED[0], "to_code": "GM9998"}  # fmt: skip
    put_register(tmp_path, [*nodes, municipality_node(other), event_node([part])])
    with pytest.raises(BoundaryUnknown, match="refresh --only boundaries"):
        country_add(tmp_path, CARRIED, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_finer_boundaries_are_simplified_to_about_the_size_of_the_last_set(tmp_path: Path) -> None:
    """None moves more than half of them differ between the last two published sets."""
    last = outlines(CARRIED, date(2026, 1, 1))
    fine = {
        code: shapely.transform(
            shapely.segmentize(shape, 0.002), lambda at: at + 0.0004 * np.sin(at[:, ::-1] * 3000)
        )
        for code, shape in last.items()
    }
    points = [int(shapely.get_num_coordinates([*each.values()]).sum()) for each in (last, fine)]
    assert points[1] > 4 * points[0]
    put_boundaries(tmp_path, fine, 2026)
    country_add(tmp_path, CARRIED, tmp_path / "out")
    made = outlines(tmp_path / "out", date(2026, 1, 1))
    assert set(made) == set(last)
    assert shapely.get_num_coordinates([*made.values()]).sum() <= FINER * points[0] * 1.05
    assert all(shape.is_valid for shape in made.values())
    sets = outlines(CARRIED, date(2022, 6, 1)), last
    usual = statistics.median(overlap(*sets, code) for code in set(sets[0]) & set(last))
    assert 0.9 < usual < min(overlap(made, fine, code) for code in made)
    twice = sum(shape.area for shape in made.values()) / shapely.union_all([*made.values()]).area
    assert twice == pytest.approx(1, abs=2e-3)
    rows = table_read("boundaries", tmp_path / "out").filter(pl.col("base_set") == 2026)
    assert rows["valid_from"].unique().to_list() == [date(2026, 1, 1)]
    assert rows["source"].unique().to_list() == ["boundaries_2026"]
    assert len(boundaries_on(country_tables(tmp_path / "out"), date(2026, 1, 1))) == 342


def test_boundaries_of_other_municipalities_are_refused(tmp_path: Path) -> None:
    shapes = outlines(CARRIED, date(2026, 1, 1))
    del shapes["GM0363"]
    put_boundaries(tmp_path, shapes, 2026)
    with pytest.raises(SourceBroken, match="other municipalities than the register: GM0363"):
        country_add(tmp_path, CARRIED, tmp_path / "out")
