"""How the second key works: obligatory for everyone who signs in, an authenticator app.

What the app and the recovery codes are made from is sealed in the database. The key to it comes
from ``RODEDRAAD_SECOND_FACTOR_KEY``, or from the file ``second_factor_key`` in the data folder,
which only its owner may read; see ``rodedraad.sealing``.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rodedraad import sealing
from rodedraad.accounts.models import Person

SECRETS = sealing.Purpose(
    info="rodedraad second factor",
    variable="RODEDRAAD_SECOND_FACTOR_KEY",
    file="second_factor_key",
    code="second_factor",
    what="Secrets of authenticator apps",
)
SEALED = "sealed:"
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "mfa_activate_totp",
        "account_reauthenticate",
        "account_logout",
        "set_language",
        "web:accessibility",
        "web:security",
        "web:security_txt",
        "web:health",
    }
)


APPS = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
KNOWN = "has_authenticator_app"


class AuthenticatorApp(DefaultMFAAdapter):
    """Seals secrets; draws the QR code as an element, as the policy allows no ``data:`` image."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept: which key, and what that key locked."""
        key = sealing.key_current(SECRETS)
        locked = sealing.seal(key, text.encode(), SECRETS.info)
        return f"{SEALED}{key.code}:{b64encode(locked).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Refuses one whose key this installation lacks, or that was changed."""
        _, code, locked = encrypted_text.split(":")
        key = sealing.key_coded(SECRETS, code)
        return sealing.unseal(SECRETS, key, b64decode(locked), SECRETS.info).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the picture of ``url`` as an element that can stand in a page."""
        document = super().build_totp_svg(url)
        return document[document.index("<svg") :]


def has_second_factor(person: Person) -> bool:
    """Say whether this person has linked an authenticator app."""
    known = getattr(person, KNOWN, None)
    return APPS.filter(user=person.pk).exists() if known is None else known


class PeopleSignedIn(AuthenticationBackend):
    """Reads who asks for a page, and whether they have a second key, with one question."""

    def get_user(self, user_id: int) -> Person | None:
        """Return the person of a session; none when they are gone or may not sign in any more."""
        known = Exists(APPS.filter(user=OuterRef("pk")))
        person = Person.objects.annotate(**{KNOWN: known}).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None


class SecondFactorRequired:
    """Sends a signed-in person without a second key to the page that links one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check is in ``process_view``, where its page is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Let the page through, or answer with a redirect."""
        match = request.resolver_match
        if match is None or match.view_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        if not isinstance(request.user, Person) or has_second_factor(request.user):
            return None
        return redirect("mfa_activate_totp")
