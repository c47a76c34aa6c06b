"""Whether a finder of a security problem finds us: the file as internet.nl checks it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from sectxt import Parser

from rodedraad.web.checks import contact_is_set
from rodedraad.web.security_txt import security_text

NOW = datetime.now(UTC)


def test_the_file_is_valid_and_only_lacks_what_is_optional() -> None:
    text = security_text(
        contact="beveiliging@voorbeeld.nl", base="https://rodedraad.voorbeeld.nl", now=NOW
    )
    parser = Parser(text.encode(), urls="https://rodedraad.voorbeeld.nl/.well-known/security.txt")
    assert parser.errors == []
    assert {note["code"] for note in parser.recommendations} <= {"no_encryption", "not_signed"}


def test_the_file_expires_within_a_year_and_not_within_a_month() -> None:
    text = security_text(contact="x@voorbeeld.nl", base="https://voorbeeld.nl", now=NOW)
    line = next(line for line in text.splitlines() if line.startswith("Expires: "))
    expires = datetime.fromisoformat(line.removeprefix("Expires: "))
    assert timedelta(days=30) < expires - NOW < timedelta(days=365)


def test_lines_end_as_the_standard_asks() -> None:
    text = security_text(contact="x@voorbeeld.nl", base="https://voorbeeld.nl", now=NOW)
    assert text.count("\r\n") == text.count("\n") == len(text.splitlines())


def test_the_site_serves_the_file_when_a_contact_is_set(settings: object, db: None) -> None:
    settings.CONTACT = "https://voorbeeld.nl/melden"
    response = Client().get("/.well-known/security.txt")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert b"Contact: https://voorbeeld.nl/melden\r\n" in response.content
    assert b"https://voorbeeld.nl/melden" in Client().get("/beveiliging").content


def test_without_a_contact_there_is_no_file(settings: object, db: None) -> None:
    settings.CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("contact", "https", "faults"), [("", True, 1), ("x@voorbeeld.nl", True, 0), ("", False, 0)]
)
def test_a_site_on_https_does_not_start_without_a_contact(
    settings: object, contact: str, https: bool, faults: int
) -> None:
    settings.CONTACT, settings.HTTPS = contact, https
    assert len(contact_is_set()) == faults
