"""Is there one valid boundary for every municipality of every day, and is its quality told?"""

from collections import Counter
from datetime import date
from math import cos, radians

import polars as pl
import pytest
import shapely
from shapely.geometry import shape

from rodedraad.country.boundaries import (
    BoundariesBeforeFirstSet,
    Boundary,
    boundaries_on,
    feature_collection,
)
from rodedraad.country.history import Country, country_tables

KM_PER_DEGREE = 111.3
CHANGES = [
    date(2015, 1, 1),
    date(2015, 7, 1),
    date(2016, 1, 1),
    date(2017, 1, 1),
    date(2018, 1, 1),
    date(2019, 1, 1),
    date(2021, 1, 1),
    date(2022, 1, 1),
    date(2022, 3, 24),
    date(2023, 1, 1),
    date(2026, 12, 31),
]


@pytest.fixture(scope="module")
def country() -> Country:
    return country_tables()


def by_code(country: Country, when: date) -> dict[str, Boundary]:
    return {each.municipality.code: each for each in boundaries_on(country, when)}


@pytest.mark.parametrize("when", CHANGES)
def test_every_municipality_of_the_date_has_one_valid_boundary(
    country: Country, when: date
) -> None:
    found = boundaries_on(country, when)
    assert [each.municipality for each in found] == list(country.municipalities_on(when))
    geometries = [each.geometry for each in found]
    assert all(each.is_valid and each.area > 0 for each in geometries)
    whole = shapely.union_all(geometries)
    assert sum(each.area for each in geometries) == pytest.approx(whole.area, rel=1e-4)


def test_published_sets_are_exact_and_what_lies_between_says_what_it_is(
    country: Country,
) -> None:
    def qualities(when: date) -> Counter[str]:
        return Counter(each.quality for each in boundaries_on(country, when))

    for year in (2015, 2016, 2021, 2023):
        assert set(qualities(date(year, 1, 1))) == {"exact"}, year
    derived = by_code(country, date(2017, 1, 1))
    assert [code for code, each in derived.items() if each.quality != "exact"] == ["GM1948"]
    rough = {
        code
        for code, each in by_code(country, date(2020, 1, 1)).items()
        if each.quality == "approximate"
    }
    assert rough == {"GM0080", "GM1900", "GM1949", "GM1966", "GM1969"}


def test_a_merged_municipality_is_the_union_of_its_predecessors(country: Country) -> None:
    before, after = by_code(country, date(2022, 3, 23)), by_code(country, date(2022, 3, 24))
    union = before["GM0363"].geometry.union(before["GM0457"].geometry)
    overlap = union.intersection(after["GM0363"].geometry).area
    assert overlap == pytest.approx(union.area, rel=1e-3)
    assert after["GM0363"].quality == "derived"


def test_a_recoded_municipality_keeps_its_boundary(country: Country) -> None:
    old = by_code(country, date(2015, 6, 30))["GM1921"]
    new = by_code(country, date(2015, 7, 1))["GM1940"]
    assert old.geojson == new.geojson
    assert (old.quality, new.quality) == ("exact", "derived")


def test_cut_municipalities_come_close_to_the_set_published_later(country: Country) -> None:
    cut, published = by_code(country, date(2019, 1, 1)), by_code(country, date(2021, 1, 1))
    for code in ("GM0080", "GM1900", "GM1949", "GM1966", "GM1969"):
        ours, theirs = cut[code].geometry, published[code].geometry
        common = ours.intersection(theirs).area / ours.union(theirs).area
        assert common > 0.9, code


def test_areas_agree_with_the_published_land_area(country: Country) -> None:
    figures = country.table("figures").filter(key="land_area", year=2015)
    published = dict(figures.select("code", "value").iter_rows())
    ratios = []
    for code, each in by_code(country, date(2015, 1, 1)).items():
        outline = each.geometry
        stretch = cos(radians(outline.centroid.y))
        ratios.append(outline.area * stretch * KM_PER_DEGREE**2 / published[code])
    spread = pl.Series(ratios)
    assert spread.median() == pytest.approx(1.02, abs=0.03)
    assert spread.quantile(0.1) > 0.9
    assert spread.quantile(0.9) < 1.4


def test_a_date_before_the_first_set_is_refused(country: Country) -> None:
    with pytest.raises(BoundariesBeforeFirstSet, match=r"from 2015-01-01; 2014-12-31"):
        boundaries_on(country, date(2014, 12, 31))


def test_rings_run_as_the_reader_wants_them(country: Country) -> None:
    found = boundaries_on(country, date(2016, 1, 1))
    for clockwise in (False, True):
        features = feature_collection(found, clockwise=clockwise)["features"]
        assert len(features) == 390
        for feature in features:
            for part in shapely.get_parts(shape(feature["geometry"])):
                assert part.exterior.is_ccw is not clockwise
                assert all(hole.is_ccw is clockwise for hole in part.interiors)


def test_features_carry_code_name_and_quality(country: Country) -> None:
    feature = feature_collection(boundaries_on(country, date(2022, 6, 1)))["features"][0]
    assert feature["properties"] == {"code": "GM0014", "name": "Groningen", "quality": "exact"}
