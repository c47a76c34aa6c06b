"""How does a worker send mail, and how does a command send all that waits?"""

from collections import Counter
from collections.abc import Mapping

from django.urls import reverse

from rodedraad.fieldwork.models import Mailing, Message
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


def waiting_send() -> Mapping[str, int]:
    """Send all that waits, over all studies, oldest mailing first; return how many to each end."""
    counted: Counter[str] = Counter()
    open_ = Message.objects.filter(state__in=(Message.State.WAITING, Message.State.SENDING))
    mailings = Mailing.objects.filter(stopped_at=None, pk__in=open_.values("mailing"))
    for mailing in mailings.select_related("study", "text").order_by("pk"):
        counted.update(mailing_send(mailing))
    return counted
