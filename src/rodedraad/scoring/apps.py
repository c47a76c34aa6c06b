"""Registers the room ``scoring`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.assessment.passage_finders import passages_register
from rodedraad.jobs.kinds import kind_register
from rodedraad.sources.erasing_rooms import eraser_register
from rodedraad.sources.following_rooms import follower_register


class ScoringConfig(AppConfig):
    """The room ``scoring``: scores of sources, and what texts give to the evidence."""

    name = "rodedraad.scoring"
    label = "scoring"

    def ready(self) -> None:
        """Register the long work of this room, and where the words behind a row are found."""
        eraser_register("rodedraad.scoring.erasing.scores_erase")
        follower_register("rodedraad.scoring.carry.scores_follow")
        passages_register("rodedraad.scoring.passages.passages_of")
        kind_register(
            "texts_to_evidence", "rodedraad.scoring.job.take_over_work", _("Texts into evidence")
        )
