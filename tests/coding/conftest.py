"""A study with one text of the council and its team, and coders of it."""

from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from coding_texts import TEXT
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.models import Code, Coder
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Study, TeamMember
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
    return study_create(
        template=template_load("living-labs"), slug="proeftuinen", person=lead, origin="test"
    )


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
def source(study: Study) -> Source:
    facts = SourceFacts(title="Raadsstuk", confidentiality=Source.Confidentiality.TEAM)
    return source_add(study, TEXT.encode(), "stuk.txt", facts, person=None, origin="test")


@pytest.fixture
def version(source: Source) -> SourceVersion:
    return source.versions.get()


@pytest.fixture
def anna(study: Study, lead: Person) -> Coder:
    return coder_for(study, lead)


@pytest.fixture
def bram(study: Study, team: dict[str, Person]) -> Coder:
    return coder_for(study, team["researcher"])


@pytest.fixture
def learning(anna: Coder) -> Code:
    return code_add(anna, CodeFacts(name="Leren", definition="Iemand leert."))


@pytest.fixture
def money(anna: Coder) -> Code:
    return code_add(anna, CodeFacts(name="Geld"))


@pytest.fixture
def browse(client: Client, lead: Person) -> Client:
    client.force_login(lead)
    return client
