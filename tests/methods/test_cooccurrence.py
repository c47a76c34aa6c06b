"""Is co-occurrence what counting character by character and unit by unit gives?"""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.errors import Refusal
from rodedraad.methods import cooccurrence
from rodedraad.methods.cooccurrence import cooccurrence_by_overlap, cooccurrence_in_units

N_CODES = 4
codings = st.lists(
    st.tuples(
        st.integers(0, N_CODES - 1), st.integers(0, 2), st.integers(0, 30), st.integers(0, 12)
    ),
    max_size=25,
)


def runs(characters: set[int]) -> int:
    """Count the pieces without a gap."""
    return sum(at - 1 not in characters for at in characters)


@given(codings)
@settings(max_examples=200, deadline=None)
def test_overlap_is_what_sets_of_characters_give(rows):
    code, text, start, length = (np.array(each, dtype=int) for each in zip(*rows, strict=True)) \
        if rows else (np.zeros(0, dtype=int),) * 4  # fmt: skip
    found = cooccurrence_by_overlap(code, text, start, start + length, n_codes=N_CODES)
    covered = {
        (c, t): {p for c2, t2, s, n in rows if (c2, t2) == (c, t) for p in range(s, s + n)}
        for c in range(N_CODES)
        for t in range(3)
    }
    for a in range(N_CODES):
        for b in range(N_CODES):
            both = [covered[a, t] & covered[b, t] for t in range(3)]
            either = sum(len(covered[a, t] | covered[b, t]) for t in range(3))
            assert found.together[a, b] == sum(map(runs, both))
            assert found.shared[a, b] == sum(map(len, both))
            assert found.either[a, b] == either
    assert found.n_units == sum(
        len(set().union(*(covered[c, t] for c in range(N_CODES)))) for t in range(3)
    )


@given(
    st.lists(st.tuples(st.integers(0, N_CODES - 1), st.integers(-3, 40)), min_size=1, max_size=40)
)
@settings(max_examples=100, deadline=None)
def test_units_in_common_are_those_of_networkx(rows):
    codes, units = [code for code, _ in rows], [unit for _, unit in rows]
    found = cooccurrence_in_units(codes, units, n_codes=N_CODES)
    graph = nx.Graph()
    graph.add_nodes_from(range(N_CODES))
    graph.add_edges_from((code, f"unit {unit}") for code, unit in rows)
    shared = nx.bipartite.weighted_projected_graph(graph, range(N_CODES))
    jaccard = nx.bipartite.overlap_weighted_projected_graph(graph, range(N_CODES))
    for a, b in combinations(range(N_CODES), 2):
        assert found.together[a, b] == (shared[a][b]["weight"] if shared.has_edge(a, b) else 0)
        if jaccard.has_edge(a, b):
            assert found.jaccard[a, b] == pytest.approx(jaccard[a][b]["weight"])
    assert np.diag(found.together).tolist() == [graph.degree[code] for code in range(N_CODES)]
    assert found.n_units == len(set(units))


@given(codings, st.randoms())
@settings(max_examples=50, deadline=None)
def test_order_and_coding_twice_change_nothing(rows, lot):
    again = [*rows, *rows]
    lot.shuffle(again)
    made = [
        cooccurrence_by_overlap(
            [r[0] for r in each], [r[1] for r in each], [r[2] for r in each],
            [r[2] + r[3] for r in each], n_codes=N_CODES,
        )
        for each in (rows, again)
    ]  # fmt: skip
    assert (made[0].together == made[1].together).all()
    assert (made[0].shared == made[1].shared).all()


def test_many_pairs_are_counted_some_at_a_time(monkeypatch: pytest.MonkeyPatch):
    lot = np.random.default_rng(2)
    start = lot.integers(0, 200, 120)
    rows = (lot.integers(0, 4, 120), lot.integers(0, 2, 120), start, start + 9)
    whole = cooccurrence_by_overlap(*rows, n_codes=4)
    monkeypatch.setattr(cooccurrence, "PAIRS", 3)
    parts = cooccurrence_by_overlap(*rows, n_codes=4)
    assert (whole.together == parts.together).all()
    assert (whole.shared == parts.shared).all()


def test_without_codings_nothing_stands_together():
    found = cooccurrence_in_units([], [], n_codes=2)
    assert found.together.tolist() == [[0, 0], [0, 0]]
    assert np.isnan(found.jaccard).all()


def test_a_very_long_text_is_counted_exactly():
    far = 2**24 + 3
    found = cooccurrence_by_overlap([0, 1], [1, 1], [0, 0], [far, far], n_codes=2)
    assert found.shared[0, 1] == found.either[0, 1] == found.n_units == far


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (([0], [1, 2], [0], [3]), "cooccurrence_lengths"),
        (([2], [1], [0], [3]), "cooccurrence_codes"),
        (([0], [1], [4], [3]), "cooccurrence_range"),
    ],
)
def test_what_cannot_be_counted_is_refused(rows, code):
    with pytest.raises(Refusal) as refused:
        cooccurrence_by_overlap(*rows, n_codes=2)
    assert refused.value.code == code
