"""How many things does a set of items measure: more than answers without any relation would?"""

from dataclasses import dataclass

import numpy as np

from rodedraad.methods.notices import Notice
from rodedraad.methods.scales.answers import Floats, ItemAnswers
from rodedraad.methods.scales.refusals import ScaleRefusal

FEW_RESPONDENTS_PER_ITEM = 5


@dataclass(frozen=True, slots=True)
class ParallelAnalysis:
    """Eigenvalues beside those of the same answers shuffled, largest first.

    ``n_components`` is how many in a row, from the first, lie above ``limit``: the
    ``percentile`` (0-1) of the shuffled ones. ``shuffled_mean`` is their mean.
    """

    n_components: int
    eigenvalues: tuple[float, ...]
    limit: tuple[float, ...]
    shuffled_mean: tuple[float, ...]
    percentile: float
    draws: int
    seed: int
    n_used: int
    n_incomplete: int
    notices: tuple[Notice, ...]


def parallel_analysis(
    answers: ItemAnswers, *, seed: int, draws: int = 500, percentile: float = 0.95
) -> ParallelAnalysis:
    """Horn's parallel analysis: how many components have more than chance would give them.

    The eigenvalues of the Pearson correlations are compared with those of ``draws`` tables in
    which the answers to each item are shuffled over the respondents. That keeps how often each
    answer was given (unlike normal random numbers) and breaks every relation.

    Parameters
    ----------
    answers: from :func:`rodedraad.methods.scales.answers.item_answers`; respondents with a gap
        are left out and counted.
    seed, draws, percentile: the limit of component i is this percentile of the i-th eigenvalues.

    Returns
    -------
    ParallelAnalysis, with notices ``incomplete_respondents`` and ``few_respondents`` (fewer than
    5 per item).

    Raises
    ------
    ScaleRefusal: fewer than two items, fewer complete respondents than items + 2, a constant item.

    Notes
    -----
    It counts components of the correlations as they are; on items with few answers it can point
    at one too many when items differ much in difficulty. Monte Carlo: checked against a loop in
    R within its error (tests/reference/scales).

    Horn, J. (1965), Psychometrika 30. Buja, A. & Eyuboglu, N. (1992), Multivariate Behavioral
    Research 27 (shuffling).

    >>> from rodedraad.methods.scales.answers import item_answers
    >>> rng = np.random.default_rng(1)
    >>> shared = rng.normal(size=(200, 1))
    >>> items = np.clip(np.rint(3 + shared + rng.normal(size=(200, 5))), 1, 5)
    >>> parallel_analysis(item_answers(items), seed=1, draws=100).n_components
    1
    """
    complete = answers.answered.all(axis=1)
    values = answers.values[complete]
    _check(answers, values, draws, percentile)
    observed = _eigenvalues(values)
    rng = np.random.default_rng(seed)
    shuffled = np.stack([_eigenvalues(rng.permuted(values, axis=0)) for _ in range(draws)])
    limit = np.quantile(shuffled, percentile, axis=0)
    above = observed > limit
    n, k = values.shape
    said = (
        (n < complete.size, Notice("incomplete_respondents", {"n": complete.size - n})),
        (n < FEW_RESPONDENTS_PER_ITEM * k, Notice("few_respondents", {"n": n, "items": k})),
    )
    return ParallelAnalysis(
        n_components=k if above.all() else int(above.argmin()),
        eigenvalues=tuple(float(x) for x in observed),
        limit=tuple(float(x) for x in limit),
        shuffled_mean=tuple(float(x) for x in shuffled.mean(axis=0)),
        percentile=percentile,
        draws=draws,
        seed=seed,
        n_used=n,
        n_incomplete=complete.size - n,
        notices=tuple(notice for is_so, notice in said if is_so),
    )


def _eigenvalues(values: Floats) -> Floats:
    return np.asarray(np.linalg.eigvalsh(np.corrcoef(values, rowvar=False))[::-1], np.float64)


def _check(answers: ItemAnswers, values: Floats, draws: int, percentile: float) -> None:
    k = len(answers.names)
    if k < 2:
        raise ScaleRefusal(
            f"Parallel analysis needs at least two items. Got {', '.join(answers.names)}.",
            code="scale_too_few_items",
        )
    if len(values) < k + 2:
        raise ScaleRefusal(
            f"Parallel analysis of {k} items needs at least {k + 2} respondents who answered "
            f"all of them. Got {len(values)}. Leave out the items with the most gaps.",
            code="scale_too_few_respondents",
        )
    if draws < 20 or not 0 < percentile < 1:
        raise ScaleRefusal(
            f"Parallel analysis takes at least 20 draws and a percentile between 0 and 1. Got "
            f"{draws} and {percentile}.",
            code="scale_draws",
        )
    for name, spread in zip(answers.names, np.ptp(values, axis=0), strict=True):
        if spread == 0:
            raise ScaleRefusal(
                f"Item {name!r} has the same answer everywhere, so it has no correlations. Leave "
                "it out.",
                code="scale_constant_item",
                item=name,
            )
