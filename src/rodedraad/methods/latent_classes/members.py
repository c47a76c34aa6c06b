"""Who belongs to which class, how sure is that, and how often is an assignment wrong?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.data import ClassData
from rodedraad.methods.latent_classes.patterns import NOT_KNOWN
from rodedraad.methods.latent_classes.results import NO_CLASS, Members

Floats = npt.NDArray[np.float64]


def members_of(data: ClassData, posteriors: Floats, shares: Floats) -> Members:
    """The members of the classes, from the posteriors of the patterns (n_patterns, n_classes).

    Equal posteriors go to the class with the lower number.

    Bolck, A., Croon, M. & Hagenaars, J. (2004). Estimating latent structure models with
    categorical variables: one-step versus three-step estimators. Political Analysis 12, 3-27.
    """
    k = shares.size
    counts = data.patterns.counts
    modal = (posteriors > posteriors.max(axis=1, keepdims=True) - 1e-9).argmax(axis=1)
    assigned = np.eye(k)[modal] * counts[:, None]
    expected = counts @ posteriors
    together = posteriors.T @ assigned
    n_assigned = assigned.sum(axis=0)
    known = data.pattern_of != NOT_KNOWN
    rows = np.where(known, data.pattern_of, 0)
    return Members(
        posteriors=np.where(known[:, None], posteriors[rows], shares),
        modal=np.where(known, modal[rows] + 1, NO_CLASS).astype(np.int64),
        expected=tuple(expected.tolist()),
        assigned=tuple(round(n) for n in n_assigned.tolist()),
        errors=together / np.maximum(together.sum(axis=1, keepdims=True), 1e-300),
        certainty=together.T / np.maximum(n_assigned, 1.0)[:, None],
    )


def doubt(posteriors: Floats, counts: Floats) -> float:
    """The entropy of the memberships, summed over respondents."""
    return float(-(counts @ (posteriors * np.log(np.maximum(posteriors, 1e-300))).sum(axis=1)))
