"""What in fieldwork asks for somebody to act: cases that lag or refuse, missing roles, deadlines?

The limits are defaults of Rode Draad; no standard sets them. The page names each beside its alerts.
"""

import datetime
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rodedraad.fieldwork.links import Subject
from rodedraad.fieldwork.models import Participation
from rodedraad.fieldwork.monitor_counts import Group, Heard, Tally, people_asked
from rodedraad.studies.models import Case

State = Participation.State
LAG_SHARE = 0.5
"""A case lags when its response is below this share of the median of the other cases."""
LAG_LEAST = 5
"""Fewest people asked in a case before its response is compared."""
LAG_CASES = 3
"""Fewest other cases to compare with."""
SILENT_DAYS = 14
"""A case is silent when nobody was heard of in so many days since the first invitation."""
NEAR_DAYS = 7
"""A last day to answer is near from so many days before."""
CHOSEN = (Case.Role.PILOT, Case.Role.MAIN)


@dataclass(frozen=True, slots=True)
class Lag:
    """A case whose response stays behind: ``share`` of ``n`` asked; others have ``middle``."""

    case: Case
    share: float
    n: int
    middle: float
    reserves: Sequence[Case] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """A case where nobody was heard of since the first invitation, ``days`` ago."""

    case: Case
    days: int
    reserves: Sequence[Case] = ()


@dataclass(frozen=True, slots=True)
class Refusing:
    """A case in which all ``n`` people who were asked refused or withdrew."""

    case: Case
    n: int
    reserves: Sequence[Case] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day to answer that is near or past, with how many did not finish."""

    title: str
    about: str
    ends_on: datetime.date
    passed: bool
    n_open: int


@dataclass(slots=True)
class Alerts:
    """Everything that asks for action; ``missing`` has the cases without anyone of each role."""

    lagging: list[Lag] = field(default_factory=list)
    silent: list[Silence] = field(default_factory=list)
    refusing: list[Refusing] = field(default_factory=list)
    nobody: list[Case] = field(default_factory=list)
    missing: list[tuple[str, list[Case]]] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)

    @property
    def n(self) -> int:
        """How many alerts there are."""
        return sum(len(getattr(self, name)) for name in self.__slots__)


def cases_alerted(
    cases: Sequence[Case],
    groups: Mapping[Group, Tally],
    heard: Mapping[int, Heard],
    *,
    today: datetime.date,
) -> Alerts:
    """Return the alerts about chosen cases; ``cases`` are all of the study, reserves included."""
    chosen = [case for case in cases if case.role in CHOSEN]
    of_case = _by_case(groups, {case.pk for case in chosen})
    reserves = _reserves(cases)
    found = Alerts()
    shares = {
        pk: _share(tally) for pk, tally in of_case.items() if people_asked(tally) >= LAG_LEAST
    }
    ordered = sorted(shares.values())
    for case in chosen:
        tally = of_case.get(case.pk, Tally())
        n, offered = people_asked(tally), reserves.get(case.pk, [])
        if not tally.total():
            found.nobody.append(case)
            continue
        if n and tally[State.REFUSED] + tally[State.WITHDRAWN] == n:
            found.refusing.append(Refusing(case, n, offered))
            continue
        first = heard.get(case.pk, Heard(None, None))
        quiet = (today - first.invited).days if first.invited else 0
        if quiet >= SILENT_DAYS and first.last is None:
            found.silent.append(Silence(case, quiet, offered))
        elif case.pk in shares:
            middle = _median_of_others(ordered, shares[case.pk])
            if shares[case.pk] < LAG_SHARE * middle:
                found.lagging.append(Lag(case, shares[case.pk], n, middle, offered))
    without = {case.pk for case in found.nobody}
    found.missing = _roles_missing([case for case in chosen if case.pk not in without], groups)
    return found


def deadlines_near(
    subjects: Sequence[Subject], n_open: Mapping[str, int], *, today: datetime.date
) -> list[Deadline]:
    """Return the open questionnaires whose last day is within a week, or past."""
    soon = today + datetime.timedelta(days=NEAR_DAYS)
    return [
        Deadline(each.title, each.about, each.ends_on, each.ends_on < today, n_open[each.about])
        for each in subjects
        if each.ends_on is not None and each.ends_on <= soon and n_open.get(each.about)
    ]


def _by_case(groups: Mapping[Group, Tally], ours: set[int]) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for (case, _role), tally in groups.items():
        if case in ours:
            found.setdefault(case, Tally()).update(tally)
    return found


def _median_of_others(ordered: Sequence[float], own: float) -> float:
    """Return the median of shares in order without one of them; nought when few are left."""
    n, at = len(ordered) - 1, bisect_left(ordered, own)
    if n < LAG_CASES:
        return 0.0
    low, high = (place + (place >= at) for place in ((n - 1) // 2, n // 2))
    return (ordered[low] + ordered[high]) / 2


def _share(tally: Tally) -> float:
    return (tally[State.DONE] + tally[State.STARTED]) / people_asked(tally)


def _reserves(cases: Sequence[Case]) -> dict[int, list[Case]]:
    """Return the reserves of each case, the first to be asked first."""
    found: dict[int, list[Case]] = {}
    for case in sorted(cases, key=lambda each: (each.rank or 0, each.pk)):
        if case.role == Case.Role.RESERVE and case.reserve_for_id is not None:
            found.setdefault(case.reserve_for_id, []).append(case)
    return found


def _roles_missing(
    chosen: Sequence[Case], groups: Mapping[Group, Tally]
) -> list[tuple[str, list[Case]]]:
    """Return for each role that some chosen case has people of, the cases that have none."""
    ours = {case.pk for case in chosen}
    there = {group for group, tally in groups.items() if tally.total() and group[0] in ours}
    roles = sorted({role for _case, role in there if role})
    everyone = {case for case, role in there if not role}  # an open link for all roles
    found = []
    for role in roles:
        without = [
            case for case in chosen if (case.pk, role) not in there and case.pk not in everyone
        ]
        if without:
            found.append((role, without))
    return found
