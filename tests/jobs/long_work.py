"""Long work of all sorts for the tests."""

import time
from collections.abc import Callable

from django.db import transaction

from rodedraad.errors import Refusal
from rodedraad.jobs.actions import job_cancel
from rodedraad.jobs.kinds import JobResult, Progress, kind_register
from rodedraad.jobs.models import Job

SEEN: list[int] = []


def steps(job: Job, tell: Progress) -> JobResult:
    """Take as many steps as asked, and note in ``SEEN`` that this was done."""
    n = job.parameters.get("n", 3)
    for step in range(n):
        tell(step, n, f"F{step + 1}")
    tell(n, n)
    SEEN.append(job.pk)
    return {"address": "/uitkomst/", "n": n}


def watched(_job: Job, tell: Progress) -> JobResult:
    """Tell a step inside a transaction, and wait until others can see it."""
    with transaction.atomic():
        tell(2, 7, "F3")
        wait_for(
            lambda: Job.objects.filter(done=2, total=7, message="F3", state="running").exists()
        )
    return {}


def cancelled_meanwhile(job: Job, tell: Progress) -> JobResult:
    """Have someone cancel it after two of a thousand steps, and go on."""
    tell(2, 1000)
    job_cancel(job, person=None)
    for step in range(3, 1000):
        time.sleep(0.02)
        tell(step, 1000)
    return {}


def swallows_faults(job: Job, tell: Progress) -> JobResult:
    """As before, with a handler that catches every exception."""
    try:
        return cancelled_meanwhile(job, tell)
    except Exception:
        return {"swallowed": True}


def refuses(_job: Job, _tell: Progress) -> JobResult:
    raise Refusal("No rows for F5. Add answers.", code="no_rows", construct="F5", codes=("a", "b"))


def breaks(_job: Job, _tell: Progress) -> JobResult:
    raise RuntimeError("secret inside")


def exits(_job: Job, _tell: Progress) -> JobResult:
    raise SystemExit(3)


def odd_result(_job: Job, _tell: Progress) -> JobResult:
    return {"run": object()}


def endless(_job: Job, tell: Progress) -> JobResult:
    for step in range(10_000):
        time.sleep(0.02)
        tell(min(step, 10), 100)
    return {}


def deaf(_job: Job, tell: Progress) -> JobResult:
    """Tell once, and then never hear that it is to stop."""
    tell(1, 100)
    time.sleep(60)
    return {}


KINDS = (
    steps,
    watched,
    cancelled_meanwhile,
    swallows_faults,
    refuses,
    breaks,
    exits,
    odd_result,
    endless,
    deaf,
)


def kinds_register() -> None:
    for work in KINDS:
        kind_register(work.__name__, f"long_work.{work.__name__}", work.__name__.title())


def wait_for(what: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is true, and fail when it does not become so."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)
