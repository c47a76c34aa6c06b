"""Registers the room ``web`` with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room ``web``."""

    name = "rodedraad.web"
    label = "web"
