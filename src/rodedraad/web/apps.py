"""Registers the room ``web`` with Django."""

from importlib import import_module

from django.apps import AppConfig

from rodedraad.web.catalogs import catalogs_compile


class WebConfig(AppConfig):
    """The room ``web``; first in ``INSTALLED_APPS``, so its start precedes any translation."""

    name = "rodedraad.web"
    label = "web"

    def ready(self) -> None:
        """Compile the translations that changed, and register the checks of the settings."""
        catalogs_compile()
        import_module("rodedraad.web.checks")
