"""Which classes of respondents or cases answer alike, and how well does that describe them?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.cautions import cautions
from rodedraad.methods.latent_classes.data import ClassData
from rodedraad.methods.latent_classes.members import doubt, members_of
from rodedraad.methods.latent_classes.precision import no_errors, precision_of
from rodedraad.methods.latent_classes.profiles import (
    ALIKE,
    BY_SIZE,
    Describer,
    category_profiles,
    number_profiles,
    order_like,
    size_order,
)
from rodedraad.methods.latent_classes.refusals import (
    ClassRefusal,
    check_at_least,
    check_confidence,
)
from rodedraad.methods.latent_classes.results import (
    Estimate,
    Fit,
    Kind,
    LatentClasses,
    Starts,
    Variances,
)
from rodedraad.methods.latent_classes.search import Search, search
from rodedraad.methods.latent_classes.steps import Parts, Shape, design_of, posteriors

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_STEPS = 3000
REPLICATED = 0.01


def latent_classes(
    data: ClassData,
    n_classes: int,
    *,
    seed: int,
    starts: int = 20,
    workers: int = 1,
    variances: Variances = "shared",
    like: LatentClasses | None = None,
    errors: bool = True,
    confidence: float = 0.95,
    most_steps: int = MOST_STEPS,
) -> LatentClasses:
    """Fit a latent class model (category items), a latent profile model (numbers), or of both.

    Within a class the items are independent; number items are normal there. What classes have in
    common is thereby all that items have to do with each other: that is the assumption.

    Parameters
    ----------
    data: from :func:`rodedraad.methods.latent_classes.data.class_data`.
    n_classes: number of classes, at least 1.
    seed: of the random starts; repeats the result, whatever the ``workers`` (threads).
    starts: searches from different points, each the best of ten short runs; then the best is
        shaken and searched again, twice as often. The likelihood has many tops: see how many
        starts found the highest one.
    variances: of number items, "shared" by the classes (steady at small n) or each its "own".
    like: number the classes as in this model (an earlier wave), which they must resemble;
        otherwise by size, largest first.
    errors: compute standard errors, intervals and whether the data determine every number.

    Returns
    -------
    LatentClasses. Notices: ``rows_without_answers``, ``levels_nobody_chose``,
    ``incomplete_rows`` (used for what is known of them), ``more_parameters_than_cells`` and
    ``not_identified`` (other numbers describe any data equally well: take fewer classes or more
    items), ``not_determined`` (these data leave numbers open),
    ``more_parameters_than_rows``, ``at_boundary``, ``variance_at_floor``, ``few_in_class``,
    ``classes_overlap`` (entropy below 0.6), ``best_not_replicated`` and ``not_converged`` (take
    more starts or steps).

    Raises
    ------
    ClassRefusal: fewer distinct rows than classes, a setting out of range, ``like`` another model.

    Notes
    -----
    Full information maximum likelihood: missing answers are taken as missing at random. EM with
    squared extrapolation; 20,000 rows of 20 items take a quarter of a second per start. Checked
    against poLCA, mclust, StepMix and scikit-learn (tests/reference/latent_classes).

    Lazarsfeld, P. & Henry, N. (1968). Latent structure analysis. Goodman, L. (1974). Exploratory
    latent structure analysis. Biometrika 61, 215-231. McLachlan, G. & Peel, D. (2000). Finite
    mixture models.

    >>> from rodedraad.methods.latent_classes.data import class_data
    >>> answers = {"A": [1, 1, 1, 0, 0], "B": [1, 1, 1, 0, 0], "C": [1, 1, 1, 0, 0]}
    >>> model = latent_classes(class_data(answers, categories=["A", "B", "C"]), 2, seed=1)
    >>> [round(share.estimate, 6) for share in model.shares], model.members.modal.tolist()
    ([0.6, 0.4], [1, 1, 1, 2, 2])
    """
    _check(data, n_classes, starts, workers, confidence, most_steps)
    shape = Shape(n_classes, data.patterns.sizes, len(data.numbers), variances == "shared")
    design = design_of(data.patterns, shape)
    found = search(
        data.patterns,
        design,
        seed=np.random.SeedSequence([seed, n_classes]),
        starts=starts if n_classes > 1 else 1,
        most_steps=most_steps,
        workers=workers,
    )
    theta, order = _ordered(data, shape, found.best.theta, like)
    weights = posteriors(design, theta)
    parts = one_model(shape, theta)
    precision = precision_of(data.patterns, design, theta) if errors else None
    of = no_errors(parts) if precision is None else precision.errors
    describe = Describer(confidence)
    members = members_of(data, weights, parts.shares)
    summary = _starts(found, _rescaled(data))
    fit = _fit(data, shape, summary.best, doubt(weights, data.patterns.counts))
    return LatentClasses(
        kind=_kind(data),
        n_classes=n_classes,
        shares=_shares(parts, of, describe),
        categories=category_profiles(data, parts, of, describe),
        numbers=number_profiles(data, parts, of, describe),
        variances=variances,
        fit=fit,
        starts=summary,
        members=members,
        row_counts=data.row_counts,
        n=data.n,
        n_rows=data.n_rows,
        missing=data.missing,
        order=order,
        seed=seed,
        notices=(
            *data.notices,
            *cautions(data, shape, parts, precision, fit, summary, members),
        ),
    )


def one_model(shape: Shape, theta: Floats) -> Parts:
    """The parts of a stack of one, without the axis of the stack."""
    return Parts(*(part[0] for part in shape.parts(theta)))


def _check(
    data: ClassData, n_classes: int, starts: int, workers: int, confidence: float, most_steps: int
) -> None:
    check_at_least("n_classes", n_classes, 1)
    check_at_least("starts", starts, 1)
    check_at_least("workers", workers, 1)
    check_at_least("most_steps", most_steps, 2)
    check_confidence(confidence)
    distinct = data.patterns.counts.size
    if distinct < n_classes:
        raise ClassRefusal(
            f"{n_classes} classes cannot be made of {distinct} different rows of answers. Take at "
            f"most {distinct} classes, or more items or respondents.",
            code="classes_too_many",
            n_classes=n_classes,
            distinct=distinct,
        )


def _ordered(
    data: ClassData, shape: Shape, theta: Floats, like: LatentClasses | None
) -> tuple[Floats, str]:
    parts = one_model(shape, theta)
    order = size_order(parts) if like is None else order_like(like, parts, data)
    shares, probabilities, means, spreads = shape.parts(theta)
    spreads = spreads if shape.shared else spreads[:, order]
    moved = Parts(shares[:, order], probabilities[:, order], means[:, order], spreads)
    return shape.theta(moved), BY_SIZE if like is None else ALIKE


def _shares(parts: Parts, errors: Parts, describe: Describer) -> tuple[Estimate, ...]:
    return tuple(
        describe.chance(float(share), float(error))
        for share, error in zip(parts.shares, errors.shares, strict=True)
    )


def _starts(found: Search, rescaled: float) -> Starts:
    best, ends = found.best, found.ends
    near = best.log_likelihood - REPLICATED
    return Starts(
        n=len(ends),
        replicated=sum(end.log_likelihood > near for end in ends),
        converged=sum(end.converged for end in ends),
        best=best.log_likelihood + rescaled,
        best_converged=best.converged,
        log_likelihoods=tuple(end.log_likelihood + rescaled for end in ends),
    )


def _rescaled(data: ClassData) -> float:
    """What the log-likelihood of the numbers in their own units differs from the standardised."""
    known = np.isfinite(data.patterns.values)
    return -float(data.patterns.counts @ known @ np.log(data.spreads))


def _fit(data: ClassData, shape: Shape, log_likelihood: float, in_doubt: float) -> Fit:
    n, p, counts = data.patterns.n, shape.n_parameters, data.patterns.counts
    bic = p * np.log(n) - 2 * log_likelihood
    only_categories = not data.numbers
    table = np.prod([float(size) for size in shape.sizes]) if only_categories else 0.0
    complete = only_categories and not any(data.missing.values())
    saturated = float(counts @ np.log(counts / n))
    return Fit(
        log_likelihood=log_likelihood,
        n_parameters=p,
        aic=2 * p - 2 * log_likelihood,
        bic=float(bic),
        adjusted_bic=float(p * np.log((n + 2) / 24) - 2 * log_likelihood),
        icl=float(bic + 2 * in_doubt),
        entropy=_entropy(in_doubt, n, shape.n_classes),
        g_squared=max(0.0, 2 * (saturated - log_likelihood)) if complete else None,
        degrees_of_freedom=int(table) - 1 - p if only_categories else None,
    )


def _kind(data: ClassData) -> Kind:
    if data.categories and data.numbers:
        return "both kinds of item"
    return "latent classes" if data.categories else "latent profiles"


def _entropy(in_doubt: float, n: float, n_classes: int) -> float | None:
    return None if n_classes == 1 else float(1 - in_doubt / (n * np.log(n_classes)))
