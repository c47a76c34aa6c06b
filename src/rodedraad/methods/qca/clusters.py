"""Does a model hold in every group of cases (regions, years), or only in all together?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rodedraad.methods.qca.fit import necessity, sufficiency
from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.table import FloatArray


@dataclass(frozen=True, slots=True)
class GroupFit:
    """Consistency and coverage over the cases of one group.

    Consistency is None for a group without members in X, coverage for one without outcome.
    """

    group: str
    n: int
    consistency: float | None
    coverage: float | None


@dataclass(frozen=True)
class ClusterFit:
    """Fit over all cases and per group; ``distance`` is 0 when all groups are the same."""

    consistency: float
    coverage: float
    groups: tuple[GroupFit, ...]
    distance: float


def cluster_fit(
    x: FloatArray, y: FloatArray, groups: Sequence[str], *, relation: str = "sufficient"
) -> ClusterFit:
    """Fit of a term or model within each group of cases.

    Consistency over all cases hides a model that holds in one region and fails in another. The
    distance compares the groups' consistencies: the square root of the sum over J groups of
    (c_j / sum of c - 1 / J) squared.

    Parameters
    ----------
    x, y : arrays of shape (n_cases,), membership in X and in the outcome
    groups : group of each case; for panel data call it once with years and once with units
    relation : "sufficient" or "necessary"

    Raises
    ------
    QcaRefusal
        For fewer than two groups, or lengths that differ.

    Notes
    -----
    Groups without members in X are left out of the distance. Checked against ``cluster`` of R
    package SetMethods, which counts such a group as consistent because it adds a small number to
    both sums (tests/reference/qca).

    Garcia-Castro, R. & Arino, M. (2016). A general approach to panel data set-theoretic research.
    Journal of Advances in Management Sciences & Information Systems 2, 63-76.
    """
    names = np.asarray([str(group) for group in groups])
    if not len(names) == len(x) == len(y):
        raise QcaRefusal(
            f"There are {len(names)} groups for {len(x)} cases. Give every case its group.",
            code="qca_group_length",
        )
    kinds = sorted(set(names.tolist()))
    if len(kinds) < 2:
        raise QcaRefusal(
            "All cases are in one group. Choose a column with at least two groups.",
            code="qca_one_group",
        )
    measure = _necessary if relation == "necessary" else _sufficient
    fits = tuple(
        GroupFit(kind, int((names == kind).sum()), *measure(x[names == kind], y[names == kind]))
        for kind in kinds
    )
    whole = measure(x, y)
    known = np.array([fit.consistency for fit in fits if fit.consistency is not None])
    shares = known / known.sum() if known.size and known.sum() > 0 else np.zeros(known.size)
    return ClusterFit(
        consistency=whole[0] or 0.0,
        coverage=whole[1] or 0.0,
        groups=fits,
        distance=float(np.sqrt(((shares - 1 / len(known)) ** 2).sum())) if known.sum() else 0.0,
    )


def _sufficient(x: FloatArray, y: FloatArray) -> tuple[float | None, float | None]:
    fit = sufficiency(x, y)
    return (fit.consistency if x.any() else None, fit.coverage if y.any() else None)


def _necessary(x: FloatArray, y: FloatArray) -> tuple[float | None, float | None]:
    fit = necessity(x, y)
    return (fit.consistency if y.any() else None, fit.coverage if x.any() else None)
