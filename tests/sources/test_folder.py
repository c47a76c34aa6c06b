"""Whether many files come in at once, go on after an interruption, and name what was refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.accounts.models import Person
from rodedraad.cli.sources import sources_commands
from rodedraad.errors import Refusal
from rodedraad.sources.command import paths_bring_in
from rodedraad.sources.extraction import Options
from rodedraad.sources.folder import files_under
from rodedraad.sources.models import Paragraph, Source
from rodedraad.sources.store import original_read
from rodedraad.studies.models import Study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "stukken"
    (inside / "b").mkdir(parents=True)
    (inside / ".git").mkdir()
    (inside / ".git" / "config").write_text("x")
    (inside / "a.md").write_text("# Een\n\nTekst van een.")
    (inside / "b" / "c.txt").write_text("Tekst van twee.")
    (inside / "dubbel.md").write_text("# Een\n\nTekst van een.")
    (inside / "leeg.txt").write_text(" ")
    (inside / "link.md").symlink_to(inside / "a.md")
    return inside


def test_a_folder_gives_its_files_without_hidden_ones_and_links(folder: Path) -> None:
    assert [path.name for path in files_under([folder])] == [
        "a.md",
        "c.txt",
        "dubbel.md",
        "leeg.txt",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_folder_comes_in_once_and_names_what_was_refused(
    study: Study, lead: Person, folder: Path
) -> None:
    run = CliRunner().invoke(
        sources_commands, ["add", str(folder), "--study", study.slug, "--kind", "law",
                           "--case", "Buurt Noord", "--json"],
    )  # fmt: skip
    told = json.loads(run.stdout)
    assert run.exit_code == 2
    assert (told["added"], told["known"], told["refused"]) == (2, 1, 1)
    assert [answer["code"] for answer in told["files"] if answer["state"] == "refused"] == [
        "file_empty"
    ]
    source = Source.objects.get(title="a")
    assert (source.kind, source.case.name) == ("law", "Buurt Noord")
    assert original_read(source.sha256) == (folder / "a.md").read_bytes()
    assert Paragraph.objects.filter(version__source=source).count() == 2
    run = CliRunner().invoke(sources_commands, ["add", str(folder), "--study", study.slug])
    assert "0 added, 3 were there already, 1 refused." in run.stdout
    assert Source.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("study_unknown", {"slug": "nergens"}),
        ("case_unknown", {"case": "Nergens"}),
        ("choice_unknown", {"kind": "boek"}),
        ("choice_unknown", {"confidentiality": "niemand"}),
    ],
)
def test_what_the_study_does_not_have_is_refused(
    study: Study, folder: Path, code: str, asked: dict[str, str]
) -> None:
    given = {"slug": study.slug, "kind": "law", "case": "", "confidentiality": "team"} | asked
    slug = given.pop("slug")
    with pytest.raises(Refusal) as refused:
        paths_bring_in([folder], slug, **given, options=Options(), again=False)
    assert refused.value.code == code
