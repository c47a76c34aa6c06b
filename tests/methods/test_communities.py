"""Are communities found where they are known to be, and is the answer the same every time?"""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.communities import (
    CommunitiesRefused,
    consensus_communities,
    modularity,
)


def cliques(*sizes: int) -> np.ndarray:
    """Cliques of weight 5 in a ring, joined by single ties of weight 1."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    matrix = np.where(owner[:, None] == owner[None, :], 5, 0)
    starts = np.cumsum([0, *sizes[:-1]])
    for one, two in zip(starts, np.roll(starts, -1), strict=True):
        matrix[one, two] = matrix[two, one] = max(matrix[one, two], 1)
    np.fill_diagonal(matrix, 0)
    return matrix


def test_cliques_are_found_largest_first_and_every_seed_agrees():
    result = consensus_communities(cliques(4, 6, 4), seed=3)
    assert result.labels.tolist() == [1] * 4 + [0] * 6 + [2] * 4
    assert (result.n_communities, result.stability, result.converged) == (3, 1, True)
    assert result.rounds == 1
    assert result.modularity == result.best_modularity


def test_the_karate_club_reaches_the_published_modularity():
    graph = nx.karate_club_graph()
    matrix = nx.to_numpy_array(graph, weight=None)
    result = consensus_communities(matrix, seed=1)
    # The optimum is 0.4198 with four communities (Brandes et al. 2008, IEEE TKDE 20).
    assert result.modularity == pytest.approx(0.4198, abs=0.005)
    assert result.n_communities == 4
    assert result.modularity <= 0.41981
    assert 0 < result.stability <= 1


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.3, 3))
def test_modularity_equals_networkx(seed, resolution):
    rng = np.random.default_rng(seed)
    matrix = rng.integers(0, 4, (9, 9))
    matrix = np.triu(matrix, 1) + np.triu(matrix, 1).T
    matrix[0, 1] = matrix[1, 0] = 2
    labels = rng.integers(0, 3, 9)
    expected = nx.community.modularity(
        nx.from_numpy_array(matrix),
        [set(np.flatnonzero(labels == c).tolist()) for c in np.unique(labels)],
        resolution=resolution,
    )
    assert modularity(matrix, labels, resolution=resolution) == pytest.approx(expected)


def test_the_same_seed_gives_the_same_result_and_the_diagonal_plays_no_part():
    rng = np.random.default_rng(5)
    matrix = rng.integers(0, 3, (25, 25))
    matrix = np.triu(matrix, 1) + np.triu(matrix, 1).T
    one = consensus_communities(matrix, seed=9, n_seeds=8)
    two = consensus_communities(matrix + 4 * np.eye(25), seed=9, n_seeds=8)
    assert one.labels.tolist() == two.labels.tolist()
    assert (one.modularity, one.stability) == (two.modularity, two.stability)
    assert one.stability < 1  # a random network has no communities that survive every seed
    assert one.best_modularity >= one.modularity - 1e-12


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_clear_communities_do_not_depend_on_the_order_of_nodes(random):
    order = list(range(15))
    random.shuffle(order)
    matrix = cliques(4, 5, 6)
    plain = consensus_communities(matrix, seed=1, n_seeds=4)
    shuffled = consensus_communities(matrix[np.ix_(order, order)], seed=1, n_seeds=4)
    assert plain.labels[order].tolist() == shuffled.labels.tolist()


def test_a_node_without_ties_is_a_community_of_its_own():
    matrix = np.zeros((7, 7))
    matrix[:6, :6] = cliques(3, 3)
    result = consensus_communities(matrix, seed=1)
    assert result.labels.tolist() == [0, 0, 0, 1, 1, 1, 2]


def test_a_higher_resolution_gives_more_communities():
    matrix = cliques(3, 3, 3, 3, 3, 3)
    coarse = consensus_communities(matrix, seed=1, resolution=0.1)
    fine = consensus_communities(matrix, seed=1, resolution=1)
    assert coarse.n_communities < fine.n_communities == 6


@pytest.mark.parametrize(
    ("matrix", "code", "says"),
    [
        (np.ones((2, 3)), "network_matrix_shape", "square"),
        (np.triu(np.ones((3, 3))), "network_matrix_asymmetric", "symmetric"),
        (-np.ones((3, 3)), "communities_weights_value", "zero or positive"),
        (np.full((3, 3), np.nan), "communities_weights_value", "missing"),
        (np.eye(3), "communities_no_ties", "No two nodes are tied"),
    ],
)
def test_matrices_without_communities_to_seek_are_refused_with_the_cure(matrix, code, says):
    with pytest.raises(CommunitiesRefused, match=says) as refusal:
        consensus_communities(matrix, seed=1)
    assert refusal.value.code == code


def test_one_run_and_labels_of_another_length_are_refused():
    with pytest.raises(CommunitiesRefused, match="two runs"):
        consensus_communities(cliques(3, 3), seed=1, n_seeds=1)
    with pytest.raises(CommunitiesRefused, match="one value per node: 6"):
        modularity(cliques(3, 3), [0, 1])
