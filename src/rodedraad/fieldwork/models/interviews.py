"""Which talks are held: with whom, by whom, who sat in, and how far the words are."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from rodedraad.fieldwork.models.participation import Participation
from rodedraad.sources.models import Source
from rodedraad.studies.models import Case, Study, Wave


class Interview(models.Model):
    """One talk with one or more participants about one case."""

    class State(models.TextChoices):
        """How far it is, from plan to codes."""

        PLANNED = "planned"
        HELD = "held"
        TRANSCRIBED = "transcribed"
        DEIDENTIFIED = "deidentified"
        APPROVED = "approved"
        CODED = "coded"
        CANCELLED = "cancelled"

    class Mode(models.TextChoices):
        """How people talk."""

        IN_PERSON = "in_person"
        ONLINE = "online"
        TELEPHONE = "telephone"
        GROUP = "group"

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="interviews")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="interviews")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interviews")
    participants = models.ManyToManyField(Participation, related_name="interviews")
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.IN_PERSON)
    planned_for = models.DateTimeField(null=True)
    held_on = models.DateField(null=True)
    guide = models.CharField(max_length=120, blank=True, help_text="Which guide, which version.")
    led_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    sat_in = models.CharField(
        max_length=300, blank=True, help_text="Who else was there, by function: it colours a talk."
    )
    recorded = models.BooleanField(null=True, help_text="Null: not known yet.")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, related_name="interviews",
        help_text="The transcript.",
    )  # fmt: skip
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED)
    note = models.TextField(blank=True)
    row_version = models.PositiveIntegerField(default=1, help_text="Goes up with every change.")

    class Meta:
        ordering = ("planned_for", "pk")
        indexes = (models.Index(fields=("study", "case")),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class InterviewChange(models.Model):
    """How an interview was before one change, so that the last change can be undone."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="changes")
    said = models.CharField(max_length=40, help_text="What was done, as code.")
    before = models.JSONField(help_text="Every field as it was; empty when it was made.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.interview_id} {self.said}"
