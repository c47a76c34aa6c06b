"""Registers the room ``overviews`` with Django."""

from django.apps import AppConfig


class OverviewsConfig(AppConfig):
    """The room ``overviews``: what codes show."""

    name = "rodedraad.overviews"
    label = "overviews"
