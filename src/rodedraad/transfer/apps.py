"""Registers the room ``transfer`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.jobs.kinds import kind_register


class TransferConfig(AppConfig):
    """The room ``transfer``: exchange and bundles."""

    name = "rodedraad.transfer"
    label = "transfer"

    def ready(self) -> None:
        """Register the long work of this room."""
        kind_register(
            "refi_import", "rodedraad.transfer.import_job.import_work", _("Project brought in")
        )
