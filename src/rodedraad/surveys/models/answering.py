"""What people answer: a response, its answers as they came, and how they stand at the end."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from rodedraad.fieldwork.models import Participation
from rodedraad.fieldwork.models.vault import vault_table
from rodedraad.studies.models import Case
from rodedraad.surveys.models.questionnaire import Survey, SurveyVersion


class Response(models.Model):
    """One person's answers to one version of a survey.

    Its key is random, so it tells nothing of order. ``participation`` is filled in identified
    mode only. Time is kept to the day; ``seconds`` is how long it took, as the browser measured.
    """

    class State(models.TextChoices):
        """How far it is."""

        STARTED = "started"
        RECEIVED = "received"
        COMPLETE = "complete"
        SCREENED_OUT = "screened_out"
        OVER_QUOTA = "over_quota"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="responses")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responses")
    role = models.CharField(max_length=4, blank=True)
    pseudonym = models.CharField(max_length=40, help_text="Of this response in study data.")
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, null=True, related_name="responses"
    )
    language = models.CharField(max_length=2, default="nl")
    resume_digest = models.CharField(max_length=64, blank=True, help_text="Of the resume code.")
    state = models.CharField(max_length=20, choices=State, default=State.STARTED)
    day = models.DateField()
    seconds = models.PositiveIntegerField(null=True)
    last_page = models.PositiveSmallIntegerField(default=0)
    evidence_on = models.DateField(null=True, help_text="Since when it stands in the evidence.")

    class Meta:
        ordering = ("uuid",)
        indexes = (
            models.Index(fields=("survey", "state")),
            models.Index(fields=("resume_digest",), condition=~Q(resume_digest=""), name="resume"),
        )
        constraints = (
            models.UniqueConstraint(fields=("survey", "pseudonym"), name="response_pseudonym_once"),
            models.UniqueConstraint(
                fields=("survey", "participation"),
                condition=~Q(participation=None),
                name="one_response_of_a_participation",
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class AnswerEvent(models.Model):
    """One save: what changed, in the order of the browser; rows are added and never changed.

    ``patch`` holds the questions that changed, null where an answer was taken away.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="events")
    sequence = models.PositiveIntegerField()
    patch = models.JSONField()
    page = models.PositiveSmallIntegerField(default=0, help_text="Where the respondent was.")

    class Meta:
        ordering = ("response", "sequence")
        constraints = (models.UniqueConstraint(fields=("response", "sequence"), name="save_once"),)

    def __str__(self) -> str:
        return f"{self.response_id} {self.sequence}"


class ResponseState(models.Model):
    """The answers of a response as they stand: written at the end, and lazily before."""

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, primary_key=True, related_name="answers"
    )
    sequence = models.PositiveIntegerField(help_text="Of the newest save that is in it.")
    data = models.JSONField(default=dict)
    checked = models.BooleanField(default=False, help_text="By survey-core, after the last save.")
    errors = models.JSONField(default=list, help_text="What the last check sent back.")
    flags = models.JSONField(default=list, help_text="speeder, straight_liner, ...")
    asked = models.JSONField(
        null=True, help_text="Questions and rows that other answers let it ask; null: not looked."
    )

    def __str__(self) -> str:
        return str(self.response_id)


class ResponseLink(models.Model):
    """In confidential mode: whose a response is. In the vault, and nowhere else."""

    participation = models.UUIDField()
    survey = models.UUIDField()
    response = models.UUIDField(primary_key=True)

    class Meta:
        db_table = vault_table("response_link")
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "participation"), name="one_confidential_response"
            ),
        )

    def __str__(self) -> str:
        return str(self.response)
