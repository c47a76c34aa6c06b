"""How does a bundle of a study get written, and become a study again, as long work?"""

from uuid import uuid4

from django.urls import reverse

from rodedraad.errors import Refusal
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.transfer.bundle.restoring import bundle_restore
from rodedraad.transfer.bundle.writing import bundle_write
from rodedraad.transfer.uploads import bundle_path, upload_path

BUNDLE, RESTORE = "study_bundle", "study_restore"


def bundle_work(job: Job, tell: Progress) -> JobResult:
    """Write the bundle of the study; the lead fetches it within a week."""
    key = str(uuid4())
    bundle_write(job.study, bundle_path(key), person=job.person, origin="worker", tell=tell)
    return {"address": reverse("transfer:bundle_file", args=[job.study.slug, key]), "key": key}


def restore_work(job: Job, tell: Progress) -> JobResult:
    """Make a study of the file that the job names; after that, or when it is refused, it is gone.

    When cancelled there is no study, and the file stays for when it is asked again.
    """
    path = upload_path(job.parameters["key"])
    try:
        study = bundle_restore(
            path, slug=job.parameters["slug"], lead=job.person, person=job.person,
            origin="worker", tell=tell,
        )  # fmt: skip
    except Refusal:
        path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)
    return {"address": reverse("studies:study", args=[study.slug])}
