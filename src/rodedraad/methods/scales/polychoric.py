"""How do items with a few ordered answers go together, were the answers cuts of a smooth scale?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy import optimize, special  # pyright: ignore[reportMissingTypeStubs]

from rodedraad.methods.notices import Notice
from rodedraad.methods.scales.answers import Floats, ItemAnswers
from rodedraad.methods.scales.refusals import ScaleRefusal

MAX_CATEGORIES = 12
LARGEST = 1 - 1e-6
AT_BOUND = 0.999

_minimum = cast(
    "Callable[..., Any]",
    partial(optimize.minimize_scalar, method="bounded"),  # pyright: ignore
)
_normal = cast("Callable[[Floats], Floats]", special.ndtr)
_normal_quantile = cast("Callable[[Floats], Floats]", special.ndtri)
_owens_t = cast("Callable[[Floats, Floats], Floats]", special.owens_t)


@dataclass(frozen=True, slots=True, eq=False)
class PolychoricCorrelations:
    """Correlations of shape (n_items, n_items); ``n`` of the same shape counts respondents.

    ``thresholds`` holds per item where its answers are cut, as z-scores; ``categories`` the
    answers that were given, in order.
    """

    names: tuple[str, ...]
    correlations: Floats
    n: npt.NDArray[np.int64]
    thresholds: tuple[tuple[float, ...], ...]
    categories: tuple[tuple[float, ...], ...]
    notices: tuple[Notice, ...]


def polychoric_correlations(answers: ItemAnswers) -> PolychoricCorrelations:
    """Polychoric correlation of every two items, in two steps.

    Each item is seen as a standard normal variable cut into its answers; the cuts follow from
    how often each answer was given by all who answered the item. Given the cuts, the
    correlation is the one that makes the table of two items most likely (Olsson 1979). No
    number is added to empty cells.

    Parameters
    ----------
    answers: from :func:`rodedraad.methods.scales.answers.item_answers`; at most 12 different
        answers per item.

    Returns
    -------
    PolychoricCorrelations, with notices ``category_not_chosen`` (the item is cut in fewer),
    ``at_bound`` (beyond 0.999: a table with too many empty cells runs to 1 or -1) and
    ``not_positive_definite`` (do not fit factors on it).

    Raises
    ------
    ScaleRefusal: an item with one answer or more than 12, or two items nobody answered both.

    Notes
    -----
    Supposes that two normal variables lie behind the answers; unlike Pearson it is then not
    pulled to zero by few answers. With fewer than some 100 respondents it varies much. Checked
    against polycor::polychor and psych::polychoric(correct = 0).

    Olsson, U. (1979). Maximum likelihood estimation of the polychoric correlation coefficient.
    Psychometrika 44, 443-460.

    >>> from rodedraad.methods.scales.answers import item_answers
    >>> x = np.repeat([1, 1, 2, 2], [40, 10, 10, 40])
    >>> y = np.repeat([1, 2, 1, 2], [40, 10, 10, 40])
    >>> read = item_answers(np.column_stack([x, y]), low=1, high=2)
    >>> float(polychoric_correlations(read).correlations[0, 1].round(4))  # sin(0.3 * pi)
    0.809
    """
    columns = [_coded(answers, j) for j in range(len(answers.names))]
    thresholds = [_thresholds(codes) for codes, _ in columns]
    k = len(columns)
    found = np.eye(k)
    n = np.diag([int((codes >= 0).sum()) for codes, _ in columns]).astype(np.int64)
    bound: list[tuple[str, str]] = []
    for i in range(k):
        for j in range(i + 1, k):
            table = _table(columns[i][0], columns[j][0])
            if not table.any():
                raise ScaleRefusal(
                    f"Nobody answered both {answers.names[i]!r} and {answers.names[j]!r}. Leave "
                    "one of them out.",
                    code="scale_no_common_respondents",
                    items=(answers.names[i], answers.names[j]),
                )
            found[i, j] = found[j, i] = polychoric(table, thresholds[i], thresholds[j])
            n[i, j] = n[j, i] = int(table.sum())
            if abs(found[i, j]) >= AT_BOUND:
                bound.append((answers.names[i], answers.names[j]))
    return PolychoricCorrelations(
        names=answers.names,
        correlations=found,
        n=n,
        thresholds=tuple(tuple(float(t) for t in cuts) for cuts in thresholds),
        categories=tuple(tuple(float(c) for c in given) for _, given in columns),
        notices=_notices(answers, columns, bound, found),
    )


def polychoric(
    table: npt.ArrayLike, row_cuts: Sequence[float] | Floats, column_cuts: Sequence[float] | Floats
) -> float:
    """The most likely correlation behind one table, given where rows and columns are cut.

    ``table`` has shape (n_row_cuts + 1, n_column_cuts + 1) and holds counts.
    """
    counts = np.asarray(table, dtype=np.float64)
    rows = np.concatenate(([-np.inf], np.asarray(row_cuts), [np.inf]))
    columns = np.concatenate(([-np.inf], np.asarray(column_cuts), [np.inf]))
    h, k = np.meshgrid(rows, columns, indexing="ij")

    used = counts > 0

    def misfit(rho: float) -> float:
        chance = np.diff(np.diff(_bivariate_normal(h, k, rho), axis=0), axis=1)
        return -float((counts[used] * np.log(np.maximum(chance[used], 1e-300))).sum())

    return float(_minimum(misfit, bounds=(-LARGEST, LARGEST), options={"xatol": 1e-10}).x)


def _coded(answers: ItemAnswers, j: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """Answers as 0, 1, 2 ... (-1 = none) and what these stand for."""
    known = answers.answered[:, j]
    given, codes = np.unique(answers.values[known, j], return_inverse=True)
    if not 2 <= given.size <= MAX_CATEGORIES:
        raise ScaleRefusal(
            f"Item {answers.names[j]!r} has {given.size} different answers. A polychoric "
            f"correlation needs 2 to {MAX_CATEGORIES}; leave the item out or group its answers.",
            code="scale_categories",
            item=answers.names[j],
        )
    found = np.full(known.size, -1, dtype=np.int64)
    found[known] = codes
    return found, given


def _thresholds(codes: npt.NDArray[np.int64]) -> Floats:
    shares = np.bincount(codes[codes >= 0]).cumsum() / (codes >= 0).sum()
    return _normal_quantile(shares[:-1])


def _table(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    both = (a >= 0) & (b >= 0)
    shape = (int(a.max()) + 1, int(b.max()) + 1)
    return np.bincount(a[both] * shape[1] + b[both], minlength=shape[0] * shape[1]).reshape(shape)


def _bivariate_normal(h: Floats, k: Floats, rho: float) -> Floats:
    """Chance that two standard normals with this correlation lie below h and k (Owen 1956)."""
    finite = np.isfinite(h) & np.isfinite(k)
    x = np.where(finite, h, 1.0)
    y = np.where(finite, k, 1.0)
    x, y = (np.where(v == 0, 1e-300, v) for v in (x, y))
    root = np.sqrt(1 - rho * rho)
    owen = _owens_t(x, (y / x - rho) / root) + _owens_t(y, (x / y - rho) / root)
    crossed = np.where((x > 0) == (y > 0), 0.0, 0.5)
    inside = (_normal(x) + _normal(y)) / 2 - owen - crossed
    at_edge = np.where((h == -np.inf) | (k == -np.inf), 0.0, _normal(np.minimum(h, k)))
    return np.where(finite, inside, at_edge)


def _notices(
    answers: ItemAnswers,
    columns: list[tuple[npt.NDArray[np.int64], Floats]],
    bound: list[tuple[str, str]],
    correlations: Floats,
) -> tuple[Notice, ...]:
    whole = answers.high - answers.low + 1
    fewer = [
        name
        for name, (_, given) in zip(answers.names, columns, strict=True)
        if (given % 1 == 0).all() and given.size < whole
    ]
    smallest = float(np.linalg.eigvalsh(correlations)[0])
    said = (
        (bool(fewer), Notice("category_not_chosen", {"items": fewer})),
        (bool(bound), Notice("at_bound", {"pairs": bound})),
        (smallest < -1e-9, Notice("not_positive_definite", {"eigenvalue": smallest})),
    )
    return tuple(notice for is_so, notice in said if is_so)
