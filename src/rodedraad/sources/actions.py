"""How sources come into a study, change and leave it, and how their text gets a new version.

Who may do so is decided where it is asked: lead and researchers; see ``studies.access``.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record, audit_record_each
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.sources.extraction import Extracted, Options, extract
from rodedraad.sources.extraction.cleaning import text_clean, text_passages, turns_find
from rodedraad.sources.following_rooms import NewText, ToNew, followers
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.sources.paragraphs import Words, versions_write
from rodedraad.sources.queries import PEOPLE_SPEAK
from rodedraad.sources.store import original_keep, original_read, safe_file_name
from rodedraad.studies.models import Case, Study, Wave

BY_A_PERSON = "person"
GUESSED = frozenset({"answers_column_taken", "respondents_by_row"})
"""Notices that a reader chose a column of a table because no person did."""


def level_for(kind: str) -> str:
    """Return who may see a source of this kind, when nobody decided."""
    level = Source.Confidentiality
    return level.PERSONAL if kind in PEOPLE_SPEAK else level.TEAM


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What is known of a source besides its text; without a title it is called by its file."""

    title: str = ""
    kind: str = Source.Kind.OTHER
    case: Case | None = None
    wave: Wave | None = None
    date: datetime.date | None = None
    period: str = ""
    origin: str = ""
    role: str = ""
    respondent: str = ""
    confidentiality: str = ""

    def __post_init__(self) -> None:
        """What people said is for who may read talks as they were said, unless somebody decides."""
        if not self.confidentiality:
            object.__setattr__(self, "confidentiality", level_for(self.kind))

    def fields(self) -> dict[str, Any]:
        """Return every fact by the name of its field."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Taken:
    """A file and the text that was taken out of it."""

    name: str
    content: bytes
    found: Extracted


def source_add(
    study: Study,
    content: bytes,
    file_name: str,
    facts: SourceFacts,
    *,
    person: Person | None,
    origin: str,
    again: bool = False,
    options: Options | None = None,
    extracted: Extracted | None = None,
) -> Source:
    """Add a file to a study, with its text as version 1; return the source.

    ``again`` adds a file that is in the study already a second time. ``extracted`` is the text
    when it was taken out of these bytes before.

    Raises
    ------
    Refusal
        When the file is in the study already, or no text can be taken out of it safely; then
        nothing is kept.
    """
    if not again:
        _new_require(study, hashlib.sha256(content).hexdigest())
    found = extracted or extract(content, file_name, options)
    original_keep(content)
    given = Taken(file_name, content, found)
    with transaction.atomic():
        return sources_write(study, [given], facts, person=person, origin=origin)[0]


def sources_write(
    study: Study, files: Sequence[Taken], facts: SourceFacts, *, person: Person | None, origin: str
) -> list[Source]:
    """Write files whose text was taken out as sources with version 1; return these in order.

    The caller holds the transaction, and kept the bytes. Five statements, however many files.
    """
    sources = Source.objects.bulk_create(_source(study, file, facts, person) for file in files)
    pairs = zip(sources, (file.found for file in files), strict=True)
    versions_write((_words(source, 1, found) for source, found in pairs), person=person)
    audit_record_each(
        person=person,
        action="source_add",
        objects=[f"study:{study.slug} source:{source.uuid}" for source in sources],
        origin=origin,
    )
    return sources


def version_extract(
    source: Source, *, person: Person | None, origin: str, options: Options | None = None
) -> SourceVersion:
    """Take the text out of the original file once more, as a new version.

    Raises
    ------
    Refusal
        When that gives the text that the newest version has, the original is lost, or a person
        chose the columns of a table when it was added: these are not known any more.
    """
    found = extract(original_read(source.sha256), source.file_name, options)
    first = source.versions.order_by("number").values_list("notices", flat=True).first()
    guessed = {str(notice["code"]) for notice in found.notices} & GUESSED
    if guessed - {notice["code"] for notice in first or ()}:
        raise Refusal(
            "The columns of this table were chosen when it was added, and that choice is not kept. "
            "Add the file once more with the same columns, and take this source out.",
            code="columns_not_kept",
        )
    return version_add(source, found, person=person, origin=origin)


def version_correct(
    source: Source, text: str, *, person: Person | None, origin: str
) -> SourceVersion:
    """Make the text as a person corrected it a new version; the earlier ones stay as they are.

    Raises
    ------
    Refusal
        When it is the text that the newest version has, or empty.
    """
    cleaned, _ = text_clean(text)
    found = Extracted(
        cleaned,
        tuple(turns_find(cleaned, text_passages(cleaned))),
        form="text",
        media_type="text/plain",
        extractor=BY_A_PERSON,
    )
    return version_add(source, found, person=person, origin=origin)


@transaction.atomic
def version_add(
    source: Source,
    found: Extracted,
    *,
    person: Person | None,
    origin: str,
    deidentified: bool = False,
    to_new: ToNew | None = None,
) -> SourceVersion:
    """Add a version with this text to a source; what stood on the one before goes along.

    That is done by the rooms that registered for it: codings stay with the version they were made
    on, and a copy says how sure its new place is. ``to_new`` gives the place of a range of the
    newest version in this text, when that is known. ``deidentified`` says that people in it were
    made unknown: the team may read it. A text that was not looked at comes after it as one about
    people.

    Raises
    ------
    Refusal
        When it is the text that the newest version has, or has no words.
    """
    source = Source.objects.select_for_update().get(pk=source.pk)
    newest = source.versions.order_by("-number").first()
    if not found.passages:
        raise Refusal(
            "A version needs words. Write the text, or take the source out of the study.",
            code="version_empty",
        )
    was_deidentified = newest is not None and newest.deidentified
    same_state = was_deidentified or not deidentified
    if newest is not None and newest.text == found.text and same_state:
        raise Refusal(
            f"The text is the same as that of version {newest.number}, so there is nothing new to "
            "keep.",
            code="version_same",
            number=newest.number,
        )
    number = newest.number + 1 if newest else 1
    words = replace(_words(source, number, found), deidentified=deidentified)
    [version] = versions_write([words], person=person)
    _readers_follow(source, was_deidentified=was_deidentified, deidentified=deidentified)
    _record(source, person, origin, action="source_version", detail=f"v{version.number}")
    if newest is not None:
        new = NewText(version, newest, person, origin, to_new)
        for follow in followers():
            follow(new)
    return version


@transaction.atomic
def source_change(
    source: Source, facts: SourceFacts, *, person: Person | None, origin: str
) -> Source:
    """Change what is known of a source; its text and original stay as they are."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    changed = facts.fields()
    changed["title"] = facts.title.strip()[:300] or source.title
    for name, value in changed.items():
        setattr(source, name, value)
    source.save(update_fields=list(changed))
    _record(source, person, origin, action="source_change")
    return source


