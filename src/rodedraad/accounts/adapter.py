"""Who may open an account: nobody by themselves; an administrator invites."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnly(DefaultAccountAdapter):
    """Closes public sign-up; everything else is as allauth does it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return False: accounts are made by an administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> Any:
        """Return the address of the connection itself, never one that a header claims."""
        return request.META.get("REMOTE_ADDR")
