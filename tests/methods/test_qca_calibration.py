"""Do figures become the memberships that R and Ragin's table give, and are bad anchors refused?"""

import json
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qca_reference import FOLDER, frame

from rodedraad.methods.qca import QcaRefusal, cluster_fit, set_table
from rodedraad.methods.qca.calibration import (
    calibrate_crisp,
    calibrate_direct,
    calibrate_indirect,
)
from rodedraad.methods.qca.skewness import share_inside, skewness_notices
from rodedraad.methods.qca.thresholds import thresholds_by_cluster, thresholds_by_gap

REFERENCE = json.loads((FOLDER / "setmethods_calibration.expected.json").read_text())
INCOME = REFERENCE["calibrate_ragin_income"]
THRESHOLDS = json.loads((FOLDER / "thresholds.json").read_text())
SIX_DIGITS = 1e-6


def test_the_direct_method_gives_the_memberships_of_r():
    found = calibrate_direct(INCOME["x"], out=2500, crossover=5000, full=20000)
    wanted = INCOME["direct_e2500_c5000_i20000"]
    np.testing.assert_allclose(found.memberships, wanted, atol=1e-9)


def test_the_linear_shape_gives_the_memberships_of_r():
    found = calibrate_direct(INCOME["x"], out=2500, crossover=5000, full=20000, shape="linear")
    np.testing.assert_allclose(found.memberships, INCOME["linear"], atol=1e-9)


def test_the_indirect_method_gives_the_memberships_of_r_to_its_six_digits():
    found = calibrate_indirect(INCOME["x"], thresholds=[1000, 4000, 5000, 10000, 20000])
    wanted = INCOME["indirect_1000_4000_5000_10000_20000"]
    np.testing.assert_allclose(found.memberships, wanted, atol=SIX_DIGITS)


def test_lipsets_raw_figures_give_the_published_memberships():
    lipset = REFERENCE["lipset_LR_to_LF"]
    raw = [row["DEV"] for row in lipset["raw"]]
    found = calibrate_direct(raw, out=400, crossover=550, full=900).memberships
    np.testing.assert_allclose(found, lipset["calibrated_DEV"], atol=1e-9)
    # Published with log odds 3 in place of log(.95 / .05), and two digits.
    np.testing.assert_allclose(found, lipset["LF_DEV"], atol=0.01)


@pytest.mark.parametrize("name", sorted(THRESHOLDS["clusters"]))
def test_thresholds_by_cluster_are_those_of_hclust_in_r(name):
    column, n = name.split(":")
    found = thresholds_by_cluster(frame("lipset_raw_LR")[column].to_list(), int(n))
    wanted = THRESHOLDS["clusters"][name]
    assert found == pytest.approx(wanted if isinstance(wanted, list) else [wanted])


def test_thresholds_by_gap_are_the_middles_of_the_widest_gaps():
    assert thresholds_by_gap([0, 1, 5, 6, 20], 2) == (3.0, 13.0)


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=30, unique=True), st.floats(0.1, 9))
@settings(max_examples=60, deadline=None)
def test_calibration_rises_and_does_not_depend_on_the_unit(values, scale):
    x = np.sort(np.array(values, dtype=float))
    one = calibrate_direct(x, out=-20, crossover=3, full=40)
    other = calibrate_direct(x * scale, out=-20 * scale, crossover=3 * scale, full=40 * scale)
    np.testing.assert_allclose(one.memberships, other.memberships, atol=1e-9)
    assert (np.diff(one.memberships) >= 0).all()
    falling = calibrate_direct(-x, out=20, crossover=-3, full=-40)
    np.testing.assert_allclose(one.memberships, falling.memberships, atol=1e-9)


@pytest.mark.parametrize("anchors", [(5, 3, 9), (1, 1, 9), (1, 9, 5), (3, 3, 3)])
def test_crossing_or_equal_anchors_are_refused(anchors):
    out, crossover, full = anchors
    with pytest.raises(QcaRefusal, match="The anchors cross"):
        calibrate_direct([1, 2, 3], out=out, crossover=crossover, full=full)


