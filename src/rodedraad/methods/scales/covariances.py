"""How do the items of a scale go together, also when not everyone answered everything?"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

BLOCK = 100


def pairwise_moments(values: Floats) -> tuple[Floats, Floats]:
    """Covariances (n - 1) and correlations of every two items over those who answered both.

    ``values`` has shape (n_respondents, n_items), NaN where unknown. Returns two arrays of shape
    (n_items, n_items), NaN where they do not exist (fewer than two answered both, no variance).
    A correlation uses the deviations of those who answered both, so with gaps it is not the
    covariance over the deviations of all. Without gaps: ``np.cov`` and ``np.corrcoef``.
    """
    sums = _pair_sums(values).sum(axis=0)
    covariances, correlations = _moments(sums[None, :], values.shape[1])
    return covariances[0], correlations[0]


def bootstrap_moments(
    values: Floats, clusters: npt.NDArray[np.int64] | None, *, bootstraps: int, seed: int
) -> Iterator[tuple[Floats, Floats]]:
    """The same for resampled respondents, in blocks of shape (n_draws, n_items, n_items).

    With ``clusters`` (whole numbers from 0, one per respondent) whole clusters are drawn. Each
    block has its own random stream, so a draw does not depend on how many follow it. Memory:
    3 * (n_items + 1) * n_items numbers per respondent or cluster.
    """
    sums = _pair_sums(values)
    if clusters is not None:
        sums = np.stack([np.bincount(clusters, weights=column) for column in sums.T], axis=1)
    n_units = int(sums.shape[0])
    streams = np.random.SeedSequence(seed).spawn(-(-bootstraps // BLOCK))
    for start, stream in zip(range(0, bootstraps, BLOCK), streams, strict=True):
        rng = np.random.default_rng(stream)
        drawn = np.stack(
            [
                np.bincount(rng.integers(n_units, size=n_units), minlength=n_units)
                for _ in range(min(BLOCK, bootstraps - start))
            ]
        )
        yield _moments(drawn.astype(np.float64) @ sums, values.shape[1])


def _pair_sums(values: Floats) -> Floats:
    """Per respondent and pair i <= j answered both: 1, x, y, xy, xx, yy; else 0."""
    known = ~np.isnan(values)
    centred = np.where(known, values - np.nanmean(values, axis=0), 0.0)
    i, j = np.triu_indices(values.shape[1])
    both = (known[:, i] & known[:, j]).astype(np.float64)
    x, y = centred[:, i] * both, centred[:, j] * both
    return np.concatenate((both, x, y, x * y, x * x, y * y), axis=1)


def _moments(sums: Floats, n_items: int) -> tuple[Floats, Floats]:
    n, x, y, xy, xx, yy = np.split(sums, 6, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        products = xy - x * y / n
        covariances = np.where(n > 1, products / (n - 1), np.nan)
        spread = np.sqrt((xx - x * x / n) * (yy - y * y / n))
        correlations = np.where(n > 1, products / spread, np.nan)
    return _square(covariances, n_items), _square(correlations, n_items)


def _square(pairs: Floats, n_items: int) -> Floats:
    i, j = np.triu_indices(n_items)
    found = np.empty((pairs.shape[0], n_items, n_items))
    found[:, i, j] = pairs
    found[:, j, i] = pairs
    return found
