"""Registers the room ``deidentification`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.jobs.kinds import kind_register


class DeidentificationConfig(AppConfig):
    """The room ``deidentification``: people made unknown in transcripts."""

    name = "rodedraad.deidentification"
    label = "deidentification"

    def ready(self) -> None:
        """Register the long work of this room."""
        kind_register(
            "deidentify",
            "rodedraad.deidentification.finding.deidentify_work",
            _("Looking for people in a text"),
        )
