"""How is what takes long done by a worker: answers into evidence or sources, and figures?"""

from django.urls import reverse

from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.surveys.models import Survey
from rodedraad.surveys.results.evidence import responses_to_evidence
from rodedraad.surveys.results.item_figures import item_figures_make
from rodedraad.surveys.results.open_answers import open_answers_to_sources

TO_EVIDENCE, ITEM_FIGURES = "survey_to_evidence", "survey_item_figures"
TO_SOURCES = "survey_to_sources"


def to_evidence_work(job: Job, tell: Progress) -> JobResult:
    """Take over the answers to one survey in one go: all of them, or nothing."""
    survey = _survey(job)
    tell(0, 1)
    responses_to_evidence(survey, person=job.person, origin="worker")
    tell(1, 1)
    return {"address": reverse("surveys:results_evidence", args=[job.study.slug, survey.slug])}


def item_figures_work(job: Job, tell: Progress) -> JobResult:
    """Work out the figures of all statements of a survey."""
    survey = _survey(job)
    item_figures_make(survey, person=job.person, origin="worker", tell=tell)
    return {"address": reverse("surveys:results_items", args=[job.study.slug, survey.slug])}


def to_sources_work(job: Job, tell: Progress) -> JobResult:
    """Make the open answers to one survey sources, one after the other: all of them, or nothing."""
    survey = _survey(job)
    open_answers_to_sources(
        survey, by_case=job.parameters["by_case"], person=job.person, origin="worker", tell=tell
    )
    return {"address": reverse("surveys:results_open", args=[job.study.slug, survey.slug])}


def _survey(job: Job) -> Survey:
    return Survey.objects.select_related("study", "wave").get(
        study=job.study, slug=job.parameters["survey"]
    )
