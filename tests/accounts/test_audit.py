"""Whether the audit log is complete, grows only, and holds no secrets."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import DatabaseError, connection, transaction
from django.test import Client

import rodedraad
from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.events import DONE
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.accounts.wording import ACTIONS

MIGRATION = import_module("rodedraad.accounts.migrations.0001_initial")


@pytest.fixture
def event(db: None) -> AuditEvent:
    """Give one line of the log."""
    audit_record(person=None, action="signed_in", object="person 1", origin="command")
    return AuditEvent.objects.get()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET result = 'anders'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(event: AuditEvent, statement: str) -> None:
    with connection.cursor() as cursor:
        # The run of the tests lets tables be emptied; here the rule is in force as installed.
        cursor.execute(MIGRATION.AUDIT_MAY_CHANGE)
        cursor.execute(MIGRATION.AUDIT_IS_APPEND_ONLY)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)
    event.refresh_from_db()
    assert event.result == "done"


def test_what_was_typed_at_sign_in_is_not_in_the_log(no_limits: None) -> None:
    Person.objects.create_user("iemand@voorbeeld.test", "een-lang-wachtwoord")
    client = Client()
    for login in ("iemand@voorbeeld.test", "per-ongeluk-mijn-wachtwoord@voorbeeld.test"):
        client.post("/account/inloggen", {"login": login, "password": "geheim-nummer-123"})
    lines = [
        f"{event.action} {event.object} {event.result} {event.origin}"
        for event in AuditEvent.objects.all()
    ]
    assert len(lines) == 2
    assert not any("geheim" in line or "ongeluk" in line or "iemand" in line for line in lines)
    assert {event.object.split()[0] for event in AuditEvent.objects.all()} == {"person", "unknown"}


def test_the_origin_is_the_connection_and_not_what_a_header_claims(no_limits: None) -> None:
    Client(REMOTE_ADDR="192.0.2.7").post(
        "/account/inloggen",
        {"login": "x@voorbeeld.test", "password": "y"},
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    assert AuditEvent.objects.get().origin == "192.0.2.7"


def test_the_log_shows_page_by_page_in_a_fixed_number_of_queries(
    db: None, django_assert_num_queries: Any
) -> None:
    person = Person.objects.create_user("beheer@voorbeeld.test", "x", is_administrator=True)
    TOTP.activate(person, generate_totp_secret())
    client = Client()
    client.force_login(person)
    for number in range(60):
        audit_record(person=person, action="signed_in", object=f"thing {number:02}", origin="::1")
        if number in {0, 59}:
            with django_assert_num_queries(6):
                first = client.get("/beheer/audit").content.decode()
    assert "Pagina 1 van 2" in first
    assert "thing 59" in first
    assert "thing 00" not in first
    assert "thing 00" in client.get("/beheer/audit?page=2").content.decode()


def test_every_action_that_the_documentation_names_has_words() -> None:
    """That every action is documented, is a contract of its own."""
    page = (Path(rodedraad.__file__).parents[2] / "docs/reference/logs.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \|", page, re.MULTILINE)
    documented = {action for row in rows for action in re.findall(r"`([a-z_]+)`", row)}
    assert set(DONE) <= documented
    assert documented <= set(ACTIONS), "add the words to accounts/wording.py"


def test_the_log_says_in_words_what_was_done_and_when(db: None) -> None:
    person = Person.objects.create_user("beheer@voorbeeld.test", "x", is_administrator=True)
    TOTP.activate(person, generate_totp_secret())
    client = Client()
    client.force_login(person)
    audit_record(
        person=None, action="team_role_given", object="study:a-b person:3 lead", origin="command"
    )
    page = client.get("/beheer/audit").content.decode()
    lines = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "rol in een team gegeven" in lines
    assert "onderzoek a-b account 3 projectleider" in lines
    assert not re.search(
        r"team_role_given|\d{4}-\d\d-\d\d|command|done", page.partition("</tbody>")[0]
    )
