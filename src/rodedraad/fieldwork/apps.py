"""Registers the room ``fieldwork`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.jobs.kinds import kind_register
from rodedraad.jobs.regular import regular_register


class FieldworkConfig(AppConfig):
    """The room ``fieldwork``: who is asked, invited and talked to, and what they agreed to."""

    name = "rodedraad.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        """Register the long work of this room."""
        kind_register("mail_send", "rodedraad.fieldwork.mail_jobs.mail_send", _("Send mail"))
        regular_register("mail_due", "rodedraad.fieldwork.mail_due.mail_due_send", 60)
