"""How long work is asked and cancelled."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.jobs.kinds import kind_of
from rodedraad.jobs.models import Job
from rodedraad.studies.models import Study


@transaction.atomic
def job_ask(
    study: Study | None,
    kind: str,
    parameters: Mapping[str, Any],
    person: Person | None,
    *,
    origin: str = "command",
) -> Job:
    """Put work in the queue and return its job; a worker begins once this is committed.

    When the same work (study, kind and parameters) waits or runs already, that job is returned.
    Who may ask is decided where it is asked; see ``studies.access``. Without a study it is work
    of the site, such as making a study.

    Raises
    ------
    LookupError
        When no room registered ``kind``.
    """
    if kind_of(kind) is None:
        raise LookupError(f"No room registered the kind of work '{kind}'; see jobs.kinds.")
    job, is_new = Job.objects.get_or_create(
        study=study,
        kind=kind,
        fingerprint=parameters_fingerprint(parameters),
        state__in=Job.OPEN,
        defaults={"parameters": dict(parameters), "person": person},
    )
    if is_new:
        audit_record(person=person, action="job_ask", object=_named(job), origin=origin)
    return job


@transaction.atomic
def job_cancel(job: Job, *, person: Person | None, origin: str = "command") -> Job:
    """End a job that waits, ask a job that runs to stop, and return it as it is then.

    A job that runs stops at its next step. One that has ended stays as it ended.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.is_open or job.asked_to_stop:
        return job
    job.asked_to_stop = True
    if job.state == Job.State.QUEUED:
        job.state = Job.State.CANCELLED
        job.finished_at = timezone.now()
    job.save(update_fields=["asked_to_stop", "state", "finished_at"])
    audit_record(person=person, action="job_cancel", object=_named(job), origin=origin)
    return job


def _named(job: Job) -> str:
    of = f"study:{job.study.slug} " if job.study else ""
    return f"{of}job:{job.pk} {job.kind}"


def parameters_fingerprint(parameters: Mapping[str, Any]) -> str:
    """Return what is the same for the same parameters, whatever their order."""
    text = json.dumps(dict(parameters), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
