"""What a study knows and what it concluded from that: the evidence table, and runs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rodedraad.studies.models import Case, Study, Wave


class Withdrawal(models.Model):
    """That somebody took rows of evidence back, and why; or, with ``undoes``, brought them back.

    Rows are added and never changed. Bringing back adds the rows of ``undoes`` anew; what was
    taken back stays taken back.
    """

    class Kind(models.TextChoices):
        """What made it needed."""

        IMPORT = "import"
        TEXTS = "texts"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="withdrawals")
    kind = models.CharField(max_length=20, choices=Kind)
    what = models.CharField(max_length=200, help_text="Kind of evidence and source, to be read.")
    reason = models.TextField()
    n_rows = models.PositiveIntegerField()
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.what}"


class EvidenceManager(models.Manager["Evidence"]):
    """The rows that count: without those taken back."""

    def get_queryset(self) -> models.QuerySet["Evidence"]:
        return super().get_queryset().filter(withdrawal=None)


class Evidence(models.Model):
    """One fact about one case: the only thing that conclusions are computed from.

    ``value`` is 0-1 after the rule of the construct (null: asked, and ``missing`` says why there
    is none); ``raw`` is the figure as the source has it, in ``unit``. Rows are added and never
    changed, but for ``withdrawal``: set once, and then the row counts nowhere any more. Read
    through ``objects``; ``every`` gives the rows that were taken back as well.
    """

    class Kind(models.TextChoices):
        """Where a fact comes from; one function of ``assessment.evidence`` writes each kind."""

        TIE = "tie"
        FIGURE = "figure"
        ANSWER = "answer"
        RUBRIC = "rubric"
        MEASURE = "measure"
        CODING = "coding"

    class Missing(models.TextChoices):
        """Why a row has no value; a question that was not asked has no row."""

        UNANSWERED = "unanswered"
        DONT_KNOW = "dont_know"
        NOT_APPLICABLE = "not_applicable"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="evidence")
    wave = models.ForeignKey(
        Wave,
        on_delete=models.CASCADE,
        null=True,
        related_name="evidence",
        help_text="Null for a yearly series that runs across the waves.",
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    construct = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(
        max_length=200,
        help_text="The arrangement (kind/name), figure (key/year), item or type of source it is "
        "about.",
    )
    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=60, help_text="Record within the source.")
    role = models.CharField(max_length=40, blank=True)
    respondent = models.CharField(max_length=40, null=True)
    value = models.FloatField(null=True)
    weight = models.FloatField(default=1.0)
    raw = models.FloatField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    missing = models.CharField(max_length=20, choices=Missing, blank=True)
    # No constraint: it would be checked for each of millions of rows that are written, of which
    # none has a withdrawal then.
    withdrawal = models.ForeignKey(
        Withdrawal, on_delete=models.PROTECT, null=True, related_name="rows",
        db_index=False, db_constraint=False,
    )  # fmt: skip

    objects = EvidenceManager()
    every = models.Manager["Evidence"]()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("study", "wave", "kind", "about"),
                condition=Q(withdrawal=None),
                name="evidence_of_kind",
            ),
            models.Index(
                fields=("study", "case"), condition=Q(withdrawal=None), name="evidence_of_case"
            ),
            models.Index(
                fields=("study", "construct", "wave", "kind"),
                condition=Q(withdrawal=None),
                name="evidence_of_construct",
            ),
            models.Index(
                fields=("withdrawal",),
                condition=Q(withdrawal__isnull=False),
                name="evidence_taken_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.construct} {self.about}"


class Run(models.Model):
    """One conclusion and all it rests on. A run never changes; it can become stale."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=60)
    subject = models.CharField(
        max_length=60, blank=True, help_text="What a run of this kind is about, as a construct."
    )
    inputs = models.JSONField(help_text="Filters on the evidence table whose rows were used.")
    fingerprint = models.CharField(max_length=64, help_text="Of the rows these filters gave.")
    parameters = models.JSONField(default=dict)
    ruleset = models.CharField(max_length=80, blank=True)
    seed = models.BigIntegerField(null=True)
    code_version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    result = models.JSONField()

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("study", "kind", "subject")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.fingerprint[:8]}"


class TypeDecision(models.Model):
    """A type that a person gives to a case, instead of the one that the rule computes.

    Rows are added and never changed: the newest per case, wave and typology holds. An empty label
    withdraws an earlier decision, so that the rule holds again.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="type_decisions")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="type_decisions")
    typology = models.CharField(max_length=40)
    label = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    run = models.ForeignKey(
        Run,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What the rule said when the person decided.",
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("study", "typology", "wave")),)
        constraints = (
            models.CheckConstraint(condition=~models.Q(reason=""), name="type_decision_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.typology} {self.case_id}: {self.label}"
