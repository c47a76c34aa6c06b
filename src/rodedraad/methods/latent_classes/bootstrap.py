"""Is one class more than before needed, or would data without it look the same?"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.data import ClassData
from rodedraad.methods.latent_classes.draws import drawn_like
from rodedraad.methods.latent_classes.models import MOST_STEPS, one_model
from rodedraad.methods.latent_classes.patterns import Patterns
from rodedraad.methods.latent_classes.profiles import theta_of
from rodedraad.methods.latent_classes.refusals import ClassRefusal, check_at_least
from rodedraad.methods.latent_classes.results import LatentClasses
from rodedraad.methods.latent_classes.search import Found, climb, random_start
from rodedraad.methods.latent_classes.steps import Parts, Shape, design_of
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]

VERSION = "class bootstrap 1"
APART = 0.1
# Steps that add less than this to a log-likelihood change no comparison of statistics.
NEAR_ENOUGH = 1e-5


@dataclass(frozen=True, slots=True)
class ClassBootstrap:
    """The bootstrap likelihood ratio test of one class more.

    ``statistic`` is twice the difference in log-likelihood; ``as_large`` of ``samples`` drawn from
    the smaller model have one at least as large; p = (as_large + 1) / (samples + 1). ``quantiles``
    are the median and the 95th percentile of the samples.
    """

    n_classes: int
    against: int
    statistic: float
    p: float
    as_large: int
    samples: int
    starts: int
    quantiles: tuple[float, float]
    seed: int
    notices: tuple[Notice, ...]
    version: str = VERSION


def bootstrap_test(
    data: ClassData,
    smaller: LatentClasses,
    larger: LatentClasses,
    *,
    seed: int,
    samples: int = 99,
    starts: int = 3,
    workers: int = 1,
) -> ClassBootstrap:
    """Test a model against one with a class fewer, by data drawn from the smaller (BLRT).

    The difference has no chi-squared distribution, since a share of 0 lies at the boundary; so
    its distribution is made: draw as many respondents from the smaller model, with the same
    answers missing, and fit both models to them.

    Parameters
    ----------
    smaller, larger: models of ``data`` that differ one class.
    samples: p is never below 1 / (samples + 1); 99 tells 0.05, 999 tells more.
    starts: random starts of the larger model per sample, beside one that splits the largest class
        of the smaller and one from the larger model itself. The smaller starts where it was drawn.
    seed: repeats the test, whatever the ``workers`` (threads).

    Raises
    ------
    ClassRefusal: models that do not differ one class, of other data or with other variances; the
        larger model fits worse than the smaller, which more starts mend.

    Notes
    -----
    Too few starts make the samples' statistics too small and p too low. ``not_converged`` counts
    samples in which a search did not come to rest. Checked by its own size and power in
    tests/methods/test_latent_classes_bootstrap.py.

    McLachlan, G. (1987). On bootstrapping the likelihood ratio test statistic for the number of
    components in a normal mixture. Applied Statistics 36, 318-324. Nylund, Asparouhov & Muthén
    (2007). p by Davison, A. & Hinkley, D. (1997). Bootstrap methods and their application.

    >>> from rodedraad.methods.latent_classes.data import class_data
    >>> from rodedraad.methods.latent_classes.models import latent_classes
    >>> answers = {name: [1] * 30 + [0] * 20 for name in "ABC"}
    >>> data = class_data(answers, categories=["A", "B", "C"])
    >>> one, two = (latent_classes(data, k, seed=1) for k in (1, 2))
    >>> bootstrap_test(data, one, two, seed=1, samples=19).p
    0.05
    """
    check_at_least("samples", samples, 19)
    check_at_least("starts", starts, 1)
    check_at_least("workers", workers, 1)
    _check_pair(data, smaller, larger)
    few, many = (
        Shape(
            model.n_classes,
            data.patterns.sizes,
            len(data.numbers),
            model.variances == "shared",
        )
        for model in (smaller, larger)
    )
    from_few, from_many = theta_of(smaller, data, few), theta_of(larger, data, many)
    parts = one_model(few, from_few)

    def one(seed: np.random.SeedSequence) -> tuple[float, bool]:
        rng = np.random.default_rng(seed)
        drawn = drawn_like(data.patterns, few, parts, rng)
        low = climb(design_of(drawn, few), from_few, most_steps=MOST_STEPS, at_rest=NEAR_ENOUGH)
        split = _split(few, many, low.theta, rng)
        high = _best(drawn, many, [split, from_many], starts, rng)
        gain = 2 * (high.log_likelihood - low.log_likelihood)
        return max(0.0, gain), low.converged and high.converged

    seeds = np.random.SeedSequence([seed, larger.n_classes]).spawn(samples)
    if workers == 1:
        results = [one(child) for child in seeds]
    else:
        with ThreadPoolExecutor(workers) as pool:
            results = list(pool.map(one, seeds))
    gains = np.array([gain for gain, _ in results])
    lost = sum(not converged for _, converged in results)
    statistic = 2 * (larger.fit.log_likelihood - smaller.fit.log_likelihood)
    as_large = int((gains >= statistic - 1e-6).sum())
    middle, high = np.quantile(gains, (0.5, 0.95)).tolist()
    return ClassBootstrap(
        n_classes=larger.n_classes,
        against=smaller.n_classes,
        statistic=statistic,
        p=(as_large + 1) / (samples + 1),
        as_large=as_large,
        samples=samples,
        starts=starts,
        quantiles=(middle, high),
        seed=seed,
        notices=(Notice("not_converged", {"n": lost, "of": samples}),) if lost else (),
    )


def _check_pair(data: ClassData, smaller: LatentClasses, larger: LatentClasses) -> None:
    same = smaller.variances == larger.variances and smaller.n == larger.n == data.n
    if larger.n_classes != smaller.n_classes + 1 or not same:
        raise ClassRefusal(
            f"The test compares two models of the same data that differ one class; these have "
            f"{smaller.n_classes} and {larger.n_classes}. Fit both with the same settings.",
            code="classes_bootstrap_pair",
        )
    if larger.fit.log_likelihood < smaller.fit.log_likelihood - 1e-6:
        raise ClassRefusal(
            f"The model with {larger.n_classes} classes fits worse than that with "
            f"{smaller.n_classes}, so its search missed the top. Fit it with more starts.",
            code="classes_bootstrap_worse",
        )


def _best(
    drawn: Patterns, shape: Shape, given: list[Floats], starts: int, rng: np.random.Generator
) -> Found:
    design = design_of(drawn, shape)
    thetas = [*given, *(random_start(drawn, design, rng) for _ in range(starts))]
    ends = [climb(design, theta, most_steps=MOST_STEPS, at_rest=NEAR_ENOUGH) for theta in thetas]
    return max(ends, key=lambda end: end.log_likelihood)


def _split(few: Shape, many: Shape, theta: Floats, rng: np.random.Generator) -> Floats:
    """A model with one class more that says nearly the same: the largest class in two."""
    parts = few.parts(theta)
    largest = int(parts.shares[0].argmax())
    twice = np.append(np.arange(few.n_classes), largest)
    shares = parts.shares[:, twice]
    shares[:, [largest, -1]] /= 2
    factors = rng.uniform(1 - APART, 1 + APART, size=(1, many.n_classes, many.n_cells))
    probabilities = parts.probabilities[:, twice] * factors
    means = parts.means[:, twice]
    means[:, -1] += rng.uniform(-APART, APART, size=many.n_numbers)
    spreads = parts.log_variances if few.shared else parts.log_variances[:, twice]
    return many.theta(Parts(shares, probabilities / many.per_item(probabilities), means, spreads))
