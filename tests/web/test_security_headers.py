"""Whether every page carries the headers that keep a browser from being misled."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from rodedraad.accounts.models import Person

ONLY_SELF_OR_NONE = ("default-src", "base-uri", "frame-ancestors", "form-action")
FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "data:", "http:", "https:", "*")


def paths_without_arguments(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from paths_without_arguments(part, before + str(part.pattern))
        elif isinstance(part, URLPattern) and not part.pattern.regex.groups:
            yield before + str(part.pattern)


PATHS = sorted(set(paths_without_arguments(get_resolver())))


@pytest.fixture
def administrator(db: None, no_limits: None) -> Client:
    """Give a browser in which an administrator is signed in."""
    person = Person.objects.create_user("beheer@voorbeeld.test", "x", is_administrator=True)
    TOTP.activate(person, generate_totp_secret())
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def check_headers(path: str, headers: dict[str, str]) -> None:
    directives = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert all(directives[name] in {"'self'", "'none'"} for name in ONLY_SELF_OR_NONE), path
    sources = [source for value in directives.values() for source in value.split()]
    assert not set(sources) & set(FORBIDDEN), path
    assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}, path
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["X-Frame-Options"] == "DENY", path


def test_the_resolver_knows_the_pages_of_the_site() -> None:
    assert {"/", "/toegankelijkheid", "/beheer/audit", "/account/inloggen"} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_carries_the_security_headers(administrator: Client, path: str) -> None:
    for client in (administrator, Client(raise_request_exception=False)):
        response = client.get(path)
        assert response.status_code < 500, path
        check_headers(path, response.headers)


def test_a_page_that_does_not_exist_carries_them_too(db: None) -> None:
    response = Client().get("/nergens")
    assert response.status_code == 404
    check_headers("/nergens", response.headers)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_holds_styles_or_scripts_that_the_policy_would_drop(
    administrator: Client, path: str
) -> None:
    response = administrator.get(path)
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    text = response.content.decode()
    for wrong in (" style=", "<style", " onclick=", " onload=", "javascript:", 'src="data:'):
        assert wrong not in text, (path, wrong)


def test_cookies_are_kept_from_scripts_and_other_sites(db: None, no_limits: None) -> None:
    Person.objects.create_user("iemand@voorbeeld.test", "een-lang-wachtwoord")
    client = Client()
    client.get("/account/inloggen")
    client.post("/taal", {"language": "en", "next": "/"})
    client.post(
        "/account/inloggen", {"login": "iemand@voorbeeld.test", "password": "een-lang-wachtwoord"}
    )
    assert client.cookies.keys() >= {"session", "csrf", "django_language"}
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key


def test_changing_the_language_never_leads_to_another_site(db: None) -> None:
    response = Client().post("/taal", {"language": "en", "next": "https://elders.example/"})
    assert urlsplit(response.headers["Location"]).netloc == ""
