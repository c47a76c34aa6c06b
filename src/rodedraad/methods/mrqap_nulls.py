"""What t values does a regression over pairs of nodes give when nodes change places?

Let X (n_dyads, n_terms) be the intercept and the predictors, X = QR with Q orthonormal. The
residual of predictor j on the others is, but for its length, Q d with d row j of the inverse
of R; the others span Q N, with N orthogonal to d. So a permuted residual is the permuted Q
times d, and all that its regression needs are dot products of the permuted columns of Q with Q and
y. These are gathered once per permutation for all terms; no regression is fitted again.
"""

from dataclasses import dataclass

import numpy as np

from rodedraad.methods.dyads import BoolArray, Dyads, DyadsRefused, FloatArray, IntArray

SINGULAR = 1e-7


@dataclass(frozen=True, slots=True)
class Design:
    """The fitted regression, and what its permutations need.

    ``basis`` (n_dyads, n_terms) is Q, ``inverse`` (n_terms, n_terms) the inverse of R,
    ``projected`` (n_terms,) is Q'y and ``residual`` (n_dyads,) what is left of y.
    ``standardised`` and ``variance_inflation`` are per predictor, without the intercept.
    """

    names: tuple[str, ...]
    dyads: Dyads
    basis: FloatArray
    inverse: FloatArray
    projected: FloatArray
    residual: FloatArray
    coefficients: FloatArray
    standardised: FloatArray
    t: FloatArray
    variance_inflation: FloatArray
    r2: float
    df: int


def design_of(dyads: Dyads, names: tuple[str, ...]) -> Design:
    """Fit the first matrix of ``dyads`` on the others and an intercept.

    Raises
    ------
    DyadsRefused
        Not more pairs than terms, a predictor that follows from the ones before it, or an
        outcome that the predictors reproduce exactly.
    """
    y, x = dyads.values[:, 0], dyads.values[:, 1:]
    design = np.column_stack((np.ones(dyads.n_dyads), x))
    df = dyads.n_dyads - design.shape[1]
    if df < 1:
        raise DyadsRefused(
            f"{design.shape[1]} terms cannot be estimated from {dyads.n_dyads} pairs with values "
            "in all matrices. Leave out predictors, or fill in missing pairs.",
            code="mrqap_dyads_few",
            n_dyads=dyads.n_dyads,
            n_terms=design.shape[1],
        )
    basis, triangle = np.linalg.qr(design)
    spread = np.linalg.norm(x - x.mean(axis=0), axis=0)
    own = np.abs(np.diag(triangle))[1:]
    dependent = np.flatnonzero(own <= SINGULAR * spread)
    if dependent.size:
        _refuse_singular(names, int(dependent[0]) + 1)

    inverse = np.linalg.inv(triangle)
    projected = basis.T @ y
    residual = y - basis @ projected
    unexplained = residual @ residual
    total = ((y - y.mean()) ** 2).sum()
    if unexplained <= (SINGULAR**2) * total:
        raise DyadsRefused(
            "The predictors reproduce the outcome 'y' exactly, so there is nothing to test. "
            "Leave out the predictor that is the outcome in another form.",
            code="mrqap_perfect_fit",
        )
    coefficients = inverse @ projected
    variance = (inverse**2).sum(axis=1)
    return Design(
        names=names,
        dyads=dyads,
        basis=basis,
        inverse=inverse,
        projected=projected,
        residual=residual,
        coefficients=coefficients,
        standardised=coefficients[1:] * spread / np.sqrt(total),
        t=coefficients / np.sqrt(variance * unexplained / df),
        variance_inflation=variance[1:] * spread**2,
        r2=float(1 - unexplained / total),
        df=df,
    )


def double_semi_partialling(design: Design, orders: IntArray) -> FloatArray:
    """t of each term when the nodes of its residual on the other terms change places.

    ``orders`` has shape (n_orders, n_nodes); returns (n_orders, n_terms), NaN where the
    regression is singular.
    """
    n_terms = design.basis.shape[1]
    own, cross = _permuted_products(design, orders)
    fixed, n_known = _fixed_products(design, orders)
    t = np.empty((orders.shape[0], n_terms))
    for j in range(n_terms):
        direction = design.inverse[j] / np.linalg.norm(design.inverse[j])
        others = np.linalg.svd(direction[None, :])[2][1:].T
        # y without what the other terms explain of it: that part makes no difference to t.
        outcome = np.append((direction @ design.projected) * direction, 1.0)
        within_others = others.T @ fixed[:, :-1, :-1] @ others
        e_others = (direction @ cross[:, :, :-1]) @ others
        y_others = (fixed[:, :-1, :] @ outcome) @ others
        solution, singular = _solved(within_others, np.stack((e_others, y_others), axis=-1))
        e_explained = np.einsum("ka,kab->kb", e_others, solution)
        y_explained = np.einsum("ka,ka->k", y_others, solution[:, :, 1])

        e_e = direction @ own @ direction
        length = e_e - e_explained[:, 0]
        product = (direction @ cross) @ outcome - e_explained[:, 1]
        left = (fixed @ outcome) @ outcome - y_explained
        singular |= (length <= SINGULAR * e_e) | (n_known <= n_terms)
        length[singular] = np.nan
        unexplained = left - product**2 / length
        t[:, j] = product / np.sqrt(length * unexplained / (n_known - n_terms))
    return t


