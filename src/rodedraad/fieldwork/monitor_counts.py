"""Where does everyone who is asked stand, by case and role, and what response is that?

Each person counts once, in the state where they stand now, so a row adds up. Anonymous surveys
know no people: of these the counts of open links stand in their place.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from rodedraad.fieldwork.models import Message, Participation, ParticipationEvent
from rodedraad.fieldwork.monitor_tallies import OpenTally
from rodedraad.methods.response_rates import Disposition, ResponseRates, response_rates
from rodedraad.studies.models import Study, Wave

State = Participation.State
STATES = tuple(State)
ENDED = (State.REFUSED, State.INELIGIBLE, State.NOT_REACHED)
HEARD = (State.REACHED, State.STARTED, State.DONE, State.REFUSED, State.INELIGIBLE, State.WITHDRAWN)
DISPOSITIONS: Mapping[str, Disposition] = {
    State.DONE: Disposition.COMPLETE,
    State.STARTED: Disposition.PARTIAL,
    State.REFUSED: Disposition.REFUSAL,
    State.WITHDRAWN: Disposition.REFUSAL,
    State.NOT_REACHED: Disposition.NON_CONTACT,
    State.REACHED: Disposition.OTHER,
    State.INVITED: Disposition.UNKNOWN,
    State.INELIGIBLE: Disposition.INELIGIBLE,
}
"""What a state is in the words of AAPOR; who is only planned was not asked and is in no rate."""

Tally = Counter[str]
Group = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Looked:
    """Of which wave, and of which survey (``survey:<uuid>``), the page tells; None: of all."""

    wave: Wave | None = None
    about: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """On which day people of a case were first invited, and when one was last heard of."""

    invited: datetime.date | None
    last: datetime.date | None


def groups_counted(
    study: Study, looked: Looked, tallies: Sequence[OpenTally] = ()
) -> dict[Group, Tally]:
    """Return how many people of each case and role are in each state: one question."""
    found = Participation.objects.filter(study=study)
    if looked.wave is not None:
        found = found.filter(wave=looked.wave)
    if looked.about:
        return _of_survey(found, looked, tallies)
    groups: dict[Group, Tally] = defaultdict(Counter)
    rows = found.order_by().values_list("case", "role", "state").annotate(n=Count("pk"))
    for case, role, state, n in rows:
        groups[case, role][state] += n
    return dict(groups)


def people_asked(tally: Tally) -> int:
    """Return how many were asked and are, as far as is known, the right person."""
    return tally.total() - tally[State.PLANNED] - tally[State.INELIGIBLE]


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return the tallies together."""
    total: Tally = Counter()
    for tally in tallies:
        total.update(tally)
    return total


def rates_of(tally: Tally) -> ResponseRates:
    """Return the outcome rates of AAPOR for a tally of states; see ``DISPOSITIONS``."""
    counts: Counter[Disposition] = Counter()
    for state, disposition in DISPOSITIONS.items():
        counts[disposition] += tally[state]
    return response_rates(counts)


def reasons_counted(
    study: Study, wave: Wave | None, case: int | None, role: str
) -> list[tuple[str, int]]:
    """Return why people refused, with how many said so; the last reason of each person counts."""
    newest = ParticipationEvent.objects.filter(
        participation=OuterRef("pk"), state=State.REFUSED
    ).order_by("-pk")
    found = _narrowed(
        Participation.objects.filter(study=study, state=State.REFUSED), wave, case, role
    )
    said = found.annotate(why=Subquery(newest.values("reason")[:1])).values_list("why", flat=True)
    reasons: dict[str, list[str]] = defaultdict(list)
    for why in said:
        reasons[" ".join((why or "").casefold().split()).rstrip(".")].append((why or "").strip())
    counted = [(texts[0], len(texts)) for texts in reasons.values()]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0].casefold()))


def mails_counted(study: Study, wave: Wave | None) -> dict[Group, tuple[int, int]]:
    """Return by case and role how many mails this study sent, and to how many people."""
    found = Message.objects.filter(mailing__study=study, state=Message.State.SENT)
    if wave is not None:
        found = found.filter(participation__wave=wave)
    rows = found.order_by().values_list("participation__case", "participation__role")
    counted = rows.annotate(n=Count("pk"), people=Count("participation", distinct=True))
    return {(case, role): (n, people) for case, role, n, people in counted}


def heard_of(study: Study, looked: Looked) -> dict[int, Heard]:
    """Return for each case when people were invited, and when one was last heard of."""
    found = ParticipationEvent.objects.filter(participation__study=study)
    if looked.wave is not None:
        found = found.filter(participation__wave=looked.wave)
    if looked.about:
        found = found.filter(about=looked.about)
    rows = (
        found.order_by()
        .values_list("participation__case")
        .annotate(
            invited=Min("day", filter=Q(state=State.INVITED)),
            last=Max("day", filter=Q(state__in=HEARD)),
        )
    )
    return {case: Heard(invited, last) for case, invited, last in rows}


def _of_survey(
    found: QuerySet[Participation], looked: Looked, tallies: Sequence[OpenTally]
) -> dict[Group, Tally]:
    """Count who was asked for one survey: by what happened about it, or by its open links."""
    events = ParticipationEvent.objects.filter(participation=OuterRef("pk"))
    here = events.filter(about=looked.about)
    found = found.filter(Exists(here))
    groups: dict[Group, Tally] = defaultdict(Counter)
    if looked.anonymous:
        asked = found.order_by().values_list("case", "role").annotate(n=Count("pk"))
        invited = {(case, role): n for case, role, n in asked}
        ours = [each for each in tallies if each.about == looked.about]
        for each in ours:
            invited[each.case, each.role] = max(
                invited.get((each.case, each.role), 0), each.n_asked or 0, each.n_started
            )
            begun = max(each.n_started - each.n_done - each.n_out, 0)
            groups[each.case, each.role].update(
                {State.DONE: each.n_done, State.STARTED: begun, State.INELIGIBLE: each.n_out}
            )
        for group, n in invited.items():
            groups[group][State.INVITED] = max(n - groups[group].total(), 0)
        return dict(groups)
    marked = found.annotate(
        ended=Exists(events.filter(about__in=("", looked.about), state=OuterRef("state"))),
        **{
            f"was_{state}": Exists(here.filter(state=state))
            for state in (State.DONE, State.STARTED, State.REACHED)
        },
    )
    rows = (
        marked.order_by()
        .values_list("case", "role", "state", "ended", "was_done", "was_started", "was_reached")
        .annotate(n=Count("pk"))
    )
    for case, role, state, ended, done, started, reached, n in rows:
        groups[case, role][_state_here(state, ended, done, started, reached)] += n
    return dict(groups)


def _state_here(state: str, ended: bool, done: bool, started: bool, reached: bool) -> str:
    """Return where somebody stands in one survey; a refusal that was about another is none."""
    if state == State.WITHDRAWN and ended:
        return state
    if done:
        return State.DONE
    if ended and state in (State.REFUSED, State.INELIGIBLE):
        return state
    if started:
        return State.STARTED
    if ended and state == State.NOT_REACHED:
        return state
    return State.REACHED if reached else State.INVITED


def _narrowed(
    found: QuerySet[Participation], wave: Wave | None, case: int | None, role: str
) -> QuerySet[Participation]:
    if wave is not None:
        found = found.filter(wave=wave)
    if case is not None:
        found = found.filter(case=case)
    return found.filter(role=role) if role else found
