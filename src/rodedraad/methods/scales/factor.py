"""How strongly does each item of a scale hang on the one thing they share?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

TOLERANCE = 1e-9
MAX_ROUNDS = 5000


@dataclass(frozen=True, slots=True, eq=False)
class OneFactor:
    """Loadings of shape (..., n_items), and per matrix whether the search came to rest.

    ``at_bound`` marks loadings held at 1 or -1 (a Heywood case: the item would share more than
    all of its variance).
    """

    loadings: Floats
    converged: Booleans
    at_bound: Booleans


def one_factor(correlations: Floats) -> OneFactor:
    """Fit one factor by minimum residuals, for one or many correlation matrices at once.

    Finds the loadings that make the sum of squared off-diagonal residuals,
    (r_ij - l_i * l_j)^2 over i < j, smallest (Harman & Jones 1966), with each loading in
    [-1, 1]. Each loading has a closed form given the others; they are renewed in turn until none
    moves by more than 1e-9, at most 5,000 rounds. The sum of the loadings is made positive.

    Parameters
    ----------
    correlations: array of shape (..., n_items, n_items), at least three items: with two the
        loadings are not determined. A matrix with NaN gives NaN and ``converged`` False.

    Notes
    -----
    Communalities are not in the fit, so no inverse is needed and a matrix that is not positive
    definite (pairwise deletion) does no harm. Checked against ``psych::fa(fm = "minres")``.
    """
    r = correlations.reshape(-1, *correlations.shape[-2:])
    known: Booleans = np.asarray(np.isfinite(r).all(axis=(1, 2)))
    r = np.where(known[:, None, None], r, 0.0)
    n_items = r.shape[-1]
    off = r * (1 - np.eye(n_items))
    loadings = _start(r)
    moving = np.flatnonzero(np.ones(len(r)))
    for _ in range(MAX_ROUNDS):
        before = loadings[moving].copy()
        current = before.copy()
        part = off[moving]
        for i in range(n_items):
            squares = (current**2).sum(axis=1) - current[:, i] ** 2
            product = np.einsum("bj,bj->b", part[:, i], current)
            current[:, i] = np.clip(product / np.maximum(squares, 1e-12), -1.0, 1.0)
        loadings[moving] = current
        still: Booleans = np.abs(current - before).max(axis=1) > TOLERANCE
        moving = moving[still]
        if not moving.size:
            break
    converged = known.copy()
    converged[moving] = False
    loadings *= np.where(loadings.sum(axis=1) < 0, -1.0, 1.0)[:, None]
    loadings[~known] = np.nan
    shape = correlations.shape[:-1]
    return OneFactor(
        loadings=loadings.reshape(shape),
        converged=converged.reshape(shape[:-1]),
        at_bound=(np.abs(loadings) >= 1.0).reshape(shape),
    )


def _start(r: Floats) -> Floats:
    """First principal component, scaled to its root."""
    values, vectors = np.linalg.eigh(r)
    return vectors[..., -1] * np.sqrt(np.maximum(values[..., -1:], 0.0)) * 0.9
