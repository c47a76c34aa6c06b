"""Do a type by rule and a class by model say the same of the same cases?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import optimize  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.intervals import Interval, percentile_interval
from rodedraad.methods.latent_classes.joined import joined
from rodedraad.methods.latent_classes.refusals import check_at_least, check_confidence
from rodedraad.methods.latent_classes.results import LatentClasses
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEW = 20

_least_cost = cast(Callable[[Floats], tuple[Ints, Ints]], cast(Any, optimize).linear_sum_assignment)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A figure of agreement; None when it is not defined (everything in one group)."""

    estimate: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class RuleAgreement:
    """How types by rule and classes by model agree, on cases that have both.

    ``modal[label][class]`` counts cases by their most probable class; ``expected[label][class]``
    adds up how probable the classes are, so that doubt counts. ``pairs`` says which class goes
    with a label: paired so that most cases agree, each at most once (None: no class is left).
    ``agreed`` is the share of cases in their pair, ``expected_agreed`` the same by posteriors.
    ``kappa`` and ``expected_kappa`` correct these for chance; they are for the best pairing, and
    so flatter. ``adjusted_rand`` needs no pairing: 1 the same groups, 0 as much as chance gives.
    """

    name: str
    labels: tuple[str, ...]
    n_classes: int
    modal: tuple[tuple[int, ...], ...]
    expected: tuple[tuple[float, ...], ...]
    pairs: tuple[int | None, ...]
    agreed: float
    expected_agreed: float
    kappa: Agreement
    expected_kappa: float | None
    adjusted_rand: Agreement
    n: int
    n_missing: int
    resamples: int
    seed: int
    notices: tuple[Notice, ...]


def rule_agreement(
    model: LatentClasses,
    labels: Sequence[object] | pl.Series,
    *,
    name: str = "type",
    resamples: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
) -> RuleAgreement:
    """Lay types by rule beside the classes of a model.

    Parameters
    ----------
    labels: the type of each row of the model by rule; None where the rule gives none.
    resamples: of cases, for percentile intervals with the pairing held; 0 for none. seed: of these.

    Raises
    ------
    ClassRefusal: other than one label per row, or none known of a row that has a class.

    Notes
    -----
    Two typologies may both be right and disagree: they ask different things. Notices:
    ``classes_unpaired`` and ``labels_unpaired`` when their numbers differ, ``few_cases`` below 20.
    Adjusted Rand checked against scikit-learn, kappa too (tests/methods).

    Cohen, J. (1960). Educational and Psychological Measurement 20, 37-46. Hubert, L. & Arabie, P.
    (1985). Comparing partitions. Journal of Classification 2, 193-218.

    >>> from rodedraad.methods.latent_classes.data import class_data
    >>> from rodedraad.methods.latent_classes.models import latent_classes
    >>> answers = {name: [1] * 30 + [0] * 20 for name in "ABC"}
    >>> model = latent_classes(class_data(answers, categories=["A", "B", "C"]), 2, seed=1)
    >>> found = rule_agreement(model, ["deep"] * 25 + ["wide"] * 25, resamples=0)
    >>> found.pairs, found.agreed, round(found.kappa.estimate, 6)
    ((1, 2), 0.9, 0.8)
    """
    check_at_least("resamples", resamples, 0)
    check_confidence(confidence)
    beside = joined(model, labels, name)
    modal, expected = beside.assigned, beside.expected
    label_places, class_places = _least_cost(-modal)
    pairs = dict(zip(label_places.tolist(), class_places.tolist(), strict=True))
    size = max(modal.shape)
    order = _paired_order(pairs, size)
    n = float(modal.sum())
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(round(n), (modal / n).ravel(), size=resamples).astype(np.float64)
    draws = drawn.reshape(resamples, *modal.shape)
    method = f"percentile of {resamples} resamples"

    def figure(of: Callable[[Floats], Floats], table: Floats, many: Floats) -> Agreement:
        value = float(of(table[None])[0])
        interval = percentile_interval(of(many), confidence, method=method) if resamples else None
        return Agreement(*((value, interval) if np.isfinite(value) else (None, None)))

    square, squares = _squared(modal[None], order), _squared(draws, order)
    square_expected = _squared(expected[None], order)
    expected_kappa = float(_kappa(square_expected)[0])
    return RuleAgreement(
        name=name,
        labels=beside.labels,
        n_classes=model.n_classes,
        modal=tuple(tuple(round(count) for count in row) for row in modal.tolist()),
        expected=tuple(tuple(row) for row in expected.tolist()),
        pairs=tuple(
            pairs[place] + 1 if place in pairs else None for place in range(len(beside.labels))
        ),
        agreed=float(np.trace(square[0]) / n),
        expected_agreed=float(np.trace(square_expected[0]) / n),
        kappa=figure(_kappa, square[0], squares),
        expected_kappa=expected_kappa if np.isfinite(expected_kappa) else None,
        adjusted_rand=figure(_adjusted_rand, modal, draws),
        n=round(n),
        n_missing=beside.n_missing,
        resamples=resamples,
        seed=seed,
        notices=_notices(beside.labels, model.n_classes, pairs, round(n)),
    )


def _paired_order(pairs: dict[int, int], size: int) -> tuple[list[int], list[int]]:
    """Labels and classes in such an order that pairs meet on the diagonal."""
    rows = [*pairs, *(place for place in range(size) if place not in pairs)]
    columns = [*pairs.values(), *(place for place in range(size) if place not in pairs.values())]
    return rows, columns


def _squared(tables: Floats, order: tuple[list[int], list[int]]) -> Floats:
    size = len(order[0])
    square = np.zeros((tables.shape[0], size, size))
    square[:, : tables.shape[1], : tables.shape[2]] = tables
    return square[:, order[0]][:, :, order[1]]


def _kappa(tables: Floats) -> Floats:
    n = tables.sum(axis=(1, 2))
    agreed = np.trace(tables, axis1=1, axis2=2) / n
    chance = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / n**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance < 1 - 1e-12, (agreed - chance) / (1 - chance), np.nan)


def _adjusted_rand(tables: Floats) -> Floats:
    def pairs(counts: Floats) -> Floats:
        return counts * (counts - 1) / 2

    both = pairs(tables).sum(axis=(1, 2))
    rows, columns = (pairs(tables.sum(axis=axis)).sum(axis=1) for axis in (2, 1))
    every = pairs(tables.sum(axis=(1, 2)))
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = rows * columns / every
        most = (rows + columns) / 2
        return np.where(most - chance > 1e-12, (both - chance) / (most - chance), np.nan)


def _notices(
    labels: tuple[str, ...], n_classes: int, pairs: dict[int, int], n: int
) -> tuple[Notice, ...]:
    said: list[Notice] = []
    unpaired = [label for place, label in enumerate(labels) if place not in pairs]
    if unpaired:
        said.append(Notice("labels_unpaired", {"labels": unpaired}))
    alone = [k + 1 for k in range(n_classes) if k not in pairs.values()]
    if alone:
        said.append(Notice("classes_unpaired", {"classes": alone}))
    if n < FEW:
        said.append(Notice("few_cases", {"n": n}))
    return tuple(said)
