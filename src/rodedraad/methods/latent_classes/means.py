"""How do classes differ on a number, when nobody's class is certain?"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval
from rodedraad.methods.latent_classes.correction import undone
from rodedraad.methods.latent_classes.joined import check_length, none_known
from rodedraad.methods.latent_classes.refusals import ClassRefusal, check_confidence
from rodedraad.methods.latent_classes.results import Estimate, LatentClasses
from rodedraad.methods.models.solvers import chi_squared_tail
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]

FEW = 5


@dataclass(frozen=True, slots=True)
class ClassMeans:
    """The mean of a number in each class, corrected for doubtful memberships.

    ``statistic`` and ``p`` are of the Wald test that all means are equal (``degrees_of_freedom``
    classes less one); None with one class or where a class has no spread. ``assigned_means`` are
    those of modal classes, which lie too near each other (None for a class without members).
    """

    name: str
    means: tuple[Estimate, ...]
    assigned_means: tuple[float | None, ...]
    statistic: float | None
    degrees_of_freedom: int
    p: float | None
    n: int
    n_missing: int
    notices: tuple[Notice, ...]


def class_means(
    model: LatentClasses,
    numbers: npt.ArrayLike,
    *,
    name: str = "number",
    confidence: float = 0.95,
) -> ClassMeans:
    """The mean of a number per class: three steps, weights of Bolck, Croon and Hagenaars (BCH).

    Every respondent counts for every class by the inverse of the classification errors, so that
    wrong assignments cancel out. Errors are robust (sandwich); the model is taken as known.

    Parameters
    ----------
    numbers: one per row of the model; NaN where not known.

    Raises
    ------
    ClassRefusal: other than one number per row, none known, all the same; classes that the
        assignments do not tell apart.

    Notes
    -----
    Needs no normal distribution. ``few_in_class``: fewer than 5 respondents estimated in a class
    with the number known. Checked against StepMix.

    Bolck, A., Croon, M. & Hagenaars, J. (2004). Political Analysis 12, 3-27. Vermunt (2010).

    >>> from rodedraad.methods.latent_classes.data import class_data
    >>> from rodedraad.methods.latent_classes.models import latent_classes
    >>> answers = {name: [1] * 30 + [0] * 20 for name in "ABC"}
    >>> model = latent_classes(class_data(answers, categories=["A", "B", "C"]), 2, seed=1)
    >>> found = class_means(model, [1.0, 3.0] * 15 + [4.0, 6.0] * 10)
    >>> [round(mean.estimate, 6) for mean in found.means]
    [2.0, 5.0]
    """
    check_confidence(confidence)
    values = np.asarray(numbers, dtype=np.float64).ravel()
    check_length(model, values.size, name)
    known = np.isfinite(values) & model.classified
    if not known.any():
        raise none_known(name)
    if np.ptp(values[known]) == 0:
        raise ClassRefusal(
            f"{name!r} is {values[known][0]:g} in every row that has a class, so the means are "
            "equal. Take another column.",
            code="classes_constant",
            column=name,
        )
    inverse = undone(model)
    y, counts = values[known], model.row_counts[known]
    modal = model.members.modal[known] - 1
    weights = inverse[modal]
    sizes = counts @ weights
    few = {k: round(float(n), 1) for k, n in enumerate(sizes, 1) if n < FEW}
    if (sizes < 1).any():
        raise ClassRefusal(
            f"Of class {int(sizes.argmin()) + 1} less than one respondent is left with {name!r}. "
            "Take fewer classes or another column.",
            code="classes_empty",
            column=name,
        )
    means = (counts * y) @ weights / sizes
    away = weights * (y[:, None] - means) / sizes
    covariance = (away * counts[:, None]).T @ away
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    errors = np.sqrt(np.diagonal(covariance)).tolist()
    statistic, p = _equal_means(means, covariance)
    return ClassMeans(
        name=name,
        means=tuple(
            Estimate(m, e, Interval(m - z * e, m + z * e, confidence, "Wald, robust"))
            for m, e in zip(means.tolist(), errors, strict=True)
        ),
        assigned_means=tuple(
            float(np.average(y[modal == k], weights=counts[modal == k]))
            if (modal == k).any()
            else None
            for k in range(model.n_classes)
        ),
        statistic=statistic,
        degrees_of_freedom=model.n_classes - 1,
        p=p,
        n=round(float(counts.sum())),
        n_missing=round(float(model.row_counts.sum() - counts.sum())),
        notices=(Notice("few_in_class", {"classes": few}),) if few else (),
    )


def _equal_means(means: Floats, covariance: Floats) -> tuple[float | None, float | None]:
    k = means.size
    if k == 1:
        return None, None
    contrast = np.hstack([np.ones((k - 1, 1)), -np.eye(k - 1)])
    spread = contrast @ covariance @ contrast.T
    if np.linalg.matrix_rank(spread) < k - 1:
        return None, None
    gap = contrast @ means
    statistic = float(gap @ np.linalg.solve(spread, gap))
    return statistic, chi_squared_tail(statistic, k - 1)
