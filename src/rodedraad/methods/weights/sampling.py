"""How were the respondents drawn: in strata, in clusters, out of how many?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rodedraad.methods.weights.margins import Codes, Floats, Labels
from rodedraad.methods.weights.refusals import WeightRefusal


@dataclass(frozen=True, slots=True, eq=False)
class SampleDesign:
    """Per respondent the cluster (sampled unit), per cluster its stratum, per stratum the share
    of its clusters that was not drawn. Make one with :meth:`simple` or :func:`sample_design`."""

    clusters: Codes
    strata: Codes
    undrawn: Floats

    @classmethod
    def simple(cls, n: int) -> "SampleDesign":
        """Each of ``n`` respondents drawn by itself from a population without end."""
        return cls(np.arange(n), np.zeros(n, dtype=np.int64), np.ones(1))

    @property
    def n_clusters(self) -> int:
        """Number of sampled units."""
        return self.strata.size

    @property
    def n_strata(self) -> int:
        """Number of strata."""
        return self.undrawn.size

    @property
    def degrees(self) -> int:
        """Degrees of freedom: sampled units less strata."""
        return self.n_clusters - self.n_strata

    def variance_of_total(self, contributions: Floats) -> float:
        """Variance of the sum of ``contributions`` (weight times score), of shape (n,).

        Between the clusters of each stratum, as if drawn with replacement, times the share that
        was not drawn.
        """
        if contributions.shape != self.clusters.shape:
            raise WeightRefusal(
                f"The design has {self.clusters.size} respondents, the values "
                f"{contributions.size}. Give the design of the same respondents.",
                code="weights_shape",
            )
        if self.n_clusters == 1:
            raise WeightRefusal(
                "With one sampled unit there is no variance to learn. Give at least two.",
                code="weights_single_unit",
            )
        sums = np.bincount(self.clusters, weights=contributions, minlength=self.n_clusters)
        n = np.bincount(self.strata)
        off = sums - (np.bincount(self.strata, weights=sums) / n)[self.strata]
        squares = np.bincount(self.strata, weights=off**2)
        certain = self.undrawn == 0
        parts = np.where(certain, 0.0, self.undrawn * n / np.maximum(n - 1, 1) * squares)
        return float(parts.sum())


def sample_design(
    n: int,
    *,
    strata: Labels | None = None,
    clusters: Labels | None = None,
    stratum_sizes: Mapping[str, float] | float | None = None,
) -> SampleDesign:
    """Describe how ``n`` respondents were drawn.

    Parameters
    ----------
    strata, clusters: one label per respondent. Equal cluster labels in different strata are
        different clusters. Without clusters each respondent is a sampled unit.
    stratum_sizes: number of units (clusters, or people without clusters) in the population,
        per stratum or one number without strata; None takes the population as without end.

    Raises
    ------
    WeightRefusal: other lengths, a stratum with one sampled unit that is not the whole stratum,
        a stratum without size or with a size below what was drawn from it.

    >>> sample_design(4, strata=list("aabb"), stratum_sizes={"a": 10, "b": 4}).undrawn.tolist()
    [0.8, 0.5]
    """
    strata_of = _texts("stratum", strata, n) if strata is not None else ["all"] * n
    if clusters is None:
        unit_of = [(stratum, str(i)) for i, stratum in enumerate(strata_of)]
    else:
        unit_of = list(zip(strata_of, _texts("cluster", clusters, n), strict=True))
    places = {unit: i for i, unit in enumerate(dict.fromkeys(unit_of))}
    names = sorted(set(strata_of))
    stratum_of = np.array([names.index(stratum) for stratum, _ in places], dtype=np.int64)
    drawn = np.bincount(stratum_of, minlength=len(names))
    undrawn = np.array(
        [_undrawn(name, int(k), stratum_sizes) for name, k in zip(names, drawn, strict=True)]
    )
    alone = [name for name, k, r in zip(names, drawn, undrawn, strict=True) if k == 1 and r > 0]
    if alone:
        raise WeightRefusal(
            f"Only one unit was drawn from stratum {alone[0]!r}, so no variance can be learned "
            "there. Join it with another stratum, or give its size when it was taken whole.",
            code="weights_single_unit",
            strata=alone,
        )
    return SampleDesign(
        clusters=np.array([places[unit] for unit in unit_of], dtype=np.int64),
        strata=stratum_of,
        undrawn=undrawn,
    )


def _undrawn(name: str, drawn: int, sizes: Mapping[str, float] | float | None) -> float:
    if sizes is None:
        return 1.0
    size = sizes.get(name) if isinstance(sizes, Mapping) else sizes
    if size is None or size < drawn:
        raise WeightRefusal(
            f"Stratum {name!r}: {drawn} units were drawn and its size is "
            f"{'not given' if size is None else f'{size:g}'}. Give a size of at least {drawn}.",
            code="weights_stratum_size",
            stratum=name,
        )
    return 1 - drawn / size


def _texts(what: str, labels: Labels, n: int) -> list[str]:
    found = ["" if label is None else str(label).strip() for label in labels]
    if len(found) != n:
        raise WeightRefusal(
            f"There are {len(found)} {what} labels for {n} respondents. Give one each.",
            code="weights_shape",
        )
    missing = [i for i, label in enumerate(found) if label in {"", "nan"}]
    if missing:
        raise WeightRefusal(
            f"Respondent {missing[0] + 1} has no {what}. Fill it in.",
            code="weights_label_missing",
            variable=what,
            row=missing[0] + 1,
        )
    return found
