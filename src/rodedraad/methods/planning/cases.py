"""How many municipalities does a relation, a network or a QCA need?"""

from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from rodedraad.methods.planning.refusals import check_between
from rodedraad.methods.planning.simulation import Plan, simulated
from rodedraad.methods.qap import qap_correlation
from rodedraad.methods.relations.association import association
from rodedraad.methods.relations.exact import (
    MAX_CASES_UNTIED,
    Null,
    exact_null,
    null_variance,
    statistic,
)

Floats = npt.NDArray[np.float64]


def plan_relation(
    *,
    n_cases: int,
    tau: float,
    tests: int = 1,
    levels: int = 0,
    reliability: float = 1.0,
    alpha: float = 0.05,
    runs: int = 2000,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How often does a relation of strength ``tau`` show over ``n_cases`` cases?

    The world: two normal characteristics with Kendall correlation ``tau``, each measured with
    ``reliability`` (0-1) and, when ``levels`` is 2 or more, in that many equally frequent
    levels. The study: tau-b and its two-sided p (exact without ties, else normal with the
    variance for ties and a continuity correction).

    Returns
    -------
    Plan with ``power`` (p below ``alpha``), ``power_family`` (p below alpha / tests: the first
    step of Holm, so the least it can be), ``wrong_direction`` (found, but the other way round)
    and the estimate ``tau_b``.
    """
    check_between("n_cases", n_cases, 4, MAX_CASES_UNTIED)
    check_between("tau", tau, -1, 1)
    check_between("tests", tests, 1, 10_000)
    check_between("reliability", reliability, 0, 1)
    check_between("alpha", alpha, 1e-6, 0.5)
    correlation = float(np.sin(np.pi * tau / 2)) * reliability
    root = np.sqrt(max(0.0, 1 - correlation**2))

    def study(rng: np.random.Generator) -> dict[str, float]:
        x, rest = rng.normal(size=(2, n_cases))
        y = correlation * x + root * rest
        if levels > 1:
            x, y = (_in_levels(values, levels) for values in (x, y))
        p = _quick_p(x, y)
        estimate = association(x, y, "kendall")
        return {
            "power": float(p < alpha),
            "power_family": float(p < alpha / tests),
            "wrong_direction": float(p < alpha and estimate * tau < 0),
            "tau_b": estimate,
        }

    return simulated(
        "relation",
        {
            "n_cases": n_cases,
            "tau": tau,
            "tests": tests,
            "levels": levels,
            "reliability": reliability,
            "alpha": alpha,
        },
        study,
        shares=("power", "power_family", "wrong_direction"),
        estimates=("tau_b",),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def plan_network(
    *,
    n_nodes: int,
    correlation: float,
    node_share: float = 0.3,
    alpha: float = 0.05,
    permutations: int = 199,
    runs: int = 200,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How often does QAP find that two networks on ``n_nodes`` municipalities go together?

    The world: two undirected valued networks whose ties correlate by ``correlation``, and of
    whose variance ``node_share`` comes from the nodes (some have much of everything), which is
    what makes pairs dependent. The study: :func:`rodedraad.methods.qap.qap_correlation`.

    Returns
    -------
    Plan with ``power`` and the estimate ``correlation``.
    """
    check_between("n_nodes", n_nodes, 5, 2000)
    check_between("correlation", correlation, -1, 1)
    check_between("node_share", node_share, 0, 1)
    check_between("alpha", alpha, 1 / (permutations + 1), 0.5)
    root = np.sqrt(1 - correlation**2)

    def network(rng: np.random.Generator) -> Floats:
        ties = np.triu(rng.normal(size=(n_nodes, n_nodes)), 1)
        nodes = rng.normal(size=n_nodes) / np.sqrt(2)
        made = np.sqrt(1 - node_share) * (ties + ties.T)
        return made + np.sqrt(node_share) * (nodes[:, None] + nodes)

    def study(rng: np.random.Generator) -> dict[str, float]:
        x = network(rng)
        y = correlation * x + root * network(rng)
        found = qap_correlation(y, x, permutations=permutations, seed=int(rng.integers(2**32)))
        return {"power": float(found.p.two_sided < alpha), "correlation": found.correlation}

    return simulated(
        "network",
        {
            "n_nodes": n_nodes,
            "correlation": correlation,
            "node_share": node_share,
            "alpha": alpha,
            "permutations": permutations,
        },
        study,
        shares=("power",),
        estimates=("correlation",),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def plan_conditions(
    *,
    n_cases: int,
    n_conditions: int,
    condition_share: float = 0.5,
    outcome_share: float = 0.5,
    consistency: float = 0.8,
    n_cut: int = 1,
    runs: int = 1000,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How easily does a crisp QCA find sufficiency where there is none?

    The world: conditions present in ``condition_share`` of the cases and an outcome in
    ``outcome_share``, all by chance and without any relation. The study: a truth table; a row
    counts with at least ``n_cut`` cases and is sufficient at ``consistency`` or more.

    Returns
    -------
    Plan with ``found_by_chance`` (some row is called sufficient) and the estimates
    ``covered_by_chance`` (share of the cases with the outcome in such rows), ``rows_seen`` and
    ``rows_without_cases`` (limited diversity).
    """
    check_between("n_cases", n_cases, 2, 100_000)
    check_between("n_conditions", n_conditions, 1, 20)
    check_between("condition_share", condition_share, 0.01, 0.99)
    check_between("outcome_share", outcome_share, 0.01, 0.99)
    check_between("consistency", consistency, 0.5, 1)
    places = 2 ** np.arange(n_conditions)

    def study(rng: np.random.Generator) -> dict[str, float]:
        present = rng.random((n_cases, n_conditions)) < condition_share
        outcome = (rng.random(n_cases) < outcome_share).astype(np.float64)
        rows = present @ places
        counts = np.bincount(rows, minlength=2**n_conditions)
        positive = np.bincount(rows, outcome, minlength=2**n_conditions)
        enough = counts >= max(1, n_cut)
        sufficient = enough & (positive >= consistency * counts - 1e-9)
        total = float(outcome.sum())
        return {
            "found_by_chance": float(sufficient.any()),
            "covered_by_chance": float(positive[sufficient].sum() / total) if total else 0.0,
            "rows_seen": float(enough.sum()),
            "rows_without_cases": float(2**n_conditions - (counts > 0).sum()),
        }

    return simulated(
        "conditions",
        {
            "n_cases": n_cases,
            "n_conditions": n_conditions,
            "condition_share": condition_share,
            "outcome_share": outcome_share,
            "consistency": consistency,
            "n_cut": n_cut,
        },
        study,
        shares=("found_by_chance",),
        estimates=("covered_by_chance", "rows_seen", "rows_without_cases"),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def _in_levels(values: Floats, levels: int) -> Floats:
    normal = NormalDist()
    cuts = [normal.inv_cdf(k / levels) for k in range(1, levels)]
    return np.digitize(values, cuts).astype(np.float64)


@cache
def _untied(n: int) -> Null | None:
    order = np.arange(n, dtype=np.float64)
    return exact_null(order, order, "kendall")


def _quick_p(x: Floats, y: Floats) -> float:
    observed = statistic(x, y, "kendall")
    null = _untied(x.size)
    if null is not None and np.unique(x).size == np.unique(y).size == x.size:
        return null.two_sided(observed)
    spread = np.sqrt(null_variance(x, y, "kendall"))
    if not spread > 0:
        return 1.0
    return 2 * (1 - NormalDist().cdf(max(0.0, abs(observed) - 1) / float(spread)))
