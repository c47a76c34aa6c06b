"""Registers the room ``deidentification`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.jobs.kinds import kind_register
from rodedraad.sources.erasing_rooms import eraser_register


class DeidentificationConfig(AppConfig):
    """The room ``deidentification``: people made unknown in transcripts."""

    name = "rodedraad.deidentification"
    label = "deidentification"

    def ready(self) -> None:
        """Register the long work of this room."""
        eraser_register("rodedraad.deidentification.erasing.marks_erase")
        kind_register(
            "deidentify",
            "rodedraad.deidentification.finding.deidentify_work",
            _("Looking for people in a text"),
        )
