"""Where people can be known in a text, what a person decided about that, and the key to it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Study

KEY_TABLES = ("deidentification_pseudonymname", "deidentification_keyopening")
"""The key to the pseudonyms: no export and no bundle of a study holds these tables."""


class StayingName(models.Model):
    """A name that stays in the texts of a study because a person says so."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="staying_names")
    name = models.CharField(max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("study", "name"), name="staying_name_once"),)

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """One look for people in one version of a text, and the text that was made of it."""

    version = models.OneToOneField(
        SourceVersion, on_delete=models.CASCADE, related_name="deidentification"
    )
    recognisers = models.CharField(max_length=60, help_text="What looked, with versions.")
    own_rules_only = models.BooleanField(default=False, help_text="deduce was not there.")
    found_at = models.DateTimeField()
    made = models.ForeignKey(SourceVersion, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"people in {self.version_id}"


class Pseudonym(models.Model):
    """A person of a study by a number: ``[persoon 3]``. Numbers are never used again."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="pseudonyms")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("study", "number")
        constraints = (
            models.UniqueConstraint(fields=("study", "number"), name="pseudonym_number_once"),
        )

    def __str__(self) -> str:
        return f"person {self.number}"


class PseudonymName(models.Model):
    """The key: one way in which a text names a person, encrypted.

    ``words`` are keyed fingerprints of the words of the name, by which the same name is found
    again without opening it.
    """

    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.CASCADE, related_name="names")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    secret = models.BinaryField()
    key_code = models.CharField(max_length=16, help_text="Which key it was encrypted with.")
    words = ArrayField(models.CharField(max_length=32))
    gender = models.CharField(max_length=1, blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (GinIndex(fields=("words",)),)

    def __str__(self) -> str:
        return f"name {self.pk}"


class KeyOpening(models.Model):
    """One time that somebody looked who stands behind a pseudonym, and why. Never changed."""

    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.CASCADE, related_name="openings")
    reason = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Mark(models.Model):
    """One place in a version that points to a person: what it is, and what is done with it.

    It holds positions (code points, half-open), never the words themselves.
    """

    class Decision(models.TextChoices):
        """What a person said about it."""

        OPEN = "open"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        CHANGED = "changed"
        ADDED = "added"

    KEPT = (Decision.ACCEPTED, Decision.CHANGED, Decision.ADDED)

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    certainty = models.CharField(max_length=10)
    rule = models.CharField(max_length=40, help_text="What found it; person when someone added it.")
    doubt = models.CharField(max_length=40, blank=True)
    gender = models.CharField(max_length=1, blank=True)
    pseudonym = models.ForeignKey(
        Pseudonym, on_delete=models.RESTRICT, null=True, related_name="marks"
    )
    perhaps = models.JSONField(default=list, help_text="Numbers of persons it may be too.")
    replacement = models.CharField(max_length=60, blank=True, help_text="Own words, if any.")
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("start", "pk")
        indexes = (models.Index(fields=("review", "start")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="mark_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end} {self.decision}"


class MarkChange(models.Model):
    """One step of a review, with the marks as they were and became, so that it can be undone."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
