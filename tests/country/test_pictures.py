"""Are the pictures of the country drawn from the right numbers?"""

import re
import statistics
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.country.current import current_country
from rodedraad.country.pictures.charts import line_svg
from rodedraad.country.pictures.classes import class_numbers, figure_classes
from rodedraad.country.pictures.shapes import HEIGHT, WIDTH, projected, shapes_of_year

FIGURES = st.dictionaries(st.text(min_size=1), st.floats(-1e6, 1e6), min_size=1, max_size=60)


def test_class_limits_are_the_quintiles_of_the_standard_library() -> None:
    values = {str(at): float((at * 7919) % 1009) for at in range(352)}
    limits = statistics.quantiles(values.values(), n=5, method="inclusive")
    numbers = class_numbers(values)
    assert all(
        numbers[key] == 1 + sum(value > limit for limit in limits) for key, value in values.items()
    )


@given(FIGURES)
def test_classes_hold_every_figure_once_and_do_not_overlap(values: dict[str, float]) -> None:
    classes = figure_classes(values)
    assert sum(each.n_municipalities for each in classes) == len(values)
    assert [each.number for each in classes] == list(range(1, len(classes) + 1))
    assert all(one.highest < other.lowest for one, other in pairwise(classes))


def test_no_figures_give_no_classes() -> None:
    assert figure_classes({}) == []


def test_the_map_is_true_to_scale_in_the_middle_of_the_country() -> None:
    west, east = projected(5.0, 52.2), projected(5.1, 52.2)
    south, north = projected(5.0, 52.1), projected(5.0, 52.2)
    # A degree of longitude at 52.2 degrees north is 68.4 km, one of latitude 111.3 km.
    ratio = (east[0] - west[0]) / (south[1] - north[1])
    assert ratio == pytest.approx(68.4 / 111.3, abs=0.03)


@pytest.mark.parametrize("year", [2015, 2019, 2026])
def test_every_area_lies_in_the_picture(year: int) -> None:
    for shape in shapes_of_year(current_country(), year).areas.values():
        x, y = shape.inside
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT
        assert re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", shape.path), shape.code


def test_neighbours_on_the_map_are_neighbours_in_the_country() -> None:
    borders = shapes_of_year(current_country(), 2021).borders
    assert ("GM0362", "GM0363") in borders  # Amstelveen and Amsterdam
    assert ("GM0363", "GM0935") not in borders  # Amsterdam and Maastricht


def test_a_line_is_broken_where_a_year_is_missing() -> None:
    line = re.search(r'land-line" d="([^"]+)"', line_svg([(2015, 10), (2017, 20), (2018, 30)]))
    assert line
    assert re.sub(r"[^ML]", "", line[1]) == "MML"


@pytest.mark.parametrize("values", [[5, 5], [0, 0], [1, 1_000_000], [17_081_507, 18_130_208]])
def test_the_axis_encloses_all_figures(values: list[int]) -> None:
    svg = line_svg(list(zip((2020, 2021), values, strict=True)))
    heights = [float(y) for y in re.findall(r'land-grid" d="M\d+ ([\d.]+)', svg)]
    dots = [float(y) for y in re.findall(r'cy="([\d.]+)"', svg)]
    assert min(heights) <= min(dots)
    assert max(dots) <= max(heights)
    assert 2 <= len(heights) <= 8
