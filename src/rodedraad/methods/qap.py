"""Do two networks on the same nodes go together more than when nodes change places at random?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
from rodedraad.methods.mrqap_nulls import (
    Design,
    design_of,
    double_semi_partialling,
    y_permutation,
)

Null = Literal["double-semi-partialling", "y-permutation"]

INTERCEPT = "(intercept)"
HIGH_VARIANCE_INFLATION = 10.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of a result has to know, as a code and its data."""

    code: str
    context: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class PermutationP:
    """Chances under the null hypothesis, (b+1)/(n+1): b of n permutations at least as extreme."""

    two_sided: float
    greater: float
    less: float


@dataclass(frozen=True, slots=True)
class QapCorrelation:
    """Pearson correlation over pairs of nodes, with its permutation test."""

    correlation: float
    p: PermutationP
    permutations: int
    seed: int
    directed: bool
    n_nodes: int
    n_dyads: int
    n_missing_dyads: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class MrqapTerm:
    """One predictor (or the intercept, which has no standardised coefficient)."""

    name: str
    coefficient: float
    standardised: float | None
    t: float
    p: PermutationP
    variance_inflation: float | None


@dataclass(frozen=True, slots=True)
class MrqapResult:
    """Regression over pairs of nodes; ``terms`` starts with the intercept."""

    terms: tuple[MrqapTerm, ...]
    r2: float
    adjusted_r2: float
    null: Null
    permutations: int
    seed: int
    directed: bool
    n_nodes: int
    n_dyads: int
    n_missing_dyads: int
    notices: tuple[Notice, ...]

    def term(self, name: str) -> MrqapTerm:
        """The term with this name; KeyError when there is none."""
        return {term.name: term for term in self.terms}[name]


def qap_correlation(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    *,
    permutations: int = 2000,
    seed: int,
    directed: bool = False,
    workers: int = 1,
) -> QapCorrelation:
    """Correlation of two networks on the same nodes, tested by permuting the nodes of one.

    Pairs of nodes are not independent, so the usual p of a correlation is too small. Giving the
    nodes of ``x`` other places keeps its whole structure and breaks only its relation to ``y``.

    Parameters
    ----------
    y, x : arrays of shape (n_nodes, n_nodes)
        Any numbers; NaN = not known; the diagonal is ignored.
    permutations : int
        Number of random orders of nodes.
    seed : int
        The same seed gives the same p, whatever the number of ``workers`` (threads).
    directed : bool
        False asks for symmetric matrices and counts each pair once.

    Raises
    ------
    DyadsRefused
        See :func:`rodedraad.methods.dyads.dyads_of`.

    Notes
    -----
    Missing: pairs unknown in either matrix are left out. In a permutation the unknown pairs of
    ``x`` travel with their nodes, so each permutation has its own set of pairs known in both,
    over which its correlation is computed. A permutation without a correlation counts as extreme.
    Checked against ``sna::qaptest`` and complete enumeration in R (tests/reference/networks).

    Hubert, L. (1987). Assignment methods in combinatorial data analysis. Krackhardt, D. (1988).
    Predicting with networks. Social Networks 10, 359-381.

    >>> ring = np.roll(np.eye(6), 1, axis=1) + np.roll(np.eye(6), -1, axis=1)
    >>> qap_correlation(ring, 2 * ring, permutations=99, seed=1).correlation
    1.0
    """
    dyads = dyads_of({"y": y, "x": x}, directed=directed)
    observed = float(permuted_correlations(dyads, np.arange(dyads.n_nodes)[None, :])[0])
    permuted = np.concatenate(
        permutation_results(
            lambda orders: permuted_correlations(dyads, orders),
            n_nodes=dyads.n_nodes,
            permutations=permutations,
            seed=seed,
            workers=workers,
        )
    )
    return QapCorrelation(
        correlation=observed,
        p=_p_value(observed, permuted),
        permutations=permutations,
        seed=seed,
        directed=directed,
        n_nodes=dyads.n_nodes,
        n_dyads=dyads.n_dyads,
        n_missing_dyads=dyads.n_missing,
        notices=_notices(dyads, permutations, int(np.isnan(permuted).sum())),
    )


