"""How far apart do the chosen cases lie, and is that more than chance would give?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.figures import Floats
from rodedraad.methods.selection.refusals import SelectionRefusal
from rodedraad.methods.selection.strata import Strata, divide

QUANTILES = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
DRAWS_PER_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Spread:
    """Distances among chosen cases, in units of the distance matrix.

    ``smallest``: the smallest distance between two cases (what a diverse selection maximises);
    ``mean_nearest``: mean distance of a case to its nearest other case; ``mean_pairwise``: mean
    distance over all pairs.
    """

    smallest: float
    mean_nearest: float
    mean_pairwise: float


@dataclass(frozen=True, slots=True)
class RandomMeasure:
    """One measure of spread over random draws, and where a given selection stands in them.

    ``given`` is the selection's own value; ``n_at_least`` the number of draws that reach it;
    ``p`` is (n_at_least + 1) / (draws + 1). All three are ``None`` when none was given.
    """

    mean: float
    sd: float
    quantiles: Mapping[float, float]
    given: float | None
    n_at_least: int | None
    p: float | None


@dataclass(frozen=True, slots=True)
class RandomSpread:
    """Spread of random selections under the same strata and quota."""

    draws: int
    seed: int
    smallest: RandomMeasure
    mean_nearest: RandomMeasure
    mean_pairwise: RandomMeasure


def check_distances(distances: npt.ArrayLike) -> Floats:
    """Return the matrix when it is a distance matrix; refuse it with the cure when not."""
    matrix = np.asarray(distances, dtype=np.float64)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1] and matrix.shape[0] > 0
    if not (
        square
        and np.isfinite(matrix).all()
        and (matrix >= 0).all()
        and not np.diagonal(matrix).any()
        and np.allclose(matrix, matrix.T)
    ):
        raise SelectionRefusal(
            "Distances must be a square, symmetric table of known figures of 0 or more with zeros"
            " on the diagonal. Make them with unit_distances.",
            code="not_distances",
        )
    return matrix


def measure_spread(distances: npt.ArrayLike, chosen: Sequence[int]) -> Spread | None:
    """Spread of the chosen units; ``None`` for fewer than two, which have no distance."""
    if len(chosen) < 2:
        return None
    matrix = np.asarray(distances, dtype=np.float64)
    return Spread(*(float(row[0]) for row in _measures(matrix, np.array([chosen]))))


def random_spread(
    distances: npt.ArrayLike,
    n: int,
    *,
    seed: int,
    strata: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
    draws: int = 1000,
    against: Sequence[int] | None = None,
) -> RandomSpread:
    """Spread of random selections of ``n`` units, drawn under the same strata and quota.

    Parameters
    ----------
    distances: array of shape (n_units, n_units).
    n: number of cases per draw, at least 2.
    seed: whole number; chunk i of 1,000 draws uses the i-th spawn of its SeedSequence.
    strata, quota: as for the selection that is compared.
    draws: number of random selections.
    against: chosen units of the selection to compare.

    Checked against the exact mean over all subsets in tests/methods/test_selection_spread.py.
    """
    matrix = check_distances(distances)
    plan = divide(len(matrix), n, strata, quota)
    if n < 2 or draws < 1:
        raise SelectionRefusal(
            f"Spread needs at least 2 cases and 1 draw. Got {n} cases and {draws} draws instead.",
            code="spread_size",
        )
    chunks = -(-draws // DRAWS_PER_CHUNK)
    seeds = np.random.SeedSequence(seed).spawn(chunks)
    values = np.concatenate(
        [
            _measures(matrix, _draw(plan, min(DRAWS_PER_CHUNK, draws - i * DRAWS_PER_CHUNK), s))
            for i, s in enumerate(seeds)
        ],
        axis=1,
    )
    given = None if against is None else measure_spread(matrix, against)
    return RandomSpread(
        draws=draws,
        seed=seed,
        smallest=_compare(values[0], given and given.smallest),
        mean_nearest=_compare(values[1], given and given.mean_nearest),
        mean_pairwise=_compare(values[2], given and given.mean_pairwise),
    )


def _draw(plan: Strata, draws: int, seed: np.random.SeedSequence) -> npt.NDArray[np.intp]:
    """Array of shape (draws, n): in every stratum its quota of units, each set equally likely."""
    rng = np.random.default_rng(seed)
    picks: list[npt.NDArray[np.intp]] = []
    for position, places in enumerate(plan.quota):
        members = plan.members(position)
        order = np.argsort(rng.random((draws, members.size)), axis=1)
        picks.append(members[order[:, :places]])
    return np.concatenate(picks, axis=1)


def _measures(matrix: Floats, chosen: npt.NDArray[np.intp]) -> Floats:
    """Array of shape (3, draws): smallest, mean nearest and mean pairwise distance."""
    n = chosen.shape[1]
    among = matrix[chosen[:, :, None], chosen[:, None, :]]
    mean_pairwise = among.sum(axis=(1, 2)) / (n * (n - 1))
    among[:, np.arange(n), np.arange(n)] = np.inf
    nearest = among.min(axis=2)
    return np.stack([nearest.min(axis=1), nearest.mean(axis=1), mean_pairwise])


def _compare(values: Floats, given: float | None) -> RandomMeasure:
    reached = None if given is None else int((values >= given - 1e-12).sum())
    return RandomMeasure(
        mean=float(values.mean()),
        sd=float(values.std(ddof=1)) if values.size > 1 else 0.0,
        quantiles={q: float(np.quantile(values, q)) for q in QUANTILES},
        given=given,
        n_at_least=reached,
        p=None if reached is None else (reached + 1) / (values.size + 1),
    )
