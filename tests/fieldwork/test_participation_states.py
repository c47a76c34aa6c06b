"""Is a participation where its events say it is?"""

import datetime

import pytest
from django.db import DatabaseError, transaction

from rodedraad.fieldwork.models import Participation, ParticipationEvent
from rodedraad.fieldwork.states import state_reached

pytestmark = pytest.mark.django_db
State = Participation.State
DAY = datetime.date(2026, 3, 2)


def reached(participation, *states):
    for state in states:
        participation = state_reached(participation, state, day=DAY)
    return participation.state


@pytest.mark.parametrize(
    ("states", "end"),
    [
        ((State.INVITED, State.STARTED, State.DONE), State.DONE),
        ((State.STARTED, State.INVITED), State.STARTED),
        ((State.DONE, State.REACHED), State.DONE),
        ((State.INVITED, State.REFUSED, State.INVITED), State.REFUSED),
        ((State.INVITED, State.NOT_REACHED, State.STARTED), State.STARTED),
        ((State.DONE, State.WITHDRAWN), State.WITHDRAWN),
    ],
)
def test_a_later_step_counts_and_an_end_stays(participation, states, end):
    assert reached(participation, *states) == end
    assert participation.events.count() == len(states)


def test_what_happened_is_never_changed(participation):
    reached(participation, State.INVITED)
    with pytest.raises(DatabaseError, match="only gets rows"), transaction.atomic():
        ParticipationEvent.objects.update(reason="anders")
