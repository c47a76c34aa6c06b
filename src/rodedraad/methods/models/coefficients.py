"""How strong is each term of a model, and how sure is that?"""

from dataclasses import dataclass

from rodedraad.methods.intervals import Interval


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One term of a model, everything else in the model held equal.

    ``p`` is two-sided, of no effect; ``how`` names its test. ``df`` are the degrees of freedom
    of a t test. ``interval`` is None where it was not found, with a notice.
    """

    name: str
    estimate: float
    standard_error: float
    interval: Interval | None
    p: float
    how: str
    df: float | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where, on the latent scale, one ordered category passes into the next ("2|3")."""

    name: str
    estimate: float
    standard_error: float
