"""What would members of the classes answer, if a class model were true?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.patterns import NOT_KNOWN, Patterns, grouped
from rodedraad.methods.latent_classes.steps import Parts, Shape

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def drawn_answers(
    shape: Shape, parts: Parts, classes: Ints, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Levels and standardised numbers, a row for each member; ``classes`` counts from 0."""
    codes = np.zeros((classes.size, len(shape.sizes)), dtype=np.int64)
    for j, (start, size) in enumerate(zip(shape.starts.tolist(), shape.sizes, strict=True)):
        ends = np.cumsum(parts.probabilities[:, start : start + size], axis=1)[:, :-1]
        codes[:, j] = (rng.random((classes.size, 1)) > ends[classes]).sum(axis=1)
    sds = np.broadcast_to(np.exp(parts.log_variances / 2), parts.means.shape)
    noise = rng.standard_normal((classes.size, shape.n_numbers))
    return codes, parts.means[classes] + sds[classes] * noise


def drawn_like(
    patterns: Patterns, shape: Shape, parts: Parts, rng: np.random.Generator
) -> Patterns:
    """As many respondents as in the data, drawn from the model, with the same answers missing."""
    like = np.repeat(np.arange(patterns.counts.size), patterns.counts.round().astype(np.int64))
    ends = np.cumsum(parts.shares)[:-1]
    classes = np.searchsorted(ends, rng.random(like.size))
    codes, values = drawn_answers(shape, parts, classes, rng)
    codes[patterns.codes[like] == NOT_KNOWN] = NOT_KNOWN
    values[np.isnan(patterns.values[like])] = np.nan
    return grouped(codes, values, np.ones(like.size), shape.sizes).patterns
