"""Registers the room ``sources`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.jobs.kinds import kind_register


class SourcesConfig(AppConfig):
    """The room ``sources``."""

    name = "rodedraad.sources"
    label = "sources"

    def ready(self) -> None:
        """Register the long work of the room."""
        kind_register("sources_add", "rodedraad.sources.batches.files_bring_in", _("Add files"))
