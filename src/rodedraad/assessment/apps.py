"""Registers the room ``assessment`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.jobs.kinds import kind_register


class AssessmentConfig(AppConfig):
    """The room ``assessment``."""

    name = "rodedraad.assessment"
    label = "assessment"

    def ready(self) -> None:
        """Register the long work of this room."""
        kind_register("scores", "rodedraad.assessment.score_job.scores_work", _("Scores"))
