"""What was reported: reports, and every number in them bound to a run and to its rows."""

from django.db import models

from rodedraad.assessment.models import Run
from rodedraad.studies.models import Study


class Report(models.Model):
    """One rendering of a study for one audience; a new state of the study makes a new report."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64, help_text="Of all runs and texts in it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"


class ReportNumber(models.Model):
    """One number as it stands in a report, the run that made it and the rows it came from."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="numbers")
    key = models.CharField(max_length=120)
    value = models.FloatField()
    decimals = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=40, blank=True)
    label_nl = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(help_text="Filters on the evidence table: the rows behind the number.")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("report", "key"), name="report_number_once"),
        )

    def __str__(self) -> str:
        return self.key


class ReportText(models.Model):
    """The words of a report in one language, as they were when it was made.

    The body is plain HTML. Links of numbers are ``number:KEY`` and pictures ``picture:KEY``; who
    shows the report says where these lead.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    body = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("report", "language"), name="report_text_once"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class ReportPicture(models.Model):
    """One chart of a report as SVG and PNG, drawn once when the report was made."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pictures")
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    svg = models.TextField()
    png = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("report", "key", "language"), name="report_picture_once"
            ),
        )

    def __str__(self) -> str:
        return self.key
