"""A study of two texts about learning and money, coded by a lead, with suggestions turned on."""

from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.models import Code, Coder
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Study, TeamMember
from rodedraad.studies.template import template_load
from rodedraad.suggestions.actions import suggestions_switch

LEARNING = "Het team leert van gesprekken met inwoners in wijk {}, en past het werk daarna aan."
MONEY = "De wethouder bespreekt het budget van {} euro en de kosten van de begroting."
N_CODED = 14


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
def researcher(study: Study) -> Person:
    made = person_make("bram")
    TeamMember.objects.create(study=study, person=made, role="researcher")
    return made


@pytest.fixture
def anna(study: Study, lead: Person) -> Coder:
    return coder_for(study, lead)


def source_of(study: Study, title: str, first: int) -> Source:
    """Put in a source of 30 paragraphs, about learning and about money in turns."""
    lines = [(LEARNING, MONEY)[n % 2].format(first + n) for n in range(30)]
    facts = SourceFacts(title=title, confidentiality=Source.Confidentiality.TEAM)
    return source_add(
        study, "\n\n".join(lines).encode(), f"{title}.txt", facts, person=None, origin="test"
    )


@pytest.fixture
def coded(study: Study) -> Source:
    return source_of(study, "Gecodeerd", 100)


@pytest.fixture
def uncoded(study: Study) -> Source:
    return source_of(study, "Nieuw", 500)


@pytest.fixture
def learning(anna: Coder, coded: Source) -> Code:
    """Give a code that 14 of the 15 paragraphs about learning have."""
    made = code_add(anna, CodeFacts(name="Leren"))
    version = coded.versions.get()
    rows = version.paragraphs.filter(text__startswith="Het team").order_by("start")
    for row in rows[:N_CODED]:
        coding_add(anna, version.pk, made, place=(row.start + 4, row.end))
    return made


@pytest.fixture
def rare(anna: Coder, coded: Source, learning: Code) -> Code:
    """Give a code that only two paragraphs have."""
    made = code_add(anna, CodeFacts(name="Geld"))
    version = coded.versions.get()
    for row in version.paragraphs.filter(text__startswith="De wethouder").order_by("start")[:2]:
        coding_add(anna, version.pk, made, place=(row.start, row.end))
    return made


@pytest.fixture
def turned_on(study: Study, lead: Person) -> None:
    suggestions_switch(study, is_on=True, person=lead, origin="test")
