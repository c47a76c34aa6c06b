"""Registers the room ``jobs`` with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The room ``jobs``."""

    name = "rodedraad.jobs"
    label = "jobs"
