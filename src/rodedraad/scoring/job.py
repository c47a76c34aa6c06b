"""How is what texts say taken over in the evidence as long work?"""

from django.urls import reverse

from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.scoring.actions import texts_to_evidence


def take_over_work(job: Job, tell: Progress) -> JobResult:
    """Take over all that the texts of the study say, in one go: all of it, or nothing."""
    tell(0, 1)
    texts_to_evidence(job.study, person=job.person, origin="worker")
    tell(1, 1)
    return {"address": reverse("scoring:take_over", args=[job.study.slug])}
