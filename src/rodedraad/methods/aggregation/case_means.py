"""What does a case score when its respondents have different roles, and may that be shown?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.aggregation.groups import Floats, group_of, item_table
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
    order = np.argsort(by_case.codes, kind="stable")
    starts = np.searchsorted(by_case.codes[order], np.arange(1, len(by_case.names)))
    found = tuple(
        _case_mean(case, values[rows, 0], by_role.codes[rows], names, min_per_role, min_published)
        for case, rows in zip(by_case.names, np.split(order, starts), strict=True)
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


def _case_mean(
    case: str,
    scores: Floats,
    roles: npt.NDArray[np.int64],
    names: tuple[str, ...],
    min_per_role: int,
    min_published: int,
) -> CaseMean:
    known = ~np.isnan(scores)
    scores, roles = scores[known], roles[known]
    if not scores.size:
        return CaseMean(case, 0, int((~known).sum()), None, None, (), None, suppressed=True)
    counts = {int(r): int(c) for r, c in zip(*np.unique(roles, return_counts=True), strict=True)}
    groups = _pooled(counts, min_per_role)
    suppressed = scores.size < min_published
    hidden = _hidden([sum(counts[r] for r in g) for g in groups], min_published, suppressed)
    by_role: list[RoleMean] = []
    for i, members in enumerate(groups):
        own = scores[np.isin(roles, members)]
        by_role.append(
            RoleMean(
                roles=tuple(names[r] for r in members),
                n=own.size,
                value=float(own.mean()),
                sd=float(own.std(ddof=1)) if own.size > 1 else None,
                suppressed=i in hidden,
            )
        )
    means = [role.value for role in by_role]
    return CaseMean(
        case=case,
        n=scores.size,
        n_missing=int((~known).sum()),
        value=float(np.mean(means)),
        sd=float(scores.std(ddof=1)) if scores.size > 1 else None,
        by_role=tuple(by_role),
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
