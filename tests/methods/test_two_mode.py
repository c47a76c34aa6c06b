"""Do the membership measures give the numbers of R and networkx, and hold when units permute?"""

import csv
import json
import math
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rodedraad.methods.two_mode import (
    TwoModeRefused,
    degree_centralisation,
    membership_measures,
    scale_profile,
    shared_memberships,
    two_mode_density,
)

REFERENCE = Path(__file__).parent.parent / "reference" / "networks"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))

incidences = hnp.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 8)))


def matrix_of(name: str) -> np.ndarray:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])


def test_southern_women_have_the_measures_that_r_gives():
    women = matrix_of("southern_women")
    measures = membership_measures(women)
    expected = NUMBERS["southern_women"]
    assert measures.n_groups.tolist() == expected["groups"]
    assert measures.n_partners.tolist() == expected["partners"]
    assert measures.recurring_share == pytest.approx(
        np.array(expected["recurring"]) / np.array(expected["partners"])
    )
    assert two_mode_density(women) == pytest.approx(expected["density"])
    # Published: density .353, 139 of the 153 pairs of women met (Davis et al. 1941).
    shared = shared_memberships(women)
    assert np.triu(shared).sum() == expected["shared_total"]
    assert (shared > 0).sum() / 2 == 139


def test_florentine_centralisation_equals_sna():
    for name, expected in NUMBERS["florentine_centralisation"].items():
        assert degree_centralisation(matrix_of(f"florentine_{name}")) == pytest.approx(expected)


def test_a_directed_star_is_as_central_as_can_be():
    star = np.zeros((6, 6))
    star[0, 1:] = star[1:, 0] = 1
    assert degree_centralisation(star, directed=True) == 1
    assert degree_centralisation(np.ones((4, 4))) == 0


@settings(max_examples=50)
@given(incidences)
def test_shared_memberships_equal_the_weighted_projection_of_networkx(table):
    n_units, n_groups = table.shape
    graph = nx.Graph()
    graph.add_nodes_from(range(n_units))
    graph.add_nodes_from(("group", g) for g in range(n_groups))
    graph.add_edges_from((int(u), ("group", int(g))) for u, g in np.argwhere(table))
    projected = nx.bipartite.weighted_projected_graph(graph, range(n_units))
    expected = nx.to_numpy_array(projected, nodelist=range(n_units), weight="weight")
    assert shared_memberships(table).tolist() == expected.tolist()
    measures = membership_measures(table)
    assert measures.n_partners.tolist() == [projected.degree(u) for u in range(n_units)]
    for unit in range(n_units):
        weights = [w for _, _, w in projected.edges(unit, data="weight")]
        share = measures.recurring_share[unit]
        if weights:
            assert share == pytest.approx(sum(w >= 2 for w in weights) / len(weights))
        else:
            assert math.isnan(share)


@given(incidences, st.randoms(use_true_random=False))
def test_order_of_units_and_groups_makes_no_difference(table, random):
    units, groups = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(units)
    random.shuffle(groups)
    plain = membership_measures(table)
    shuffled = membership_measures(table[np.ix_(units, groups)])
    for name in ("n_groups", "n_partners", "recurring_share", "mean_group_partners"):
        np.testing.assert_allclose(getattr(plain, name)[units], getattr(shuffled, name))


def test_partners_per_group_counts_each_group_again():
    measures = membership_measures([[1, 1], [1, 1], [1, 0], [0, 0]])
    assert measures.mean_group_partners[:3].tolist() == [1.5, 1.5, 2]
    assert math.isnan(measures.mean_group_partners[3])
    assert measures.n_partners.tolist() == [2, 2, 2, 0]


def test_the_scale_profile_equals_a_count_by_hand():
    levels = [0, 1, 1, 2, 4]
    incidence = [[1, 1, 1, 1, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]
    domains = [[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 0, 1], [0, 1, 1]]
    profile = scale_profile(levels, incidence, domains=domains)
    assert profile.level_counts.tolist() == [[1, 2, 1, 0, 0], [0, 0, 0, 0, 1], [0] * 5]
    # Entropy of (1/4, 1/2, 1/4) is 1.5 bits; the largest over five levels is log2(5).
    assert profile.level_spread[0] == pytest.approx(1.5 / math.log2(5))
    assert profile.level_spread[1] == 0
    assert math.isnan(profile.level_spread[2])
    assert profile.n_domains.tolist() == [3, 1 + 1, 0]
    # Of the first unit's groups three have a known domain, and one of those touches two.
    assert profile.share_multi_domain[0] == pytest.approx(1 / 3)
    assert profile.share_multi_domain[1] == 1
    assert math.isnan(profile.share_multi_domain[2])


def test_equal_use_of_all_five_levels_is_the_widest_spread():
    profile = scale_profile(range(5), np.ones((1, 5)))
    assert profile.level_spread[0] == pytest.approx(1)
    assert profile.n_domains is None
    assert profile.share_multi_domain is None


@pytest.mark.parametrize(
    ("call", "code", "says"),
    [
        (lambda: membership_measures([True]), "two_mode_table", "n_units, n_groups"),
        (lambda: membership_measures([[0, 2]]), "two_mode_value", "Unit 0 has 2 for group 1"),
        (lambda: membership_measures([[0, np.nan]]), "two_mode_value", "settled first"),
        (lambda: two_mode_density(np.zeros((0, 3))), "two_mode_table_empty", "0 units"),
        (lambda: degree_centralisation(np.eye(2)), "network_matrix_shape", "three nodes"),
        (
            lambda: degree_centralisation(np.triu(np.ones((3, 3)))),
            "network_matrix_asymmetric",
            "directed=True",
        ),
        (
            lambda: degree_centralisation([[0, np.nan, 1], [np.nan, 0, 1], [1, 1, 0]]),
            "network_matrix_missing",
            "unknown ties",
        ),
        (
            lambda: scale_profile([0, 5], [[1, 1]]),
            "two_mode_level_out_of_range",
            "level of group 1 .* Got 5",
        ),
        (lambda: scale_profile([0], [[1, 1]]), "two_mode_levels_shape", "per group: 2"),
        (lambda: scale_profile([0], [[1]], n_levels=1), "two_mode_levels_few", "two levels"),
        (
            lambda: scale_profile([0, 1], [[1, 1]], domains=[[1]]),
            "two_mode_domains_shape",
            "2 rows",
        ),
    ],
)
def test_tables_that_cannot_be_measured_are_refused_with_the_cure(call, code, says):
    with pytest.raises(TwoModeRefused, match=says) as refusal:
        call()
    assert refusal.value.code == code
