"""A study with a few short texts of two cases, its team, and coders of it."""

import datetime
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.models import Code, Coder
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, Study, TeamMember
from rodedraad.studies.template import template_load

BELEID = (
    "De raad besluit over het wijkteam.\n\n"
    "\U0001f600 Het wijkteam leert \U0001f468‍\U0001f469 van gesprekken met inwoners. Ook de "
    "cliënt leert. Het wijk-team blijft klein.\n\n"
    "De gemeenten werken samen, en de samenwerking met bewoners begint niet vandaag."
)
GESPREK = (
    "Interviewer: Hoe gaat het met het wijkteam?\n"
    "Wethouder: De inwoners leren. Geld is er niet, zegt de wethouder over het team."
)
ANTWOORDEN = "Het buurtteam is ver weg.\n\nMeer geld voor het jeugdteam.\n"


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
def texts(study: Study) -> dict[str, Source]:
    """Give a policy document, a talk that only some may read, and open answers."""
    north, south = study.cases.order_by("name")
    given = {
        "beleid": (BELEID, SourceFacts(
            title="Beleid", kind="policy_document", case=north, period="2015-2018",
            date=datetime.date(2016, 5, 1), confidentiality="team")),
        "gesprek": (GESPREK, SourceFacts(
            title="Gesprek", kind="transcript", case=south, role="B",
            date=datetime.date(2019, 2, 3), confidentiality="personal")),
        "antwoorden": (ANTWOORDEN, SourceFacts(
            title="Antwoorden", kind="open_answers", confidentiality="team")),
    }  # fmt: skip
    return {
        name: source_add(study, text.encode(), f"{name}.txt", facts, person=None, origin="test")
        for name, (text, facts) in given.items()
    }


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
def browse(client: Client, lead: Person) -> Client:
    client.force_login(lead)
    return client
