"""Is a cross table of few cases counted and tested as other programs do?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import association

from rodedraad.methods.relations import RelationRefusal
from rodedraad.methods.relations.cross_table import cross_table

# p of fisher.test() of R 4.2: the first is its own example (job satisfaction, Agresti).
R_TABLES = (
    ([[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]], 0.782685),
    ([[4, 1, 0], [0, 3, 2], [1, 0, 5]], 0.004260),
    ([[1, 5], [7, 3]], 0.118881),
)
PERMUTATIONS = 20_000


def labels_of(table):
    rows, columns = [], []
    for i, row in enumerate(table):
        for j, n in enumerate(row):
            rows += [f"r{i}"] * n
            columns += [f"c{j}"] * n
    return rows, columns


def near(p):
    """Within four standard errors of a share over the permutations."""
    return pytest.approx(p, abs=4 * (p * (1 - p) / PERMUTATIONS) ** 0.5 + 1 / PERMUTATIONS)


@pytest.mark.parametrize(("table", "p"), R_TABLES)
def test_p_is_that_of_fisher_freeman_and_halton_in_r(table, p):
    found = cross_table(*labels_of(table), permutations=PERMUTATIONS, seed=1)
    assert found.counts == tuple(tuple(row) for row in table)
    assert found.p == near(p)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=4, max_size=4))
def test_two_by_two_is_fishers_exact_test_of_scipy(cells):
    table = [cells[:2], cells[2:]]
    found = cross_table(*labels_of(table), permutations=PERMUTATIONS, seed=1)
    assert found.p == near(float(fisher_exact(table)[1]))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_cramers_v_is_that_of_scipy(cells):
    table = [cells[:3], cells[3:]]
    found = cross_table(*labels_of(table), permutations=1, seed=1)
    assert found.cramers_v == pytest.approx(float(association(np.array(table), method="cramer")))


def test_a_case_without_a_label_is_left_out_and_counted():
    found = cross_table(["a", "b", None, "a"], ["x", "y", "x", None], seed=1)
    assert (found.n, found.n_missing) == (2, 2)


def test_labels_stand_in_the_order_given_and_may_have_no_cases():
    found = cross_table(["b", "c"], ["x", "y"], row_order=("c", "a", "b"), seed=1)
    assert found.rows == ("c", "a", "b")
    assert found.counts == ((0, 1), (0, 0), (1, 0))
    assert found.cramers_v == pytest.approx(1)


@pytest.mark.parametrize("rows", [["a", "a"], [None, None], []])
def test_one_label_or_none_is_not_tested(rows):
    found = cross_table(rows, ["x", "y"][: len(rows)], seed=1)
    assert (found.p, found.cramers_v) == (None, None)
    assert [notice.code for notice in found.notices] == ["nothing_to_compare"]


def test_the_order_of_cases_and_the_names_of_labels_do_not_matter():
    rows, columns = labels_of(R_TABLES[1][0])
    one = cross_table(rows, columns, permutations=PERMUTATIONS, seed=1)
    turned = [f"z{row}" for row in rows[::-1]]
    other = cross_table(turned, columns[::-1], permutations=PERMUTATIONS, seed=2)
    assert other.p == near(one.p)
    assert other.cramers_v == pytest.approx(one.cramers_v)


def test_other_numbers_of_rows_and_columns_are_refused():
    with pytest.raises(RelationRefusal, match="one row and one column per case"):
        cross_table(["a"], [], seed=1)
