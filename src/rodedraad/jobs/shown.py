"""How does a page show a job: its name, its state in words, and how far it is?"""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rodedraad.errors import Refusal
from rodedraad.jobs.kinds import kind_of
from rodedraad.jobs.models import Job
from rodedraad.jobs.working import refusal_of

State = Job.State


@dataclass(frozen=True)
class JobShown:
    """A job as a page shows it."""

    job: Job

    @property
    def title(self) -> str:
        """What the work is, in the language of the page; an unknown kind as it is."""
        kind = kind_of(self.job.kind)
        return str(kind.title) if kind else self.job.kind

    @property
    def parameters(self) -> str:
        """With which parameters it was asked, in one line."""
        return ", ".join(f"{name} = {value}" for name, value in self.job.parameters.items())

    @property
    def state(self) -> str:
        """How far it is, in a word."""
        if self.job.state == State.RUNNING and self.job.asked_to_stop:
            return _("stopping")
        return {
            State.QUEUED: _("waiting"),
            State.RUNNING: _("running"),
            State.DONE: _("done"),
            State.FAILED: _("failed"),
            State.CANCELLED: _("cancelled"),
        }[State(self.job.state)]

    @property
    def progress(self) -> str:
        """How many steps are done, and the step at hand; empty when nothing was told."""
        if not self.job.total:
            return self.job.message
        steps = _("%(done)s of %(total)s") % {"done": self.job.done, "total": self.job.total}
        return f"{steps}: {self.job.message}" if self.job.message else steps

    @property
    def seconds(self) -> float | None:
        """How long it has run, or ran; null when it did not begin."""
        if self.job.started_at is None:
            return None
        until = self.job.finished_at or timezone.now()
        return max(until - self.job.started_at, timedelta()).total_seconds()

    @property
    def refusal(self) -> Refusal | None:
        """Why it could not be done, when a person can mend that."""
        return refusal_of(self.job.error)

    @property
    def address(self) -> str:
        """The page of the job."""
        return self._page("job")

    @property
    def progress_address(self) -> str:
        """Where a page that is open asks how far it is."""
        return self._page("progress")

    @property
    def cancel_address(self) -> str:
        """Where it is cancelled."""
        return self._page("cancel")

    @property
    def again_address(self) -> str:
        """Where the same work is asked again."""
        return self._page("again")

    def _page(self, name: str) -> str:
        if self.job.study is None:
            return reverse(f"jobs:site_{name}", args=[self.job.pk])
        return reverse(f"jobs:{name}", args=[self.job.study.slug, self.job.pk])

    @property
    def may_be_asked_again(self) -> bool:
        """Whether it ended without an outcome, and this version knows how to do it."""
        ended = self.job.state in {State.FAILED, State.CANCELLED}
        return ended and kind_of(self.job.kind) is not None
