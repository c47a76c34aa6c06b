"""A study with all its conclusions and its report, made once for this folder."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from reports.small_study import small_study, small_tables
from rodedraad.accounts.models import Person
from rodedraad.country.current import BUILT
from rodedraad.reports.actions import report_make
from rodedraad.reports.models import Report
from rodedraad.studies.models import Study, TeamMember


@pytest.fixture(scope="package")
def small_home() -> Iterator[Path]:
    """Give a data folder with tables of three provinces; the database stays where it was."""
    before = os.environ["RODEDRAAD_HOME"]
    folder = Path(tempfile.mkdtemp(prefix="rd-report-"))
    small_tables(folder / BUILT)
    os.environ["RODEDRAAD_HOME"] = str(folder)
    yield folder
    os.environ["RODEDRAAD_HOME"] = before
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def made(small_home: Path, django_db_setup: None, django_db_blocker: object) -> Iterator[Report]:
    """Give the report of the study; everything is undone after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield report_make(small_study(small_home / BUILT))
        transaction.set_rollback(True)


@pytest.fixture
def report(made: Report, db: None) -> Report:
    """Give the report to a test whose own changes are undone."""
    return Report.objects.select_related("study").get(pk=made.pk)


@pytest.fixture
def study(report: Report) -> Study:
    """Give the study of the report."""
    return report.study


def person_made(email: str) -> Person:
    """Make someone who signs in with two factors."""
    person = Person.objects.create_user(email, "een-lang-wachtwoord")
    TOTP.activate(person, generate_totp_secret())
    return person


@pytest.fixture
def researcher(study: Study) -> Person:
    """Give someone in the team of the study."""
    person = person_made("onderzoek@voorbeeld.test")
    TeamMember.objects.create(study=study, person=person, role=TeamMember.Role.RESEARCHER)
    return person
