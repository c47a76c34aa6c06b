"""How does a worker send the mail that somebody let go on a page?"""

from django.urls import reverse

from rodedraad.fieldwork.models import Mailing
from rodedraad.fieldwork.sending import mailing_send
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job

KIND = "mail_send"


def mail_send(job: Job, tell: Progress) -> JobResult:
    """Send what waits in the mailing of a job."""
    mailing = Mailing.objects.select_related("study", "text").get(
        study=job.study_id, uuid=job.parameters["mailing"]
    )
    mailing_send(mailing, tell=tell, person=job.person, origin="worker")
    address = reverse("fieldwork:mailing", args=[job.study.slug, mailing.uuid])
    return {"address": address}
