"""Which jobs does a study have, and which of them is still to end?"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from rodedraad.jobs.actions import parameters_fingerprint
from rodedraad.jobs.models import Job
from rodedraad.studies.models import Study


def jobs_of(study: Study) -> QuerySet[Job]:
    """Return the jobs of a study, the newest first, with the people who asked."""
    return Job.objects.filter(study=study).select_related("person").order_by("-pk")


def job_of(study: Study | None, pk: int) -> Job:
    """Return one job of the study, or of the site. Raises ``Http404``."""
    found = Job.objects.filter(study=study, pk=pk).select_related("person").first()
    if found is None:
        raise Http404("There is no such job.")
    found.study = study
    return found


def job_open(study: Study, kind: str, parameters: Mapping[str, Any] | None = None) -> Job | None:
    """Return the newest job of a kind that waits or runs; null when there is none.

    With ``parameters`` only a job that was asked with exactly these.
    """
    found = jobs_of(study).filter(kind=kind, state__in=Job.OPEN)
    if parameters is not None:
        found = found.filter(fingerprint=parameters_fingerprint(parameters))
    return found.first()


def jobs_before(job: Job) -> int:
    """Return how many jobs wait before this one, those of other studies included."""
    return Job.objects.filter(state=Job.State.QUEUED, pk__lt=job.pk).count()
