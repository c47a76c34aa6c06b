"""Does everything in a project of another program arrive, or is it reported?"""

import inspect
from pathlib import Path

import pytest

from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.exchange.refi_qda import codebook_file, project_write, tree_write
from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.report import REASONS
from rodedraad.sources.models import Source
from rodedraad.sources.store import original_read
from rodedraad.studies.models import Study
from rodedraad.transfer.command import project_write_out
from rodedraad.transfer.refi.reasons import OUT
from transfer.refi_made import WORDS, brought, everything, exported, guid, state, written

pytestmark = pytest.mark.django_db


def test_everything_of_the_standard_is_kept_or_reported(study: Study, tmp_path: Path) -> None:
    made = brought(study, written(everything(), tmp_path))
    assert made.kept + made.reported == made.report["found"]
    reasons = {(one["item"], one["reason"]): one["count"] for one in made.report["reasons"]}
    for item, reason in (
        ("Set", "no-place"),
        ("Graph", "no-place"),
        ("Link", "no-place"),
        ("Variable", "variable"),
        ("VariableValue", "variable"),
        ("Case", "case-unknown"),
        ("PictureSource", "picture"),
        ("PdfSelection", "pdf-area"),
        ("SyncPoint", "time"),
        ("User@id", "account-name"),
        ("Coding", "outside-text"),
        ("Coding", "no-text"),
        ("Coding", "no-such-code"),
        ("Coding@guid", "guid-repeated"),
        ("PlainTextSelection", "passage-without-code"),
    ):
        assert reasons.get((item, reason)), (item, reason, reasons)
    assert Coding.objects.filter(study=study).count() == 10


def test_words_quotes_and_coders_are_those_of_the_file(study: Study, tmp_path: Path) -> None:
    brought(study, written(everything(), tmp_path))
    source = Source.objects.get(study=study, uuid=guid("tekst"))
    assert source.versions.get().text == WORDS
    assert original_read(source.sha256) == WORDS.encode()
    assert source.case is not None
    assert source.case.name == "Buurt Noord"
    here = Coding.objects.filter(version__source=source, start__isnull=False)
    assert all(one.quote == WORDS[one.start : one.end] for one in here)
    first = here.filter(start=3, end=11)
    assert {one.coder.name for one in first} == {"Anna", guid("bram")[:8]}
    whole = Coding.objects.get(version__source=source, start=None)
    assert whole.code.name == "Twee"
    assert all(one.origin == Coding.Origin.IMPORT and one.codebook_version for one in here)


def test_names_may_be_equal_under_two_parents(study: Study, tmp_path: Path) -> None:
    brought(study, written(everything(), tmp_path))
    parents = {one.parent.name for one in Code.objects.filter(study=study, name="Leren")}
    assert parents == {"Groep", "Twee"}


def test_notes_and_descriptions_become_memos_about_their_thing(
    study: Study, tmp_path: Path
) -> None:
    brought(study, written(everything(), tmp_path))
    about = {one.text: one for one in Memo.objects.filter(study=study)}
    assert about["Een gedachte."].code == Code.objects.get(study=study, name="Geld")
    assert about["Goed stuk"].source == about["Zonder code"].source
    assert about["Let op"].coding is not None
    assert about["Let op"].coding.quote == "Geld 😀"


def test_the_same_file_again_adds_nothing(study: Study, tmp_path: Path) -> None:
    path = written(everything(), tmp_path)
    brought(study, path)
    before = state(study)
    again = brought(study, path)
    assert state(study) == before
    assert not any(again.added.values())
    assert again.report["known"]["codings"] == 10
    assert again.kept + again.reported == again.report["found"]


def test_our_own_export_ten_times_over_changes_nothing(
    study: Study, other: Study, tmp_path: Path
) -> None:
    brought(study, written(everything(), tmp_path))
    before = state(study)
    first = exported(study, tmp_path / "a.qdpx")
    assert project_read(first).valid
    for _ in range(10):
        made = brought(study, tmp_path / "a.qdpx")
        assert made.reported == 0, made.report["reasons"]
        assert not any(made.added.values())
        assert exported(study, tmp_path / "a.qdpx") == first
    assert state(study) == before
    assert brought(other, tmp_path / "a.qdpx").reported == 0
    named = Coder.objects.filter(study=study, person=None)
    assert {str(one.uuid) for one in named} == {
        str(one.uuid) for one in Coder.objects.filter(study=other)
    }
    here, there = state(study), state(other)
    assert here == there


def test_equal_guids_do_not_lose_a_coding(study: Study, tmp_path: Path) -> None:
    brought(study, written(everything(), tmp_path))
    same_place = Coding.objects.filter(study=study, start=3, end=11)
    assert sorted(one.code.name for one in same_place) == ["Geld", "Leren", "Leren"]


def test_a_passage_of_no_length_stays(study: Study, tmp_path: Path) -> None:
    brought(study, written(everything(), tmp_path))
    assert Coding.objects.get(study=study, uuid=guid("c4")).quote == ""


def test_a_codebook_of_codes_with_notes_tells_that_these_stay_behind(
    study: Study, tmp_path: Path
) -> None:
    brought(study, written(everything(), tmp_path))
    told = project_write_out(tmp_path / "a.qdc", study.slug, personal=False)
    assert "not-in-codebook-format" in {one["reason"] for one in told["left_out"]}


def test_every_reason_that_a_writer_gives_has_a_sentence() -> None:
    writers = "".join(map(inspect.getsource, (codebook_file, project_write, tree_write)))
    given = {name for name in REASONS if f'"{name}"' in writers}
    assert {"not-in-codebook-format", "illegal-character"} <= given <= OUT.keys()
