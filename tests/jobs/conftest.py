"""A study, its team, and kinds of long work for the tests of the room."""

from collections.abc import Callable

import long_work
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from rodedraad.accounts.models import Person
from rodedraad.jobs import kinds
from rodedraad.jobs.actions import job_ask
from rodedraad.jobs.models import Job
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Study, TeamMember
from rodedraad.studies.template import template_load


@pytest.fixture(autouse=True)
def _kinds_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {})
    long_work.kinds_register()
    long_work.SEEN.clear()


def person_make(name: str) -> Person:
    made = Person.objects.create_user(f"{name}@voorbeeld.test", name=name.capitalize())
    TOTP.activate(made, generate_totp_secret())
    return made


@pytest.fixture
def lead(db: None) -> Person:
    return person_make("leider")


@pytest.fixture
def study(lead: Person) -> Study:
    return study_create(
        template=template_load("living-labs"), slug="proef", person=lead, origin="test"
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
def ask(study: Study, lead: Person) -> Callable[..., Job]:
    """Give a function that asks for a kind of work."""

    def asked(kind: str, **parameters: object) -> Job:
        return job_ask(study, kind, parameters, lead, origin="test")

    return asked
