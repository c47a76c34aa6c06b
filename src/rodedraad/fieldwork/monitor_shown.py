"""What of fieldwork does a page show: rows per case and role, with everything or hidden?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rodedraad.fieldwork.models import Participation
from rodedraad.fieldwork.monitor_counts import (
    STATES,
    Group,
    Tally,
    people_asked,
    rates_of,
    summed,
)
from rodedraad.fieldwork.monitor_hiding import Counts, Mask, groups_hidden, with_totals
from rodedraad.studies.models import Case

State = Participation.State
DRAWN = (
    (State.DONE,),
    (State.STARTED,),
    (State.REACHED,),
    (State.INVITED,),
    (State.NOT_REACHED,),
    (State.REFUSED, State.WITHDRAWN),
    (State.PLANNED,),
)
"""Which states are one part of a bar; who is not the right person is in none."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where the people of one case, one role, or everyone stand; ``mails`` is how many were sent.

    ``response`` is RR2 of AAPOR as a share from 0 to 1: who finished or began, of everyone who was
    asked.
    """

    name: str
    key: str
    tally: Tally
    mails: int = 0

    @property
    def total(self) -> int:
        """How many people there are."""
        return self.tally.total()

    @property
    def asked(self) -> int:
        """How many were asked, without who turned out not to be the right person."""
        return people_asked(self.tally)

    @property
    def response(self) -> float | None:
        """Response rate RR2."""
        return rates_of(self.tally).rr2

    @property
    def numbers(self) -> list[int]:
        """How many are in each state, in the order of fieldwork."""
        return [self.tally[state] for state in STATES]

    @property
    def parts(self) -> list[int]:
        """How many are in each part of a bar."""
        return [sum(self.tally[state] for state in states) for states in DRAWN]


@dataclass(frozen=True, slots=True)
class PlainRow:
    """What is shown outside the team: None where it could tell of few people; 0 where nobody is."""

    name: str
    key: str
    asked: int | None
    done: int | None

    @property
    def share(self) -> float | None:
        """Response rate RR1: who finished, of everyone who was asked."""
        return self.done / self.asked if self.asked and self.done is not None else None

    @property
    def parts(self) -> list[int]:
        """How many finished and how many did not; nothing where that is hidden."""
        if self.asked is None or self.done is None:
            return []
        return [self.done, self.asked - self.done]


def rows_by(
    groups: Mapping[Group, Tally],
    mails: Mapping[Group, tuple[int, int]],
    names: Mapping[object, str],
    *,
    by: int,
) -> list[Row]:
    """Return a row for each case (``by`` 0) or role (``by`` 1) of ``names``, in that order."""
    tallies: dict[object, Tally] = {}
    sent: dict[object, int] = {}
    for group, tally in groups.items():
        tallies.setdefault(group[by], Tally()).update(tally)
    for group, (n, _people) in mails.items():
        sent[group[by]] = sent.get(group[by], 0) + n
    return [
        Row(name, str(key), tallies[key], sent.get(key, 0))
        for key, name in names.items()
        if key in tallies
    ]


def row_of_all(
    name: str, groups: Mapping[Group, Tally], mails: Mapping[Group, tuple[int, int]]
) -> Row:
    """Return everyone together."""
    return Row(name, "", summed(groups.values()), sum(n for n, _people in mails.values()))


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Everything that may be shown outside the team, hidden together."""

    cases: Sequence[Case]
    roles: Sequence[str]
    asked: Sequence[Sequence[int | None]]
    done: Sequence[Sequence[int | None]]

    def by_case(self, role: str = "", *, total: str) -> list[PlainRow]:
        """Return a row for each case, of one role or of all, and the total last."""
        at = self.roles.index(role) if role in self.roles else len(self.roles)
        names = [*((case.name, str(case.pk)) for case in self.cases), (total, "")]
        return [self._row(name, key, i, at) for i, (name, key) in enumerate(names)]

    def by_role(self, words: Mapping[str, str], case: int | None = None) -> list[PlainRow]:
        """Return a row for each role, of one case or of all."""
        keys = [each.pk for each in self.cases]
        at = keys.index(case) if case in keys else len(self.cases)
        return [self._row(words.get(role, role), role, at, j) for j, role in enumerate(self.roles)]

    def _row(self, name: str, key: str, i: int, j: int) -> PlainRow:
        return PlainRow(name, key, self.asked[i][j], self.done[i][j])


def plain_rows(cases: Sequence[Case], groups: Mapping[Group, Tally]) -> PlainRows:
    """Return what may be shown outside the team of all cases and roles of one wave."""
    there = {case for case, _role in groups}
    cases = [case for case in cases if case.pk in there]
    roles = sorted({role for _case, role in groups})
    shape = (len(cases), len(roles))
    asked, done = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    at = {case.pk: i for i, case in enumerate(cases)}
    for (case, role), tally in groups.items():
        if case in at:
            place = at[case], roles.index(role)
            asked[place], done[place] = people_asked(tally), tally[State.DONE]
    hidden = groups_hidden(asked, done)
    return PlainRows(cases, roles, _masked(asked, hidden), _masked(done, hidden))


def _masked(counts: Counts, hidden: Mask) -> list[list[int | None]]:
    return [
        [None if out else int(n) for n, out in zip(*line, strict=True)]
        for line in zip(with_totals(counts), hidden, strict=True)
    ]
