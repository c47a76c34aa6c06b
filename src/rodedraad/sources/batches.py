"""How are files that a person sent added together by a worker, and what became of each?"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.urls import reverse

from rodedraad.accounts.models import Person
from rodedraad.jobs.actions import job_ask
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.sources.actions import SourceFacts
from rodedraad.sources.extraction import Options
from rodedraad.sources.folder import Incoming, facts_of, facts_plain, files_add
from rodedraad.sources.models import Batch, Upload
from rodedraad.sources.uploads import part_path, uploads_remove
from rodedraad.studies.models import Study

KIND = "sources_add"


@transaction.atomic
def batch_make(
    study: Study,
    person: Person,
    uploads: Sequence[Upload],
    facts: SourceFacts,
    *,
    options: Options,
    again: bool,
    refused: Sequence[dict[str, Any]] = (),
    origin: str,
) -> Batch:
    """Ask a worker to add files that arrived whole, and return what will tell of it.

    ``refused`` are the answers about files that were not even kept.
    """
    asked = {
        "facts": facts_plain(facts) | {"date": facts.date.isoformat() if facts.date else None},
        "options": asdict(options),
        "again": again,
        "origin": origin,
    }
    batch = Batch.objects.create(study=study, person=person, asked=asked, told=list(refused))
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).update(batch=batch)
    if uploads:
        batch.job = job_ask(study, KIND, {"batch": batch.pk}, person, origin=origin)
        batch.save(update_fields=["job"])
    return batch


def files_bring_in(job: Job, tell: Progress) -> JobResult:
    """Add the files of a batch: the work of a job.

    One that is refused is told of, and the rest goes on. Asked once more after it was stopped, it
    goes on with what is not in the study yet.
    """
    batch = Batch.objects.select_related("study", "person").get(pk=job.parameters["batch"])
    uploads = [one for one in batch.uploads.order_by("pk") if one.is_whole]
    asked = batch.asked
    told = files_add(
        batch.study,
        [Incoming(upload.name, part_path(upload)) for upload in uploads],
        facts_of(asked["facts"]),
        person=batch.person,
        origin=asked["origin"],
        again=asked["again"],
        options=Options(**asked["options"]),
        tell=tell,
        files_per_bundle=1,
    )
    batch.told = [*batch.told, *told]
    batch.save(update_fields=["told"])
    uploads_remove(batch.uploads.all())
    return {"address": reverse("sources:batch", args=[batch.study.slug, batch.pk])}
