"""How does the machine make suggestions as long work?"""

from django.urls import reverse

from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.suggestions.runs import suggestions_make


def suggestions_work(job: Job, tell: Progress) -> JobResult:
    """Make suggestions for the study of a job."""
    suggestions_make(job.study, person=job.person, tell=tell)
    return {"address": reverse("suggestions:suggestions", args=[job.study.slug])}
