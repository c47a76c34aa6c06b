"""Conclusions on a few rows whose outcome can be worked out by hand."""

import numpy as np
import polars as pl
import pytest

from rodedraad.assessment.conclusions.change import region_change
from rodedraad.assessment.conclusions.complexity import complexity_profile
from rodedraad.assessment.conclusions.congruence import region_congruence
from rodedraad.assessment.conclusions.drive import cooperation_drive
from rodedraad.assessment.conclusions.kinds import arrangement_kinds
from rodedraad.assessment.conclusions.matrices import cases_in_two, figure_sum, incidence
from rodedraad.assessment.conclusions.participation import participation
from rodedraad.assessment.conclusions.spending import alike_spending, distance_km
from rodedraad.assessment.conclusions.totals import yearly_totals


def ties(*rows: tuple[str, str], wave: str = "2016") -> pl.DataFrame:
    """Return tie rows of (case, about)."""
    return pl.DataFrame(
        [(wave, "tie", case, about, 1.0) for case, about in rows],
        schema=["wave", "kind", "case", "about", "raw"],
        orient="row",
    )


def figures(*rows: tuple[str, str, float | None]) -> pl.DataFrame:
    """Return figure rows of (case, about, raw)."""
    return pl.DataFrame(
        [(None, "figure", case, about, raw) for case, about, raw in rows],
        schema={
            "wave": pl.String(), "kind": pl.String(), "case": pl.String(),
            "about": pl.String(), "raw": pl.Float64(),
        },
        orient="row",
    )  # fmt: skip


THREE = (
    ("A", "jeugd/1"), ("B", "jeugd/1"), ("C", "jeugd/2"),
    ("A", "ggd/1"), ("B", "ggd/1"), ("C", "ggd/1"),
)  # fmt: skip


def test_a_membership_recorded_twice_counts_once() -> None:
    assert incidence(ties(("A", "x/1"), ("A", "x/1"))).table.tolist() == [[True]]
    kinds = arrangement_kinds(ties(("A", "x/1"), ("A", "x/1"), ("B", "x/2")))["kinds"]["x"]
    assert (kinds["memberships"], kinds["records"], kinds["arrangements"]) == (2, 3, 2)


def test_participation_counts_arrangements_partners_and_those_met_again() -> None:
    result = participation(ties(*THREE))
    assert result["cases"]["A"] == {"arrangements": 2, "partners": 2, "recurring_share": 0.5}
    assert result["cases"]["C"] == {"arrangements": 2, "partners": 2, "recurring_share": 0.0}
    assert result["arrangements"]["median"] == 2


def test_regions_that_lie_in_others_nest_wholly_one_way() -> None:
    (pair,) = region_congruence(ties(*THREE))["pairs"]
    assert (pair["a"], pair["b"]) == ("ggd", "jeugd")
    assert (pair["nesting_ba"], pair["whole_ba"]) == (1, 1)
    assert pair["nesting_ab"] == pytest.approx(2 / 3)


def test_a_case_in_two_regions_of_one_kind_is_counted() -> None:
    assert cases_in_two(ties(("A", "x/1"), ("A", "x/2"), ("B", "x/1")), {"x"}) == {"x": 1}


def test_the_profile_counts_levels_and_leaves_an_unknown_domain_out() -> None:
    result = complexity_profile(
        ties(("A", "x/1"), ("A", "y/1"), ("B", "x/1")),
        levels=("wijk", "gemeente", "regio", "bovenregionaal", "landelijk"),
        level_of={"x/1": "regio", "y/1": "landelijk"},
        domain_of={"x/1": "social", "y/1": "unknown"},
    )
    assert result["cases"]["A"]["counts"] == [0, 0, 1, 0, 1]
    assert result["cases"]["A"]["level_spread"] == pytest.approx(np.log(2) / np.log(5))
    assert result["cases"]["B"]["level_spread"] == 0
    assert result["domains"] == ["social"]


