"""What people scored in texts, and what was settled where they differ: rows are only added."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rodedraad.coding.models import Coder, Round
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Study


class Score(models.Model):
    """What one coder says of one construct or measure by one source: the newest row holds.

    A row without ``raw`` and without ``missing`` takes the score away. The passage stands as that
    of a coding does: half-open, in code points of ``version.text``; without ``start`` there is
    none. A row that carries a score to a new version of the text keeps its uuid.
    """

    class Kind(models.TextChoices):
        """By which scale: the rubric of constructs, or the inventory of measures."""

        RUBRIC = "rubric"
        MEASURE = "measure"

    class Missing(models.TextChoices):
        """Why somebody who looked gives no score."""

        DONT_KNOW = "dont_know"
        NOT_APPLICABLE = "not_applicable"

    class Step(models.TextChoices):
        """How the row came about."""

        SCORE = "score"
        UNDO = "undo"
        REDO = "redo"
        CARRY = "carry"

    class Anchor(models.TextChoices):
        """How sure it is that the quote stands here."""

        EXACT = "exact"
        MOVED = "moved"
        UNSURE = "unsure"
        LOST = "lost"

    uuid = models.UUIDField(default=uuid4)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="source_scores")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="scores")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="scores")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="scores")
    kind = models.CharField(max_length=10, choices=Kind)
    construct = models.CharField(max_length=20, help_text="Of the framework, or a measure.")
    raw = models.PositiveSmallIntegerField(null=True, help_text="Rubric 0-3, status 0-4.")
    missing = models.CharField(max_length=20, choices=Missing, blank=True)
    reason = models.TextField(blank=True)
    date = models.DateField(null=True, help_text="Since when a measure has its status.")
    version = models.ForeignKey(SourceVersion, on_delete=models.PROTECT, related_name="scores")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=32, blank=True)
    after = models.CharField(max_length=32, blank=True)
    anchor = models.CharField(max_length=10, choices=Anchor, default=Anchor.EXACT)
    step = models.CharField(max_length=10, choices=Step, default=Step.SCORE)
    turns = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="turned_by",
        help_text="The row that undo or redo turns.",
    )  # fmt: skip
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                F("study"), F("kind"), F("source"), F("construct"), F("coder"), F("id").desc(),
                name="score_newest",
            ),
        )  # fmt: skip
        constraints = (
            models.UniqueConstraint(
                fields=("study", "uuid"), condition=~Q(step="carry"), name="score_uuid_once"
            ),
            models.CheckConstraint(condition=Q(raw=None) | Q(missing=""), name="score_or_why_not"),
            models.CheckConstraint(condition=Q(raw=None) | Q(raw__lte=4), name="score_on_scale"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gt=F("start")),
                name="score_passage",
            ),
        )

    def __str__(self) -> str:
        return f"{self.construct} {self.raw}"

    @property
    def is_given(self) -> bool:
        """Whether it says something; else it takes an earlier score away."""
        return self.raw is not None or bool(self.missing)


class Settlement(models.Model):
    """Whose score holds where scorers differ, chosen by a person: the newest row counts.

    It holds for as long as everybody says what they said then. Without a coder it takes an
    earlier choice away.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="score_settlements")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="settlements")
    kind = models.CharField(max_length=10, choices=Score.Kind)
    construct = models.CharField(max_length=20)
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, null=True, related_name="+")
    between = models.JSONField(help_text="What each coder said then, by key of the coder.")
    reason = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("study", "source", "kind", "construct")),)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.construct} {self.coder_id}"


class TakeOver(models.Model):
    """One time that what texts say was taken over in the evidence: rows are only added."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="take_overs")
    counts = models.JSONField(help_text="Rows added, changed, taken back, kept and left out.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.study_id} {self.at}"
