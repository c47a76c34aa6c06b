"""How people come in: a personal invitation, or one link for all of a stratum; and quotas."""

from django.db import models
from django.db.models import F, Q

from rodedraad.fieldwork.models import Participation
from rodedraad.studies.models import Case
from rodedraad.surveys.models.questionnaire import Survey


class Invitation(models.Model):
    """That a participation may answer a survey once; only a digest of its token is kept.

    It knows whether its holder finished, for reminders. It never knows which response is theirs:
    that stands in the response itself (identified) or in the vault (confidential).
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="invitations"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("survey", "participation"), name="invitation_once"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.participation_id}"


class StratumLink(models.Model):
    """One open link for everyone of a case and a broad role: the only way into anonymous surveys.

    ``counts`` by day are all that is known of who came: ``{"2026-11-22": {"started": 3}}``.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="survey_links")
    role = models.CharField(max_length=4, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    n_asked = models.PositiveIntegerField(null=True, help_text="How many people got it, if known.")
    counts = models.JSONField(default=dict)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ("survey", "case", "role")
        constraints = (
            models.UniqueConstraint(fields=("survey", "case", "role"), name="link_once"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.case_id} {self.role}"


class Quota(models.Model):
    """How many responses of a kind are wanted; ``n`` is counted in the final submit itself."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="quotas")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=4, blank=True)
    target = models.PositiveIntegerField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "case", "role"), nulls_distinct=False, name="quota_once"
            ),
            models.CheckConstraint(condition=Q(n__lte=F("target")), name="quota_not_passed"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.n}/{self.target}"


class OwnQuestion(models.Model):
    """A question that one case added for its own people."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="case_questions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="own_questions")
    order = models.PositiveSmallIntegerField()
    element = models.JSONField(help_text="One question of SurveyJS.")

    class Meta:
        ordering = ("survey", "case", "order")
        constraints = (
            models.UniqueConstraint(fields=("survey", "case", "order"), name="own_question_once"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.case_id} {self.order}"
