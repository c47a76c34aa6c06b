"""A study with two cases, six sources and a small tree of codes, and its team."""

from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from overview_material import Small, case_make, code_make, coding_make, source_make

from rodedraad.accounts.models import Person
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import TeamMember
from rodedraad.studies.template import template_load


def person_make(name: str) -> Person:
    made = Person.objects.create_user(f"{name}@voorbeeld.test", name=name.capitalize())
    TOTP.activate(made, generate_totp_secret())
    return made


@pytest.fixture
def small(db: None, home: Path) -> Small:
    """North: notes a, b and talk c; South: notes d, e; f is of no case, and has no date.

    Learn stands in a (twice, strengths 1 and 3) and c; learn in the team in b; money in a and d.
    """
    lead = person_make("leider")
    study = study_create(
        template=template_load("living-labs"), slug="proeftuinen", person=lead, origin="test"
    )
    team = {"lead": lead}
    for role in ("researcher", "client", "privacy_officer"):
        team[role] = person_make(role)
        TeamMember.objects.create(study=study, person=team[role], role=role)
    team["other"] = person_make("other")
    TeamMember.objects.filter(study=study, role__in=("lead", "researcher")).update(reads_raw=True)
    north, south = case_make(study, "Buurt Noord"), case_make(study, "Buurt Zuid")
    case_make(study, "Buurt West")
    learn, money = code_make(study, "Leren"), code_make(study, "Geld", order=1)
    learn_team = code_make(study, "In het team", learn)
    sources = [
        source_make(study, "a", north, day=date(2020, 1, 5)),
        source_make(study, "b", north, day=date(2020, 11, 5)),
        source_make(
            study, "c", north, day=date(2022, 2, 5), role="D", respondent="R1",
            kind=Source.Kind.TRANSCRIPT, level=Source.Confidentiality.PERSONAL,
        ),
        source_make(study, "d", south, day=date(2022, 3, 5)),
        source_make(study, "e", south, day=date(2022, 4, 5)),
        source_make(study, "f"),
    ]  # fmt: skip
    coder = coder_for(study, lead)
    a, b, c, d, _e, _f = sources
    coding_make(coder, a, learn, (0, 3), strength=1)
    coding_make(coder, a, learn, (4, 8), strength=3)
    coding_make(coder, a, money, (2, 6))
    coding_make(coder, b, learn_team, (0, 8), strength=2)
    coding_make(coder, c, learn, (0, 8))
    coding_make(coder, d, money, None)
    return Small(study, north, south, learn, learn_team, money, sources, coder, team)


@pytest.fixture
def browse(client: Client, small: Small) -> Client:
    client.force_login(small.team["lead"])
    return client
