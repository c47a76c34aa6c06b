"""How the first administrator gets in: one account, made once, kept in the data folder."""

import json
import os
import secrets
import time
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.home import home_folder

EMAIL = "beheer@rodedraad.localhost"
TOTP_PERIOD_SECONDS = 30


@dataclass(frozen=True)
class SignIn:
    """What one types to sign in; ``totp_code`` changes each half minute."""

    email: str
    password: str
    totp_code: str
    totp_secret: str
    url: str


def first_sign_in() -> SignIn | None:
    """Make the first administrator when nobody has an account, and tell how to sign in.

    Later calls return the same with a fresh code. The sign-in is kept in ``sign-in.json`` of the
    data folder, readable by its owner alone. None when that sign-in does not work any more:
    the password was changed, the account was closed, or others made the accounts.
    """
    kept = _kept()
    if kept is None and not Person.objects.exists():
        kept = _make()
    if kept is None:
        return None
    person = Person.objects.filter(email=kept["email"], is_active=True).first()
    if person is None and not Person.objects.exists():
        kept = _make()
    elif person is None or not person.check_password(kept["password"]):
        return None
    return SignIn(
        email=kept["email"],
        password=kept["password"],
        totp_code=totp_code(kept["totp_secret"]),
        totp_secret=kept["totp_secret"],
        url=settings.BASE_URL.rstrip("/") + reverse("account_login"),
    )


def totp_code(secret: str, *, at: float | None = None) -> str:
    """Return the code an authenticator app shows for ``secret`` (base 32) at a time in seconds."""
    moment = time.time() if at is None else at
    return format_hotp_value(hotp_value(secret, int(moment) // TOTP_PERIOD_SECONDS))


def _kept() -> dict[str, str] | None:
    path = home_folder() / "sign-in.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


@transaction.atomic
def _make() -> dict[str, str]:
    made = {
        "email": EMAIL,
        "password": secrets.token_urlsafe(15),
        "totp_secret": generate_totp_secret(),
    }
    person = Person.objects.create_user(made["email"], made["password"], is_administrator=True)
    TOTP.activate(person, made["totp_secret"])
    RecoveryCodes.activate(person)
    audit_record(
        person=person, action="account_created", object=f"person {person.pk}", origin="command"
    )
    path = home_folder() / "sign-in.json"
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(made, file)
    return made
