"""What people agreed to: a text for each purpose, in versions, and what each person said."""

from django.db import models

from rodedraad.fieldwork.models.participation import Participation
from rodedraad.studies.models import Study


class ConsentText(models.Model):
    """One version of what is asked for one purpose; never changed once anyone answered it."""

    class Purpose(models.TextChoices):
        """What the consent is for; each is asked apart."""

        TAKE_PART = "take_part"
        RECORDING = "recording"
        QUOTES = "quotes"
        NAMED_QUOTES = "named_quotes"
        CONTACT_AGAIN = "contact_again"
        REUSE = "reuse"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="consent_texts")
    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.PositiveIntegerField()
    text_nl = models.TextField()
    text_en = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("study", "purpose", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("study", "purpose", "version"), name="consent_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"


class Consent(models.Model):
    """One answer of a participant to one text: the newest holds; rows are added, never changed."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    given = models.BooleanField(help_text="False: refused, or taken back later.")
    day = models.DateField()
    how = models.CharField(max_length=40, blank=True, help_text="online, on paper, spoken.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.participation_id} {self.text_id} {self.given}"
