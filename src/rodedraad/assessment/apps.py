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
        kind_register(
            "change_type", "rodedraad.assessment.type_job.types_work", _("Types of change")
        )
        kind_register(
            "latent_classes", "rodedraad.assessment.class_job.classes_work", _("Latent classes")
        )