@transaction.atomic
def sources_change(
    study: Study,
    changes: Sequence[tuple[Source, Mapping[str, Any]]],
    *,
    person: Person | None,
    origin: str,
) -> int:
    """Change fields of facts of many sources, each its own; return how many changed.

    Three statements, however many there are; one line of the audit log for each.
    """
    wanted = {source.pk: fields for source, fields in changes if fields}
    held = list(Source.objects.select_for_update().filter(study=study, pk__in=wanted))
    changed: list[Source] = []
    for source in held:
        fields = wanted[source.pk]
        if any(getattr(source, name) != value for name, value in fields.items()):
            changed.append(source)
        for name, value in fields.items():
            setattr(source, name, value)
    names = sorted({name for fields in wanted.values() for name in fields})
    if changed:
        Source.objects.bulk_update(changed, names, batch_size=500)
    audit_record_each(
        person=person,
        action="source_change",
        objects=[f"study:{study.slug} source:{source.uuid}" for source in changed],
        origin=origin,
    )
    return len(changed)


@transaction.atomic
def source_remove(source: Source, *, person: Person | None, origin: str) -> Source:
    """Take a source out of the study: no page shows it any more; bytes and text are kept."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.removed_at is None:
        source.removed_at = timezone.now()
        source.save(update_fields=["removed_at"])
        _record(source, person, origin, action="source_remove")
    return source


def _new_require(study: Study, sha256: str) -> None:
    known = Source.objects.filter(study=study, sha256=sha256, removed_at=None).first()
    if known is not None:
        raise Refusal(
            f"This file is in the study already, as '{known.title}'. Add it once more only when "
            "that is what you want.",
            code="source_known",
            title=known.title,
            uuid=str(known.uuid),
        )


def _source(study: Study, file: Taken, facts: SourceFacts, person: Person | None) -> Source:
    name = safe_file_name(file.name)
    title = facts.title.strip() or PurePosixPath(name).stem
    return Source(
        study=study,
        **facts.fields() | {"title": title[:300]},
        file_name=name,
        media_type=file.found.media_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        added_by=person,
    )


def _words(source: Source, number: int, found: Extracted) -> Words:
    return Words(
        source=source,
        number=number,
        text=found.text,
        passages=found.passages,
        extractor=found.extractor,
        notices=found.notices,
    )


def _readers_follow(source: Source, *, was_deidentified: bool, deidentified: bool) -> None:
    """Let the team read a text in which people were made unknown, and no other that follows it."""
    level = source.confidentiality
    if deidentified and level == Source.Confidentiality.PERSONAL:
        source.confidentiality = Source.Confidentiality.TEAM
    elif was_deidentified and not deidentified:
        source.confidentiality = Source.Confidentiality.PERSONAL
    if source.confidentiality != level:
        source.save(update_fields=["confidentiality"])


def _record(
    source: Source, person: Person | None, origin: str, *, action: str, detail: str = ""
) -> None:
    named = f"study:{source.study.slug} source:{source.uuid} {detail}".strip()
    audit_record(person=person, action=action, object=named, origin=origin)
