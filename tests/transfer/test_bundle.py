"""Does a bundle restore a study exactly, and is a bundle refused that is not what it says?"""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.changes import change_undo
from rodedraad.coding.models import Coder, Coding, Round
from rodedraad.coding.rounds import coder_for, round_open
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source
from rodedraad.studies.models import Case, Study, TeamMember, Wave
from rodedraad.transfer.bundle.plan import NOT_CARRIED, carried, faults, models_of_study
from rodedraad.transfer.bundle.restoring import bundle_restore
from rodedraad.transfer.bundle.writing import bundle_write
from transfer.refi_made import brought, everything, guid, state, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(study: Study, lead: Person, tmp_path: Path) -> Study:
    """Give a study with an import, work of its own, a round, a frozen wave and history."""
    brought(study, written(everything(), tmp_path))
    coder = coder_for(study, lead)
    code = code_add(coder, CodeFacts(name="Eigen"))
    source = Source.objects.get(study=study, uuid=guid("tekst"))
    version = source.versions.get()
    second = Coder.objects.filter(study=study, person=None).first()
    made = round_open(study, label="Blind", kind=Round.Kind.BLIND, sources=[source],
                      coders=[coder, second], person=lead, origin="test")  # fmt: skip
    coding_add(coder, version.pk, code, place=(0, 12), in_round=made, valence=1, strength=2)
    Case.objects.filter(study=study).update(forerunner=True, forerunner_source="é😀")
    framework = study.frameworks.get()
    wave = study.waves.first() or Wave.objects.create(
        study=study, label="t0", reference_date="2026-01-01", framework=framework
    )
    framework.frozen_at = wave.frozen_at = made.opened_at
    framework.save()
    wave.save()
    return study


def bundled(study: Study, path: Path) -> bytes:
    bundle_write(study, path, person=None, origin="test")
    return path.read_bytes()


