"""Which signs of sign-in and second factor become lines of the audit log."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals
from django.dispatch import Signal
from django.http import HttpRequest

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.accounts.origin import request_origin

DONE: dict[str, Signal] = {
    "signed_in": auth_signals.user_logged_in,
    "signed_out": auth_signals.user_logged_out,
    "password_changed": account_signals.password_changed,
    "password_set_with_link": account_signals.password_reset,
    "second_factor_added": mfa_signals.authenticator_added,
    "second_factor_removed": mfa_signals.authenticator_removed,
    "recovery_codes_renewed": mfa_signals.authenticator_reset,
}


def _done_receiver(action: str) -> Any:
    def receive(*, request: HttpRequest | None, user: Person | None, **details: Any) -> None:
        if user is None:
            return
        authenticator = details.get("authenticator")
        kind = f" {authenticator.type}" if isinstance(authenticator, Authenticator) else ""
        audit_record(
            person=user,
            action=action,
            object=f"person {user.pk}{kind}",
            origin=request_origin(request),
        )

    return receive


def _password_failed(
    *, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    # What was typed is not written: people type a password in the wrong field.
    typed = str(credentials.get("email") or "")
    known = Person.objects.filter(email__iexact=typed).first()
    audit_record(
        person=None,
        action="signed_in",
        object=f"person {known.pk}" if known else "unknown account",
        result="wrong password",
        origin=request_origin(request),
    )


def _second_factor_failed(*, request: HttpRequest | None, user: Person, **_: Any) -> None:
    audit_record(
        person=None,
        action="signed_in",
        object=f"person {user.pk}",
        result="wrong code",
        origin=request_origin(request),
    )


for _action, _signal in DONE.items():
    _signal.connect(_done_receiver(_action), weak=False, dispatch_uid=f"audit_{_action}")
auth_signals.user_login_failed.connect(_password_failed, dispatch_uid="audit_failed")
mfa_signals.authentication_failed.connect(_second_factor_failed, dispatch_uid="audit_2fa")
