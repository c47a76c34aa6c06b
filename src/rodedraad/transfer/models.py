"""What was brought in from another program: each import, and what of its file did not arrive."""

from django.conf import settings
from django.db import models

from rodedraad.studies.models import Study


class Import(models.Model):
    """One file of another program that was brought into a study.

    Everything in the file is counted: ``kept`` arrived, ``reported`` did not, and ``report`` says
    why. What an import added can be taken back; ``added`` names it.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="imports")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    kept = models.PositiveIntegerField()
    reported = models.PositiveIntegerField()
    report = models.JSONField(help_text="Counts, what did not arrive and why, and faults.")
    added = models.JSONField(help_text="By model: primary keys and row versions.")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name
