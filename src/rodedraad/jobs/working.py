"""How one job is done: the work in a thread, and beside it what is told and asked meanwhile."""

import json
import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.utils import timezone

from rodedraad.errors import Refusal
from rodedraad.jobs.kinds import JobResult, JobStopped, kind_of
from rodedraad.jobs.models import Job

log = logging.getLogger(__name__)

TELL_SECONDS = 0.3
GRACE_SECONDS = 5.0
State = Job.State


class WorkGoesOn(Exception):
    """The worker was told to end, and the work did not stop in time."""


@dataclass
class Told:
    """What the work told last; the ``Progress`` that it is given."""

    done: int = 0
    total: int = 0
    message: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Note how far the work is; the worker writes it down. Raises ``JobStopped``."""
        self.done, self.total, self.message = done, total, message[:200]
        if self.stop.is_set():
            raise JobStopped

    def fields(self) -> dict[str, Any]:
        """Return the fields of a job that this is about."""
        return {"done": self.done, "total": self.total, "message": self.message}


@dataclass
class Ending:
    """How the work ended; queued when it was stopped."""

    state: str = State.QUEUED
    error: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)


def job_work(job: Job, stopping: Callable[[], bool]) -> None:
    """Do a job that this process has taken, and write how it ended.

    The work runs in a thread with a connection of its own, so what it tells is seen by others
    whatever transaction it is in. When ``stopping`` the job goes back in the queue.

    Raises
    ------
    WorkGoesOn
        When the work does not stop; the process must end, and the job is in the queue.
    """
    told, ending = Told(), Ending()
    thread = threading.Thread(target=_work, args=(job, told, ending), daemon=True)
    thread.start()
    waited = 0.0
    while thread.is_alive():
        thread.join(TELL_SECONDS)
        if not _may_go_on(job, told):
            told.stop.set()
        if stopping() and thread.is_alive():
            told.stop.set()
            waited += TELL_SECONDS
            if waited > GRACE_SECONDS:
                _job_end(job, Told(), Ending())
                raise WorkGoesOn
    _job_end(job, told, ending)


def _may_go_on(job: Job, told: Told) -> bool:
    """Write what was told; false when someone cancelled the job or removed its study."""
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING, asked_to_stop=False)
    return running.update(**told.fields()) == 1


def _job_end(job: Job, told: Told, ending: Ending) -> None:
    cancelled = Job.objects.filter(pk=job.pk, asked_to_stop=True).exists()
    if ending.state == State.QUEUED and cancelled:
        ending.state = State.CANCELLED
    waits = ending.state == State.QUEUED
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(
        state=ending.state,
        error=ending.error,
        result=ending.result,
        finished_at=None if waits else timezone.now(),
        **(Told() if waits else told).fields(),
    )


def _work(job: Job, told: Told, ending: Ending) -> None:
    """Call the function of the job's kind; whatever it raises becomes an ending."""
    try:
        found = _function_of(job)(job, told)
        ending.result = json.loads(json.dumps(dict(found or {})))
        ending.state = State.DONE
    except JobStopped:
        pass
    except Refusal as refusal:
        ending.state = State.FAILED
        ending.error = error_of(refusal)
    except BaseException:  # SystemExit too: no one may end the thread without an ending
        ending.state = State.FAILED
        ending.error = {"reference": secrets.token_hex(4).upper()}
        log.exception("Reference %s: %s failed.", ending.error["reference"], job)
    finally:
        connections.close_all()


def _function_of(job: Job) -> Callable[[Job, Told], JobResult | None]:
    kind = kind_of(job.kind)
    if kind is None:
        raise Refusal(
            f"This version of Rode Draad does not know the work '{job.kind}'. Ask it again from "
            "the page where it belongs.",
            code="job_kind_unknown",
            kind=job.kind,
        )
    return kind.function()


def error_of(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as a job keeps it; ``refusal_of`` makes it a refusal again."""
    context = {name: _plain(value) for name, value in refusal.context.items()}
    return {"code": refusal.code, "message": refusal.message, "context": context}


def refusal_of(error: dict[str, Any]) -> Refusal | None:
    """Return the refusal that a job failed with; None when it failed otherwise."""
    if "code" not in error:
        return None
    return Refusal(error["message"], code=error["code"], **error["context"])


def _plain(value: object) -> Any:
    return value if isinstance(value, int | float | str) else str(value)
