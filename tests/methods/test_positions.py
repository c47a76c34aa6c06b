"""Do measures of networks equal those of R and networkx, and is what is unknown refused?"""

import csv
import json
from itertools import combinations, product
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.positions import (
    PositionRefused,
    brokerage,
    core_periphery,
    group_assortativity,
    nestedness,
    reported_network,
    structural_equivalence,
    two_mode_closure,
    value_assortativity,
    whole_network,
)

REFERENCE = Path(__file__).parent.parent / "reference" / "positions"
MEASURES = json.loads((REFERENCE / "measures.json").read_text(encoding="utf-8"))
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
EMON = ("emon_Cheyenne", "emon_HurrFrederic", "emon_LakePomona")
FLORENTINE = ("florentine_marriage", "florentine_business")
SNA_ROLES = ("w_I", "w_O", "b_IO", "b_OI", "b_O", "t")


def read(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])


def names_of(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))[1:]


def random_ties(seed, n=12, *, directed=False, density=0.3):
    ties = np.random.default_rng(seed).random((n, n)) < density
    np.fill_diagonal(ties, False)
    return ties.astype(float) if directed else np.maximum(np.tril(ties), np.tril(ties).T) * 1.0


@pytest.mark.parametrize("name", [*EMON, *FLORENTINE, "coleman_spring"])
def test_measures_of_whole_networks_and_nodes_equal_sna(name):
    directed = name not in FLORENTINE
    expected = MEASURES[name]
    found = whole_network(read(name), directed=directed)
    assert found.n_ties * (1 if directed else 2) == expected["ties"]
    assert found.n_components == expected["components"]
    for ours, theirs in (
        (found.density, "density"),
        (found.transitivity, "transitivity"),
        (found.degree_centralisation, "centralization_degree"),
        (found.betweenness_centralisation, "centralization_betweenness"),
        (found.nodes.betweenness, "betweenness"),
        (found.nodes.closeness, "closeness"),
    ):
        np.testing.assert_allclose(ours, expected[theirs], atol=1e-9)
    assert found.nodes.degree.tolist() == expected["degree"]
    assert found.nodes.core.tolist() == expected["kcores"]
    if not directed:
        assert (np.flatnonzero(found.nodes.is_cut_point) + 1).tolist() == expected["cutpoints"]
    if name in NUMBERS["krackhardt"]:
        theirs = NUMBERS["krackhardt"][name]
        assert found.hierarchy == pytest.approx(theirs["hierarchy"], abs=1e-12)
        assert found.connectedness == pytest.approx(theirs["connectedness"], abs=1e-12)
        assert found.efficiency == pytest.approx(theirs["efficiency"], abs=1e-12)
    if "grecip" in expected:
        assert found.reciprocity_pairs == pytest.approx(expected["grecip"], abs=1e-10)
    if name == "coleman_spring":
        both = MEASURES["coleman_reciprocity"]
        assert found.reciprocity_ties == pytest.approx(both["edgewise"][1], abs=1e-10)
        assert found.reciprocity_pairs == pytest.approx(both["dyadic"][1], abs=1e-10)


@pytest.mark.parametrize("name", EMON)
def test_brokerage_counts_expectations_and_published_z_equal_sna(name):
    expected = MEASURES[name]
    found = brokerage(read(name), expected["sponsorship"])
    by_node = [[row[role] for role in SNA_ROLES] for row in expected["brokerage_nli"]]
    assert found.counts.tolist() == by_node
    assert found.network_counts.tolist() == [expected["brokerage_total"][r] for r in SNA_ROLES]
    exp = [expected["brokerage_exp"][role] for role in SNA_ROLES]
    z = [expected["brokerage_z"][role] for role in SNA_ROLES]
    np.testing.assert_allclose(found.network_expected, exp, atol=1e-9)
    np.testing.assert_allclose(found.network_z_published, z, atol=1e-9)
    # sna's variance is exact where paths of the same role cannot exclude each other.
    np.testing.assert_allclose(found.network_z[[1, 4]], np.array(z)[[1, 4]], atol=1e-9)
    others = [0, 2, 3, 5]
    assert (np.abs(found.network_z[others]) > np.abs(np.array(z)[others])).all()


