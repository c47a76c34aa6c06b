"""Registers the room ``sources`` with Django."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """The room ``sources``."""

    name = "rodedraad.sources"
    label = "sources"
