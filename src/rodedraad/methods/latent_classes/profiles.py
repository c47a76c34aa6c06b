"""How do the numbers of a search become the profile of a class, and back?"""

from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy import optimize  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.intervals import Interval
from rodedraad.methods.latent_classes.data import ClassData
from rodedraad.methods.latent_classes.refusals import ClassRefusal
from rodedraad.methods.latent_classes.results import (
    CategoryProfile,
    Estimate,
    LatentClasses,
    NumberProfile,
)
from rodedraad.methods.latent_classes.steps import Parts, Shape

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BY_SIZE = "by size, largest first"
NOTHING_KNOWN = 100.0
ALIKE = "like the model it was compared with"

_least_cost = cast(Callable[[Floats], tuple[Ints, Ints]], cast(Any, optimize).linear_sum_assignment)


class Describer:
    """Makes estimates with an interval of one confidence."""

    def __init__(self, confidence: float) -> None:
        self.confidence = confidence
        self.z = NormalDist().inv_cdf((1 + confidence) / 2)

    def chance(self, p: float, error: float) -> Estimate:
        """A share or probability; its interval is symmetric on the logit scale."""
        if not np.isfinite(error):
            return Estimate(p, None, None)
        logit, away = np.log(p / (1 - p)), self.z * error / (p * (1 - p))
        low, high = (float(np.tanh(end / 2) + 1) / 2 for end in (logit - away, logit + away))
        return Estimate(p, error, Interval(low, high, self.confidence, "Wald, logit scale"))

    def mean(self, mean: float, error: float) -> Estimate:
        """A mean, with a symmetric interval."""
        if not np.isfinite(error):
            return Estimate(mean, None, None)
        low, high = mean - self.z * error, mean + self.z * error
        return Estimate(mean, error, Interval(low, high, self.confidence, "Wald"))

    def spread(self, sd: float, error: float) -> Estimate:
        """A standard deviation; ``error`` is of the log of its square, nothing known above 100."""
        if not error <= NOTHING_KNOWN:
            return Estimate(sd, None, None)
        factor = float(np.exp(self.z * error / 2))
        interval = Interval(sd / factor, sd * factor, self.confidence, "Wald, log scale")
        return Estimate(sd, sd * error / 2, interval)


def category_profiles(
    data: ClassData, parts: Parts, errors: Parts, describe: Describer
) -> tuple[CategoryProfile, ...]:
    """The profile of each category item; ``parts`` and ``errors`` are of one model."""
    ends = np.cumsum([0, *(len(levels) for levels in data.levels)]).tolist()
    return tuple(
        CategoryProfile(
            name,
            levels,
            tuple(
                tuple(
                    describe.chance(float(p), float(e))
                    for p, e in zip(chances[low:high], of[low:high], strict=True)
                )
                for chances, of in zip(parts.probabilities, errors.probabilities, strict=True)
            ),
        )
        for name, levels, low, high in zip(
            data.categories, data.levels, ends[:-1], ends[1:], strict=True
        )
    )


def number_profiles(
    data: ClassData, parts: Parts, errors: Parts, describe: Describer
) -> tuple[NumberProfile, ...]:
    """The profile of each number item, in its own unit."""
    k = parts.means.shape[0]
    sds = np.exp(parts.log_variances / 2)
    found: list[NumberProfile] = []
    for j, name in enumerate(data.numbers):
        centre, spread = data.centres[j], data.spreads[j]
        means = zip(parts.means[:, j].tolist(), errors.means[:, j].tolist(), strict=True)
        spreads = [
            describe.spread(float(sd) * spread, float(error))
            for sd, error in zip(sds[:, j], errors.log_variances[:, j], strict=True)
        ]
        found.append(
            NumberProfile(
                name,
                tuple(describe.mean(centre + spread * m, spread * e) for m, e in means),
                tuple(spreads * (k // len(spreads))),
            )
        )
    return tuple(found)


def theta_of(model: LatentClasses, data: ClassData, shape: Shape) -> Floats:
    """The numbers of a search that a model came from, (1, n_theta).

    Raises
    ------
    ClassRefusal: the model is not of these data: other items or other levels.
    """
    levels = tuple(profile.levels for profile in model.categories)
    if model.items != data.items or levels != data.levels:
        raise ClassRefusal(
            "The model is of other items or levels than the data. Fit it on these data first.",
            code="classes_other_items",
        )
    k = model.n_classes
    probabilities = [[one.estimate for one in row] for row in _rows(model)]
    means = np.array([[one.estimate for one in profile.means] for profile in model.numbers])
    sds = np.array([[one.estimate for one in profile.sds] for profile in model.numbers])
    means = means.reshape(-1, k).T
    sds = sds.reshape(-1, k).T[:1] if shape.shared else sds.reshape(-1, k).T
    return shape.theta(
        Parts(
            np.array([[share.estimate for share in model.shares]]),
            np.array(probabilities).reshape(1, k, -1),
            ((means - data.centres) / data.spreads)[None],
            2 * np.log(sds / data.spreads)[None],
        )
    )


def size_order(parts: Parts) -> Ints:
    """The classes from large to small; equal ones by their profiles, from low to high."""
    profiles = np.hstack([parts.probabilities, parts.means]).round(6)
    keys = [(-round(share, 6), *row) for share, row in zip(parts.shares, profiles, strict=True)]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def order_like(reference: LatentClasses, parts: Parts, data: ClassData) -> Ints:
    """The classes in the order of those of another model that they are most alike.

    Pairs are made so that the profiles differ least in total: half the absolute difference of
    probabilities per category item, the difference of means over the spread per number item.

    Raises
    ------
    ClassRefusal: another number of classes, or an item that the other does not have.
    """
    k = parts.shares.size
    absent = [name for name in data.items if name not in reference.items]
    if reference.n_classes != k or absent:
        raise ClassRefusal(
            f"The model to resemble has {reference.n_classes} classes of the items "
            f"{', '.join(reference.items)}; it must have {k} and all items of this one.",
            code="classes_not_alike",
        )
    costs = np.zeros((k, k))
    ends = np.cumsum([0, *(len(levels) for levels in data.levels)]).tolist()
    there = {profile.item: profile for profile in reference.categories}
    for name, levels, low in zip(data.categories, data.levels, ends, strict=False):
        if name not in there:
            raise _other_kind(name)
        words = tuple(dict.fromkeys((*levels, *there[name].levels)))
        here = np.zeros((k, len(words)))
        here[:, : len(levels)] = parts.probabilities[:, low : low + len(levels)]
        other = np.zeros((k, len(words)))
        places = [words.index(word) for word in there[name].levels]
        other[:, places] = [[one.estimate for one in row] for row in there[name].probabilities]
        costs += np.abs(other[:, None] - here).sum(axis=2) / 2
    numbers = {profile.item: profile for profile in reference.numbers}
    for j, name in enumerate(data.numbers):
        if name not in numbers:
            raise _other_kind(name)
        means = np.array([one.estimate for one in numbers[name].means])
        here_means = data.centres[j] + data.spreads[j] * parts.means[:, j]
        costs += np.abs(means[:, None] - here_means) / data.spreads[j]
    return _least_cost(costs)[1].astype(np.int64)


def _rows(model: LatentClasses) -> Sequence[Sequence[Estimate]]:
    """Per class the probabilities of all levels of all items."""
    return [
        [one for profile in model.categories for one in profile.probabilities[k]]
        for k in range(model.n_classes)
    ]


def _other_kind(name: str) -> ClassRefusal:
    return ClassRefusal(
        f"{name!r} is of another kind in the model to resemble. Read it in the same way.",
        code="classes_not_alike",
    )
