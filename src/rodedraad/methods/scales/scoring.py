"""What does each respondent score on a scale, and how many answers does that rest on?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.scales.answers import Floats, ItemAnswers
from rodedraad.methods.scales.refusals import ScaleRefusal

Counts = npt.NDArray[np.int64]

TWO_THIRDS = 2 / 3


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """How one item was answered; ``mean`` and ``sd`` (n - 1) on the answer scale, turned round
    when reversed. ``dont_know_share`` is out of those who were asked; None when nobody was."""

    name: str
    is_reversed: bool
    n_answered: int
    n_skipped: int
    n_dont_know: int
    n_not_asked: int
    dont_know_share: float | None
    mean: float | None
    sd: float | None


@dataclass(frozen=True, slots=True, eq=False)
class ScaleScores:
    """Scores of 0-1 per respondent, NaN where too few items were answered.

    ``n_answered``, ``n_dont_know`` and ``n_asked`` are per respondent; ``items`` says the same
    per item. ``mean`` and ``sd`` (n - 1) are over the respondents with a score.
    """

    scores: Floats
    n_answered: Counts
    n_dont_know: Counts
    n_asked: Counts
    items: tuple[ItemSummary, ...]
    min_share: float
    n_respondents: int
    n_scored: int
    dont_know_share: float | None
    mean: float | None
    sd: float | None
    notices: tuple[Notice, ...]


def score_items(answers: ItemAnswers, *, min_share: float = TWO_THIRDS) -> ScaleScores:
    """Score respondents: mean of the answered items, 0 at the low end and 1 at the high end.

    A respondent has a score when at least ``min_share`` of the items put to them were answered
    (the two-thirds rule). "Weet niet" is no answer and no middle position: it counts as asked
    and is counted apart. An item that was not asked counts neither way.

    Parameters
    ----------
    answers: from :func:`rodedraad.methods.scales.answers.item_answers`.
    min_share: above 0 and at most 1.

    Returns
    -------
    ScaleScores, with notices ``constant_item``, ``category_not_chosen``, ``item_not_answered``,
    ``no_scores`` and ``items_differ_between_respondents`` (then a score of one respondent rests
    on other items than that of another, which supposes that the items are interchangeable).

    Notes
    -----
    The mean of the answered items is person-mean imputation: harmless when items are alike in
    difficulty, biased when the hard ones are skipped (Downey & King 1998).

    >>> from rodedraad.methods.scales.answers import item_answers
    >>> read = item_answers([[5, 4, np.nan], [3, 9, 9]], dont_know=[9])
    >>> score_items(read).scores.round(3).tolist()
    [0.875, nan]
    """
    if not 0 < min_share <= 1:
        raise ScaleRefusal(
            f"The share of items that must be answered lies above 0 and is at most 1. Got "
            f"{min_share}.",
            code="scale_min_share",
        )
    answered = answers.answered
    n_answered = answered.sum(axis=1)
    n_asked = (~answers.not_asked).sum(axis=1)
    enough = (n_answered > 0) & (n_answered >= min_share * n_asked - 1e-9)
    totals = np.where(answered, answers.values, 0.0).sum(axis=1)
    means = totals / np.maximum(n_answered, 1)
    scores = np.where(enough, (means - answers.low) / (answers.high - answers.low), np.nan)
    known = scores[enough]
    n_dont_know = answers.dont_know.sum(axis=1)
    return ScaleScores(
        scores=scores,
        n_answered=n_answered,
        n_dont_know=n_dont_know,
        n_asked=n_asked,
        items=tuple(_summary(answers, j) for j in range(len(answers.names))),
        min_share=min_share,
        n_respondents=scores.size,
        n_scored=known.size,
        dont_know_share=_ratio(int(n_dont_know.sum()), int(n_asked.sum())),
        mean=float(known.mean()) if known.size else None,
        sd=float(known.std(ddof=1)) if known.size > 1 else None,
        notices=_notices(answers, known.size),
    )


def _summary(answers: ItemAnswers, j: int) -> ItemSummary:
    known = answers.values[answers.answered[:, j], j]
    n_not_asked = int(answers.not_asked[:, j].sum())
    n_dont_know = int(answers.dont_know[:, j].sum())
    return ItemSummary(
        name=answers.names[j],
        is_reversed=answers.names[j] in answers.reversed_items,
        n_answered=known.size,
        n_skipped=int(answers.skipped[:, j].sum()),
        n_dont_know=n_dont_know,
        n_not_asked=n_not_asked,
        dont_know_share=_ratio(n_dont_know, len(answers.values) - n_not_asked),
        mean=float(known.mean()) if known.size else None,
        sd=float(known.std(ddof=1)) if known.size > 1 else None,
    )


def _notices(answers: ItemAnswers, n_scored: int) -> tuple[Notice, ...]:
    found: list[Notice] = []
    for j, name in enumerate(answers.names):
        chosen = np.unique(answers.values[answers.answered[:, j], j])
        if chosen.size == 0:
            found.append(Notice("item_not_answered", {"item": name}))
        elif chosen.size == 1:
            found.append(Notice("constant_item", {"item": name, "answer": float(chosen[0])}))
        elif empty := _not_chosen(answers, name, chosen):
            found.append(Notice("category_not_chosen", {"item": name, "answers": empty}))
    if (answers.not_asked != answers.not_asked[0]).any():
        found.append(Notice("items_differ_between_respondents"))
    if n_scored == 0:
        found.append(Notice("no_scores"))
    return tuple(found)


def _not_chosen(answers: ItemAnswers, name: str, chosen: Floats) -> tuple[int, ...]:
    """Whole answers, as they were asked, that nobody gave; none for answers with fractions."""
    low, high = answers.low, answers.high
    if not all(float(x).is_integer() for x in (*chosen, low, high)):
        return ()
    as_asked = low + high - chosen if name in answers.reversed_items else chosen
    return tuple(sorted(set(range(int(low), int(high) + 1)) - {int(x) for x in as_asked}))


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
