"""A study of three provinces with all its conclusions, made once for this folder."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.test import Client

from reports.small_study import small_study, small_tables
from rodedraad.accounts.models import Person
from rodedraad.country.current import BUILT
from rodedraad.studies.models import Study, TeamMember


@pytest.fixture(scope="package")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a data folder with tables of three provinces; the database stays where it was."""
    folder = tmp_path_factory.mktemp("evidence")
    small_tables(folder / BUILT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RODEDRAAD_HOME", str(folder))
        yield folder


@pytest.fixture(scope="package")
def made(small_home: Path, django_db_setup: None, django_db_blocker: object) -> Iterator[int]:
    """Give the number of the study; everything is undone after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_study(small_home / BUILT).pk
        transaction.set_rollback(True)


@pytest.fixture
def study(made: int, db: None) -> Study:
    """Give the study to a test whose own changes are undone."""
    return Study.objects.get(pk=made)


class Reader:
    """A person who reads pages of the study; in its team when a role is given."""

    def __init__(self, study: Study, name: str, role: str = "") -> None:
        self.person = Person.objects.create_user(f"{name}@voorbeeld.test", name=name)
        TOTP.activate(self.person, generate_totp_secret())
        if role:
            TeamMember.objects.create(study=study, person=self.person, role=role)
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.person)
        self.root = f"/studies/{study.slug}/"

    def get(self, path: str) -> object:
        """Ask for a page of the study."""
        return self.client.get(self.root + path)

    def text(self, path: str) -> str:
        """Return the text of a page as it is read, without its pictures."""
        answer = self.get(path)
        assert answer.status_code == 200, path
        main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
        main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


@pytest.fixture
def researcher(study: Study) -> Reader:
    """Give a researcher of the study."""
    return Reader(study, "onderzoeker", TeamMember.Role.RESEARCHER)
