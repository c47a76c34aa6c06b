"""Which mails are written and sent: texts, mailings, and one message for each participation."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from rodedraad.fieldwork.models.participation import Participation
from rodedraad.studies.models import Study


class Step(models.TextChoices):
    """Which step of asking a mail is."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    THANKS = "thanks"
    OTHER = "other"


class MailText(models.Model):
    """One version of a mail's words, with fields in braces such as ``{link}``."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="mail_texts")
    step = models.CharField(max_length=20, choices=Step)
    version = models.PositiveIntegerField()
    subject_nl = models.CharField(max_length=200)
    body_nl = models.TextField()
    subject_en = models.CharField(max_length=200, blank=True)
    body_en = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("study", "step", "version")
        constraints = (
            models.UniqueConstraint(fields=("study", "step", "version"), name="mail_text_once"),
        )

    def __str__(self) -> str:
        return f"{self.step} v{self.version}"


class Mailing(models.Model):
    """One step for many participations: made once, sent by a job."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="mailings")
    about = models.CharField(max_length=80, help_text="``survey:<uuid>`` or ``interview``.")
    step = models.CharField(max_length=20, choices=Step)
    number = models.PositiveSmallIntegerField(default=1, help_text="Of reminders: first, second.")
    text = models.ForeignKey(MailText, on_delete=models.PROTECT, related_name="mailings")
    not_before = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True, help_text="Last day to answer, as the mail tells it.")
    signed_by = models.CharField(max_length=200, blank=True, help_text="Who signs the mail.")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    let_go_at = models.DateTimeField(null=True, help_text="Since when a person lets it go.")
    tried_at = models.DateTimeField(null=True, help_text="When a worker last sent of it by itself.")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("study", "about", "step", "number"),
                condition=~Q(step="other"),
                name="mailing_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.number} {self.about}"


class StudyMail(models.Model):
    """Whether what waits in a study goes by itself; without a row it does."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="mail_setting")
    by_itself = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.study_id} {'by itself' if self.by_itself else 'by hand'}"


class Message(models.Model):
    """One mail of a mailing to one participation; the address is looked up when it is sent."""

    class State(models.TextChoices):
        """What became of it.

        ``sending`` is written before a mail leaves. One that is found so when nobody sends its
        mailing is ``unsure``: it may have left, and a person decides whether it goes again.
        """

        WAITING = "waiting"
        SENDING = "sending"
        UNSURE = "unsure"
        SENT = "sent"
        SKIPPED = "skipped"
        BOUNCED = "bounced"
        FAILED = "failed"

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="messages")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="messages"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True, help_text="Why it was not sent, as code.")
    sent_on = models.DateField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("mailing", "state")),)
        constraints = (
            models.UniqueConstraint(fields=("mailing", "participation"), name="message_once"),
        )

    def __str__(self) -> str:
        return f"{self.mailing_id} {self.participation_id} {self.state}"
