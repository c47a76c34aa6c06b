"""Registers the room ``agreement`` with Django."""

from django.apps import AppConfig


class AgreementConfig(AppConfig):
    """The room ``agreement``: rounds of coding and agreement."""

    name = "rodedraad.agreement"
    label = "agreement"
