"""What is kept of rounds of coding: who is done, what agreement came out, what was settled."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rodedraad.coding.models import Code, Coder, Coding, Memo, Round
from rodedraad.sources.models import Source, SourceVersion


class GivenSegment(models.Model):
    """A stretch that a round compares, when it compares segments given beforehand."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="given_segments")
    version = models.ForeignKey(SourceVersion, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ("round", "version", "start")

    def __str__(self) -> str:
        return f"{self.version_id} {self.start}-{self.end}"


class Finished(models.Model):
    """A coder is done with a source in a round; where there is no row, the coder is missing."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="finished")
    coder = models.ForeignKey(Coder, on_delete=models.CASCADE, related_name="finished")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="finished")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("round", "coder", "source")
        constraints = (
            models.UniqueConstraint(fields=("round", "coder", "source"), name="finished_once"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.coder_id} {self.source_id}"


class AgreementResult(models.Model):
    """The agreement of a closed blind round as it was worked out once: rows are only added.

    ``fingerprint`` is of every coding, unit and length that went in; ``clock`` tells in one query
    whether the codings of the round are still those.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="agreement_results")
    parameters = models.JSONField()
    seed = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=64)
    clock = models.JSONField()
    code_version = models.CharField(max_length=40)
    result = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("round", "-pk")

    def __str__(self) -> str:
        return f"{self.round_id} {self.made_at}"


class Spot(models.Model):
    """One place of a closed blind round where a coder gave a code: do all who looked agree?

    Codings of one code that touch the same units are one spot. Without ``start`` it is about the
    whole source. Written when the round closes, and never changed.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="spots")
    version = models.ForeignKey(SourceVersion, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    agreed = models.BooleanField()
    n_gave = models.PositiveSmallIntegerField(help_text="Coders who gave the code here.")
    n_looked = models.PositiveSmallIntegerField(help_text="Coders who finished the source.")

    class Meta:
        ordering = ("round", "source", "start", "code")
        indexes = (models.Index(fields=("round", "agreed", "source", "start")),)

    def __str__(self) -> str:
        return f"{self.code_id} {self.start}-{self.end}"


class Settled(models.Model):
    """What was decided about a spot in a consensus round, "no code" included.

    It stands as long as it was not withdrawn and none of its codings was taken away.
    """

    class Choice(models.TextChoices):
        """Where the consensus comes from."""

        AGREED = "agreed"
        VERSION = "version"
        OTHER = "other"
        NONE = "none"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="settled")
    spot = models.ForeignKey(Spot, on_delete=models.CASCADE, related_name="settled")
    choice = models.CharField(max_length=10, choices=Choice)
    version_of = models.ForeignKey(
        Coder, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="Whose version was taken.",
    )  # fmt: skip
    codings = models.ManyToManyField(Coding, related_name="settles")
    memo = models.ForeignKey(Memo, on_delete=models.PROTECT, null=True, related_name="+")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("round", "spot")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "spot"), condition=Q(withdrawn_at=None), name="settled_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.spot_id} {self.choice}"
