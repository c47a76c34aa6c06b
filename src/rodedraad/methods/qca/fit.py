"""How well does a set agree with being sufficient, or necessary, for the outcome?"""

from dataclasses import dataclass

import numpy as np

from rodedraad.methods.qca.table import FloatArray

NO_MEMBERSHIP = 1e-12


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """X is a subset of Y: all three between 0 and 1."""

    consistency: float
    pri: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Necessity:
    """X is a superset of Y: all three between 0 and 1."""

    consistency: float
    coverage: float
    relevance: float


def sufficiency(x: FloatArray, y: FloatArray) -> Sufficiency:
    """Fit of "X is sufficient for Y" over cases.

    consistency = sum min(x, y) / sum x; coverage = sum min(x, y) / sum y; PRI (proportional
    reduction in inconsistency) takes off what speaks for Y and not-Y alike: with
    b = sum min(x, y, 1 - y), PRI = (sum min(x, y) - b) / (sum x - b).

    Notes
    -----
    A set without members has consistency, PRI and coverage 0; PRI is also 0 when all membership
    speaks for Y and not-Y alike. Checked against R package QCA (tests/reference/qca).

    Ragin, C. (2006). Set relations in social research. Political Analysis 14, 291-310. Schneider,
    C. & Wagemann, C. (2012). Set-Theoretic Methods for the Social Sciences, chapters 5 and 9.

    >>> sufficiency(np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 1.0]))
    Sufficiency(consistency=0.5, pri=0.5, coverage=0.5)
    """
    return sufficiencies(x[None, :], y)[0]


def sufficiencies(sets: FloatArray, y: FloatArray) -> list[Sufficiency]:
    """:func:`sufficiency` of each row of an array of shape (n_sets, n_cases)."""
    shared = np.minimum(sets, y)
    inside = shared.sum(axis=1)
    whole = sets.sum(axis=1)
    both_ways = np.minimum(shared, 1 - y).sum(axis=1)
    total = float(y.sum())
    return [
        Sufficiency(_share(a, b), _share(a - c, b - c), _share(a, total))
        for a, b, c in zip(inside.tolist(), whole.tolist(), both_ways.tolist(), strict=True)
    ]


def necessity(x: FloatArray, y: FloatArray) -> Necessity:
    """Fit of "X is necessary for Y" over cases.

    consistency = sum min(x, y) / sum y; coverage = sum min(x, y) / sum x; relevance of necessity
    = sum (1 - x) / sum (1 - min(x, y)): low when X is nearly always there, so trivially necessary.

    Notes
    -----
    When X and Y are full for every case, relevance is 0: the necessity is trivial.
    Checked against R packages QCA and SetMethods (tests/reference/qca).

    Schneider, C. & Wagemann, C. (2012), section 9.2.1. Goertz, G. (2006). Assessing the
    trivialness, relevance, and relative importance of necessary or sufficient conditions. Studies
    in Comparative International Development 41, 88-109.

    >>> necessity(np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0])).relevance
    0.5
    """
    shared = np.minimum(x, y)
    return Necessity(
        consistency=_share(shared.sum(), y.sum()),
        coverage=_share(shared.sum(), x.sum()),
        relevance=_share((1 - x).sum(), (1 - shared).sum()),
    )


def _share(part: float, whole: float) -> float:
    return min(1.0, max(0.0, float(part) / float(whole))) if whole > NO_MEMBERSHIP else 0.0
