"""How are scores worked out as long work, with progress and a stop between two constructs?"""

from django.urls import reverse
from django.utils.http import urlencode

from rodedraad.assessment.score_runs import scores_make
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job


def scores_work(job: Job, tell: Progress) -> JobResult:
    """Work out the scores of the wave that the job names; what was done is not done again."""
    wave = job.study.waves.select_related("framework").get(label=job.parameters["wave"])
    scores_make(job.study, wave, job.person, tell)
    page = reverse("assessment:scores", args=[job.study.slug])
    return {"address": f"{page}?{urlencode({'meting': wave.label})}"}
