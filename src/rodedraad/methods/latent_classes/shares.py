"""How do classes go together with labels, when nobody's class is certain?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.intervals import Interval, percentile_interval
from rodedraad.methods.latent_classes.correction import undone, unmixed
from rodedraad.methods.latent_classes.joined import joined
from rodedraad.methods.latent_classes.refusals import check_at_least, check_confidence
from rodedraad.methods.latent_classes.results import LatentClasses
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]

FEW = 5


@dataclass(frozen=True, slots=True)
class Share:
    """A share, 0-1; no interval when resamples were not asked for."""

    estimate: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class ClassShares:
    """Classes beside labels (a role, a municipality), corrected for doubtful memberships.

    ``counts[label][class]`` are estimated respondents; ``of_label[label][class]`` is the share of
    a label's respondents in a class and ``of_class[class][label]`` the share of a class with a
    label. ``assigned[label][class]`` is the plain table of modal classes, which understates
    differences.
    """

    name: str
    labels: tuple[str, ...]
    n_classes: int
    counts: tuple[tuple[float, ...], ...]
    of_label: tuple[tuple[Share, ...], ...]
    of_class: tuple[tuple[Share, ...], ...]
    assigned: tuple[tuple[int, ...], ...]
    n: int
    n_missing: int
    resamples: int
    seed: int
    notices: tuple[Notice, ...]


def class_shares(
    model: LatentClasses,
    labels: Sequence[object] | pl.Series,
    *,
    name: str = "label",
    resamples: int = 500,
    seed: int = 1,
    confidence: float = 0.95,
) -> ClassShares:
    """The classes per label and the labels per class: three steps, maximum likelihood.

    The table of labels by modal class is taken as what is seen of an unknown table of labels by
    class through the classification errors of the model; the likeliest such table is given. Its
    shares lie between 0 and 1.

    Parameters
    ----------
    labels: one per row of the model; None where not known.
    resamples: of respondents, for percentile intervals; 0 for none. seed: of these.

    Raises
    ------
    ClassRefusal: other than one label per row; classes that the assignments do not tell apart.

    Notes
    -----
    The model itself is taken as known: with few respondents or low entropy the intervals are too
    narrow. Assumes that the answers say nothing on the label beyond the class.
    ``few_with_label``: a label with fewer than 5 respondents. Checked against StepMix.

    Vermunt, J. (2010). Latent class modeling with covariates: two improved three-step approaches.
    Political Analysis 18, 450-469. Bakk, Z., Tekle, F. & Vermunt, J. (2013). Sociological
    Methodology 43, 272-311.

    >>> from rodedraad.methods.latent_classes.data import class_data
    >>> from rodedraad.methods.latent_classes.models import latent_classes
    >>> answers = {name: [1] * 30 + [0] * 20 for name in "ABC"}
    >>> model = latent_classes(class_data(answers, categories=["A", "B", "C"]), 2, seed=1)
    >>> found = class_shares(model, ["x"] * 25 + ["y"] * 25, resamples=0)
    >>> [[round(share.estimate, 6) for share in row] for row in found.of_label]
    [[1.0, 0.0], [0.2, 0.8]]
    """
    check_at_least("resamples", resamples, 0)
    check_confidence(confidence)
    beside = joined(model, labels, name)
    inverse = undone(model)
    seen = beside.assigned
    of_label = unmixed(seen, model.members.errors, inverse)
    totals = seen.sum(axis=1, keepdims=True)
    draws_label, draws_class = _resampled(seen, model.members.errors, inverse, resamples, seed)
    method = f"percentile of {resamples} resamples"

    def shares(values: Floats, draws: Floats) -> tuple[tuple[Share, ...], ...]:
        return tuple(
            tuple(
                Share(
                    float(value),
                    percentile_interval(draws[:, i, j], confidence, method=method)
                    if resamples
                    else None,
                )
                for j, value in enumerate(row)
            )
            for i, row in enumerate(values)
        )

    counts = of_label * totals
    of_class = (counts / np.maximum(counts.sum(axis=0), 1e-300)).T
    few = {
        label: round(float(n))
        for label, n in zip(beside.labels, totals[:, 0], strict=True)
        if n < FEW
    }
    return ClassShares(
        name=name,
        labels=beside.labels,
        n_classes=model.n_classes,
        counts=_rows(counts),
        of_label=shares(of_label, draws_label),
        of_class=shares(of_class, draws_class),
        assigned=tuple(tuple(round(n) for n in row) for row in seen.tolist()),
        n=round(float(totals.sum())),
        n_missing=beside.n_missing,
        resamples=resamples,
        seed=seed,
        notices=(Notice("few_with_label", {"labels": few}),) if few else (),
    )


def _resampled(
    seen: Floats, errors: Floats, inverse: Floats, resamples: int, seed: int
) -> tuple[Floats, Floats]:
    """Shares per label and per class in resamples; NaN where a label or class got nobody."""
    v, k = seen.shape
    n = round(float(seen.sum()))
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(n, (seen / seen.sum()).ravel(), size=resamples).astype(np.float64)
    of_label = unmixed(drawn.reshape(-1, k), errors, inverse).reshape(resamples, v, k)
    totals = drawn.reshape(resamples, v, k).sum(axis=2, keepdims=True)
    counts = of_label * totals
    sums = counts.sum(axis=1, keepdims=True)
    of_label[np.broadcast_to(totals == 0, of_label.shape)] = np.nan
    of_class = counts / np.where(sums > 0, sums, np.nan)
    return of_label, of_class.transpose(0, 2, 1)


def _rows(table: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())
