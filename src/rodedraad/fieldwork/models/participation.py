"""Who takes part in a study, as study data know them: case, role and pseudonym, never a name."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from rodedraad.studies.models import Case, Study, Wave


class Participation(models.Model):
    """One person's part in one wave of a study; ``state`` follows from its newest event."""

    class State(models.TextChoices):
        """How far it is; the order is that of fieldwork."""

        PLANNED = "planned"
        INVITED = "invited"
        REACHED = "reached"
        STARTED = "started"
        DONE = "done"
        REFUSED = "refused"
        NOT_REACHED = "not_reached"
        INELIGIBLE = "ineligible"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="participations")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="participations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=4, help_text="Letter of the framework: D, C, U, B, P, R, I.")
    pseudonym = models.CharField(max_length=40)
    language = models.CharField(max_length=2, default="nl")
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED)

    class Meta:
        ordering = ("study", "pseudonym")
        indexes = (models.Index(fields=("study", "case", "role")),)
        constraints = (
            models.UniqueConstraint(fields=("study", "pseudonym"), name="pseudonym_once"),
        )

    def __str__(self) -> str:
        return self.pseudonym


class ParticipationEvent(models.Model):
    """What happened with a participation; rows are added and never changed."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="events"
    )
    state = models.CharField(max_length=20, choices=Participation.State)
    reason = models.CharField(max_length=300, blank=True)
    about = models.CharField(
        max_length=80, blank=True, help_text="Which survey or interview: ``survey:<uuid>``."
    )
    day = models.DateField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.participation_id} {self.state}"