def y_permutation(design: Design, orders: IntArray) -> FloatArray:
    """t of each term when the nodes of the outcome change places; shapes as above."""
    dyads, n_terms = design.dyads, design.basis.shape[1]
    mean = dyads.values[:, 0].mean()
    y = dyads.values[:, 0] - mean
    fixed, n_known = _fixed_products(design, orders)
    cross = dyads.permuted_sums(y[None, :], design.basis.T, orders)[:, 0, :]
    if dyads.n_missing:
        spread = dyads.permuted_sums((y * y)[None, :], np.ones((1, y.size)), orders)[:, 0, 0]
    else:
        spread = np.full(orders.shape[0], y @ y)
    identity = np.broadcast_to(np.eye(n_terms), (orders.shape[0], n_terms, n_terms))
    inverted, singular = _solved(fixed[:, :-1, :-1], identity)
    projected = np.einsum("kab,kb->ka", inverted, cross)
    variance = np.einsum("ja,kab,jb->kj", design.inverse, inverted, design.inverse)
    unexplained = spread - np.einsum("ka,ka->k", cross, projected)
    unexplained[singular | (n_known <= n_terms)] = np.nan
    residual_variance = unexplained / (n_known - n_terms)
    projected[:, 0] += mean / design.inverse[0, 0]  # the mean, left out above, is all intercept
    return (projected @ design.inverse.T) / np.sqrt(variance * residual_variance[:, None])


def _permuted_products(design: Design, orders: IntArray) -> tuple[FloatArray, FloatArray]:
    """P'P (n_orders, n_terms, n_terms) and P'[Q, residual], with P the permuted Q."""
    dyads, basis = design.dyads, design.basis
    n_terms = basis.shape[1]
    weights = np.vstack((basis.T, design.residual))
    if dyads.n_missing:
        first, second = np.tril_indices(n_terms)
        products = (basis[:, first] * basis[:, second]).T
        sums = dyads.permuted_sums(products, np.ones((1, dyads.n_dyads)), orders)[:, :, 0]
        own = np.empty((orders.shape[0], n_terms, n_terms))
        own[:, first, second] = sums
        own[:, second, first] = sums
        return own, dyads.permuted_sums(basis.T, weights, orders)
    # Without missing pairs the columns stay orthonormal, and the constant stays where it is.
    own = np.broadcast_to(np.eye(n_terms), (orders.shape[0], n_terms, n_terms))
    cross = np.zeros((orders.shape[0], n_terms, n_terms + 1))
    cross[:, 0, 0] = 1
    cross[:, 1:, :] = dyads.permuted_sums(basis.T[1:], weights, orders)
    return own, cross


def _fixed_products(design: Design, orders: IntArray) -> tuple[FloatArray, FloatArray]:
    """[Q, residual]'[Q, residual] over the pairs known in each order, and their number."""
    dyads = design.dyads
    weights = np.vstack((design.basis.T, design.residual))
    size = weights.shape[0]
    if not dyads.n_missing:
        fixed = np.broadcast_to(weights @ weights.T, (orders.shape[0], size, size))
        return fixed, np.full((orders.shape[0],), float(dyads.n_dyads), dtype=np.float64)
    first, second = np.tril_indices(size)
    known = np.ones((1, dyads.n_dyads))
    products = np.vstack((weights[first] * weights[second], known))
    sums = dyads.permuted_sums(known, products, orders)[:, 0, :]
    fixed = np.empty((orders.shape[0], size, size))
    fixed[:, first, second] = sums[:, :-1]
    fixed[:, second, first] = sums[:, :-1]
    return fixed, sums[:, -1]


def _solved(left: FloatArray, right: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Solutions of symmetric systems, and which of them are singular (those mean nothing)."""
    singular = np.linalg.eigvalsh(left)[:, 0] <= SINGULAR
    regular = np.where(singular[:, None, None], np.eye(left.shape[-1]), left)
    return np.asarray(np.linalg.solve(regular, right), dtype=np.float64), singular


def _refuse_singular(names: tuple[str, ...], dependent: int) -> None:
    name = names[dependent]
    before = ", ".join(f"'{other}'" for other in names[1:dependent])
    raise DyadsRefused(
        f"Predictor '{name}' follows from the intercept and {before}, so their coefficients "
        f"cannot be told apart. Leave out '{name}' or one of the others.",
        code="mrqap_singular",
        matrix=name,
        others=names[1:dependent],
    )
