"""Whether sources come in whole, change, get versions, and leave without loss."""

import pytest
from django.db import DatabaseError, transaction

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.errors import Refusal
from rodedraad.sources.actions import (
    SourceFacts,
    source_add,
    source_change,
    source_remove,
    version_correct,
    version_extract,
)
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.sources.store import original_path, original_read
from rodedraad.studies.models import Study

TEXT = "# Beleid\r\n\r\nDe gemeente wil één loket.\r\n\r\nIedereen kan er 🙂 terecht.\r\n".encode()


def added(study: Study, person: Person, content: bytes = TEXT, **given: object) -> Source:
    return source_add(
        study, content, "../Beleid.md", SourceFacts(kind="policy_document"),
        person=person, origin="test", **given,
    )  # fmt: skip


def test_a_source_keeps_its_bytes_its_text_and_its_paragraphs(study: Study, lead: Person) -> None:
    source = added(study, lead)
    version = source.versions.get()
    assert original_read(source.sha256) == TEXT
    assert (source.title, source.file_name, source.size) == ("Beleid", "Beleid.md", len(TEXT))
    assert version.text == "# Beleid\n\nDe gemeente wil één loket.\n\nIedereen kan er 🙂 terecht.\n"
    assert version.n_characters == len(version.text)
    found = list(version.paragraphs.all())
    assert [p.kind for p in found] == ["heading", "text", "text"]
    assert all(p.text == version.text[p.start : p.end] for p in found)


def test_the_dutch_index_finds_another_form_of_a_word(study: Study, lead: Person) -> None:
    added(study, lead)
    found = Paragraph.objects.extra(where=["search @@ to_tsquery('dutch', 'loketten')"])
    assert [p.text for p in found] == ["De gemeente wil één loket."]


def test_the_same_file_is_refused_until_it_is_asked_again(study: Study, lead: Person) -> None:
    first = added(study, lead)
    with pytest.raises(Refusal) as refused:
        added(study, lead)
    assert refused.value.code == "source_known"
    assert refused.value.context["uuid"] == str(first.uuid)
    added(study, lead, again=True)
    assert Source.objects.count() == 2


def test_a_source_that_was_taken_out_may_come_in_again(study: Study, lead: Person) -> None:
    source_remove(added(study, lead), person=lead, origin="test")
    added(study, lead)
    assert Source.objects.filter(removed_at=None).count() == 1
    assert Source.objects.count() == 2


def test_a_refused_file_leaves_nothing(study: Study, lead: Person) -> None:
    with pytest.raises(Refusal):
        added(study, lead, content=b"\x00\x00")
    assert not Source.objects.exists()
    assert not original_path("0" * 64).parent.parent.exists()


def test_a_corrected_text_is_a_new_version_and_the_old_one_stays(
    study: Study, lead: Person
) -> None:
    source = added(study, lead)
    version = version_correct(source, "De gemeente wil twee loketten.", person=lead, origin="test")
    assert (version.number, version.extractor) == (2, "person")
    assert source.versions.first().text.startswith("# Beleid")


def test_a_new_version_with_the_same_text_is_refused(study: Study, lead: Person) -> None:
    source = added(study, lead)
    for again in (
        lambda: version_extract(source, person=lead, origin="test"),
        lambda: version_correct(source, TEXT.decode(), person=lead, origin="test"),
    ):
        with pytest.raises(Refusal) as refused:
            again()
        assert refused.value.code == "version_same"


def test_the_database_does_not_let_a_version_change(study: Study, lead: Person) -> None:
    version = added(study, lead).versions.get()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SourceVersion.objects.filter(pk=version.pk).update(text="anders")


def test_a_lost_or_changed_original_is_refused(study: Study, lead: Person) -> None:
    source = added(study, lead)
    original_path(source.sha256).write_bytes(b"anders")
    with pytest.raises(Refusal) as refused:
        version_extract(source, person=lead, origin="test")
    assert refused.value.code == "original_lost"


def test_everything_that_is_done_is_in_the_audit_log(study: Study, lead: Person) -> None:
    source = added(study, lead)
    version_correct(source, "Anders.", person=lead, origin="test")
    source_change(source, SourceFacts(title="Nota"), person=lead, origin="test")
    source_remove(source, person=lead, origin="test")
    source.refresh_from_db()
    assert source.title == "Nota"
    actions = AuditEvent.objects.filter(object__contains=str(source.uuid)).order_by("pk")
    assert [event.action for event in actions] == [
        "source_add",
        "source_version",
        "source_change",
        "source_remove",
    ]
    assert not actions.filter(object__contains="Nota").exists()
