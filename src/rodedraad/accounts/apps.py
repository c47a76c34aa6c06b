"""Registers the room ``accounts`` with Django."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room ``accounts``."""

    name = "rodedraad.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Start writing the audit log; models exist only from here on."""
        import_module("rodedraad.accounts.events")
