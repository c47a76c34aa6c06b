"""How much would agreement differ had other units, or other documents, been coded?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.agreement.refusals import AgreementRefused
from rodedraad.methods.intervals import Interval, percentile_interval
from rodedraad.methods.notices import Notice

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

DRAWS_PER_CHUNK = 50
FEW_TO_RESAMPLE = 10


@dataclass(frozen=True, slots=True)
class Resampling:
    """What is drawn with replacement (``drawn``, for instance "passage"), how often, from where."""

    drawn: str
    n_drawn: int
    resamples: int
    seed: int
    confidence: float


def clusters_of(labels: Sequence[object] | npt.ArrayLike, n_units: int) -> IntArray:
    """The cluster (a document, an interview) of each unit as a number, (n_units,)."""
    values = np.asarray(labels, dtype=object)
    if values.shape != (n_units,):
        raise AgreementRefused(
            f"Clusters must have one label per unit: {n_units}. Got shape {values.shape}.",
            code="agreement_clusters_shape",
        )
    place: dict[object, int] = {}
    return np.array([place.setdefault(str(value), len(place)) for value in values], dtype=np.intp)


def summed(columns: FloatArray, clusters: IntArray | None) -> FloatArray:
    """Rows (n_units, n_columns) added up per cluster; as they are without clusters."""
    if clusters is None:
        return columns
    sums = np.zeros((int(clusters.max()) + 1, columns.shape[1]))
    np.add.at(sums, clusters, columns)
    return sums


def resampled(estimate: Callable[[FloatArray], FloatArray], resampling: Resampling) -> FloatArray:
    """Estimates over resamples.

    ``estimate`` takes how often each row is drawn, (n_draws, n_drawn), and gives (n_draws, ...).
    Each chunk of draws has its own random numbers spawned from the seed. Returns
    (resamples, ...); shape (0,) when ``resamples`` is 0.
    """
    n, total = resampling.n_drawn, resampling.resamples
    if total == 0:
        return np.empty(0)
    sizes = [min(DRAWS_PER_CHUNK, total - start) for start in range(0, total, DRAWS_PER_CHUNK)]
    children = np.random.SeedSequence(resampling.seed).spawn(len(sizes))
    parts: list[FloatArray] = []
    for child, size in zip(children, sizes, strict=True):
        random = np.random.default_rng(child)
        times = np.empty((size, n))
        for row in times:
            row[:] = np.bincount(random.integers(0, n, n), minlength=n)
        parts.append(estimate(times))
    return np.concatenate(parts)


def resampled_interval(
    draws: FloatArray, resampling: Resampling
) -> tuple[Interval | None, tuple[Notice, ...]]:
    """Percentile interval of the draws, and what has to be said about it."""
    if not resampling.resamples:
        return None, ()
    notices: list[Notice] = []
    if resampling.n_drawn < FEW_TO_RESAMPLE:
        notices.append(
            Notice("few_to_resample", {"n": resampling.n_drawn, "drawn": resampling.drawn})
        )
    undefined = int(np.isnan(draws).sum())
    if undefined:
        notices.append(Notice("undefined_resamples", {"n": undefined, "of": resampling.resamples}))
    method = f"bootstrap percentile, {resampling.resamples} resamples of {resampling.drawn}"
    interval = percentile_interval(draws, resampling.confidence, method=method)
    if resampling.n_drawn < 2:
        interval = None
    return interval, tuple(notices)


def check_resampling(resampling: Resampling) -> None:
    """Refuse numbers that no interval can come from."""
    if resampling.resamples < 0 or 0 < resampling.resamples < 100:
        raise AgreementRefused(
            f"An interval needs at least 100 resamples (0 = no interval). Got "
            f"{resampling.resamples}.",
            code="agreement_resamples",
            resamples=resampling.resamples,
        )
    if not 0 < resampling.confidence < 1:
        raise AgreementRefused(
            f"The confidence must lie between 0 and 1, for instance 0.95. Got "
            f"{resampling.confidence}.",
            code="agreement_confidence",
            confidence=resampling.confidence,
        )
