"""What does a class model say: of classes, items, fit, starts and members?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Kind = Literal["latent classes", "latent profiles", "both kinds of item"]
Variances = Literal["shared", "own"]

VERSION = "latent classes 1"
NO_CLASS = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number of a model.

    No standard error and interval where it lies at the boundary (a probability of 0 or 1), where
    the data do not determine it, and where they were not asked for.
    """

    estimate: float
    standard_error: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class CategoryProfile:
    """How the classes answer one category item: ``probabilities[class][level]``, each 0-1."""

    item: str
    levels: tuple[str, ...]
    probabilities: tuple[tuple[Estimate, ...], ...]


@dataclass(frozen=True, slots=True)
class NumberProfile:
    """How the classes score on one number item, in its own unit: a mean and a spread per class.

    With shared variances the spread is the same in all classes.
    """

    item: str
    means: tuple[Estimate, ...]
    sds: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a model fits; lower is better for the criteria.

    ``adjusted_bic`` is the BIC with (n + 2) / 24 for n. ``icl`` is the BIC plus twice the entropy
    of the memberships, so that it charges for doubt. ``entropy`` is 1 when no membership is in
    doubt and 0 when all are as doubtful as can be; None for one class. ``g_squared`` and
    ``degrees_of_freedom`` compare with the table of all patterns: only for category items, the
    first only when everything is known.
    """

    log_likelihood: float
    n_parameters: int
    aic: float
    bic: float
    adjusted_bic: float
    icl: float
    entropy: float | None
    g_squared: float | None
    degrees_of_freedom: int | None


@dataclass(frozen=True, slots=True)
class Starts:
    """How the search went: ``log_likelihoods`` where each start ended, highest first.

    ``best`` is the highest found, from a start or from shaking the best of these; ``replicated``
    starts ended within 0.01 of it, ``converged`` starts came to rest.
    """

    n: int
    replicated: int
    converged: int
    best: float
    best_converged: bool
    log_likelihoods: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """In which class each row lies, and how sure that is.

    ``posteriors`` has shape (n_rows, n_classes): how probable each class is given the answers.
    ``modal`` is the most probable class, counted from 1; 0 for a row without answers, whose
    posteriors are the shares. ``expected`` respondents per class, and ``assigned`` by modal class.
    ``errors[t, s]`` is the chance that a member of class t is assigned to class s;
    ``certainty[s, t]`` the mean posterior of class t among those assigned to s (a row of zeros
    when nobody is).
    """

    posteriors: Floats
    modal: Ints
    expected: tuple[float, ...]
    assigned: tuple[int, ...]
    errors: Floats
    certainty: Floats


@dataclass(frozen=True, slots=True, eq=False)
class LatentClasses:
    """A latent class or latent profile model. Classes are counted from 1.

    ``shares`` of the classes; ``order`` says by which rule they are numbered. ``row_counts`` are
    how many respondents a row stands for.
    """

    kind: Kind
    n_classes: int
    shares: tuple[Estimate, ...]
    categories: tuple[CategoryProfile, ...]
    numbers: tuple[NumberProfile, ...]
    variances: Variances
    fit: Fit
    starts: Starts
    members: Members
    row_counts: Floats
    n: int
    n_rows: int
    missing: Mapping[str, int]
    order: str
    seed: int
    notices: tuple[Notice, ...]
    version: str = VERSION

    @property
    def items(self) -> tuple[str, ...]:
        """Names of all items, those with categories first."""
        return tuple(profile.item for profile in (*self.categories, *self.numbers))

    @property
    def classified(self) -> npt.NDArray[np.bool_]:
        """Which rows have a class, (n_rows,)."""
        return (self.members.modal != NO_CLASS) & (self.row_counts > 0)
