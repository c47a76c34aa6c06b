"""Who cooperates in what: arrangements with their legal side, and dated memberships."""

from django.db import models

from rodedraad.studies.models import Case, Study, Wave


class Arrangement(models.Model):
    """One cooperation or region in a study: what it is, what the law says, at which scale."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="arrangements")
    wave = models.ForeignKey(
        Wave,
        on_delete=models.CASCADE,
        related_name="arrangements",
        help_text="Law and scale are dated.",
    )
    key = models.CharField(max_length=200, help_text="kind/name, unique in the wave")
    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=80, help_text="Key of the region type, or of the legal form."
    )
    domain = models.CharField(max_length=40)
    is_cooperation = models.BooleanField(
        default=True, help_text="False for a division of the state or of statistics."
    )
    scale_level = models.CharField(max_length=20)
    legal_form = models.TextField(blank=True)
    legal_refs = models.JSONField(default=list)
    drive = models.CharField(max_length=30, blank=True, help_text="Label of rule c.2.")
    drive_class = models.CharField(
        max_length=30, blank=True, help_text="The report in two classes; empty for a division."
    )
    drive_explanation_nl = models.TextField(blank=True)
    drive_explanation_en = models.TextField(blank=True)
    drive_ruleset = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("kind", "name")
        constraints = (
            models.UniqueConstraint(fields=("wave", "key"), name="arrangement_key_once"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One unit in one arrangement at a date, with the record that says so."""

    class Basis(models.TextChoices):
        """Whether the law prescribes this unit's part in it."""

        PRESCRIBED = "prescribed"
        VOLUNTARY = "voluntary"
        UNKNOWN = "unknown"

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="members")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="memberships")
    seen_on = models.DateField(help_text="The date at which the source saw this membership.")
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.UNKNOWN)
    source = models.CharField(max_length=60, help_text="Key of the source in the country tables.")
    source_row = models.CharField(max_length=40, help_text="Record within the source.")

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("case", "seen_on")),)

    def __str__(self) -> str:
        return f"{self.case_id} in {self.arrangement_id} ({self.seen_on})"
