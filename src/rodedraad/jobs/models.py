"""What is a job: long work that a worker does, mostly of a study; these rows are the queue too."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rodedraad.studies.models import Study


class Job(models.Model):
    """One piece of long work: what was asked, how far it is, and how it ended.

    A queued row is taken by one worker, which holds a lock in the database for as long as it
    works on it; see ``jobs.worker``.
    """

    class State(models.TextChoices):
        """How far a job is."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    study = models.ForeignKey(
        Study, on_delete=models.CASCADE, null=True, related_name="jobs",
        help_text="Null: of the site; who asked it and administrators see it.",
    )  # fmt: skip
    kind = models.CharField(max_length=60, help_text="A kind of work; see jobs.kinds.")
    parameters = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, help_text="Of the parameters.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    done = models.PositiveBigIntegerField(default=0, help_text="Steps done, of total.")
    total = models.PositiveBigIntegerField(default=0, help_text="0 = not known.")
    message = models.CharField(max_length=200, blank=True, help_text="The step at hand.")
    asked_to_stop = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.JSONField(
        default=dict, help_text="Why it failed: code, message and context; or a reference."
    )
    result = models.JSONField(default=dict, help_text="What came of it: address and run.")

    OPEN = (State.QUEUED, State.RUNNING)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("study", "-id")),
            models.Index(fields=("id",), condition=Q(state="queued"), name="jobs_waiting"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("study", "kind", "fingerprint"),
                condition=Q(state__in=("queued", "running")),
                name="job_asked_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.state in self.OPEN
