"""Registers the room ``surveys`` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rodedraad.assessment.record_finders import records_register
from rodedraad.fieldwork.links import link_maker_register, subject_maker_register
from rodedraad.fieldwork.monitor_tallies import tally_register
from rodedraad.jobs.kinds import kind_register


class SurveysConfig(AppConfig):
    """The room ``surveys``: questionnaires, their versions, and what people answer."""

    name = "rodedraad.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Tell fieldwork how a participant comes to a survey; register the long work."""
        link_maker_register("survey", "rodedraad.surveys.ways_in.link_for")
        subject_maker_register("survey", "rodedraad.surveys.ways_in.subjects_of")
        work = "rodedraad.surveys.results.work"
        kind_register("survey_to_evidence", f"{work}.to_evidence_work", _("Answers into evidence"))
        kind_register(
            "survey_to_sources", f"{work}.to_sources_work", _("Open answers into sources")
        )
        kind_register(
            "survey_item_figures", f"{work}.item_figures_work", _("Figures of statements")
        )
        kind_register(
            "survey_file", "rodedraad.surveys.exchange_job.file_work", _("File of answers")
        )
        records_register("rodedraad.surveys.results.records.records_of")
        tally_register("survey", "rodedraad.surveys.tallies.link_tallies")
