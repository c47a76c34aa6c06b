"""A study with three short texts, three people who code, and a blind round that they closed."""

from pathlib import Path

import pytest
from agreement_texts import TEXTS
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.agreement.rounds import (
    RoundFacts,
    coding_round_close,
    coding_round_open,
    source_finish,
)
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.models import Code, Coder, Round
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Study, TeamMember
from rodedraad.studies.template import template_load


def person_make(name: str) -> Person:
    made = Person.objects.create_user(f"{name}@voorbeeld.test", name=name.capitalize())
    TOTP.activate(made, generate_totp_secret())
    return made


@pytest.fixture
def people(db: None) -> dict[str, Person]:
    return {name: person_make(name) for name in ("anna", "bram", "chris", "klant", "ander")}


@pytest.fixture
def study(people: dict[str, Person], home: Path) -> Study:
    made = study_create(
        template=template_load("living-labs"), slug="labs", person=people["anna"], origin="test"
    )
    roles = {"bram": "researcher", "chris": "researcher", "klant": "client"}
    for name, role in roles.items():
        TeamMember.objects.create(study=made, person=people[name], role=role)
    return made


@pytest.fixture
def sources(study: Study) -> list[Source]:
    return [
        source_add(
            study, text.encode(), f"stuk-{number}.txt",
            SourceFacts(title=f"Stuk {number}", confidentiality=Source.Confidentiality.TEAM),
            person=None, origin="test",
        )
        for number, text in enumerate(TEXTS, 1)
    ]  # fmt: skip


@pytest.fixture
def anna(study: Study, people: dict[str, Person]) -> Coder:
    return coder_for(study, people["anna"])


@pytest.fixture
def bram(study: Study, people: dict[str, Person]) -> Coder:
    return coder_for(study, people["bram"])


@pytest.fixture
def codes(anna: Coder) -> list[Code]:
    return [code_add(anna, CodeFacts(name=name)) for name in ("Leren", "Geld")]


@pytest.fixture
def blind(study: Study, sources: list[Source], anna: Coder, bram: Coder) -> Round:
    facts = RoundFacts("Eerste ronde", "blind", "character", sources, [anna, bram])
    return coding_round_open(study, facts, person=anna.person, origin="test")


@pytest.fixture
def coded(
    blind: Round, sources: list[Source], anna: Coder, bram: Coder, codes: list[Code]
) -> Round:
    """Code: two places alike, one with another range, one by Anna only; Bram left the third."""
    leren, geld = codes
    one, two, three = (source.versions.get().pk for source in sources)
    for coder in (anna, bram):
        coding_add(coder, one, leren, place=(0, 10), in_round=blind, strength=2)
        coding_add(coder, two, geld, place=(4, 20), in_round=blind)
    coding_add(anna, one, geld, place=(20, 40), in_round=blind)
    coding_add(bram, one, geld, place=(25, 45), in_round=blind)
    coding_add(anna, two, leren, place=(30, 35), in_round=blind)
    coding_add(bram, three, leren, place=(0, 5), in_round=blind)
    for source in sources:
        source_finish(blind, anna, source, origin="test")
    for source in sources[:2]:
        source_finish(blind, bram, source, origin="test")
    return blind


@pytest.fixture
def closed(coded: Round, anna: Coder) -> Round:
    assert coding_round_close(coded, person=anna.person, origin="test") is None
    coded.refresh_from_db()
    return coded


@pytest.fixture
def browse(client: Client, people: dict[str, Person]) -> Client:
    client.force_login(people["anna"])
    return client
