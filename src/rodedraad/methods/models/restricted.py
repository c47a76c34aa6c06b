"""How likely are numbers inside groups, for given spreads between and inside the groups?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class MixedSums:
    """All that a linear mixed model needs of the data: sums of products, whole and per group.

    ``x`` includes the intercept; z are the columns that vary by group (the intercept first).
    y is taken as what least squares leaves of it, and ``ols`` is added again at the end.
    """

    xx: Floats
    xy: Floats
    yy: float
    zz: Floats
    zx: Floats
    zy: Floats
    ols: Floats
    n: int

    @property
    def n_terms(self) -> int:
        """Number of fixed coefficients."""
        return len(self.xy)

    @property
    def n_random(self) -> int:
        """Number of coefficients that vary by group."""
        return self.zz.shape[1]


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """The model for given relative spreads: coefficients, their unscaled covariance, criterion.

    ``rest`` is the penalised residual sum of squares; ``log_scale`` the sum of the logarithms of
    both determinants.
    """

    coefficients: Floats
    unscaled: Floats
    rest: float
    log_scale: float


def mixed_sums(y: Floats, x: Floats, z: Floats, groups: Ints) -> MixedSums:
    """Add up; ``x`` has shape (n, n_terms), ``z`` (n, n_random), ``groups`` positions from 0."""
    ols = np.linalg.lstsq(x, y, rcond=None)[0]
    left = y - x @ ols

    def per_group(products: Floats) -> Floats:
        sums = np.zeros((int(groups.max()) + 1, *products.shape[1:]))
        np.add.at(sums, groups, products)
        return sums

    return MixedSums(
        xx=x.T @ x,
        xy=x.T @ left,
        yy=float(left @ left),
        zz=per_group(z[:, :, None] * z[:, None, :]),
        zx=per_group(z[:, :, None] * x[:, None, :]),
        zy=per_group(z * left[:, None]),
        ols=np.asarray(ols, dtype=np.float64),
        n=y.size,
    )


def factor_of(theta: Floats, n_random: int) -> Floats:
    """The lower triangle of relative spreads, filled by columns, as in lme4."""
    triangle = np.zeros((n_random, n_random))
    columns, rows = np.triu_indices(n_random)
    triangle[rows, columns] = theta
    return triangle


def solve(sums: MixedSums, theta: Floats) -> Solved:
    """Coefficients and criterion for relative spreads ``theta`` (in residual deviations).

    With V = I + Z T T' Z' in units of the residual variance, everything needs only the small
    matrices I + T' Z'Z T per group (Bates, Maechler, Bolker & Walker 2015).
    """
    factor = factor_of(theta, sums.n_random)
    inner = np.eye(sums.n_random) + factor.T @ sums.zz @ factor
    root = np.linalg.cholesky(inner)
    to_x = np.linalg.solve(root, factor.T @ sums.zx)
    to_y = np.linalg.solve(root, (sums.zy @ factor)[:, :, None])[:, :, 0]
    xvx: Floats = sums.xx - np.einsum("gqp,gqr->pr", to_x, to_x)
    xvy: Floats = sums.xy - np.einsum("gqp,gq->p", to_x, to_y)
    unscaled = np.asarray(np.linalg.inv(xvx), dtype=np.float64)
    moved: Floats = unscaled @ xvy
    rest = sums.yy - float(np.sum(to_y**2)) - float(moved @ xvy)
    log_scale = 2 * float(np.log(np.diagonal(root, axis1=1, axis2=2)).sum())
    return Solved(
        coefficients=sums.ols + moved,
        unscaled=unscaled,
        rest=rest,
        log_scale=log_scale + float(np.linalg.slogdet(xvx)[1]),
    )


def criterion(sums: MixedSums, theta: Floats) -> float:
    """Minus twice the restricted log-likelihood, at the best residual variance for ``theta``."""
    solved = solve(sums, theta)
    df = sums.n - sums.n_terms
    return solved.log_scale + df * (1 + float(np.log(2 * np.pi * solved.rest / df)))


def criterion_at(sums: MixedSums, theta: Floats, sigma: float) -> float:
    """The same at a given residual standard deviation."""
    solved = solve(sums, theta)
    df = sums.n - sums.n_terms
    return solved.log_scale + df * float(np.log(2 * np.pi * sigma**2)) + solved.rest / sigma**2
