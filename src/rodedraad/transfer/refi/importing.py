"""How does a file of another program come into a study: whole or not at all, with a record?"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.coding.changes import codebook_lock
from rodedraad.exchange.refi_qda.archive import Media
from rodedraad.exchange.refi_qda.codebook_file import ReadCodebook, codebook_read
from rodedraad.exchange.refi_qda.model import Project
from rodedraad.exchange.refi_qda.project_read import ReadProject, project_read
from rodedraad.exchange.refi_qda.refusals import NotRefi
from rodedraad.exchange.refi_qda.report import Loss
from rodedraad.exchange.refi_qda.walk import codes_all, codings_all
from rodedraad.memory import collector_paused
from rodedraad.studies.models import Study
from rodedraad.transfer.models import Import
from rodedraad.transfer.originals import Originals, originals_with
from rodedraad.transfer.refi.cases_in import cases_in
from rodedraad.transfer.refi.codings_in import CodingsIn
from rodedraad.transfer.refi.incoming import Choices, Incoming
from rodedraad.transfer.refi.memos_in import MemosIn
from rodedraad.transfer.refi.people_in import CodesIn, users_in
from rodedraad.transfer.refi.texts_in import TextsIn

ROOT_OF_CODEBOOK = "CodeBook"
STEPS = 6
FAULTS_KEPT = 200
KINDS = {"coder": "coders", "code": "codes", "source": "sources", "coding": "codings",
         "memo": "memos"}  # fmt: skip
PROJECT_FACTS = ("name", "origin", "creating_user", "created", "modifying_user", "modified",
                 "description")  # fmt: skip
Tell = Callable[[int, int], None]


@collector_paused()
def refi_import(
    study: Study,
    path: Path,
    *,
    file_name: str = "",
    person: Person | None,
    origin: str,
    choices: Choices | None = None,
    tell: Tell = lambda _done, _total: None,
) -> Import:
    """Bring a project (.qdpx) or codebook (.qdc) into a study and return the record of it.

    What the study has already, by identity, stays as it is there. All of it happens, or nothing.

    Raises
    ------
    Refusal
        When the file is damaged, dangerous or something else; see ``exchange.refi_qda``.
    """
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    tell(0, STEPS)
    read = _read(path)
    tell(1, STEPS)
    is_project = isinstance(read, ReadProject)
    project = read.project if is_project else _as_project(read)
    media = read.media if is_project else {}
    with originals_with() as originals, transaction.atomic():
        codebook_lock(study)
        taken = Import.objects.filter(study=study).exclude(taken_back_at=None)
        moments = frozenset(taken.values_list("taken_back_at", flat=True))
        into = Incoming(study, person, project, choices or Choices(), moments)
        _bring(into, media, originals, tell)
        losses = _together((*read.losses, *into.account.close()))
        lost = sum(loss.count for loss in losses)
        made = Import.objects.create(
            study=study,
            person=person,
            file_name=(file_name or path.name)[:300],
            sha256=sha256,
            kept=read.found - lost,
            reported=lost,
            report=_report(into, read, losses),
            added=into.added,
        )
        audit_record(
            person=person, action="refi_import", object=f"study:{study.slug} import:{made.pk}",
            origin=origin,
        )  # fmt: skip
    tell(STEPS, STEPS)
    return made


def _bring(into: Incoming, media: dict[str, Media] | Any, originals: Originals, tell: Tell) -> None:
    users_in(into)
    CodesIn(into).bring()
    tell(2, STEPS)
    TextsIn(into, media, originals).bring()
    tell(3, STEPS)
    CodingsIn(into).bring()
    tell(4, STEPS)
    cases_in(into)
    MemosIn(into).bring()
    tell(5, STEPS)


def _read(path: Path) -> ReadProject | ReadCodebook:
    """Read a project, or else a codebook."""
    try:
        return project_read(path)
    except NotRefi as refusal:
        if refusal.context.get("found") != ROOT_OF_CODEBOOK:
            raise
        return codebook_read(path)


def _as_project(read: ReadCodebook) -> Project:
    book = read.codebook
    return Project(name="", origin=book.origin, codes=book.codes, sets=book.sets)


def _together(losses: Iterable[Loss]) -> list[Loss]:
    """Return losses of the same sort as one."""
    found: dict[tuple[str, str], Loss] = {}
    for loss in losses:
        there = found.get((loss.item, loss.reason))
        found[loss.item, loss.reason] = (
            replace(there, count=there.count + loss.count) if there else loss
        )
    return [found[key] for key in sorted(found)]


def _report(into: Incoming, read: ReadProject | ReadCodebook, losses: list[Loss]) -> dict[str, Any]:
    project = into.project
    coded = list(codings_all(project))
    facts = {name: getattr(project, name) for name in PROJECT_FACTS}
    return {
        "codes": sum(1 for _ in codes_all(project.codes)),
        "codings": len(coded),
        "sources": len(project.sources),
        "coders": len({one.coder for one in coded} - {None}),
        "notes": len(project.notes),
        "found": read.found,
        "valid": read.valid,
        "added": {name: len(into.added.get(kind, ())) for kind, name in KINDS.items()},
        "known": {name: into.known[name] for name in KINDS.values()},
        "reasons": [
            {"item": one.item, "reason": one.reason, "count": one.count,
             "examples": list(one.examples)}
            for one in losses
        ],
        "faults": [
            {"code": one.code, "message": one.message, "line": one.line}
            for one in read.faults[:FAULTS_KEPT]
        ],
        "project": {name: value for name, value in facts.items() if value is not None},
    }  # fmt: skip
