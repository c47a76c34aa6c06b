"""Is what an authenticator app is made from unreadable to who has the database alone?"""

import json
from importlib import import_module
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.db import connection

from rodedraad.accounts.first_sign_in import totp_code
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal

VARIABLE = "RODEDRAAD_SECOND_FACTOR_KEY"


@pytest.fixture
def person(no_limits: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Give someone without an app, where the key lies in the data folder."""
    monkeypatch.delenv(VARIABLE, raising=False)
    return Person.objects.create_user("iemand@voorbeeld.test", "x")


def kept() -> str:
    """Return all that the database holds of second steps, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        return json.dumps(cursor.fetchall())


def test_neither_secret_nor_seed_stands_in_the_database(person: Person, home: Path) -> None:
    secret = generate_totp_secret()
    app = TOTP.activate(person, secret)
    codes = RecoveryCodes.activate(person)
    assert secret not in kept()
    assert all(code not in kept() for code in codes.get_unused_codes())
    assert kept().count("sealed:") == 2
    assert app.validate_code(totp_code(secret))
    assert codes.validate_code(codes.get_unused_codes()[0])
    assert (home / "second_factor_key").stat().st_mode & 0o777 == 0o600


def test_a_newer_key_seals_and_the_older_still_opens(
    person: Person, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = generate_totp_secret()
    app = TOTP.activate(person, secret)
    older = (home / "second_factor_key").read_text()
    monkeypatch.setenv(VARIABLE, "n" * 40 + "," + older)
    assert app.validate_code(totp_code(secret))
    monkeypatch.setenv(VARIABLE, "n" * 40)
    with pytest.raises(Refusal) as refused:
        app.validate_code(totp_code(secret))
    assert refused.value.code == "second_factor_key_missing"


def test_what_was_kept_open_is_sealed_once(person: Person) -> None:
    secret = generate_totp_secret()
    app = TOTP.activate(person, secret)
    Authenticator.objects.update(data={"secret": secret})
    seal = import_module("rodedraad.accounts.migrations.0003_second_factor_sealed").secrets_seal
    seal(apps, None)
    first = kept()
    assert secret not in first
    seal(apps, None)
    assert kept() == first
    app.instance.refresh_from_db()
    assert app.validate_code(totp_code(secret))
