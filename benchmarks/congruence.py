"""How fast are the congruence of all pairs of region types and all membership measures?

Run: python benchmarks/congruence.py [--types 34] [--units 390]

The data are SIMULATED: region types of 2 to 60 regions on a line of municipalities, some of which
belong to no region of a type. The peers give a part of the same: scikit-learn the adjusted Rand
index of each pair, networkx the weighted projection on units. Exit code 1 when they differ.
"""

import argparse
import sys
from time import perf_counter

import networkx as nx
import numpy as np
from sklearn.metrics import adjusted_rand_score

from rodedraad.methods.partitions import congruence_matrix, partition_change
from rodedraad.methods.two_mode import membership_measures, scale_profile, shared_memberships

GOAL_SECONDS = 2
N_LEVELS = 5


def simulated(n_units: int, n_types: int, seed: int) -> np.ndarray:
    """Labels (n_units, n_types): neighbours mostly share a region, one in fifty has none."""
    rng = np.random.default_rng(seed)
    place = np.sort(rng.uniform(size=n_units))
    labels = np.empty((n_units, n_types), dtype=np.int64)
    for column in labels.T:
        n_regions = rng.integers(2, 61)
        borders = np.sort(rng.uniform(size=n_regions - 1))
        column[:] = np.searchsorted(borders, place + rng.normal(0, 0.01, n_units))
        column[rng.uniform(size=n_units) < 0.02] = -1
    return labels


def incidence_of(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Membership of every region of every type, and the type of each region."""
    columns = [
        (column == region, kind)
        for kind, column in enumerate(labels.T)
        for region in np.unique(column[column >= 0])
    ]
    return np.column_stack([c for c, _ in columns]), np.array([kind for _, kind in columns])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=390)
    parser.add_argument("--types", type=int, default=34)
    options = parser.parse_args()

    labels = simulated(options.units, options.types, seed=1)
    incidence, kinds = incidence_of(labels)
    domains = np.equal.outer(kinds % 5, np.arange(5)) | np.equal.outer(kinds % 7, np.arange(5))
    print(
        f"Simulated data: {options.units} units, {options.types} types, "
        f"{incidence.shape[1]} regions."
    )
    start = perf_counter()
    matrix = congruence_matrix(labels)
    middle = perf_counter()
    shared = shared_memberships(incidence)
    membership_measures(incidence)
    scale_profile(kinds % N_LEVELS, incidence, n_levels=N_LEVELS, domains=domains)
    end = perf_counter()
    for kind in range(options.types - 1):
        partition_change(labels[:, kind], labels[:, kind + 1])
    changed = perf_counter()
    print(
        f"Rode Draad: congruence of {options.types**2} pairs (five measures) {middle - start:.3f} s"
    )
    print(f"Rode Draad: all measures of {options.units} units {end - middle:.3f} s")
    print(f"Together {end - start:.3f} s (goal: {GOAL_SECONDS} s)")
    print(f"Rode Draad: {options.types - 1} changes between partitions {changed - end:.3f} s")

    start = perf_counter()
    peer_rand = np.array([[_rand(a, b) for b in labels.T] for a in labels.T])
    middle = perf_counter()
    peer_shared = _projection(incidence)
    end = perf_counter()
    print(f"Peers: scikit-learn adjusted Rand only {middle - start:.3f} s, ", end="")
    print(f"networkx projection only {end - middle:.3f} s")
    rand_difference = float(np.abs(peer_rand - matrix.adjusted_rand).max())
    shared_difference = int(np.abs(peer_shared - shared).max())
    print(f"Largest difference: adjusted Rand {rand_difference:.1e}, shared {shared_difference}")
    return 0 if rand_difference < 1e-10 and shared_difference == 0 else 1


def _rand(a: np.ndarray, b: np.ndarray) -> float:
    both = (a >= 0) & (b >= 0)
    return adjusted_rand_score(a[both], b[both])


def _projection(incidence: np.ndarray) -> np.ndarray:
    n_units = incidence.shape[0]
    graph = nx.Graph()
    graph.add_nodes_from(range(n_units))
    graph.add_edges_from((int(u), int(n_units + g)) for u, g in np.argwhere(incidence))
    projected = nx.bipartite.weighted_projected_graph(graph, range(n_units))
    return nx.to_numpy_array(projected, nodelist=range(n_units))


if __name__ == "__main__":
    sys.exit(main())