@pytest.mark.parametrize("name", ["Cheyenne", "LakePomona"])
def test_brokerage_of_each_node_equals_sna(name):
    theirs = NUMBERS["brokerage"][name]
    found = brokerage(read(f"emon_{name}"), MEASURES[f"emon_{name}"]["sponsorship"])
    np.testing.assert_allclose(found.expected, theirs["expected"], atol=1e-10)
    known = np.array(theirs["sd"], dtype=float) > 0
    np.testing.assert_allclose(found.sd, np.array(theirs["sd"], dtype=float), atol=1e-10)
    np.testing.assert_allclose(found.z[known], np.array(theirs["z"], dtype=float)[known], atol=1e-9)
    assert np.isnan(found.z[~known]).all()


@pytest.mark.parametrize("groups", ["aabb", "aaab", "abcc", "aaaa"])
def test_brokerage_variances_equal_those_over_all_networks_of_four_nodes(groups):
    pairs = [(i, j) for i in range(4) for j in range(4) if i != j]
    example = np.zeros((4, 4))
    for i, j in pairs[:5]:
        example[i, j] = 1
    chance = 5 / 12
    moments = np.zeros((3, 6))
    for bits in product((0, 1), repeat=12):
        ties = np.zeros((4, 4), dtype=bool)
        for (i, j), bit in zip(pairs, bits, strict=True):
            ties[i, j] = bit
        counts = np.zeros(6)
        for i, j, k in ((i, j, k) for i, j in pairs for k in range(4) if k not in (i, j)):
            if ties[i, j] and ties[j, k] and not ties[i, k]:
                a, b, c = groups[i], groups[j], groups[k]
                same = (a == b == c, a == c != b, a == b != c, b == c != a, len({a, b, c}) == 3)
                counts += [*same, True]
        weight = chance ** sum(bits) * (1 - chance) ** (12 - sum(bits))
        moments += weight * np.stack((np.ones(6), counts, counts**2))
    found = brokerage(example, list(groups))
    np.testing.assert_allclose(found.network_expected, moments[1], atol=1e-12)
    np.testing.assert_allclose(
        found.network_sd, np.sqrt(np.maximum(moments[2] - moments[1] ** 2, 0)), atol=1e-7
    )


def test_an_undirected_network_has_counts_but_no_expectation():
    found = brokerage(read("florentine_marriage"), ["a", "b"] * 8, directed=False)
    assert found.network_counts[2] == found.network_counts[3]
    assert np.isnan(found.network_z).all()
    assert [notice.code for notice in found.notices] == ["no_expectation_undirected"]


@pytest.mark.parametrize(("between", "key"), [("tied", "cp_one"), ("ignored", "cp_missing")])
def test_the_core_of_the_florentine_families_equals_the_exhaustive_search(between, key):
    expected = MEASURES["florentine_marriage_core_periphery_exact"][key]
    found = core_periphery(read("florentine_marriage"), between=between, seed=1)
    names = names_of("florentine_marriage")
    assert [[names[k] for k in core] for core in found.cores] == [expected["core"]]
    assert found.correlation == pytest.approx(expected["corr"], abs=1e-12)
    assert found.exact


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.sampled_from(["tied", "ignored"]))
def test_no_other_division_fits_better_and_all_that_fit_as_well_are_listed(seed, directed, between):
    rng = np.random.default_rng(seed)
    ties = random_ties(seed, 7, directed=directed, density=0.4)
    weights = rng.integers(1, 4, ties.shape)
    ties = ties * (weights if directed else np.maximum(weights, weights.T))
    found = core_periphery(ties, between=between, directed=directed, seed=1)
    off = ~np.eye(7, dtype=bool)
    fits = {}
    for size in range(1, 7):
        for core in combinations(range(7), size):
            inside = np.isin(np.arange(7), core)
            ideal = np.logical_or.outer(inside, inside).astype(float)
            kept = off if between == "tied" else off & np.equal.outer(inside, inside)
            if np.ptp(ideal[kept]) and np.ptp(ties[kept]):
                fits[core] = np.corrcoef(ideal[kept], ties[kept])[0, 1]
    best = max(fits.values())
    assert found.correlation == pytest.approx(best, abs=1e-9)
    assert set(found.cores) == {core for core, fit in fits.items() if fit > best - 1e-9}


