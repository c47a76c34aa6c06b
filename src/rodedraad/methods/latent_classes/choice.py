"""How many classes: which criteria point where, and what speaks against each number?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rodedraad.methods.latent_classes.data import ClassData
from rodedraad.methods.latent_classes.models import latent_classes
from rodedraad.methods.latent_classes.refusals import ClassRefusal
from rodedraad.methods.latent_classes.results import LatentClasses, Variances
from rodedraad.methods.notices import Notice

Criterion = Literal["aic", "bic", "adjusted_bic", "icl"]
CRITERIA: tuple[Criterion, ...] = ("aic", "bic", "adjusted_bic", "icl")
UP_TO_EIGHT = tuple(range(1, 9))


@dataclass(frozen=True, slots=True, eq=False)
class ClassComparison:
    """Models of the same data with different numbers of classes, fewest first.

    ``lowest`` says per criterion for which number of classes it is lowest. Criteria often differ:
    the choice is the researcher's, and rests on what the classes mean as well.
    """

    models: tuple[LatentClasses, ...]
    lowest: Mapping[Criterion, int]
    n: int
    seed: int
    notices: tuple[Notice, ...]

    def model(self, n_classes: int) -> LatentClasses:
        """The model with this number of classes; KeyError when it was not fitted."""
        return {model.n_classes: model for model in self.models}[n_classes]


def compare_classes(
    data: ClassData,
    classes: Sequence[int] = UP_TO_EIGHT,
    *,
    seed: int,
    starts: int = 20,
    workers: int = 1,
    variances: Variances = "shared",
) -> ClassComparison:
    """Fit models with several numbers of classes and lay their criteria side by side.

    Parameters
    ----------
    classes: the numbers of classes. Numbers higher than there are different rows are left out,
        with the notice ``too_few_rows_for_classes``.
    seed, starts, workers, variances: as in :func:`.models.latent_classes`; each model is the one
        that function gives with the same seed, without standard errors.

    Returns
    -------
    ClassComparison. ``lowest_at_end`` says that a criterion is lowest at the largest number of
    classes that was tried, so that more might be lower still.

    Raises
    ------
    ClassRefusal: no number of classes that can be fitted, or a setting out of range.

    Nylund, K., Asparouhov, T. & Muthén, B. (2007). Deciding on the number of classes in latent
    class analysis and growth mixture modeling. Structural Equation Modeling 14, 535-569: the
    bootstrap test (:func:`.bootstrap.bootstrap_test`) first, then the BIC.

    >>> from rodedraad.methods.latent_classes.data import class_data
    >>> answers = {name: [1] * 30 + [0] * 20 for name in "ABC"}
    >>> data = class_data(answers, categories=["A", "B", "C"])
    >>> compare_classes(data, [1, 2], seed=1).lowest["bic"]
    2
    """
    wanted = sorted(set(classes))
    if not wanted:
        raise ClassRefusal(
            "No number of classes is asked for. Give for instance 1 to 8.", code="classes_none"
        )
    distinct = data.patterns.counts.size
    fitted = [k for k in wanted if k <= distinct] or wanted[:1]
    models = tuple(
        latent_classes(
            data, k, seed=seed, starts=starts, workers=workers, variances=variances, errors=False
        )
        for k in fitted
    )
    lowest: dict[Criterion, int] = {
        name: min(models, key=lambda model: getattr(model.fit, name)).n_classes for name in CRITERIA
    }
    notices: list[Notice] = []
    if len(fitted) < len(wanted):
        context = {"left_out": wanted[len(fitted) :], "distinct": distinct}
        notices.append(Notice("too_few_rows_for_classes", context))
    at_end = [name for name, k in lowest.items() if k == fitted[-1]]
    if at_end and len(fitted) > 1:
        notices.append(Notice("lowest_at_end", {"criteria": at_end, "classes": fitted[-1]}))
    return ClassComparison(models, lowest, data.n, seed, tuple(notices))
