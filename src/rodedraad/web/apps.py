"""Registers the room ``web`` with Django."""

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room ``web``."""

    name = "rodedraad.web"
    label = "web"

    def ready(self) -> None:
        """Register the checks of the settings."""
        import_module("rodedraad.web.checks")
