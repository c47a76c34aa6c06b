"""Registers the room ``country`` with Django."""

from django.apps import AppConfig


class CountryConfig(AppConfig):
    """The room ``country``."""

    name = "rodedraad.country"
    label = "country"
