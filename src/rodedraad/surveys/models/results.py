"""What people decided about answers, and what was made of them; rows are added, never changed."""

from django.conf import settings
from django.db import models

from rodedraad.sources.models import Source
from rodedraad.surveys.models.questionnaire import Survey


class LeftOut(models.Model):
    """Which responses do not count in results, by what was noticed about them; newest holds."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="left_out")
    flags = models.JSONField(default=list, help_text="speeder, straight_liner; none: all count.")
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.flags}"


class SurveyWeights(models.Model):
    """Weights of one moment: how they were made, of which answers, and what they cost."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="weights")
    parameters = models.JSONField(help_text="Method, population, variables, trim, year.")
    fingerprint = models.CharField(max_length=64, help_text="Of who answered, and who counted.")
    result = models.JSONField(help_text="By case the weight; design effect; before and after.")
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.pk}"


class AnswersSource(models.Model):
    """Which source holds the open answers to one question, of all cases or of one."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sources")
    question = models.CharField(max_length=120)
    case_code = models.CharField(max_length=40, blank=True)
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="answers_of")

    class Meta:
        ordering = ("survey", "question", "case_code")
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "question", "case_code"), name="source_of_question_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.question} {self.case_code}"


class ItemStatistics(models.Model):
    """How good the statements were at one moment: alpha, omega and a row for each statement."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="item_statistics")
    fingerprint = models.CharField(max_length=64, help_text="Of the answers.")
    result = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.pk}"
