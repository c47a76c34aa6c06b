"""How do many files come into a study at once, on every core or a cluster?"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connection

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.parallel import map_chunks
from rodedraad.parallel.mapping import Tell
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.extraction import Options, extract
from rodedraad.sources.extraction.extracting import too_large_refusal
from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.folder_work import Given, files_work
from rodedraad.sources.models import Source
from rodedraad.sources.store import original_keep
from rodedraad.studies.models import Case, Study, Wave

FILES_PER_CHUNK = 8


def files_under(paths: Iterable[Path]) -> list[Path]:
    """Return the files named, and those in the folders named, in the order of their names.

    Hidden files and links are passed over in a folder.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (part for part in path.rglob("*") if part.is_file() and not part.is_symlink())
            found += sorted(
                part for part in inside
                if not any(name.startswith(".") for name in part.relative_to(path).parts)
            )  # fmt: skip
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def files_add(
    study: Study,
    paths: Sequence[Path],
    facts: SourceFacts,
    *,
    person: Person | None,
    origin: str,
    again: bool = False,
    options: Options | None = None,
    tell: Tell | None = None,
) -> list[dict[str, Any]]:
    """Add files to a study, each whole or not at all, and tell of each what became of it.

    Asked once more after an interruption, it goes on: what is in the study already is passed
    over. Each answer has ``file`` and ``state``: ``added`` (with ``title``, ``characters`` and
    ``notices``), ``known`` (with ``title``), or ``refused`` (with ``code``, ``message`` and
    ``context``).

    Work that every worker does ends in the database, so a cluster needs DATABASE_URL.
    """
    told: dict[str, dict[str, Any]] = {}
    known = {} if again else _known(study)
    files: list[Given] = []
    for path in paths:
        size = path.stat().st_size
        if size > LIMITS.file_bytes:
            told[str(path)] = _refused(str(path), too_large_refusal(size))
            continue
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 in known:
            told[str(path)] = {"file": str(path), "state": "known", "title": known[sha256]}
            continue
        if not again:
            known[sha256] = path.stem
        files.append((str(path), content))
    plan = {
        "study": study.pk,
        "facts": _plain(facts),
        "person": person.pk if person else None,
        "origin": origin,
        "options": asdict(options or Options()),
    }
    parts = map_chunks(
        files_work, len(files), files, plan, chunk_size=FILES_PER_CHUNK, seed=0, tell=tell
    ) if files else []  # fmt: skip
    contents = dict(files)
    for answer in (answer for part in parts for answer in part):
        told[answer["file"]] = answer
        if answer["state"] == "added":
            original_keep(contents[answer["file"]])  # a worker may have another disk
    return [told[str(path)] for path in paths]


def files_write(files: Sequence[Given], plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Extract and write a part of the files; runs in a thread or process of its own."""
    try:
        study = Study.objects.get(pk=plan["study"])
        person = Person.objects.filter(pk=plan["person"]).first()
        facts, options = _facts(plan["facts"]), Options(**plan["options"])
        return [
            _written(study, name, content, facts, options, person, plan["origin"])
            for name, content in files
        ]
    finally:
        connection.close()


def _written(
    study: Study,
    path: str,
    content: bytes,
    facts: SourceFacts,
    options: Options,
    person: Person | None,
    origin: str,
) -> dict[str, Any]:
    name = Path(path).name
    try:
        found = extract(content, name, options)
    except Refusal as refusal:
        return _refused(path, refusal)
    source = source_add(
        study, content, name, facts, person=person, origin=origin, again=True, extracted=found
    )
    return {
        "file": path,
        "state": "added",
        "source": str(source.uuid),
        "title": source.title,
        "characters": len(found.text),
        "paragraphs": len(found.passages),
        "notices": [dict(notice) for notice in found.notices],
    }


def _plain(facts: SourceFacts) -> dict[str, Any]:
    """Return facts as a worker can receive them before it knows our models."""
    given = facts.fields()
    keys = {name: given[name].pk if given[name] else None for name in ("case", "wave")}
    return given | keys | {name: str(given[name]) for name in ("kind", "confidentiality")}


def _facts(plain: Mapping[str, Any]) -> SourceFacts:
    case = Case.objects.filter(pk=plain["case"]).first()
    return SourceFacts(
        **{**plain, "case": case, "wave": Wave.objects.filter(pk=plain["wave"]).first()}
    )


def _known(study: Study) -> dict[str, str]:
    """Return the titles of what is in the study, by the SHA-256 of its bytes."""
    sources = Source.objects.filter(study=study, removed_at=None)
    return dict(sources.values_list("sha256", "title"))


def _refused(path: str, refusal: Refusal) -> dict[str, Any]:
    return {
        "file": path,
        "state": "refused",
        "code": refusal.code,
        "message": refusal.message,
        "context": dict(refusal.context),
    }
