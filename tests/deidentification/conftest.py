"""A study with two talks as they were said, its team, and a key in a data folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from deid_texts import FIRST, SECOND
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.deidentification.finding import marks_find
from rodedraad.deidentification.models import Mark, Review
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Source
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, Study, TeamMember
from rodedraad.studies.template import template_load

Team = dict[str, Person]


def person_make(name: str) -> Person:
    made = Person.objects.create_user(f"{name}@voorbeeld.test", name=name.capitalize())
    TOTP.activate(made, generate_totp_secret())
    return made


@pytest.fixture
def lead(db: None) -> Person:
    return person_make("leider")


@pytest.fixture
def study(lead: Person, home: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.delenv("RODEDRAAD_PSEUDONYM_KEY", raising=False)
    made = study_create(
        template=template_load("living-labs"), slug="proeftuinen", person=lead, origin="test"
    )
    for name in ("Urk", "Zeewolde"):
        Case.objects.create(study=made, unit_kind=made.unit_kind, unit_code=name, name=name)
    return made


@pytest.fixture
def team(study: Study, lead: Person) -> Team:
    """Give one person for each role in the study, a named researcher, and one outside it."""
    people = {"lead": lead}
    for name in ("researcher", "named", "client", "privacy_officer"):
        people[name] = person_make(name)
        role = "researcher" if name == "named" else name
        TeamMember.objects.create(
            study=study, person=people[name], role=role, reads_raw=name == "named"
        )
    people["other"] = person_make("other")
    return people


@pytest.fixture
def talk(study: Study) -> Callable[..., Source]:
    def added(text: str = FIRST, title: str = "Gesprek 1") -> Source:
        facts = SourceFacts(
            title=title,
            kind=Source.Kind.TRANSCRIPT,
            confidentiality=Source.Confidentiality.PERSONAL,
        )
        name = f"{title}.txt"
        return source_add(study, text.encode(), name, facts, person=None, origin="test")

    return added


@pytest.fixture
def source(talk: Callable[..., Source]) -> Source:
    return talk()


@pytest.fixture
def second(talk: Callable[..., Source]) -> Source:
    return talk(SECOND, "Gesprek 2")


@pytest.fixture
def review(source: Source) -> Review:
    return marks_find(source.versions.get())


@pytest.fixture
def words_of() -> Callable[[Mark], str]:
    return lambda mark: mark.review.version.text[mark.start : mark.end]


@pytest.fixture
def browse(client: Client, lead: Person) -> Client:
    client.force_login(lead)
    return client
