"""What a study is: questions, framework, waves, cases, how cases were chosen, and the team."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Study(models.Model):
    """One study, made from a template that is kept as it was at that moment."""

    class Status(models.TextChoices):
        """How far the study is."""

        DESIGN = "design"
        FIELDWORK = "fieldwork"
        ANALYSIS = "analysis"
        CLOSED = "closed"

    slug = models.SlugField(unique=True)
    title_nl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    client = models.CharField(max_length=200, blank=True)
    template_key = models.CharField(max_length=80)
    template_version = models.CharField(max_length=20)
    template = models.JSONField(help_text="The whole template as it was when the study was made.")
    unit_kind = models.CharField(max_length=40, default="municipality")
    status = models.CharField(max_length=20, choices=Status, default=Status.DESIGN)
    simulated = models.BooleanField(
        default=False, help_text="Its answers were drawn by a computer: every page says so."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.slug


class TeamMember(models.Model):
    """The role of one person in one study; without a row there is no access."""

    class Role(models.TextChoices):
        """What a person may do in a study."""

        LEAD = "lead"
        RESEARCHER = "researcher"
        CLIENT = "client"
        PRIVACY_OFFICER = "privacy_officer"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="team_roles"
    )
    role = models.CharField(max_length=20, choices=Role)
    reads_raw = models.BooleanField(
        default=False, help_text="A researcher who may read raw transcripts; the lead always may."
    )
    reads_contacts = models.BooleanField(
        default=False,
        help_text="A researcher who may see who participants are; the lead always may.",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("study", "person"), name="one_role_per_person_per_study"
            ),
        )

    def __str__(self) -> str:
        return f"{self.study_id}:{self.person_id}:{self.role}"


class ResearchQuestion(models.Model):
    """A question that the study is to answer."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text_nl = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.order}. {self.text_en}"


class Framework(models.Model):
    """One version of the constructs, items and rulesets of a study; a wave freezes one."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="frameworks")
    version = models.PositiveIntegerField()
    rulesets = models.JSONField(default=dict, help_text="Name of each ruleset and its version.")
    frozen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("study", "version"), name="framework_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.study_id} v{self.version}"


class Construct(models.Model):
    """Something a study says something about, such as F5, learning."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="constructs")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    definition_nl = models.TextField(blank=True)
    definition_en = models.TextField(blank=True)
    details = models.JSONField(default=dict, help_text="Observables, flags and value rule.")

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("framework", "code"), name="construct_code_once"),
        )

    def __str__(self) -> str:
        return self.code


class Item(models.Model):
    """One statement of a questionnaire, in both languages."""

    construct = models.ForeignKey(Construct, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    text_nl = models.TextField()
    text_en = models.TextField()
    reversed = models.BooleanField(default=False)
    roles = models.JSONField(default=list)

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.code


class Wave(models.Model):
    """One moment of measurement; it freezes the framework version that it uses."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="waves")
    label = models.CharField(max_length=40)
    reference_date = models.DateField()
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="waves")
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("reference_date",)
        constraints = (models.UniqueConstraint(fields=("study", "label"), name="wave_label_once"),)

    def __str__(self) -> str:
        return self.label


class Case(models.Model):
    """One unit of the study's frame; ``role`` says whether it was chosen."""

    class Role(models.TextChoices):
        """Why the unit is in the study."""

        FRAME = "frame"
        PILOT = "pilot"
        MAIN = "main"
        RESERVE = "reserve"
        WITHDRAWN = "withdrawn"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="cases")
    unit_kind = models.CharField(max_length=40, default="municipality")
    unit_code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    stratum = models.CharField(max_length=120, blank=True)
    forerunner = models.BooleanField(
        null=True,
        help_text="Reputation before the study; never the outcome of a type. Null=unknown.",
    )
    forerunner_source = models.CharField(
        max_length=300, blank=True, help_text="Who says so; every label has a source."
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.FRAME)
    rank = models.PositiveSmallIntegerField(null=True, help_text="Order among the chosen.")
    reserve_for = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="reserves"
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("study", "unit_kind", "unit_code"), name="case_unit_once"
            ),
            models.CheckConstraint(
                condition=Q(forerunner__isnull=True) | ~Q(forerunner_source=""),
                name="case_forerunner_has_source",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.unit_code})"


class SelectionPlan(models.Model):
    """How the cases were chosen: all that is needed to choose the same again."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="selection_plans")
    number = models.PositiveIntegerField()
    method = models.CharField(max_length=20)
    n_cases = models.PositiveSmallIntegerField()
    reference_date = models.DateField()
    strata = models.JSONField(default=list, help_text="Names of the stratifying variables.")
    indicators = models.JSONField(default=list, help_text="Keys of the background figures used.")
    seed = models.BigIntegerField()
    quota = models.JSONField(default=dict)
    result = models.JSONField(default=dict, help_text="Chosen codes, reserves, spread, notices.")
    code_version = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("study", "number"), name="selection_plan_once"),
        )

    def __str__(self) -> str:
        return f"{self.study_id} plan {self.number}"


class SelectionEvent(models.Model):
    """One line of the selection log: invited, accepted, refused or replaced, and why.

    The database refuses changes and removals. A line that was wrong is followed by one of kind
    ``undone`` that ``corrects`` it.
    """

    class Kind(models.TextChoices):
        """What happened."""

        CHOSEN = "chosen"
        INVITED = "invited"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        REPLACED = "replaced"
        UNDONE = "undone"

    plan = models.ForeignKey(SelectionPlan, on_delete=models.CASCADE, related_name="events")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="selection_events")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.TextField(blank=True)
    replaced_by = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
