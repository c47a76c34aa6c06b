"""What the machine suggests, and what a person decided about it.

A suggestion is no coding: it has a table of its own, so no count, overview, agreement or export can
take it for one. When a person accepts it, they make a coding of their own.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rodedraad.coding.models import Code, CodebookVersion, Coding
from rodedraad.sources.models import SourceVersion
from rodedraad.studies.models import Study


class StudySuggestions(models.Model):
    """Whether the lead of a study turned suggestions on; without a row they are off."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="suggesting")
    is_on = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.study_id} {'on' if self.is_on else 'off'}"


class SuggestionRun(models.Model):
    """One time that the machine learned and suggested: from what, how, and what it is worth."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="suggestion_runs")
    codebook_version = models.ForeignKey(
        CodebookVersion, on_delete=models.PROTECT, related_name="+"
    )
    parameters = models.JSONField(help_text="Of the model, with versions of software and seed.")
    worth = models.JSONField(help_text="Of each code by uuid: examples, precision, recall.")
    n_passages = models.PositiveIntegerField(help_text="Paragraphs that it learned from.")
    n_sources = models.PositiveIntegerField(help_text="Sources that these are in.")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.study_id} {self.pk}"


class Suggestion(models.Model):
    """One code that the machine suggests for one passage, until a person decides."""

    uuid = models.UUIDField(default=uuid4, unique=True)
    run = models.ForeignKey(SuggestionRun, on_delete=models.CASCADE, related_name="suggestions")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="suggestions")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="suggestions")
    version = models.ForeignKey(SourceVersion, on_delete=models.CASCADE, related_name="suggestions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    score = models.FloatField(help_text="What the model gives it, 0 to 1.")
    coding = models.ForeignKey(
        Coding, on_delete=models.SET_NULL, null=True, related_name="suggested_by",
        help_text="What the person who accepted it made; it is open again when that is taken away.",
    )  # fmt: skip
    rejected_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-score", "pk")
        indexes = (models.Index(fields=("version", "start")),)
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="suggestion_is_a_range"),
            models.UniqueConstraint(
                fields=("version", "start", "end", "code"), name="suggestion_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code_id} {self.start}-{self.end}"
