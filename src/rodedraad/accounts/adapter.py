"""Who may open an account: nobody by themselves; an administrator invites."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from rodedraad.accounts.models import Person


class InvitationOnly(DefaultAccountAdapter):
    """Closes public sign-up, and asks a password twice no more than needed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return False: accounts are made by an administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> Any:
        """Return the address of the connection itself, never one that a header claims."""
        return request.META.get("REMOTE_ADDR")

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Say whether to ask the password again: not in the first minutes after sign-in.

        allauth asks it even of who typed it a moment ago to link their first app.
        """
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        if self.request is not None and isinstance(self.request.user, Person):
            records = get_authentication_records(self.request, self.request.user)
            if any(record["at"] > since for record in records):
                return False
        return super().is_reauthentication_required(app=app, **options)