def mrqap(
    y: npt.ArrayLike,
    predictors: Mapping[str, npt.ArrayLike],
    *,
    permutations: int = 2000,
    seed: int,
    directed: bool = False,
    null: Null = "double-semi-partialling",
    workers: int = 1,
) -> MrqapResult:
    """Regress one network on others over pairs of nodes, with permutation tests (MRQAP).

    Coefficients are those of least squares. What is permuted differs:

    - ``double-semi-partialling`` (Dekker, Krackhardt & Snijders 2007): for each predictor, take
      its residual on the other predictors, permute the nodes of that residual, and regress y on
      it and the other predictors. Holds when predictors go together or y has structure; one
      null distribution per term.
    - ``y-permutation``: permute the nodes of y and regress again. Tests that no predictor
      matters; misleading for one predictor when others matter.

    The t value is compared, not the coefficient, because it does not depend on other parameters
    (it is a pivot).

    Parameters
    ----------
    y : array of shape (n_nodes, n_nodes)
        The outcome; NaN = not known; the diagonal is ignored.
    predictors : name -> array of shape (n_nodes, n_nodes)
        At least one, in the unit in which the coefficient is to be read.
    permutations, seed, directed, workers
        As in :func:`qap_correlation`.

    Returns
    -------
    MrqapResult
        ``standardised`` is the coefficient times sd(x) / sd(y) over the pairs used. Notices:
        ``missing_dyads``, ``few_distinct_permutations``, ``binary_outcome``, ``collinear``,
        ``singular_permutations``.

    Raises
    ------
    DyadsRefused
        See :func:`rodedraad.methods.dyads.dyads_of`; also no predictors, fewer pairs than terms,
        a predictor that follows from the others, or an outcome without any residual.

    Notes
    -----
    Missing: only pairs known in all matrices count. In a permutation the unknown pairs travel
    with the nodes; the regression is on the pairs known before and after. With many missing
    pairs this is a rough test (a notice says how many). One order of nodes is used for all terms
    in a permutation. Permutations whose regression is singular count as extreme.
    Cost: 390 nodes, 3 predictors, 2,000 permutations: about 2 s on one core
    (``benchmarks/mrqap.py``); with missing pairs about seven times that.
    Coefficients, t and permuted t are checked against R (``sna::netlm``, ``lm``), p also against
    complete enumeration (tests/reference/networks).

    Dekker, D., Krackhardt, D. & Snijders, T. (2007). Sensitivity of MRQAP tests to collinearity
    and autocorrelation conditions. Psychometrika 72, 563-581.

    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(12, 12))
    >>> fit = mrqap(2 * x + rng.normal(size=(12, 12)), {"x": x}, directed=True, seed=1)
    >>> fit.term("x").p.two_sided < 0.01
    True
    """
    _check_names(predictors)
    dyads = dyads_of({"y": y, **predictors}, directed=directed)
    design = design_of(dyads, (INTERCEPT, *predictors))
    null_of = y_permutation if null == "y-permutation" else double_semi_partialling
    permuted = np.concatenate(
        permutation_results(
            lambda orders: null_of(design, orders),
            n_nodes=dyads.n_nodes,
            permutations=permutations,
            seed=seed,
            workers=workers,
        )
    )
    n_singular = int(np.isnan(permuted).any(axis=1).sum())
    return MrqapResult(
        terms=_terms(design, permuted),
        r2=design.r2,
        adjusted_r2=1 - (1 - design.r2) * (dyads.n_dyads - 1) / design.df,
        null=null,
        permutations=permutations,
        seed=seed,
        directed=directed,
        n_nodes=dyads.n_nodes,
        n_dyads=dyads.n_dyads,
        n_missing_dyads=dyads.n_missing,
        notices=(*_notices(dyads, permutations, n_singular), *_design_notices(design)),
    )


