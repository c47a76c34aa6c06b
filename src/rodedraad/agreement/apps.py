"""Registers the room ``agreement`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rodedraad.jobs.kinds import kind_register


class AgreementConfig(AppConfig):
    """The room ``agreement``: rounds of coding and agreement."""

    name = "rodedraad.agreement"
    label = "agreement"

    def ready(self) -> None:
        """Register the long work of this room."""
        work = "rodedraad.agreement.round_job"
        kind_register("round_close", f"{work}.close_work", _("Close the round"), roles=("lead",))
        kind_register("agreement", f"{work}.agreement_work", pgettext_lazy("coders", "Agreement"))
