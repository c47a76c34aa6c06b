"""Two studies of living labs with a lead, and a data folder of their own."""

from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, Study
from rodedraad.studies.template import template_load


def study_make(slug: str, person: Person) -> Study:
    made = study_create(
        template=template_load("living-labs"), slug=slug, person=person, origin="test"
    )
    for name in ("Buurt Noord", "Buurt Zuid"):
        Case.objects.create(study=made, unit_kind=made.unit_kind, unit_code=name, name=name)
    return made


@pytest.fixture
def lead(db: None) -> Person:
    made = Person.objects.create_user("leider@voorbeeld.test", name="Leider")
    TOTP.activate(made, generate_totp_secret())
    return made


@pytest.fixture
def study(lead: Person, home: Path) -> Study:
    return study_make("eerste", lead)


@pytest.fixture
def other(lead: Person, home: Path) -> Study:
    return study_make("tweede", lead)


@pytest.fixture
def browse(client: Client, lead: Person) -> Client:
    client.force_login(lead)
    return client
