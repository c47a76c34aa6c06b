"""Registers the room ``assessment`` with Django."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """The room ``assessment``."""

    name = "rodedraad.assessment"
    label = "assessment"
