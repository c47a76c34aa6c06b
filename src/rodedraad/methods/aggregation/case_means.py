"""What does a case score when its respondents have different roles, and may that be shown?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.aggregation.groups import (
    Groups,
    group_moments,
    group_of,
    item_table,
)
from rodedraad.methods.aggregation.refusals import AggregationRefusal
from rodedraad.methods.notices import Notice

ROLES_APART = 0.33


@dataclass(frozen=True, slots=True)
class RoleMean:
    """The mean of one role in a case, or of several roles that were pooled.

    ``roles`` names what is in it. ``value`` and ``sd`` are for computing with; what may be
    shown is ``published``: None when suppressed.
    """

    roles: tuple[str, ...]
    n: int
    value: float
    sd: float | None
    suppressed: bool

    @property
    def pooled(self) -> bool:
        """Whether several roles were taken together."""
        return len(self.roles) > 1

    @property
    def published(self) -> float | None:
        """The mean, or None when too few people stand behind it."""
        return None if self.suppressed else self.value


@dataclass(frozen=True, slots=True)
class CaseMean:
    """The score of one case: the mean over its roles, each role counting once.

    ``value`` is None when nobody scored. ``sd`` is over respondents, ``role_gap`` the largest
    difference between two role means (None with one). Show ``published``, never ``value``.
    """

    case: str
    n: int
    n_missing: int
    value: float | None
    sd: float | None
    by_role: tuple[RoleMean, ...]
    role_gap: float | None
    suppressed: bool

    @property
    def published(self) -> float | None:
        """The score, or None when fewer than the least number of people stand behind it."""
        return None if self.suppressed else self.value


@dataclass(frozen=True, slots=True)
class CaseMeans:
    """Scores of all cases, in the order of their names.

    ``n_suppressed`` cases have scores that may not be shown, ``n_empty`` have none at all.
    """

    cases: tuple[CaseMean, ...]
    min_per_role: int
    min_published: int
    n_respondents: int
    n_missing: int
    n_suppressed: int
    n_empty: int
    notices: tuple[Notice, ...]


def case_means(
    scores: npt.ArrayLike,
    cases: npt.ArrayLike | pl.Series,
    roles: npt.ArrayLike | pl.Series | None = None,
    *,
    min_per_role: int = 3,
    min_published: int = 5,
) -> CaseMeans:
    """From scores of respondents to a score per case: mean per role, then mean over roles.

    Roles count equally, so that many workers do not outvote few managers. A role with fewer
    than ``min_per_role`` scores in a case is pooled with the other such roles of that case;
    when the pool is still too small, the smallest role joins it, and so on (of equally small
    ones the first by name). So no one person carries a role.

    A case, or a role in it, is suppressed below ``min_published`` scores. Where one role of a
    shown case would be hidden alone, it could be worked out from the rest; then the smallest
    shown role is hidden too, until at least two roles and ``min_published`` people are hidden.

    Parameters
    ----------
    scores: array of shape (n_respondents,), NaN = no score (counted, not used).
    cases, roles: one label per respondent; without ``roles`` everyone has the same.
    min_per_role, min_published: at least 1.

    Returns
    -------
    CaseMeans, with notices ``suppressed`` and ``empty`` (cases), ``pooled_roles`` (cases) and
    ``roles_apart`` (cases whose role means differ by more than 0.33 of a scale of 0-1: report
    the disagreement beside the mean).

    Raises
    ------
    AggregationRefusal: other shapes, a respondent without case or role.

    Notes
    -----
    Suppression here is within one table. What several tables, waves and filters give away
    together is for the disclosure guard of a publication.

    >>> found = case_means([0.2, 0.4, 0.3, 0.9, 0.8, 0.7, 1.0], ["a"] * 7, list("UUUCCCD"))
    >>> [(r.roles, r.n, round(r.value, 2)) for r in found.cases[0].by_role]
    [(('C', 'D'), 4, 0.85), (('U',), 3, 0.3)]
    >>> round(found.cases[0].published, 3)
    0.575
    """
    if min_per_role < 1 or min_published < 1:
        raise AggregationRefusal(
            f"The least numbers per role and per case are at least 1. Got {min_per_role} and "
            f"{min_published}.",
            code="aggregation_least_numbers",
        )
    by_case = group_of(cases)
    values = item_table(scores, len(by_case.codes))
    if values.shape[1] != 1:
        raise AggregationRefusal(
            f"Scores must be one per respondent. Got {values.shape[1]} columns. Score the items "
            "first, or call once per score.",
            code="aggregation_shape",
        )
    labels = np.zeros(len(values), dtype=np.int64) if roles is None else roles
    by_role = group_of(labels, "role")
    if len(by_role.codes) != len(values):
        raise AggregationRefusal(
            f"There are {len(by_role.codes)} roles for {len(values)} respondents. Give one per "
            "respondent.",
            code="aggregation_shape",
        )
    names = ("",) if roles is None else by_role.names
    cells = group_moments(
        values,
        Groups(
            ("",) * (len(by_case.names) * len(names)), by_case.codes * len(names) + by_role.codes
        ),
    )
    shape = (len(by_case.names), len(names))
    counts, means, squares = (
        part.reshape(shape).tolist() for part in (cells.n, cells.mean, cells.squares)
    )
    everyone = np.bincount(by_case.codes, minlength=shape[0]).tolist()
    found = tuple(
        _case_mean(
            case,
            {r: _Cell(int(n), mean, square) for r, (n, mean, square) in enumerate(own) if n},
            of_all,
            names,
            min_per_role,
            min_published,
        )
        for case, of_all, own in zip(
            by_case.names,
            everyone,
            (zip(*parts, strict=True) for parts in zip(counts, means, squares, strict=True)),
            strict=True,
        )
    )
    return CaseMeans(
        cases=found,
        min_per_role=min_per_role,
        min_published=min_published,
        n_respondents=len(values),
        n_missing=int(np.isnan(values).sum()),
        n_suppressed=sum(case.suppressed and case.n > 0 for case in found),
        n_empty=sum(case.n == 0 for case in found),
        notices=_notices(found),
    )


class _Cell(NamedTuple):
    """The scores of one role in one case: how many, their mean, squared distances to it."""

    n: int
    mean: float
    squares: float

    def sd(self) -> float | None:
        """Spread (n - 1) of the scores; None for one score."""
        return sqrt(self.squares / (self.n - 1)) if self.n > 1 else None


def _together(cells: Sequence[_Cell]) -> _Cell:
    """The scores of several cells as one."""
    if len(cells) == 1:
        return cells[0]
    n = sum(cell.n for cell in cells)
    mean = fsum(cell.n * cell.mean for cell in cells) / n
    return _Cell(n, mean, fsum(c.squares + c.n * (c.mean - mean) ** 2 for c in cells))


def _case_mean(
    case: str,
    cells: dict[int, _Cell],
    n_respondents: int,
    names: tuple[str, ...],
    min_per_role: int,
    min_published: int,
) -> CaseMean:
    if not cells:
        return CaseMean(case, 0, n_respondents, None, None, (), None, suppressed=True)
    everyone = _together(list(cells.values()))
    groups = _pooled({role: cell.n for role, cell in cells.items()}, min_per_role)
    joined = [_together([cells[role] for role in members]) for members in groups]
    suppressed = everyone.n < min_published
    hidden = _hidden([cell.n for cell in joined], min_published, suppressed)
    by_role = tuple(
        RoleMean(
            roles=tuple(names[r] for r in members),
            n=cell.n,
            value=cell.mean,
            sd=cell.sd(),
            suppressed=i in hidden,
        )
        for i, (members, cell) in enumerate(zip(groups, joined, strict=True))
    )
    means = [role.value for role in by_role]
    return CaseMean(
        case=case,
        n=everyone.n,
        n_missing=n_respondents - everyone.n,
        value=fsum(means) / len(means),
        sd=everyone.sd(),
        by_role=by_role,
        role_gap=max(means) - min(means) if len(means) > 1 else None,
        suppressed=suppressed,
    )


def _pooled(counts: dict[int, int], least: int) -> list[tuple[int, ...]]:
    """Roles that stand alone, and those that are pooled, in the order of their names."""
    from_small = sorted(counts, key=lambda role: (counts[role], role))
    pool = [role for role in from_small if counts[role] < least]
    alone = from_small[len(pool) :]
    while pool and alone and sum(counts[role] for role in pool) < least:
        pool.append(alone.pop(0))
    groups = [(role,) for role in alone] + ([tuple(sorted(pool))] if pool else [])
    return sorted(groups)


def _hidden(sizes: list[int], least: int, all_hidden: bool) -> set[int]:
    """Which roles may not be shown: the small ones, and enough others to protect these."""
    if all_hidden:
        return set(range(len(sizes)))
    hidden = {i for i, n in enumerate(sizes) if n < least}
    from_small = sorted(set(range(len(sizes))) - hidden, key=lambda i: (sizes[i], i))
    while hidden and from_small and (len(hidden) < 2 or sum(sizes[i] for i in hidden) < least):
        hidden.add(from_small.pop(0))
    return hidden


def _notices(cases: tuple[CaseMean, ...]) -> tuple[Notice, ...]:
    told = {
        "suppressed": [c.case for c in cases if c.suppressed and c.n],
        "empty": [c.case for c in cases if not c.n],
        "pooled_roles": [c.case for c in cases if any(role.pooled for role in c.by_role)],
        "roles_apart": [
            c.case for c in cases if c.role_gap is not None and c.role_gap > ROLES_APART
        ],
    }
    return tuple(Notice(code, {"cases": names}) for code, names in told.items() if names)
