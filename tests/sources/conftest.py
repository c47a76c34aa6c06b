"""A study of living labs with two cases and its team, and a data folder of its own."""

from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, Study, TeamMember
from rodedraad.studies.template import template_load


def person_make(name: str) -> Person:
    made = Person.objects.create_user(f"{name}@voorbeeld.test", name=name.capitalize())
    TOTP.activate(made, generate_totp_secret())
    return made


@pytest.fixture
def lead(db: None) -> Person:
    return person_make("leider")


@pytest.fixture
def study(lead: Person, home: Path) -> Study:
    made = study_create(
        template=template_load("living-labs"), slug="proeftuinen", person=lead, origin="test"
    )
    for name in ("Buurt Noord", "Buurt Zuid"):
        Case.objects.create(study=made, unit_kind=made.unit_kind, unit_code=name, name=name)
    return made


@pytest.fixture
def team(study: Study, lead: Person) -> dict[str, Person]:
    """Give one person for each role in the study, and one outside it."""
    people = {"lead": lead}
    for role in ("researcher", "client", "privacy_officer"):
        people[role] = person_make(role)
        TeamMember.objects.create(study=study, person=people[role], role=role)
    people["other"] = person_make("other")
    return people


@pytest.fixture
def browse(client: Client, lead: Person) -> Client:
    client.force_login(lead)
    return client
