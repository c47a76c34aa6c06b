"""What people marked in texts: codes, their versions, rounds, codings, memos and every change."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Study


class Coder(models.Model):
    """Who codes in a study: a person with an account, or a coder of an imported project."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="coders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    uuid = models.UUIDField(default=uuid4)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("study", "person"), condition=~Q(person=None), name="coder_person_once"
            ),
            models.UniqueConstraint(fields=("study", "uuid"), name="coder_uuid_once"),
        )

    def __str__(self) -> str:
        return self.name


class Code(models.Model):
    """One code of a study as it is now; earlier wordings are in codebook versions."""

    class Pattern(models.TextChoices):
        """How a code is told apart besides by colour."""

        SOLID = "solid"
        DASHED = "dashed"
        DOTTED = "dotted"
        DOUBLE = "double"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codes")
    uuid = models.UUIDField(default=uuid4)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    order = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    include = models.TextField(blank=True)
    exclude = models.TextField(blank=True)
    example = models.TextField(blank=True)
    colour = models.CharField(max_length=7, blank=True, help_text="#rrggbb")
    pattern = models.CharField(max_length=10, choices=Pattern, default=Pattern.SOLID)
    construct = models.CharField(
        max_length=20, blank=True, help_text="Of the framework; its codings become evidence of it."
    )
    is_codable = models.BooleanField(default=True, help_text="False for a heading in the tree.")
    retired_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1, help_text="Goes up with every change.")

    class Meta:
        ordering = ("order", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "uuid"), name="code_uuid_once"),
            models.UniqueConstraint(
                fields=("study", "parent", "name"),
                condition=Q(retired_at=None),
                nulls_distinct=False,
                name="code_name_once_among_siblings",
            ),
        )

    def __str__(self) -> str:
        return self.name


class CodebookVersion(models.Model):
    """All codes of a study as they were at one moment: never changed afterwards."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codebook_versions")
    number = models.PositiveIntegerField()
    codes = models.JSONField(help_text="Every code with its fields, by uuid, and its order.")
    clock = models.PositiveBigIntegerField(
        null=True, help_text="Sum of the row versions of all codes then: tells whether it is new."
    )
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("study", "number")
        constraints = (
            models.UniqueConstraint(fields=("study", "number"), name="codebook_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.study_id} v{self.number}"


class Round(models.Model):
    """A round of coding: who codes which sources, and whether they see each other's work.

    In a blind round nobody sees another's codings until it closes. A consensus round holds what
    coders agreed on afterwards; it leaves the blind round untouched.
    """

    class Kind(models.TextChoices):
        """What coders see of each other."""

        OPEN = "open"
        BLIND = "blind"
        CONSENSUS = "consensus"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="coding_rounds")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    settles = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="consensus",
        help_text="The blind round that a consensus round settles.",
    )  # fmt: skip
    unit = models.CharField(max_length=20, blank=True, help_text="Of agreement, chosen before.")
    sources = models.ManyToManyField(Source, related_name="coding_rounds")
    coders = models.ManyToManyField(Coder, related_name="rounds")
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("study", "number")
        constraints = (models.UniqueConstraint(fields=("study", "number"), name="round_once"),)

    def __str__(self) -> str:
        return self.label


STANDING = Q(removed_at=None) & ~Q(anchor="lost") & ~Q(origin="suggestion", accepted_at=None)
"""Codings that count where they stand on the newest version of their source: those whose words are
there, and of suggestions those that a person accepted."""


class Coding(models.Model):
    """One code on one passage by one coder; without ``start`` it is about the whole source.

    Positions are half-open and count code points of ``version.text``; ``quote`` is that part of
    it, ``before`` and ``after`` up to 32 characters beside it, to find it again in a new version.
    """

    class Origin(models.TextChoices):
        """How it came about; a suggestion counts for nothing until a person accepts it."""

        PERSON = "person"
        IMPORT = "import"
        SEARCH = "search"
        SUGGESTION = "suggestion"

    class Anchor(models.TextChoices):
        """How sure it is that the quote stands here."""

        EXACT = "exact"
        MOVED = "moved"
        UNSURE = "unsure"
        LOST = "lost"

    uuid = models.UUIDField(default=uuid4)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codings")
    version = models.ForeignKey(SourceVersion, on_delete=models.PROTECT, related_name="codings")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=32, blank=True)
    after = models.CharField(max_length=32, blank=True)
    anchor = models.CharField(max_length=10, choices=Anchor, default=Anchor.EXACT)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to",
        help_text="The coding on the earlier version of the text.",
    )  # fmt: skip
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    codebook_version = models.ForeignKey(
        CodebookVersion, on_delete=models.PROTECT, related_name="codings"
    )
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="codings")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="codings")
    valence = models.SmallIntegerField(null=True, help_text="-1, 0 or 1.")
    strength = models.SmallIntegerField(null=True, help_text="0 to 3.")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PERSON)
    accepted_at = models.DateTimeField(null=True, help_text="Of a suggestion.")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1, help_text="Goes up with every change.")

    class Meta:
        ordering = ("version", "start", "end", "pk")
        indexes = (
            models.Index(fields=("study", "code")),
            models.Index(fields=("version", "start")),
            # What the pages about themes read of every coding that counts: without it, they go
            # through all its words.
            models.Index(
                fields=("study",),
                name="coding_standing",
                condition=STANDING,
                include=("id", "code", "version", "start", "end", "strength", "round"),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("study", "uuid"), name="coding_uuid_once"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gte=F("start")),
                name="coding_is_a_range_or_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(valence=None) | Q(valence__range=(-1, 1)), name="coding_valence"
            ),
            models.CheckConstraint(
                condition=Q(strength=None) | Q(strength__range=(0, 3)), name="coding_strength"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code_id} {self.start}-{self.end}"


class Memo(models.Model):
    """A note on a source, a coding, a code, or on the study when on none of these."""

    uuid = models.UUIDField(default=uuid4)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="memos")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="memos")
    coding = models.ForeignKey(Coding, on_delete=models.CASCADE, null=True, related_name="memos")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, null=True, related_name="memos")
    text = models.TextField()
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="memos")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1, help_text="Goes up with every change.")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("study", "uuid"), name="memo_uuid_once"),)

    def __str__(self) -> str:
        return self.text[:40]


class Change(models.Model):
    """One step of one coder, as it can be undone: rows are added and never changed.

    ``things`` lists for every thing touched its kind, uuid, and fields before and after.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="coding_changes")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="changes")
    action = models.CharField(max_length=40)
    things = models.JSONField()
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("study", "coder")),)

    def __str__(self) -> str:
        return f"{self.action} {self.coder_id}"
