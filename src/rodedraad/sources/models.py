"""What people wrote and said: documents and transcripts, their frozen text versions, paragraphs."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func
from django.utils import timezone

from rodedraad.jobs.models import Job
from rodedraad.studies.models import Case, Study, Wave

WORDS = Func(F("text"), function="sources_words", output_field=models.TextField())
"""The text of a paragraph with a space for each sign within words, such as a hyphen."""


class Source(models.Model):
    """One document, transcript or set of open answers, and what is known of it.

    The bytes as they came lie in the file store under ``sha256``; the words lie in versions.
    """

    class Kind(models.TextChoices):
        """What sort of text it is."""

        POLICY_DOCUMENT = "policy_document"
        BYLAW = "bylaw"
        LAW = "law"
        CONTRACT = "contract"
        COUNCIL_PAPER = "council_paper"
        ANNUAL_REPORT = "annual_report"
        PARLIAMENT = "parliament"
        TRANSCRIPT = "transcript"
        MINUTES = "minutes"
        OPEN_ANSWERS = "open_answers"
        OTHER = "other"

    class Confidentiality(models.TextChoices):
        """Who may see it: anyone in the team, researchers only, or who may read raw talks."""

        OPEN = "open"
        PROJECT = "project"
        TEAM = "team"
        PERSONAL = "personal"

    uuid = models.UUIDField(default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sources")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="sources")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, null=True, related_name="sources")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind)
    date = models.DateField(null=True)
    period = models.CharField(max_length=60, blank=True, help_text="What it is about: 2015-2018.")
    origin = models.CharField(max_length=500, blank=True, help_text="Where it was got.")
    role = models.CharField(max_length=40, blank=True, help_text="Of who speaks in it.")
    respondent = models.CharField(max_length=40, blank=True, help_text="Pseudonym of who speaks.")
    confidentiality = models.CharField(
        max_length=10, choices=Confidentiality, default=Confidentiality.TEAM
    )
    file_name = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, db_index=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, help_text="Taken out of the study; kept.")

    class Meta:
        ordering = ("title", "pk")
        indexes = (models.Index(fields=("study", "kind")), models.Index(fields=("study", "case")))
        constraints = (models.UniqueConstraint(fields=("study", "uuid"), name="source_uuid_once"),)

    def __str__(self) -> str:
        return self.title


class SourceVersion(models.Model):
    """The words of a source as they were taken out of it once: never changed afterwards.

    ``text`` has line feeds only and no byte order mark. Positions in it count Unicode code points
    from 0; ranges are half-open.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of the text in UTF-8.")
    n_characters = models.PositiveIntegerField()
    extractor = models.CharField(max_length=60, help_text="Library and version, or person.")
    notices = models.JSONField(default=list, help_text="What was left out or unsure, as codes.")
    deidentified = models.BooleanField(
        default=False, help_text="People in it were made unknown, and a person looked at that."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("source", "number")
        constraints = (
            models.UniqueConstraint(fields=("source", "number"), name="source_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.source_id} v{self.number}"


class Paragraph(models.Model):
    """One paragraph of a version: what is searched, and what the reader shows a page of.

    ``text`` is ``version.text[start:end]``.
    """

    class Kind(models.TextChoices):
        """What the paragraph is in its document."""

        TEXT = "text"
        HEADING = "heading"
        TABLE = "table"
        FOOTNOTE = "footnote"
        TURN = "turn"
        ANSWER = "answer"

    version = models.ForeignKey(
        SourceVersion, on_delete=models.CASCADE, related_name="paragraphs", db_index=False
    )
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    label = models.CharField(
        max_length=120, blank=True, help_text="Page, speaker, time, or respondent."
    )
    text = models.TextField()
    search = models.GeneratedField(
        expression=SearchVector(WORDS, config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ("version", "number")
        indexes = (
            GinIndex(fields=("search",)),
            GinIndex(SearchVector(WORDS, config="simple"), name="paragraph_words_as_written"),
            models.Index(fields=("version", "start", "end"), name="paragraph_by_start"),
        )
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="paragraph_once"),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="paragraph_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id}:{self.number}"


class Batch(models.Model):
    """Files that one person adds together: what is known of all, and what became of each."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    asked = models.JSONField(help_text="Facts, options, and whether to add files again.")
    told = models.JSONField(default=list, help_text="What became of each file.")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.study_id}:{self.pk}"


class Upload(models.Model):
    """A file that is being sent: its bytes grow in a part file until it is whole.

    ``received`` is how many bytes of the part file count; what lies beyond them was cut off.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, related_name="uploads")
    name = models.CharField(max_length=500, help_text="With the folders that were chosen.")
    size = models.PositiveBigIntegerField(help_text="Bytes, as the browser says.")
    modified = models.BigIntegerField(default=0, help_text="As the browser says: milliseconds.")
    received = models.PositiveBigIntegerField(default=0)
    touched_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("person", "study")),)

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"

    @property
    def is_whole(self) -> bool:
        """Whether all bytes arrived."""
        return self.received == self.size


class Likeness(models.Model):
    """Two sources whose newest texts have many paragraphs in common, such as two drafts."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="alike")
    other = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    share = models.FloatField(help_text="Of the paragraphs of the shorter text, 0-1.")

    class Meta:
        ordering = ("-share", "pk")
        constraints = (models.UniqueConstraint(fields=("source", "other"), name="likeness_once"),)

    def __str__(self) -> str:
        return f"{self.source_id}~{self.other_id} {self.share:.2f}"

    @property
    def percent(self) -> int:
        """The share as a whole number of percents, never rounded up to all."""
        return int(100 * self.share)
