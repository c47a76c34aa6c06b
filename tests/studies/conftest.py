"""People, and studies on the real tables of the country, for the tests of the room."""

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from plan_making import plan_make

from rodedraad.accounts.models import Person
from rodedraad.country.current import current_country
from rodedraad.studies.actions import frame_fill_from_country, study_create
from rodedraad.studies.models import SelectionPlan, Study, TeamMember
from rodedraad.studies.template import template_load

People = Callable[[str], Person]


@pytest.fixture
def person(db: None) -> People:
    """Give a function that makes a person who may sign in, by the first part of the address."""

    def make(name: str) -> Person:
        made = Person.objects.create_user(f"{name}@voorbeeld.test", name=name.capitalize())
        TOTP.activate(made, generate_totp_secret())
        return made

    return make


@pytest.fixture
def lead(person: People) -> Person:
    return person("leider")


@pytest.fixture
def study(lead: Person) -> Study:
    """Give a study of municipalities with its frame filled, and no cases chosen."""
    made = study_create(
        template=template_load("network-development"), slug="proef", person=lead, origin="test"
    )
    frame_fill_from_country(made, current_country())
    return made


@pytest.fixture
def plan(study: Study, lead: Person) -> SelectionPlan:
    """Give a plan of eight municipalities chosen by lot, with two reserves each."""
    return plan_make(study, person=lead)


@pytest.fixture
def labs(lead: Person) -> Study:
    """Give a study of living labs, which are typed in or uploaded."""
    return study_create(
        template=template_load("living-labs"), slug="proeftuinen", person=lead, origin="test"
    )


@pytest.fixture
def team(study: Study, lead: Person, person: People) -> dict[str, Person]:
    """Give one person for each role in the study, and one outside it."""
    people = {"lead": lead}
    for role in ("researcher", "client", "privacy_officer"):
        people[role] = person(role)
        TeamMember.objects.create(study=study, person=people[role], role=role)
    people["other"] = person("other")
    return people


@pytest.fixture
def browse(client: Client, lead: Person) -> Client:
    """Give a test client that is signed in as the lead."""
    client.force_login(lead)
    return client
