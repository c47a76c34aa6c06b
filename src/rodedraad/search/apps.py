"""Registers the room ``search`` with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The room ``search``: searching a study."""

    name = "rodedraad.search"
    label = "search"
