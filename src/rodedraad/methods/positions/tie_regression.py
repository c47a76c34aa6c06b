"""What goes with ties that are there or not, or that are counted: MRQAP for such outcomes?

A logistic or Poisson regression over pairs of nodes, with the null distributions of MRQAP. Each
permutation is a regression of its own. Its first step starts where the other predictors already
fit, and needs no more than dot products with weights that no permutation changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from rodedraad.methods.dyads import (
    Dyads,
    DyadsRefused,
    FloatArray,
    IntArray,
    dyads_of,
    permutation_results,
)
from rodedraad.methods.mrqap_nulls import design_of
from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.newton import CLOSE, Family, converged
from rodedraad.methods.qap import INTERCEPT, Null, PermutationP

Outcome = Literal["binary", "count"]
FEWEST_PER_TERM = 10
OVERDISPERSED = 2.0


@dataclass(frozen=True, slots=True)
class TieTerm:
    """One predictor or the intercept. ``ratio``: of odds (binary) or of counts, per unit."""

    name: str
    coefficient: float
    ratio: float
    standard_error: float
    z: float
    p: PermutationP


@dataclass(frozen=True, slots=True)
class TieRegression:
    """Regression over pairs of nodes; ``terms`` starts with the intercept.

    ``dispersion``: Pearson chi-square over degrees of freedom. ``standard_error`` and ``z`` of
    the terms take pairs as independent; only ``p`` knows that they are not.
    """

    outcome: Outcome
    terms: tuple[TieTerm, ...]
    deviance: float
    null_deviance: float
    aic: float
    dispersion: float
    null: Null
    permutations: int
    seed: int
    directed: bool
    n_nodes: int
    n_dyads: int
    n_missing_dyads: int
    notices: tuple[Notice, ...]

    def term(self, name: str) -> TieTerm:
        """The term with this name; KeyError when there is none."""
        return {term.name: term for term in self.terms}[name]


def tie_regression(
    y: npt.ArrayLike,
    predictors: Mapping[str, npt.ArrayLike],
    *,
    outcome: Outcome,
    permutations: int = 1000,
    seed: int,
    directed: bool = False,
    null: Null = "double-semi-partialling",
    workers: int = 1,
) -> TieRegression:
    """Regress ties (0 or 1) or counts of ties on other networks, with permutation tests.

    binary: logistic regression; count: Poisson regression. ``null`` is as in
    :func:`rodedraad.methods.qap.mrqap`: with double semi-partialling, the residual of a predictor
    on the others (least squares) is permuted and takes the place of the predictor. z values are
    compared.

    Parameters
    ----------
    y : array of shape (n_nodes, n_nodes)
        0 and 1, or whole numbers from 0. NaN = not known; the diagonal is ignored.
    predictors, permutations, seed, directed, workers
        As in :func:`rodedraad.methods.qap.mrqap`.

    Raises
    ------
    DyadsRefused
        See :func:`rodedraad.methods.qap.mrqap`; also an outcome of another kind, and predictors
        that tell ties and no ties apart completely: then no coefficient exists.

    Notes
    -----
    Missing pairs are treated as in ``mrqap``. A permutation that tells ties and no ties apart
    has a coefficient that grows without end; its z tends to 0 and counts as such, as in
    ``netlogit``. One that cannot be worked out at all counts as extreme (notice
    ``unconverged_permutations``). Notices also: ``missing_dyads``,
    ``few_ties`` (fewer than ten ties or non-ties per term), ``overdispersed`` (counts: standard
    errors are too small; p stays valid).
    342 nodes, 3 predictors, 1,000 permutations: see ``benchmarks/tie_regression.py``.
    Checked against ``sna::netlogit`` and R ``glm`` permutation by permutation
    (tests/reference/positions).

    Dekker, D., Krackhardt, D. & Snijders, T. (2007). Psychometrika 72, 563-581.

    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(20, 20))
    >>> ties = rng.random((20, 20)) < 1 / (1 + np.exp(-2 * x))
    >>> fit = tie_regression(
    ...     ties, {"x": x}, outcome="binary", permutations=99, directed=True, seed=1
    ... )
    >>> fit.term("x").p.two_sided
    0.01
    """
    if not predictors:
        raise DyadsRefused(
            "The regression needs at least one predictor. Got none.", code="mrqap_no_predictors"
        )
    dyads = dyads_of({"y": y, **predictors}, directed=directed)
    _check_outcome(dyads, outcome)
    family = Family(outcome)
    names = (INTERCEPT, *predictors)
    design_of(dyads, names)  # refuses predictors that follow from each other
    rows = np.vstack((np.ones(dyads.n_dyads), dyads.values[:, 1:].T))
    ties = np.ascontiguousarray(dyads.values[:, 0])
    fit = converged(family, rows, ties)
    if fit is None or fit.separated:
        raise DyadsRefused(
            "The predictors tell pairs with and without ties apart completely, so coefficients "
            "grow without end. Leave out or coarsen the predictor that is nearly the outcome.",
            code="tie_regression_separated",
        )
    nulls = (
        OutcomePermuted(family, dyads, rows, ties)
        if null == "y-permutation"
        else ResidualPermuted(family, dyads, rows, ties)
    )
    permuted = np.concatenate(
        permutation_results(
            nulls.z_values,
            n_nodes=dyads.n_nodes,
            permutations=permutations,
            seed=seed,
            workers=workers,
        )
    )
    n_terms, n_dyads = rows.shape
    dispersion = family.pearson(ties, fit.mean) / (n_dyads - n_terms)
    terms = tuple(
        TieTerm(
            name=name,
            coefficient=float(fit.coefficients[k]),
            ratio=float(np.exp(fit.coefficients[k])),
            standard_error=float(fit.errors[k]),
            z=float(fit.z[k]),
            p=PermutationP(*_p_values(float(fit.z[k]), permuted[:, k])),
        )
        for k, name in enumerate(names)
    )
    return TieRegression(
        outcome=outcome,
        terms=terms,
        deviance=family.deviance(ties, fit.mean),
        null_deviance=family.deviance(ties, np.full_like(ties, ties.mean())),
        aic=family.minus_twice_log_likelihood(ties, fit.mean) + 2 * n_terms,
        dispersion=dispersion,
        null=null,
        permutations=permutations,
        seed=seed,
        directed=directed,
        n_nodes=dyads.n_nodes,
        n_dyads=n_dyads,
        n_missing_dyads=dyads.n_missing,
        notices=_notices(dyads, outcome, n_terms, permuted, dispersion),
    )


class ResidualPermuted:
    """Double semi-partialling: the residual of each term changes its nodes in turn."""

    def __init__(self, family: Family, dyads: Dyads, rows: FloatArray, ties: FloatArray) -> None:
        self.family, self.dyads, self.rows, self.ties = family, dyads, rows, ties
        self.others = [np.delete(rows, k, axis=0) for k in range(rows.shape[0])]
        self.residuals = np.stack(
            [_residual(row, others) for row, others in zip(rows, self.others, strict=True)]
        )
        self.starts = [converged(family, others, ties) for others in self.others]

    def z_values(self, orders: IntArray) -> FloatArray:
        """z of each term, (n_orders, n_terms), NaN where the regression does not converge."""
        found = np.full((orders.shape[0], self.rows.shape[0]), np.nan)
        for n, order in enumerate(orders):
            for k, moved in enumerate(_moved(self.dyads, self.residuals, order)):
                start = self.starts[k]
                if start is None:
                    continue
                rows, ties = np.vstack((self.others[k], moved)), self.ties
                if self.dyads.n_missing:
                    known = ~np.isnan(moved)
                    rows, ties = rows[:, known], ties[known]
                first = np.append(start.coefficients, 0.0)
                fit = converged(self.family, rows, ties, start=first, close=CLOSE)
                if fit is not None:
                    found[n, k] = fit.z[-1]
        return found


class OutcomePermuted:
    """y-permutation: the outcome changes its nodes."""

    def __init__(self, family: Family, dyads: Dyads, rows: FloatArray, ties: FloatArray) -> None:
        self.family, self.dyads, self.rows, self.ties = family, dyads, rows, ties

    def z_values(self, orders: IntArray) -> FloatArray:
        """z of each term, (n_orders, n_terms), NaN where the regression does not converge."""
        found = np.full((orders.shape[0], self.rows.shape[0]), np.nan)
        for n, order in enumerate(orders):
            moved = _moved(self.dyads, self.ties[None, :], order)[0]
            known = ~np.isnan(moved)
            fit = converged(self.family, self.rows[:, known], moved[known], close=CLOSE)
            if fit is not None:
                found[n] = fit.z
        return found


def _moved(dyads: Dyads, parts: FloatArray, order: IntArray) -> FloatArray:
    """Values per pair when nodes change places, NaN where such a pair is not known."""
    n = dyads.n_nodes
    squares = np.full((parts.shape[0], n * n), np.nan)
    squares[:, dyads.rows * n + dyads.columns] = parts
    if not dyads.directed:
        squares[:, dyads.columns * n + dyads.rows] = parts
    return squares[:, order[dyads.rows] * n + order[dyads.columns]]


def _residual(row: FloatArray, others: FloatArray) -> FloatArray:
    return np.asarray(row - np.linalg.lstsq(others.T, row, rcond=None)[0] @ others)


def _p_values(observed: float, permuted: FloatArray) -> tuple[float, float, float]:
    """Two-sided, greater, less; equal but for rounding, and NaN, count as extreme."""
    margin = 1e-9 * max(1.0, abs(observed))
    n = permuted.size
    not_extreme = (
        np.abs(permuted) < abs(observed) - margin,
        permuted < observed - margin,
        permuted > observed + margin,
    )
    two_sided, greater, less = (float(n - one.sum() + 1) / (n + 1) for one in not_extreme)
    return two_sided, greater, less


def _check_outcome(dyads: Dyads, outcome: Outcome) -> None:
    if outcome not in get_args(Outcome):
        raise DyadsRefused(
            f"The outcome must be one of {', '.join(get_args(Outcome))}. Got '{outcome}'.",
            code="tie_regression_outcome",
        )
    values = dyads.values[:, 0]
    wrong = (
        ~np.isin(values, (0, 1))
        if outcome == "binary"
        else (values < 0) | (values != np.floor(values))
    )
    if wrong.any():
        k = int(np.flatnonzero(wrong)[0])
        allowed = "0 or 1" if outcome == "binary" else "whole numbers from 0"
        raise DyadsRefused(
            f"The outcome must be {allowed}. Pair ({dyads.rows[k]}, {dyads.columns[k]}) has "
            f"{values[k]:g}. Recode it, or choose the other kind of outcome, or use mrqap.",
            code="tie_regression_value",
            row=int(dyads.rows[k]),
            column=int(dyads.columns[k]),
        )


def _notices(
    dyads: Dyads, outcome: Outcome, n_terms: int, permuted: FloatArray, dispersion: float
) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if dyads.n_missing:
        total = dyads.n_missing + dyads.n_dyads
        notices.append(Notice("missing_dyads", {"n": dyads.n_missing, "of": total}))
    n_ties = int((dyads.values[:, 0] > 0).sum())
    fewest = min(n_ties, dyads.n_dyads - n_ties) if outcome == "binary" else n_ties
    if fewest < FEWEST_PER_TERM * n_terms:
        notices.append(Notice("few_ties", {"n": fewest, "n_terms": n_terms}))
    if outcome == "count" and dispersion > OVERDISPERSED:
        notices.append(Notice("overdispersed", {"dispersion": round(dispersion, 2)}))
    lost = int(np.isnan(permuted).any(axis=1).sum())
    if lost:
        notices.append(Notice("unconverged_permutations", {"n": lost, "of": permuted.shape[0]}))
    return tuple(notices)
