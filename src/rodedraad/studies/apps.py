"""Registers the room ``studies`` with Django."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """The room ``studies``."""

    name = "rodedraad.studies"
    label = "studies"