def permuted_correlations(dyads: Dyads, orders: IntArray) -> FloatArray:
    """Correlation of the two matrices of ``dyads`` for each order of the nodes of the second.

    ``orders`` has shape (n_orders, n_nodes); returns (n_orders,), NaN where there is none.
    """
    centred = dyads.values - dyads.values.mean(axis=0)
    y, x = centred[:, 0], centred[:, 1]
    complete = dyads.n_missing == 0
    parts = x[None, :] if complete else np.vstack((x, x * x, np.ones_like(x)))
    sums = dyads.permuted_sums(parts, np.vstack((np.ones_like(y), y, y * y)), orders)
    if complete:
        return sums[:, 0, 1] / np.sqrt((x @ x) * (y @ y))
    n, sum_x, sum_y = sums[:, 2, 0], sums[:, 0, 0], sums[:, 2, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread_x = sums[:, 1, 0] - sum_x**2 / n
        spread_y = sums[:, 2, 2] - sum_y**2 / n
        return (sums[:, 0, 1] - sum_x * sum_y / n) / np.sqrt(spread_x * spread_y)


def _p_value(observed: float, permuted: FloatArray) -> PermutationP:
    """Values equal to the observed one but for rounding, and NaN, count as extreme."""
    margin = 1e-9 * max(1.0, abs(observed))
    n = permuted.size

    def p(not_extreme: npt.NDArray[np.bool_]) -> float:
        return float(n - not_extreme.sum() + 1) / (n + 1)

    return PermutationP(
        two_sided=p(np.abs(permuted) < abs(observed) - margin),
        greater=p(permuted < observed - margin),
        less=p(permuted > observed + margin),
    )


def _terms(design: Design, permuted: FloatArray) -> tuple[MrqapTerm, ...]:
    return tuple(
        MrqapTerm(
            name=name,
            coefficient=float(design.coefficients[j]),
            standardised=float(design.standardised[j - 1]) if j else None,
            t=float(design.t[j]),
            p=_p_value(float(design.t[j]), permuted[:, j]),
            variance_inflation=float(design.variance_inflation[j - 1]) if j else None,
        )
        for j, name in enumerate(design.names)
    )


def _notices(dyads: Dyads, permutations: int, n_singular: int) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if dyads.n_missing:
        total = dyads.n_missing + dyads.n_dyads
        notices.append(Notice("missing_dyads", {"n": dyads.n_missing, "of": total}))
    distinct = math.factorial(dyads.n_nodes)
    if distinct < 10 * permutations:
        notices.append(Notice("few_distinct_permutations", {"n": distinct}))
    if n_singular:
        notices.append(Notice("singular_permutations", {"n": n_singular, "of": permutations}))
    return tuple(notices)


def _design_notices(design: Design) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if np.unique(design.dyads.values[:, 0]).size == 2:
        notices.append(Notice("binary_outcome"))
    inflated = {
        name: round(float(inflation), 1)
        for name, inflation in zip(design.names[1:], design.variance_inflation, strict=True)
        if inflation > HIGH_VARIANCE_INFLATION
    }
    if inflated:
        notices.append(Notice("collinear", {"variance_inflation": inflated}))
    return tuple(notices)


def _check_names(predictors: Mapping[str, npt.ArrayLike]) -> None:
    if not predictors:
        raise DyadsRefused(
            "MRQAP needs at least one predictor. Got none.", code="mrqap_no_predictors"
        )
    taken = {"y", INTERCEPT} & set(predictors)
    if taken:
        raise DyadsRefused(
            f"A predictor cannot be called {sorted(taken)[0]!r}: that names the outcome or the "
            "intercept. Give it another name.",
            code="mrqap_predictor_name",
            matrix=sorted(taken)[0],
        )