def test_drive_counts_classes_and_gives_no_portfolio_below_three_known_networks() -> None:
    result = cooperation_drive(
        ties(*[("A", f"x/{i}") for i in range(4)], ("B", "x/0")),
        class_of={
            "x/0": "regelgedreven",
            "x/1": "regelgedreven",
            "x/2": "niet-regelgedreven",
            "x/3": "onbepaald",
        },
    )
    assert result["ties"] == {"niet-regelgedreven": 1, "onbepaald": 1, "regelgedreven": 3}
    assert result["cases"]["A"]["share"] == pytest.approx(2 / 3)
    assert result["cases"]["B"] == {"share": None, "label": "onbepaald"}


def test_a_merger_is_no_move_and_predecessors_in_two_regions_are_set_apart() -> None:
    before = ties(("A", "x/1"), ("B", "x/1"), ("C", "x/2"), ("D", "x/2"), ("E", "x/1"))
    after = ties(("AB", "x/een"), ("C", "x/twee"), ("DE", "x/twee"), wave="2022")
    change = region_change(
        pl.concat([before, after]),
        before="2016",
        after="2022",
        continued_by={"A": ["AB"], "B": ["AB"], "C": ["C"], "D": ["DE"], "E": ["DE"]},
    )["kinds"]["x"]
    assert (change["n_compared"], change["n_moved"]) == (2, 0)
    assert change["predecessors_differ"] == ["DE"]


def test_a_municipality_that_goes_to_another_region_has_moved() -> None:
    before = ties(("A", "x/1"), ("B", "x/1"), ("C", "x/1"), ("D", "x/2"), ("E", "x/2"))
    after = ties(("A", "x/1"), ("B", "x/1"), ("C", "x/2"), ("D", "x/2"), ("E", "x/2"), wave="2022")
    change = region_change(
        pl.concat([before, after]), before="2016", after="2022", continued_by={}
    )["kinds"]["x"]
    assert change["moved"] == ["C"]


def test_totals_are_per_year_and_count_what_is_missing() -> None:
    rows = figures(("A", "s/2017/6.1", 1), ("A", "s/2017/6.2", 2), ("B", "s/2018/6.1", None))
    result = yearly_totals(rows)
    assert result["2017"] == {"total": 3, "cases": 1, "rows": 2, "missing": 0}
    assert result["2018"]["missing"] == 1


def test_a_sum_with_a_missing_part_is_missing() -> None:
    rows = figures(("A", "s/1", 1), ("A", "s/2", None), ("B", "s/1", 4))
    assert np.isnan(figure_sum(rows, "s/", ["A", "B", "C"])).tolist() == [True, False, True]


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    distance = distance_km(np.array([5.0, 5.0]), np.array([52.0, 53.0]))
    assert distance[0, 1] == pytest.approx(111.19, abs=0.01)
    assert distance[0, 0] == 0


def test_spending_that_follows_shared_arrangements_is_found_and_a_gap_is_named() -> None:
    random = np.random.default_rng(1)
    rows, numbers = [], []
    for i in range(40):
        case, group = f"G{i:02}", i % 4
        rows.append((case, f"x/{group}"))
        spend = 1000 * (1 + group) * random.uniform(0.95, 1.05)
        place = random.uniform(0, 1, 2)
        numbers += [
            (case, "inhabitants/2017", 1000.0 * random.uniform(1, 9)),
            (case, "longitude/2016", 5 + place[0]),
            (case, "latitude/2016", 52 + place[1]),
        ]
        if i:
            numbers.append((case, "spending/2017/6.1", spend * numbers[-3][2] / 1000))
    result = alike_spending(
        pl.concat([ties(*rows), figures(*numbers)], how="diagonal"),
        spending="spending/2017/",
        inhabitants="inhabitants/2017",
        longitude="longitude/2016",
        latitude="latitude/2016",
        permutations=200,
        seed=1,
    )
    assert result["left_out"] == ["G00"]
    assert result["terms"]["shared_arrangements"]["coefficient"] < 0
    assert result["terms"]["shared_arrangements"]["p"] == pytest.approx(1 / 201)