def test_a_restored_study_gives_the_same_bundle(
    full: Study, lead: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bundled(full, tmp_path / "a.zip")
    assert bundled(full, tmp_path / "a2.zip") == first
    elsewhere = tmp_path / "elders"
    monkeypatch.setenv("RODEDRAAD_HOME", str(elsewhere))
    Study.objects.filter(pk=full.pk).update(slug="vroeger")
    back = bundle_restore(tmp_path / "a.zip", lead=lead, person=lead, origin="test")
    assert back.slug == "eerste"
    assert bundled(back, tmp_path / "b.zip") == first
    assert state(back) == state(full)
    assert [one.role for one in back.team.all()] == [TeamMember.Role.LEAD]
    events = AuditEvent.objects.filter(action__in=("study_bundle", "study_restore"))
    assert events.count() == 4


def test_a_step_of_before_can_be_undone_after(full: Study, lead: Person, tmp_path: Path) -> None:
    bundled(full, tmp_path / "a.zip")
    back = bundle_restore(tmp_path / "a.zip", slug="terug", lead=lead, person=None, origin="test")
    coder = Coder.objects.get(study=back, name=lead.name)
    mine = Coding.objects.get(study=back, code__name="Eigen")
    assert mine.round is not None
    assert set(mine.round.coders.values_list("study", flat=True)) == {back.pk}
    change_undo(coder)
    mine.refresh_from_db()
    assert mine.removed_at is not None
    assert Coding.objects.get(study=full, code__name="Eigen").removed_at is None


def test_a_bundle_names_no_person_and_no_key_of_an_account(full: Study, tmp_path: Path) -> None:
    Person.objects.filter(name="Leider").update(name="Leider")
    bundled(full, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"leider@voorbeeld.test" not in whole
    assert b"person_id" not in whole


def test_a_study_of_that_name_is_not_written_over(
    full: Study, lead: Person, tmp_path: Path
) -> None:
    bundled(full, tmp_path / "a.zip")
    with pytest.raises(Refusal) as refusal:
        bundle_restore(tmp_path / "a.zip", lead=lead, person=None, origin="test")
    assert refusal.value.code == "study_exists"
    assert Study.objects.count() == 1


def test_every_table_with_a_way_to_a_study_goes_along_or_stays_for_a_reason() -> None:
    assert list(faults()) == []
    named = {one.label for one in carried()}
    assert not named & NOT_CARRIED.keys()
    assert models_of_study() <= named | NOT_CARRIED.keys()
    assert {"coding.round_coders", "sources.paragraph", "coding.change"} <= named
    assert not [label for label, why in NOT_CARRIED.items() if not why.strip()]


def remade(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write a bundle again with other parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = path.with_name("anders.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made


def listed(parts: dict[str, bytes], change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    parts["manifest.json"] = json.dumps(manifest).encode()


def table(parts: dict[str, bytes], label: str, lines: bytes, **more: Any) -> None:
    parts[f"tables/{label}.jsonl"] = lines
    listed(parts, lambda m: m["tables"].setdefault(label, {}).update(
        {"rows": lines.count(b"\n"), "sha256": hashlib.sha256(lines).hexdigest(), **more}
    ))  # fmt: skip


def hostile() -> dict[str, Callable[[dict[str, bytes]], Any]]:
    codes = "tables/coding.code.jsonl"
    return {
        "a name that leads outside": lambda p: p.update({"../../weg": b"x"}),
        "another hash": lambda p: p.update({codes: p[codes].replace(b"Leren", b"Geren")}),
        "a row less": lambda p: p.update({codes: p[codes].split(b"\n", 1)[1]}),
        "no list": lambda p: p.pop("manifest.json"),
        "a broken list": lambda p: p.update({"manifest.json": b"{"}),
        "another format": lambda p: listed(p, lambda m: m.update(format=99)),
        "an unknown table": lambda p: table(p, "accounts.person", b'{"id":1}\n', fields=["id"]),
        "an unknown field": lambda p: listed(
            p, lambda m: m["tables"]["coding.code"]["fields"].append("password")
        ),
        "a missing field": lambda p: listed(
            p, lambda m: m["tables"]["coding.code"]["fields"].remove("name")
        ),
        "two studies": lambda p: table(p, "studies.study", p["tables/studies.study.jsonl"] * 2),
        "a key that is not there": lambda p: table(
            p, "coding.code", p[codes].replace(b'"study_id": 1', b'"study_id": 7')
        ),
        "a text for a number": lambda p: table(
            p, "coding.code", p[codes].replace(b'"order": 0', b'"order": "x"')
        ),
        "the same identity twice": lambda p: table(
            p, "coding.code", p[codes].replace(guid("geld").encode(), guid("leren").encode())
        ),
    }


def test_a_bundle_that_is_not_what_it_says_is_refused_and_leaves_nothing(
    full: Study, lead: Person, tmp_path: Path, home: Path
) -> None:
    bundled(full, tmp_path / "a.zip")
    files = sorted(home.glob("originals/*/*"))
    for what, change in hostile().items():
        path = remade(tmp_path / "a.zip", change)
        with pytest.raises(Refusal) as refusal:
            bundle_restore(path, slug="terug", lead=lead, person=None, origin="test")
        assert refusal.value.code in {"bundle_refused", "bundle_newer"}, what
        assert Study.objects.count() == 1, what
        assert sorted(home.glob("originals/*/*")) == files, what


def test_a_bomb_is_refused_unread(full: Study, lead: Person, tmp_path: Path) -> None:
    def bomb(parts: dict[str, bytes]) -> None:
        table(parts, "coding.code", b"0" * (65 * 1024 * 1024))

    bundled(full, tmp_path / "a.zip")
    with pytest.raises(Refusal, match="tighter"):
        bundle_restore(remade(tmp_path / "a.zip", bomb), lead=lead, person=None, origin="test")


def test_a_file_that_is_no_archive_is_refused(lead: Person, home: Path) -> None:
    path = home / "x.zip"
    path.write_bytes(b"PK but no")
    with pytest.raises(Refusal):
        bundle_restore(path, lead=lead, person=None, origin="test")
