"""What is asked: a survey of a wave, and the versions of its questionnaire."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from rodedraad.studies.models import Study, Wave


class Survey(models.Model):
    """One survey of one wave: to whom, in which mode, and whether it is open.

    ``mode`` says what people are promised. Once a version went out it never gets weaker; the
    database refuses that.
    """

    class Mode(models.TextChoices):
        """Who can know whose answers these are."""

        IDENTIFIED = "identified"
        CONFIDENTIAL = "confidential"
        ANONYMOUS = "anonymous"

    class State(models.TextChoices):
        """Whether people can answer."""

        DRAFT = "draft"
        OPEN = "open"
        PAUSED = "paused"
        CLOSED = "closed"

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="surveys")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="surveys")
    slug = models.SlugField(max_length=60)
    title_nl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    roles = models.JSONField(default=list, help_text="Letters of the roles that it asks.")
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.CONFIDENTIAL)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    minutes = models.PositiveSmallIntegerField(null=True, help_text="Told to people; measured.")
    own_questions = models.PositiveSmallIntegerField(
        default=0, help_text="Most questions a case may add itself."
    )
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    shuffled_on = models.DateField(
        null=True, help_text="When its responses were last written anew in random order."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    row_version = models.PositiveIntegerField(default=1, help_text="Goes up with every change.")

    class Meta:
        ordering = ("study", "pk")
        constraints = (models.UniqueConstraint(fields=("study", "slug"), name="survey_slug_once"),)

    def __str__(self) -> str:
        return self.slug


class SurveyVersion(models.Model):
    """One version of a questionnaire; never changed once it is frozen.

    ``definition`` is SurveyJS JSON. Our own properties of a question: ``construct``, ``item`` (code
    in the framework), ``reversed``, ``roles``; of choices, ``missing`` = dont_know or
    not_applicable. ``guard`` is the JSON Schema of answers that is derived from it.
    """

    class Comparable(models.TextChoices):
        """Whether answers to this version may stand beside those to the version before."""

        YES = "yes"
        PARTLY = "partly"
        NO = "no"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the definition, frozen.")
    guard = models.JSONField(default=dict)
    comparable = models.CharField(max_length=10, choices=Comparable, default=Comparable.YES)
    note = models.CharField(max_length=300, blank=True, help_text="What changed, and why.")
    texts_changed = models.JSONField(
        default=dict, help_text="By question: when a text changed in Dutch and in English."
    )
    step = models.PositiveIntegerField(default=0, help_text="Which of its steps holds now.")
    made_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1, help_text="Goes up with every change.")

    class Meta:
        ordering = ("survey", "number")
        constraints = (
            models.UniqueConstraint(fields=("survey", "number"), name="survey_version_once"),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | ~Q(sha256=""), name="frozen_version_has_digest"
            ),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} v{self.number}"


class EditStep(models.Model):
    """How the questionnaire of a version that is being made stood after a change: for undo.

    ``SurveyVersion.step`` says which one holds now. When the version goes out they are removed.
    """

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    texts_changed = models.JSONField(default=dict)
    said = models.CharField(max_length=200, blank=True, help_text="What was changed.")

    class Meta:
        ordering = ("version", "number")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="edit_step_once"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.number}"
