"""A study with cases, people in every state, and a team: what tests of fieldwork start from."""

import datetime
from collections.abc import Mapping

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from fieldwork.people_world import wave_make
from rodedraad.accounts.models import Person
from rodedraad.fieldwork.models import Participation
from rodedraad.fieldwork.states import state_reached
from rodedraad.studies.models import Case, TeamMember, Wave

State = Participation.State
DAY = datetime.date(2026, 3, 2)
WAY = {
    State.PLANNED: (),
    State.INVITED: (State.INVITED,),
    State.REACHED: (State.INVITED, State.REACHED),
    State.STARTED: (State.INVITED, State.STARTED),
    State.DONE: (State.INVITED, State.STARTED, State.DONE),
    State.REFUSED: (State.INVITED, State.REFUSED),
    State.NOT_REACHED: (State.INVITED, State.NOT_REACHED),
    State.INELIGIBLE: (State.INVITED, State.INELIGIBLE),
    State.WITHDRAWN: (State.INVITED, State.DONE, State.WITHDRAWN),
}


def fieldwork_world() -> tuple[Wave, dict[str, Person]]:
    """Return a wave with the cases Proefstad, Noord and Zuid, and a person of each role."""
    wave = wave_make()
    Case.objects.filter(study=wave.study).update(role=Case.Role.MAIN, rank=1)
    for at, name in enumerate(("Noord", "Zuid")):
        case_make(wave, name, rank=at + 2)
    team = {}
    for role in TeamMember.Role.values:
        team[role] = Person.objects.create_user(f"{role}@voorbeeld.test", "x", name=role)
        TOTP.activate(team[role], generate_totp_secret())
        TeamMember.objects.create(study=wave.study, person=team[role], role=role)
    return wave, team


def case_make(wave: Wave, name: str, **facts: object) -> Case:
    """Add a case to the study of a wave."""
    given = {"unit_code": name, "role": Case.Role.MAIN} | facts
    return Case.objects.create(study=wave.study, name=name, **given)


def people_in(
    wave: Wave,
    case: str,
    role: str,
    states: Mapping[str, int],
    *,
    about: str = "survey:x",
    reasons: tuple[str, ...] = ("geen tijd",),
    day: datetime.date = DAY,
) -> list[Participation]:
    """Add people of a case and role, so many in each state, with what happened on the way."""
    where, made = Case.objects.get(study=wave.study, name=case), []
    for state, n in states.items():
        for at in range(n):
            number = Participation.objects.filter(study=wave.study).count()
            one = Participation.objects.create(
                study=wave.study, wave=wave, case=where, role=role, pseudonym=f"{role}-{number}"
            )
            for step in WAY[State(state)]:
                ends = step in (State.REFUSED, State.WITHDRAWN)
                one = state_reached(
                    one, step, day=day, about="" if ends else about,
                    reason=reasons[at % len(reasons)] if step == State.REFUSED else "",
                )  # fmt: skip
            made.append(one)
    return made