def test_a_missing_figure_is_refused_with_its_row():
    with pytest.raises(QcaRefusal, match="the first in row 2") as refused:
        calibrate_direct([1, np.nan, 3], out=0, crossover=1, full=2)
    assert refused.value.context["rows"] == [2]


def test_the_indirect_method_refuses_too_few_different_figures():
    with pytest.raises(QcaRefusal, match="too few different figures"):
        calibrate_indirect([1, 1, 2, 2, 3, 3], thresholds=[1.5, 2.5])


def test_the_indirect_method_refuses_negative_figures():
    with pytest.raises(QcaRefusal, match="0 or more"):
        calibrate_indirect([-1, 1, 2, 3, 4, 5], thresholds=[1.5, 2.5])


def test_crisp_levels_follow_the_thresholds_and_an_empty_level_is_told():
    found = calibrate_crisp([1, 5, 9, 20], thresholds=[5, 10, 15])
    assert found.memberships.tolist() == [0, 1, 1, 3]
    assert [notice.context for notice in found.notices] == [{"level": 2}]
    with pytest.raises(QcaRefusal, match="rise without ties"):
        calibrate_crisp([1, 2], thresholds=[5, 5])


def test_a_case_at_the_crossover_is_told():
    found = calibrate_direct([0, 5, 10, 1, 9], out=0, crossover=5, full=10)
    assert [(n.code, n.context) for n in found.notices] == [("half_memberships", {"rows": [2]})]


def test_the_share_inside_a_set_is_that_of_skew_check():
    table = frame("schneider_SCHF")
    for line in REFERENCE["skew"]:
        name, wanted = re.search(r"Set (\w+) .*= ([\d.]+) %", line).groups()
        share = share_inside(table[name].to_numpy())
        assert 100 * share == pytest.approx(float(wanted), abs=0.005)


def test_a_skewed_set_is_told_and_a_balanced_one_is_not():
    table = set_table(
        pl.DataFrame(
            {"A": [1, 0, 0, 0, 0, 0, 0], "B": [1, 0, 1, 0, 1, 0, 1], "Y": [1, 0] * 3 + [1]}
        ),
        outcome="Y",
        conditions=["A", "B"],
    )
    assert [notice.context["column"] for notice in skewness_notices(table)] == ["A"]


@pytest.mark.parametrize("term", sorted(REFERENCE["cluster_EXPORT"]))
def test_fit_per_year_and_per_country_is_that_of_setmethods(term):
    wanted = REFERENCE["cluster_EXPORT"][term]
    panel = frame("schneider_SCHLF_long")
    table = set_table(panel, outcome="EXPORT", conditions=panel.columns[:6])
    x = table.membership(table.alphabet.terms_of(term)[0])
    years = cluster_fit(x, table.outcome, [str(year) for year in panel["YEAR"]])
    countries = cluster_fit(x, table.outcome, panel["COUNTRY"].to_list())
    assert years.consistency == pytest.approx(wanted["POCOS"], abs=1e-9)
    assert [g.consistency for g in years.groups] == pytest.approx(wanted["BECOS"], abs=1e-9)
    assert [g.coverage for g in years.groups] == pytest.approx(
        wanted["Coverages"]["between"], abs=1e-9
    )
    assert years.distance == pytest.approx(wanted["dBP"], abs=1e-9)
    assert [g.consistency for g in countries.groups] == pytest.approx(wanted["WICONS"], abs=1e-8)
    assert [g.coverage for g in countries.groups] == pytest.approx(
        wanted["Coverages"]["within"], abs=1e-8
    )
    assert countries.distance == pytest.approx(wanted["dWP"], abs=1e-9)


def test_groups_without_members_do_not_count_and_one_group_is_refused():
    x, y = np.array([1.0, 1.0, 0.0, 0.0]), np.array([1.0, 0.0, 1.0, 1.0])
    found = cluster_fit(x, y, ["a", "a", "b", "b"])
    assert [(g.group, g.consistency) for g in found.groups] == [("a", 0.5), ("b", None)]
    assert found.distance == 0
    with pytest.raises(QcaRefusal, match="one group"):
        cluster_fit(x, y, ["a"] * 4)
    with pytest.raises(QcaRefusal, match="3 groups for 4 cases"):
        cluster_fit(x, y, ["a", "b", "a"])
