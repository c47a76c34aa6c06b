"""How are change types worked out as long work, with progress and a stop between resamples?"""

from django.urls import reverse
from django.utils.http import urlencode

from rodedraad.assessment.type_runs import types_make
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job


def types_work(job: Job, tell: Progress) -> JobResult:
    """Work out the change types of the wave that the job names."""
    wave = job.study.waves.select_related("framework").get(label=job.parameters["wave"])
    types_make(job.study, wave, job.person, tell)
    page = reverse("assessment:types", args=[job.study.slug])
    return {"address": f"{page}?{urlencode({'meting': wave.label})}"}
