"""How likely are the patterns under a class model, and which model is likelier? One step of EM.

A model is one row of numbers ("theta"): the shares of the classes; per class the probability of
each level of each category item; the means and the log variances of the number items, which are
standardised. All functions take a stack of models, one per row, so that many small searches cost
little more than one.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.patterns import Patterns, features_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Within a class, an item varies at least this share of its variance over all rows: without a
# floor the likelihood has no maximum, since a class may shrink round one row.
LOWEST_VARIANCE = 1e-4
# Each level counts this many rows extra, over its items: keeps empty classes and levels defined,
# and changes no log-likelihood in the first nine decimals.
EXTRA = 1e-12
SMALLEST = 1e-300
# OpenBLAS does a product of fewer multiplications than this on one thread, so that the rounding
# does not depend on how many threads there are.
PRODUCT = 2**18
FEWEST_ROWS, MOST_ROWS = 32, 1024


class Parts(NamedTuple):
    """The parts of a stack of models, each (n_models, n_classes, ...); ``shares`` has two axes."""

    shares: Floats
    probabilities: Floats
    means: Floats
    log_variances: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a theta holds: classes, levels per item, number items, and whose the variances are."""

    n_classes: int
    sizes: tuple[int, ...]
    n_numbers: int
    shared: bool

    @property
    def n_cells(self) -> int:
        """Number of levels of all category items."""
        return sum(self.sizes)

    @property
    def starts(self) -> Ints:
        """Where the levels of each category item begin."""
        return np.cumsum([0, *self.sizes], dtype=np.int64)[: len(self.sizes)]

    @property
    def n_parameters(self) -> int:
        """Number of parameters that are free."""
        spreads = self.n_numbers * (1 if self.shared else self.n_classes)
        per_class = self.n_cells - len(self.sizes) + self.n_numbers
        return self.n_classes - 1 + self.n_classes * per_class + spreads

    def parts(self, theta: Floats) -> Parts:
        """The parts of a stack of models, as views."""
        k, c, j = self.n_classes, self.n_cells, self.n_numbers
        s = theta.shape[0]
        ends = np.cumsum([k, k * c, k * j])
        return Parts(
            theta[:, :k],
            theta[:, k : ends[1]].reshape(s, k, c),
            theta[:, ends[1] : ends[2]].reshape(s, k, j),
            theta[:, ends[2] :].reshape(s, 1 if self.shared else k, j),
        )

    def theta(self, parts: Parts) -> Floats:
        """The stack of models with these parts."""
        s = parts.shares.shape[0]
        return np.hstack([part.reshape(s, -1) for part in parts])

    def per_item(self, cells: Floats) -> Floats:
        """The sum over the levels of each item, repeated for each level."""
        if not self.sizes:
            return cells
        sums = np.add.reduceat(cells, self.starts, axis=-1)
        return np.repeat(sums, self.sizes, axis=-1)

    def mended(self, theta: Floats, near: Floats) -> Floats:
        """A guessed theta brought back to where models exist; ``near`` is one that does."""
        guess, safe = self.parts(theta), self.parts(near)
        shares = np.maximum(guess.shares, 0.1 * safe.shares)
        probabilities = np.maximum(guess.probabilities, 0.1 * safe.probabilities)
        return self.theta(
            Parts(
                shares / shares.sum(axis=1, keepdims=True),
                probabilities / self.per_item(probabilities),
                guess.means,
                np.maximum(guess.log_variances, np.log(LOWEST_VARIANCE)),
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The features of patterns, cut in blocks, for stacks of models of one shape.

    ``blocks`` has shape (n_blocks, n_rows, n_features) and ``counts`` (n_blocks, n_rows); the
    last block is filled up with rows that count 0. ``overall`` are the shares of the levels.
    """

    shape: Shape
    blocks: Floats
    counts: Floats
    overall: Floats
    n: float
    n_patterns: int


def design_of(patterns: Patterns, shape: Shape, *, stack: int = 1) -> Design:
    """Prepare patterns for stacks of ``stack`` models."""
    features = features_of(patterns)
    n, width = features.shape
    rows = PRODUCT // (stack * shape.n_classes * width)
    rows = min(n, max(FEWEST_ROWS, min(MOST_ROWS, rows)))
    n_blocks = -(-n // rows)
    blocks = np.zeros((n_blocks * rows, width))
    blocks[:n] = features
    counts = np.zeros(n_blocks * rows)
    counts[:n] = patterns.counts
    cells = (patterns.counts @ features)[1 : 1 + shape.n_cells]
    return Design(
        shape=shape,
        blocks=blocks.reshape(n_blocks, rows, width),
        counts=counts.reshape(n_blocks, rows),
        overall=cells / np.maximum(shape.per_item(cells), SMALLEST),
        n=patterns.n,
        n_patterns=n,
    )


def step(design: Design, theta: Floats) -> tuple[Floats, Floats]:
    """The log-likelihood of each model of a stack, and the models after one step of EM.

    Full information: what is not known of a row is left out of its likelihood, no row is dropped.
    """
    weights, log_likelihood = _expected(design, theta)
    weights *= design.counts[:, None, None, :]
    return log_likelihood, maximised(design, weights)


def maximised(design: Design, weights: Floats) -> Floats:
    """The models in which the patterns count for the classes as ``weights`` says.

    ``weights`` has shape (n_blocks, n_models, n_classes, n_rows).
    """
    shape = design.shape
    n_blocks, s, k, rows = weights.shape
    sums = np.matmul(weights.reshape(n_blocks, s * k, rows), design.blocks).sum(axis=0)
    sums = sums.reshape(s, k, -1)
    cells = sums[:, :, 1 : 1 + shape.n_cells] + EXTRA * design.overall
    squares, values, known = np.split(sums[:, :, 1 + shape.n_cells :], 3, axis=2)
    known = known + EXTRA
    means = values / known
    # The sum of squares round the own mean, which is what remains of each class.
    left = squares - values * means
    if shape.shared:
        left, known = left.sum(axis=1, keepdims=True), known.sum(axis=1, keepdims=True)
    variances = np.maximum((left + EXTRA) / known, LOWEST_VARIANCE)
    shares = sums[:, :, 0] + EXTRA
    return shape.theta(
        Parts(
            shares / shares.sum(axis=1, keepdims=True),
            cells / np.maximum(shape.per_item(cells), SMALLEST),
            means,
            np.log(variances),
        )
    )


def log_likelihoods(design: Design, theta: Floats) -> Floats:
    """The log-likelihood of each pattern under one model, (n_patterns,)."""
    _, top, total = _joint(design, theta)
    return (np.log(total) + top).reshape(-1)[: design.n_patterns]


def posteriors(design: Design, theta: Floats) -> Floats:
    """How probable each class is for each pattern under one model, (n_patterns, n_classes)."""
    weights = _expected(design, theta)[0][:, 0]
    k = design.shape.n_classes
    return np.moveaxis(weights, 1, 2).reshape(-1, k)[: design.n_patterns].copy()


def _expected(design: Design, theta: Floats) -> tuple[Floats, Floats]:
    joint, top, total = _joint(design, theta)
    joint /= total
    counted = design.counts[:, None, None, :] * (np.log(total) + top)
    return joint, counted.sum(axis=(0, 2, 3))


def _joint(design: Design, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Likelihood of class and pattern over its highest per pattern, that highest, and the sum."""
    s, k = theta.shape[0], design.shape.n_classes
    n_blocks, rows, _ = design.blocks.shape
    joint = np.matmul(_slopes(design.shape, theta), design.blocks.transpose(0, 2, 1))
    joint = joint.reshape(n_blocks, s, k, rows)
    top = joint.max(axis=2, keepdims=True)
    joint -= top
    np.exp(joint, out=joint)
    return joint, top, joint.sum(axis=2, keepdims=True)


def _slopes(shape: Shape, theta: Floats) -> Floats:
    """What each feature adds to the log-likelihood of a pattern, (n_models * n_classes, ...)."""
    parts = shape.parts(theta)
    precision = np.exp(-parts.log_variances)
    spread = -0.5 * (parts.means**2 * precision + parts.log_variances + np.log(2 * np.pi))
    ones = np.ones_like(parts.means)
    slopes = np.concatenate(
        [
            np.log(np.maximum(parts.shares, SMALLEST))[:, :, None],
            np.log(np.maximum(parts.probabilities, SMALLEST)),
            -0.5 * precision * ones,
            parts.means * precision,
            spread,
        ],
        axis=2,
    )
    return slopes.reshape(-1, slopes.shape[2])