def test_a_planted_core_of_a_large_network_is_found_and_the_search_is_told():
    rng = np.random.default_rng(3)
    core = np.arange(60) < 12
    chance = np.where(np.logical_and.outer(core, core), 0.9, 0.05)
    chance[np.logical_xor.outer(core, core)] = 0.5
    ties = np.tril(rng.random((60, 60)) < chance, -1)
    found = core_periphery((ties | ties.T).astype(float), starts=10, seed=2)
    assert set(found.cores[0]) == set(range(12))
    assert (found.exact, found.n_starts) == (False, 10)
    assert 1 <= found.n_found <= 10
    assert [notice.code for notice in found.notices] == ["search"]
    assert found.core_density > found.between_density > found.periphery_density


@pytest.mark.parametrize("name", [*FLORENTINE, *EMON])
def test_assortativity_equals_networkx(name):
    directed = name in EMON
    ties = read(name)
    graph = nx.from_numpy_array(ties, create_using=nx.DiGraph if directed else nx.Graph)
    rng = np.random.default_rng(1)
    groups = MEASURES[name].get("sponsorship") or ["x", "y", "y", "z"] * 4
    values = rng.integers(1, 9, len(ties)).astype(float)
    nx.set_node_attributes(graph, dict(enumerate(groups)), "group")
    nx.set_node_attributes(graph, dict(enumerate(values)), "value")
    by_group = group_assortativity(ties, groups, directed=directed, permutations=100, seed=1)
    by_value = value_assortativity(ties, values, directed=directed, permutations=100, seed=1)
    by_degree = value_assortativity(ties, directed=directed, seed=1)
    assert by_group.r == pytest.approx(nx.attribute_assortativity_coefficient(graph, "group"))
    assert by_value.r == pytest.approx(nx.numeric_assortativity_coefficient(graph, "value"))
    assert by_degree.r == pytest.approx(nx.degree_pearson_correlation_coefficient(graph))
    assert by_group.mixing.sum() == ties.astype(bool).sum()
    assert (by_degree.p_alike, by_degree.permutations) == (None, 0)


@pytest.mark.parametrize("directed", [True, False])
def test_the_error_of_assortativity_is_that_of_leaving_out_each_tie(directed):
    ties = random_ties(5, 11, directed=directed)
    groups, values = list("aabbbccacab"), np.arange(11.0) ** 1.5
    found = (
        group_assortativity(ties, groups, directed=directed, permutations=0, seed=1),
        value_assortativity(ties, values, directed=directed, permutations=0, seed=1),
    )
    squares = np.zeros(2)
    for i, j in np.argwhere(ties if directed else np.tril(ties)):
        less = ties.copy()
        less[i, j] = 0
        if not directed:
            less[j, i] = 0
        left = (
            group_assortativity(less, groups, directed=directed, permutations=0, seed=1).r,
            value_assortativity(less, values, directed=directed, permutations=0, seed=1).r,
        )
        squares += [(a - b.r) ** 2 for a, b in zip(left, found, strict=True)]
    assert [one.standard_error for one in found] == pytest.approx(np.sqrt(squares), rel=1e-9)


def test_ties_within_groups_only_are_seldom_found_by_chance():
    blocks = np.kron(np.eye(2), np.ones((8, 8)))
    found = group_assortativity(blocks, [0] * 8 + [1] * 8, permutations=400, seed=1)
    assert found.r == 1
    assert found.p_alike < 0.01
    assert found.p_unlike == 1
    nothing = group_assortativity(blocks, ["one"] * 16, permutations=400, seed=1)
    assert (nothing.r, nothing.p_alike) == (None, None)
    assert [notice.code for notice in nothing.notices] == ["no_variation"]


