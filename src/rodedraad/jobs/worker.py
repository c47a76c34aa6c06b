"""How waiting jobs get done: a worker takes one at a time, and picks up after one that died."""

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.db import transaction
from django.utils import timezone

from rodedraad.errors import Refusal
from rodedraad.jobs.locks import job_lock, job_unlock, worker_present
from rodedraad.jobs.models import Job
from rodedraad.jobs.regular import RegularWork
from rodedraad.jobs.working import WorkGoesOn, error_of, job_work

LOOK_SECONDS = 0.5
TERMINATED = 143
State = Job.State


def worker_run(*, until_empty: bool = False, parent: int | None = None) -> None:
    """Do waiting jobs, oldest first, until a signal says to stop.

    The job at hand then goes back in the queue. Any number of workers may run, on any number of
    machines; one job is taken by one of them. With ``until_empty`` it ends when nothing waits;
    with ``parent`` (the id of the process that started it) it ends when that process does.
    """
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)

    def stopping() -> bool:
        return bool(told) or (parent is not None and os.getppid() != parent)

    try:
        jobs_do(stopping, until_empty=until_empty)
    except WorkGoesOn:
        sys.stdout.flush()
        os._exit(TERMINATED)  # the thread that goes on cannot be ended in another way


def jobs_do(stopping: Callable[[], bool] = lambda: False, *, until_empty: bool) -> None:
    """Take and do jobs until ``stopping``, or until nothing waits; between them what is regular."""
    regular = RegularWork()
    with worker_present():
        while not stopping():
            jobs_recover()
            if not until_empty:
                regular.look()
            job = job_take()
            if job is not None:
                try:
                    job_work(job, stopping)
                finally:
                    job_unlock(job.pk)
            elif until_empty:
                return
            else:
                time.sleep(LOOK_SECONDS)


@transaction.atomic
def job_take() -> Job | None:
    """Take the job that waits longest and return it, locked; None when nothing waits."""
    waiting = Job.objects.filter(state=State.QUEUED).order_by("pk")
    job = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None or not job_lock(job.pk):
        return None
    job.state, job.started_at = State.RUNNING, timezone.now()
    job.save(update_fields=["state", "started_at"])
    return job


def jobs_recover() -> None:
    """Write that jobs failed whose worker ended in the middle: nobody holds their lock."""
    for job in Job.objects.filter(state=State.RUNNING).order_by("pk"):
        if not job_lock(job.pk):
            continue
        try:
            Job.objects.filter(pk=job.pk, state=State.RUNNING).update(
                state=State.CANCELLED if job.asked_to_stop else State.FAILED,
                error={} if job.asked_to_stop else error_of(_worker_died()),
                finished_at=timezone.now(),
            )
        finally:
            job_unlock(job.pk)


def _worker_died() -> Refusal:
    return Refusal(
        "The program that did this work ended in the middle: the machine stopped, or had too "
        "little memory. Ask for the work again; if it ends like this once more, tell the "
        "administrator.",
        code="job_worker_died",
    )
