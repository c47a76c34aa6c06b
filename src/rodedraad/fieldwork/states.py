"""How far is a participation, and what happened to it? Its newest event says so."""

import datetime

from django.db import transaction

from rodedraad.accounts.models import Person
from rodedraad.fieldwork.models import Participation, ParticipationEvent

State = Participation.State
ORDER = (State.PLANNED, State.INVITED, State.REACHED, State.STARTED, State.DONE)
ENDS = frozenset({State.REFUSED, State.INELIGIBLE, State.WITHDRAWN})


@transaction.atomic
def state_reached(
    participation: Participation,
    state: str,
    *,
    about: str = "",
    reason: str = "",
    day: datetime.date,
    person: Person | None = None,
) -> Participation:
    """Write down that a participation got to a state; a mail after the end changes nothing.

    Someone who started is not put back to invited by a reminder. Who refused or withdrew stays
    so until a person writes another state down.
    """
    now = Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    ParticipationEvent.objects.create(
        participation=now, state=state, reason=reason[:300], about=about, day=day, person=person
    )
    if _moves(now.state, state, by_person=person is not None):
        now.state = state
        now.save(update_fields=["state"])
    return now


def _moves(old: str, new: str, *, by_person: bool) -> bool:
    if by_person or new in ENDS:
        return True
    if old in ENDS or new not in ORDER or old not in ORDER:
        return old not in ENDS
    return ORDER.index(State(new)) > ORDER.index(State(old))
