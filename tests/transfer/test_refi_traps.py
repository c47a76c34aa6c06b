"""What happens to the files of other programs, to broken ones, and to imports taken back?"""

import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli.refi import refi_commands
from rodedraad.coding.models import Code, Coding, Memo
from rodedraad.exchange.refi_qda import model as m
from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.refusals import ArchiveRefused, RefiRefusal
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study
from rodedraad.transfer.models import Import
from rodedraad.transfer.refi.taking_back import import_take_back
from transfer.refi_made import (
    brought,
    code,
    coding,
    everything,
    exported,
    guid,
    passage,
    state,
    written,
)

pytestmark = pytest.mark.django_db
SAMPLES = os.environ.get("RODEDRAAD_REFI", "")
FILES = sorted(Path(SAMPLES).rglob("*.qd*")) if SAMPLES else []


@pytest.mark.skipif(not FILES, reason="RODEDRAAD_REFI names no folder with samples")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_kept_or_reported_and_comes_back(
    study: Study, other: Study, tmp_path: Path, path: Path
) -> None:
    made = brought(study, path)
    assert made.kept + made.reported == made.report["found"]
    for one in Coding.objects.filter(study=study, start__isnull=False).select_related("version"):
        assert one.quote == one.version.text[one.start : one.end]
    before = state(study)
    again = brought(study, path)
    assert not any(again.added.values())
    assert state(study) == before
    suffix = ".qdpx" if Source.objects.filter(study=study).exists() else ".qdc"
    ours = exported(study, tmp_path / f"a{suffix}")
    if suffix == ".qdpx":
        assert project_read(ours).valid
    assert brought(other, tmp_path / f"a{suffix}").reported == 0
    if suffix == ".qdpx":
        assert state(other) == before


def test_a_code_with_the_name_of_a_neighbour_gets_another_and_is_reported(
    study: Study, tmp_path: Path
) -> None:
    project = m.Project(
        name="p",
        codes=(code(guid=guid("a"), name="Leren"), code(guid=guid("b"), name="Leren")),
    )
    made = brought(study, written(project, tmp_path))
    assert sorted(Code.objects.filter(study=study).values_list("name", flat=True)) == [
        "Leren",
        "Leren (2)",
    ]
    assert [one["item"] for one in made.report["reasons"]] == ["Code@name"]


def test_what_the_study_says_otherwise_stays_and_is_reported(study: Study, tmp_path: Path) -> None:
    path = written(everything(), tmp_path)
    brought(study, path)
    Code.objects.filter(study=study, uuid=guid("geld")).update(name="Middelen")
    Memo.objects.filter(study=study, text="Let op").update(text="Anders")
    reasons = brought(study, path).report["reasons"]
    assert ("Code@name", "differs-here") in {(one["item"], one["reason"]) for one in reasons}
    assert Code.objects.get(study=study, uuid=guid("geld")).name == "Middelen"
    assert Memo.objects.filter(study=study, text="Anders").exists()


def test_the_command_tells_that_a_file_was_broken_off(study: Study, tmp_path: Path) -> None:
    path = written(everything(), tmp_path)
    with zipfile.ZipFile(path) as whole:
        content = whole.read("project.qde")
    with zipfile.ZipFile(path, "w") as broken:
        broken.writestr("project.qde", content[: len(content) // 2])
    result = CliRunner().invoke(
        refi_commands, ["import", str(path), "--study", study.slug], catch_exceptions=False
    )
    assert "The file is not valid." in result.output
    assert "(not-well-formed)" in result.output


def test_characters_that_the_database_cannot_hold_become_one_sign_each(
    study: Study, tmp_path: Path
) -> None:
    project = m.Project(
        name="p",
        users=(m.User(guid=guid("anna"), name="Anna"),),
        codes=(code(guid=guid("leren"), name="Leren"),),
        sources=(
            m.TextSource(
                guid=guid("t"), name="t", text="a\0b\nc",
                selections=(passage("p", 2, 3, coding("c")),),
            ),
        ),
    )  # fmt: skip
    brought(study, written(project, tmp_path))
    assert Coding.objects.get(study=study).quote == "b"
    assert project_read(exported(study, tmp_path / "b.qdpx")).valid


def test_a_hostile_or_broken_file_is_refused_and_leaves_nothing(
    study: Study, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "kwaad.qdpx"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(ArchiveRefused):
        brought(study, path)
    path.write_bytes(b'<!DOCTYPE x [<!ENTITY a "b">]><Project>&a;</Project>')
    with pytest.raises(RefiRefusal):
        brought(study, path)
    assert not Import.objects.exists()
    assert not list(home.glob("originals/*/*"))


def test_a_fault_in_the_middle_leaves_no_rows_and_no_files(
    study: Study, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("rodedraad.transfer.refi.importing.MemosIn.bring", broken)
    with pytest.raises(RuntimeError):
        brought(study, written(everything(), tmp_path))
    assert not Source.objects.filter(study=study).exists()
    assert not Code.objects.filter(study=study).exists()
    assert not list(home.glob("originals/*/*"))
    assert not list(home.glob("transfer/*"))


def test_an_import_is_taken_back_and_comes_again(study: Study, tmp_path: Path) -> None:
    path = written(everything(), tmp_path)
    made = brought(study, path)
    before = state(study)
    import_take_back(made, person=None, origin="test")
    assert not state(study)["codings"]
    assert not Source.objects.filter(study=study, removed_at=None).exists()
    assert not Code.objects.filter(study=study, retired_at=None).exists()
    again = brought(study, path)
    assert state(study) == before
    assert len(again.added["coding"]) == 10
    assert Code.objects.filter(study=study, retired_at=None).count() == 5
    import_take_back(again, person=None, origin="test")
    assert not state(study)["codings"]
    assert not Memo.objects.filter(study=study, removed_at=None).exists()
    assert not Code.objects.filter(study=study, retired_at=None).exists()
    brought(study, path)
    assert state(study) == before


def test_taking_back_leaves_what_somebody_changed_since(study: Study, tmp_path: Path) -> None:
    made = brought(study, written(everything(), tmp_path))
    Coding.objects.filter(study=study, uuid=guid("c3")).update(row_version=2, strength=2)
    left = import_take_back(made, person=None, origin="test")
    assert Coding.objects.get(study=study, removed_at=None).uuid.hex == guid("c3").replace("-", "")
    assert Source.objects.get(study=study, removed_at=None).title == "Tekst"
    names = Code.objects.filter(study=study, retired_at=None).values_list("name", flat=True)
    assert set(names) == {"Groep", "Geld"}
    assert left["coding"] == 1
