"""How is a project brought in as long work?"""

from django.urls import reverse

from rodedraad.errors import Refusal
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.transfer.refi.importing import refi_import
from rodedraad.transfer.refi.incoming import Choices
from rodedraad.transfer.uploads import upload_path


def import_work(job: Job, tell: Progress) -> JobResult:
    """Bring in the file that the job names; afterwards the file is gone."""
    asked = job.parameters
    path = upload_path(asked["key"])
    try:
        made = refi_import(
            job.study,
            path,
            file_name=asked["file"],
            person=job.person,
            origin=asked["origin"],
            choices=Choices(asked["kind"], asked["who"]),
            tell=tell,
        )
    except Refusal:
        path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)
    return {"address": reverse("transfer:import", args=[job.study.slug, made.pk])}
