"""How are latent classes found as long work, with progress and a stop between two steps?"""

from django.urls import reverse

from rodedraad.assessment.class_runs import classes_make
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job


def classes_work(job: Job, tell: Progress) -> JobResult:
    """Find the classes that the job asks for."""
    asked = job.parameters
    wave = job.study.waves.select_related("framework").get(label=asked["wave"])
    run, _is_new = classes_make(
        job.study,
        wave,
        unit=asked["unit"],
        constructs=asked["constructs"],
        n_classes=asked["n_classes"],
        person=job.person,
        tell=tell,
    )
    return {"run": run.pk, "address": reverse("assessment:classes", args=[job.study.slug, run.pk])}
