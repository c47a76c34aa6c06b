"""Registers the room ``reports`` with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The room ``reports``."""

    name = "rodedraad.reports"
    label = "reports"