def test_nestedness_equals_vegan():
    theirs = NUMBERS["nodf"]
    for table, expected in (
        (read("southern_women"), theirs["southern_women"]),
        (np.array(theirs["made"]["table"]), theirs["made"]),
    ):
        found = nestedness(table, permutations=0, seed=1)
        assert found.nodf == pytest.approx(expected["all"], abs=1e-10)
        assert found.units == pytest.approx(expected["units"], abs=1e-10)
        assert found.groups == pytest.approx(expected["groups"], abs=1e-10)


def test_the_null_of_nestedness_is_all_tables_with_the_same_margins():
    table = np.array([[1, 1, 1, 0], [1, 1, 0, 1], [1, 0, 0, 0], [0, 0, 1, 0]])
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    every = ((np.arange(2**16)[:, None] >> np.arange(16)) & 1).reshape(-1, 4, 4)
    alike = every[(every.sum(axis=2) == rows).all(axis=1) & (every.sum(axis=1) == columns).all(1)]
    values = np.array([nestedness(one, permutations=0, seed=1).nodf for one in alike])
    found = nestedness(table, permutations=3000, seed=1)
    exact = (values >= found.nodf - 1e-9).mean()
    assert 0.05 < exact < 0.95
    assert abs(found.p - exact) < 4 * np.sqrt(exact * (1 - exact) / 3000)
    assert found.null_mean == pytest.approx(values.mean(), abs=4 * values.std() / np.sqrt(3000))
    only = nestedness(np.tril(np.ones((5, 5))), permutations=20, seed=1)
    assert (only.nodf, only.null_mean, only.p) == (100, 100, 1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_order_of_rows_and_columns_makes_no_difference_to_two_mode_measures(seed):
    rng = np.random.default_rng(seed)
    table = (rng.random((9, 6)) < 0.5).astype(int)
    table[0, 0] = 1
    moved = table[rng.permutation(9)][:, rng.permutation(6)]
    one, other = (nestedness(t, permutations=0, seed=1) for t in (table, moved))
    assert one.nodf == pytest.approx(other.nodf)
    assert two_mode_closure(table) == two_mode_closure(moved)


def test_two_mode_clustering_of_southern_women_equals_tnet():
    found = two_mode_closure(read("southern_women"))
    expected = MEASURES["southern_women"]
    assert found.closure == pytest.approx(expected["clustering_opsahl_tm"], abs=1e-10)
    assert found.reinforcement == pytest.approx(
        expected["reinforcement_robins_alexander"], abs=1e-10
    )


def test_distances_between_positions_equal_sna():
    directed = structural_equivalence(read("emon_Cheyenne"), n_classes=4, directed=True)
    undirected = structural_equivalence(read("florentine_marriage"), n_classes=4)
    theirs = NUMBERS["distances"]
    np.testing.assert_allclose(directed.distances, theirs["directed"], atol=1e-12)
    np.testing.assert_allclose(undirected.distances, theirs["undirected"], atol=1e-12)
    assert directed.blocks.shape == (4, 4)


def test_nodes_with_the_same_ties_form_one_class():
    ties = np.kron([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.ones((3, 3)))
    found = structural_equivalence(ties, n_classes=2)
    assert found.classes.tolist() == [0, 0, 0, 1, 1, 1, 0, 0, 0]
    np.testing.assert_allclose(found.blocks, [[0, 1], [1, 0]])
    assert found.n_equivalent_pairs == 3 + 15


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_other_numbers_for_nodes_move_results_along_with_them(seed, directed):
    ties = random_ties(seed, 12, directed=directed)
    ties[0, 1] = ties[1, 0] = 1
    order = np.random.default_rng(seed).permutation(12)
    moved = ties[np.ix_(order, order)]
    groups = np.array(list("aabbccaabbcc"))
    one, other = whole_network(ties, directed=directed), whole_network(moved, directed=directed)
    assert one.density == other.density
    assert one.betweenness_centralisation == pytest.approx(other.betweenness_centralisation)
    np.testing.assert_allclose(one.nodes.betweenness[order], other.nodes.betweenness, atol=1e-9)
    np.testing.assert_array_equal(one.nodes.core[order], other.nodes.core)
    np.testing.assert_array_equal(
        brokerage(ties, groups, directed=directed).counts[order],
        brokerage(moved, groups[order], directed=directed).counts,
    )
    a, b = (core_periphery(m, directed=directed, seed=1) for m in (ties, moved))
    assert {tuple(sorted(order[list(core)])) for core in b.cores} == set(a.cores)


def test_silent_actors_leave_pairs_unknown_and_too_many_are_refused():
    reports = np.zeros((10, 10))
    reports[0, 1] = reports[1, 0] = reports[0, 2] = reports[0, 9] = reports[9, 8] = 1
    answered = [True] * 8 + [False] * 2
    union = reported_network(reports, answered, rule="union")
    confirmed = reported_network(reports, answered, rule="confirmed")
    pairs = {tuple(pair) for pair in np.argwhere(np.tril(union.ties))}
    assert pairs == {(1, 0), (2, 0), (9, 0)}  # what silent actor 9 says of 8 is not read
    assert {tuple(pair) for pair in np.argwhere(np.tril(confirmed.ties))} == {(1, 0), (9, 0)}
    assert (union.n_unknown, union.n_one_sided, union.n_contested) == (1, 16, 1)
    assert [notice.code for notice in union.notices] == ["unknown_pairs"]
    assert reported_network(reports, [True] * 7 + [False] * 3, rule="union").response == 0.7
    with pytest.raises(PositionRefused, match="6 of 10 actors answered") as refusal:
        reported_network(reports, [True] * 6 + [False] * 4, rule="union")
    assert refusal.value.code == "network_response_low"
    reports[3, 4] = np.nan
    with pytest.raises(PositionRefused, match="not about actor 4"):
        reported_network(reports, answered, rule="union")


def test_networks_that_cannot_be_measured_are_refused_with_place_and_cure():
    ties = random_ties(1)
    hole = ties.copy()
    hole[2, 5] = hole[5, 2] = np.nan
    skew = ties.copy()
    skew[3, 1] = 1 - skew[1, 3]
    groups = ["a"] * 12
    refused = (
        (lambda: whole_network(hole), "node 2 to node 5"),
        (lambda: whole_network(skew), "not symmetric"),
        (lambda: whole_network(np.ones((2, 3))), "square"),
        (lambda: whole_network(np.ones((2, 2))), "at least three"),
        (lambda: whole_network(-ties), "-1"),
        (lambda: brokerage(ties, groups[:5], directed=False), "12 nodes and 5 groups"),
        (lambda: brokerage(ties, [*groups[:11], None], directed=False), "Node 11 has no group"),
        (lambda: core_periphery(np.ones((5, 5)), seed=1), "some ties exist and some do not"),
        (lambda: group_assortativity(np.zeros((4, 4)), "abab", seed=1), "no ties"),
        (lambda: value_assortativity(ties, [np.nan] * 12, seed=1), "Node 0 has no number"),
        (lambda: nestedness([[0, 0], [0, 0]], seed=1), "No unit"),
        (lambda: nestedness([[0, 2], [1, 0]], seed=1), "Unit 0 has 2 for group 1"),
        (lambda: two_mode_closure([[0, 2]]), "0 and 1"),
        (lambda: structural_equivalence(ties, n_classes=13), "from 1 to 12"),
    )
    for call, words in refused:
        with pytest.raises(PositionRefused, match=words):
            call()


def test_an_empty_network_has_measures_or_none_and_never_nan():
    empty = whole_network(np.zeros((5, 5)), directed=True)
    assert (empty.density, empty.transitivity, empty.reciprocity_ties) == (0, None, None)
    assert (empty.n_components, empty.n_isolates, empty.hierarchy) == (5, 5, None)
    assert np.isnan(brokerage(np.zeros((5, 5)), list("aabbc")).z).all()
