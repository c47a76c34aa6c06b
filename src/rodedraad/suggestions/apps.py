"""Registers the room ``suggestions`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.coding.marks import marks_register
from rodedraad.jobs.kinds import kind_register
from rodedraad.sources.erasing_rooms import eraser_register


class SuggestionsConfig(AppConfig):
    """The room ``suggestions``: suggestions by the machine."""

    name = "rodedraad.suggestions"
    label = "suggestions"

    def ready(self) -> None:
        """Register the long work of this room, and what it marks in a text."""
        eraser_register("rodedraad.suggestions.erasing.suggestions_erase")
        kind_register(
            "suggestions", "rodedraad.suggestions.job.suggestions_work", _("Suggestions for codes")
        )
        marks_register("rodedraad.suggestions.marks.marks_of")
