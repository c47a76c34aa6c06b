"""How precise are the numbers of a class model, and do the data determine each of them?"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.draws import drawn_answers
from rodedraad.methods.latent_classes.patterns import Patterns, features_of, grouped
from rodedraad.methods.latent_classes.steps import (
    Design,
    Parts,
    Shape,
    design_of,
    posteriors,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# A probability this near to 0 or 1 lies at the boundary: it is taken as known.
BOUNDARY = 1e-5
# A direction with less than this share of the information of the best known one is unknown; a
# number of which more than LOST lies in such directions has no error.
UNKNOWN, LOST = 1e-11, 1e-6
# Whether the model is identified is asked a little away from the boundary, of so many patterns.
INWARD, FEWEST_DRAWN = 0.05, 2000
ROWS_AT_ONCE = 2048


class Precision(NamedTuple):
    """Standard errors, NaN where there is none, and how many parameters are determined.

    ``errors`` has the shapes of the parts of one model; of the number items they are those of
    mean and log variance, standardised. ``identified`` parameters could be told apart with any
    number of rows; of the ``inside`` ones not at a boundary, these data determine ``determined``.
    """

    errors: Parts
    identified: int
    inside: int
    determined: int


def precision_of(patterns: Patterns, design: Design, theta: Floats) -> Precision:
    """Standard errors from the scores of the patterns (the empirical information).

    The parameters are logits of shares and probabilities, means and log variances; the errors of
    shares and probabilities follow by the delta method, and what lies at 0 or 1 is taken as known.
    Identified is the rank of the scores of patterns drawn from the model: when lower than the
    number of parameters, other numbers make the same patterns as likely, and there are no errors.

    Goodman, L. (1974). Exploratory latent structure analysis using both identifiable and
    unidentifiable models. Biometrika 61, 215-231.
    """
    shape = design.shape
    parts = Parts(*(part[0] for part in shape.parts(theta)))
    inside = _inside(parts)
    kept = inside & _free(shape, parts)
    weights = posteriors(design, theta)
    scaled, lengths = _scaled(_information(shape, parts, patterns, weights, kept))
    values, vectors = np.linalg.eigh(scaled)
    known = values > UNKNOWN * values.max(initial=0.0)
    identified = _identified(shape, parts)
    errors = np.full(inside.size, np.nan)
    if identified == shape.n_parameters:
        along = (_gradients(shape, parts)[:, kept] / lengths) @ vectors
        total = np.sum(along**2, axis=1)
        lost = np.sum(along[:, ~known] ** 2, axis=1) > LOST * total
        found = np.sqrt(np.sum(along[:, known] ** 2 / values[known], axis=1))
        errors = np.where(inside & ~lost & (total > 0), found, np.nan)
    return Precision(_as_parts(parts, errors), identified, int(kept.sum()), int(known.sum()))


def _identified(shape: Shape, parts: Parts) -> int:
    even = np.repeat([1 / size for size in shape.sizes], shape.sizes)
    inward = Parts(
        (1 - INWARD) * parts.shares + INWARD / shape.n_classes,
        (1 - INWARD) * parts.probabilities + INWARD * even,
        parts.means,
        parts.log_variances,
    )
    per_class = max(FEWEST_DRAWN, 3 * shape.n_parameters) // shape.n_classes + 1
    classes = np.repeat(np.arange(shape.n_classes), per_class)
    codes, values = drawn_answers(shape, inward, classes, np.random.default_rng(0))
    drawn = grouped(codes, values, np.ones(classes.size), shape.sizes).patterns
    theta = shape.theta(Parts(*(part[None] for part in inward)))
    weights = posteriors(design_of(drawn, shape), theta)
    scaled, _ = _scaled(_information(shape, inward, drawn, weights, _free(shape, inward)))
    information = np.linalg.eigvalsh(scaled)
    return int((information > UNKNOWN * information.max(initial=0.0)).sum())


def _scaled(information: Floats) -> tuple[Floats, Floats]:
    """The information with every parameter on a scale of its own, and these scales."""
    lengths = np.sqrt(np.maximum(np.diagonal(information), 1e-300))
    return information / np.outer(lengths, lengths), lengths


def _free(shape: Shape, parts: Parts) -> Bools:
    """Which parameters are free: of chances that sum to one, the largest is not."""
    k = shape.n_classes
    shares = np.arange(k) != parts.shares.argmax()
    cells = np.ones((k, shape.n_cells), dtype=np.bool_)
    for start, size in zip(shape.starts.tolist(), shape.sizes, strict=True):
        largest = parts.probabilities[:, start : start + size].argmax(axis=1)
        cells[np.arange(k), start + largest] = False
    others = np.ones(parts.means.size + parts.log_variances.size, dtype=np.bool_)
    return np.concatenate([shares, cells.ravel(), others])


def no_errors(parts: Parts) -> Parts:
    """Errors that do not exist, in the shape of the parts of one model."""
    return Parts(*(np.full(part.shape, np.nan) for part in parts))


def _inside(parts: Parts) -> Bools:
    chances = np.concatenate([parts.shares.ravel(), parts.probabilities.ravel()])
    others = parts.means.size + parts.log_variances.size
    return np.concatenate(
        [(chances > BOUNDARY) & (chances < 1 - BOUNDARY), np.ones(others, dtype=np.bool_)]
    )


def _information(
    shape: Shape, parts: Parts, patterns: Patterns, weights: Floats, kept: Bools
) -> Floats:
    information = np.zeros((int(kept.sum()), int(kept.sum())))
    for start in range(0, patterns.counts.size, ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, patterns.counts.size))
        features = features_of(patterns.chosen(rows, patterns.counts[rows]))
        scores = _scores(shape, parts, features, weights[rows])[:, kept]
        scores *= np.sqrt(patterns.counts[rows])[:, None]
        information += scores.T @ scores
    return information


def _scores(shape: Shape, parts: Parts, features: Floats, weights: Floats) -> Floats:
    """What each parameter would add to the log-likelihood of each pattern, per unit."""
    n, k = weights.shape
    cells = features[:, 1 : 1 + shape.n_cells]
    _, values, known = np.split(features[:, 1 + shape.n_cells :], 3, axis=1)
    expected = shape.per_item(cells)[:, None, :] * parts.probabilities
    of_cells = weights[:, :, None] * (cells[:, None, :] - expected)
    away = values[:, None, :] - parts.means
    precision = np.exp(-parts.log_variances)
    weighted = weights[:, :, None] * known[:, None, :]
    of_means = weighted * away * precision
    of_spreads = weighted * (away**2 * precision - 1) / 2
    if shape.shared:
        of_spreads = of_spreads.sum(axis=1, keepdims=True)
    return np.hstack(
        [
            weights - parts.shares,
            of_cells.reshape(n, k * shape.n_cells),
            of_means.reshape(n, -1),
            of_spreads.reshape(n, -1),
        ]
    )


def _gradients(shape: Shape, parts: Parts) -> Floats:
    """How each number changes with each parameter: one for means and log variances."""
    width = sum(part.size for part in parts)
    gradients = np.eye(width)
    k, c = parts.probabilities.shape
    gradients[:k, :k] = np.diag(parts.shares) - np.outer(parts.shares, parts.shares)
    for one in range(k):
        for start, size in zip(shape.starts.tolist(), shape.sizes, strict=True):
            chances = parts.probabilities[one, start : start + size]
            at = slice(k + one * c + start, k + one * c + start + size)
            gradients[at, at] = np.diag(chances) - np.outer(chances, chances)
    return gradients


def _as_parts(parts: Parts, numbers: Floats) -> Parts:
    ends = np.cumsum([part.size for part in parts])[:-1]
    pieces = np.split(numbers, ends)
    return Parts(*(piece.reshape(part.shape) for piece, part in zip(pieces, parts, strict=True)))
