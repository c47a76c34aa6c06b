"""A study of change factors with a document and a transcript, two coders and codes of its own."""

from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from scored_texts import PLAN, TALK

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.models import Code, Coder
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study, TeamMember, Wave
from rodedraad.studies.template import template_load

UNITS = (("GM0003", "Appingedam"), ("GM0010", "Delfzijl"))


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
        template=template_load("change-factors"), slug="factoren", person=lead, origin="test"
    )
    frame_fill(made, UNITS)
    return made


@pytest.fixture
def wave(study: Study) -> Wave:
    return study.waves.get()


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
def plan(study: Study) -> Source:
    facts = SourceFacts(
        title="Beleidsplan", kind=Source.Kind.POLICY_DOCUMENT,
        case=study.cases.get(unit_code="GM0003"),
    )  # fmt: skip
    return source_add(study, PLAN.encode(), "plan.txt", facts, person=None, origin="test")


@pytest.fixture
def talk(study: Study) -> Source:
    facts = SourceFacts(
        title="Gesprek met de directeur", kind=Source.Kind.TRANSCRIPT,
        case=study.cases.get(unit_code="GM0010"), role="D", respondent="R012",
        confidentiality=Source.Confidentiality.PERSONAL,
    )  # fmt: skip
    return source_add(study, TALK.encode(), "gesprek.txt", facts, person=None, origin="test")


@pytest.fixture
def anna(study: Study, lead: Person) -> Coder:
    return coder_for(study, lead)


@pytest.fixture
def bram(study: Study, team: dict[str, Person]) -> Coder:
    return coder_for(study, team["researcher"])


@pytest.fixture
def learning(anna: Coder) -> Code:
    return code_add(anna, CodeFacts(name="Leren", construct="F5"))


@pytest.fixture
def browse(client: Client, lead: Person) -> Client:
    client.force_login(lead)
    return client
