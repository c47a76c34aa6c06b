"""Whether accounts are made, closed and opened by administrators alone."""

import json
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from rodedraad.accounts.actions import account_switch, second_factor_reset
from rodedraad.accounts.first_sign_in import first_sign_in, totp_code
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.errors import Refusal


@pytest.fixture
def administrator(no_limits: None) -> Person:
    """Give an administrator who has linked an app."""
    person = Person.objects.create_user("beheer@voorbeeld.test", "x", is_administrator=True)
    TOTP.activate(person, generate_totp_secret())
    return person


@pytest.fixture
def colleague(administrator: Person) -> Person:
    """Give someone who is no administrator and has linked an app."""
    person = Person.objects.create_user("collega@voorbeeld.test", "een-lang-wachtwoord")
    TOTP.activate(person, generate_totp_secret())
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_code_is_that_of_the_standard() -> None:
    """The test value of RFC 6238, appendix B (SHA-1, 59 seconds), its last six digits."""
    assert totp_code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at=59) == "287082"


def test_the_first_sign_in_is_made_once_and_kept_from_others(home: Path, db: None) -> None:
    first = first_sign_in()
    again = first_sign_in()
    assert (first.email, first.password) == (again.email, again.password)
    assert Person.objects.get().check_password(first.password)
    assert Person.objects.get().is_administrator
    assert (home / "sign-in.json").stat().st_mode & 0o777 == 0o600


def test_a_sign_in_that_no_longer_works_is_not_told(home: Path, db: None) -> None:
    first_sign_in()
    person = Person.objects.get()
    person.set_password("iets-anders-gekozen")
    person.save()
    assert first_sign_in() is None


def test_no_second_administrator_is_made_where_people_have_accounts(
    home: Path, administrator: Person
) -> None:
    assert first_sign_in() is None
    assert Person.objects.count() == 1


def test_with_a_new_database_the_first_sign_in_is_made_anew(home: Path, db: None) -> None:
    kept = {"email": "beheer@rodedraad.localhost", "password": "van-vroeger", "totp_secret": "A"}
    (home / "sign-in.json").write_text(json.dumps(kept))
    assert first_sign_in().password != "van-vroeger"
    assert Person.objects.get().check_password(first_sign_in().password)


@pytest.mark.parametrize("path", ["accounts", "accounts/nieuw", "audit"])
def test_others_than_administrators_are_refused(colleague: Person, path: str) -> None:
    assert signed_in(colleague).get(f"/beheer/{path}").status_code == 403
    assert Client().get(f"/beheer/{path}").headers["Location"].startswith("/account/inloggen")


def test_a_closed_account_is_signed_out_at_once(administrator: Person, colleague: Person) -> None:
    client = signed_in(colleague)
    assert client.get("/account/app/").status_code == 200
    signed_in(administrator).post(f"/beheer/accounts/{colleague.pk}/schakel")
    assert client.get("/account/app/").status_code == 302
    assert AuditEvent.objects.filter(action="account_closed", person=administrator).exists()


def test_nobody_closes_or_unlocks_their_own_account(administrator: Person) -> None:
    for action in (account_switch, second_factor_reset):
        with pytest.raises(Refusal, match="own account"):
            action(administrator, by=administrator, origin="command")
    response = signed_in(administrator).post(f"/beheer/accounts/{administrator.pk}/schakel")
    assert response.status_code == 400
    assert "uw eigen account" in response.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_after_a_lost_telephone_one_links_a_new_app(
    administrator: Person, colleague: Person
) -> None:
    signed_in(administrator).post(f"/beheer/accounts/{colleague.pk}/app")
    assert signed_in(colleague).get("/").headers["Location"] == "/account/app/totp/activate/"


def test_two_accounts_never_share_an_address(administrator: Person) -> None:
    response = signed_in(administrator).post(
        "/beheer/accounts/nieuw", {"name": "Nog een", "email": "BEHEER@voorbeeld.test"}
    )
    assert "al een account met dit e-mailadres" in response.content.decode()
    assert Person.objects.count() == 1


@pytest.mark.parametrize("path", ["signup", "email", "password/reset", "login/code"])
def test_nobody_makes_an_account_or_changes_an_address_alone(db: None, path: str) -> None:
    for ending in ("", "/"):
        assert Client().get(f"/account/{path}{ending}").status_code == 404


def test_linking_an_app_asks_the_password_again_when_it_was_typed_long_ago(
    no_limits: None,
) -> None:
    Person.objects.create_user("nieuw@voorbeeld.test", "een-lang-wachtwoord")
    client = Client()
    client.post(
        "/account/inloggen", {"login": "nieuw@voorbeeld.test", "password": "een-lang-wachtwoord"}
    )
    assert client.get("/account/app/totp/activate/").status_code == 200
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 301
    session.save()
    answer = client.get("/account/app/totp/activate/")
    assert answer.headers["Location"].startswith("/account/nogmaals")
