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
        work = "rodedraad.transfer.bundle_job"
        kind_register(
            "study_bundle", f"{work}.bundle_work", _("Whole study as a bundle"), roles=("lead",)
        )
        kind_register("study_restore", f"{work}.restore_work", _("Restore a study"))
