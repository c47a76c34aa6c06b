"""Registers the room ``coding`` with Django."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """The room ``coding``."""

    name = "rodedraad.coding"
    label = "coding"
