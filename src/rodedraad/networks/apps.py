"""Registers the room ``networks`` with Django."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    """The room ``networks``."""

    name = "rodedraad.networks"
    label = "networks"
