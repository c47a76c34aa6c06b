"""How do many files come into a study at once, on every core or a cluster?"""

import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import Any

from django.db import connection, transaction

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.parallel import map_chunks
from rodedraad.parallel.mapping import SETTING, Tell
from rodedraad.sources.actions import SourceFacts, Taken, sources_write
from rodedraad.sources.extraction import Options, extract
from rodedraad.sources.extraction.extracting import too_large_refusal
from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.folder_work import Given, files_work
from rodedraad.sources.likeness import likeness_find
from rodedraad.sources.models import Source
from rodedraad.sources.store import original_keep
from rodedraad.studies.models import Case, Study, Wave

FILES_PER_BUNDLE = 16
BUNDLE_BYTES = 512 * 1024
GROUP_BYTES = 256 * 1024 * 1024


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


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to add: what a person calls it, and where it lies on this machine."""

    name: str
    path: Path


def files_add(
    study: Study,
    files: Sequence[Incoming],
    facts: SourceFacts,
    *,
    person: Person | None,
    origin: str,
    again: bool = False,
    options: Options | None = None,
    tell: Tell | None = None,
    files_per_bundle: int = FILES_PER_BUNDLE,
) -> list[dict[str, Any]]:
    """Add files to a study, each whole or not at all, and tell of each what became of it.

    Asked once more after an interruption, it goes on: what is in the study already is passed
    over. Each answer has ``file`` and ``state``: ``added`` (with ``source``, ``title``,
    ``characters`` and ``notices``), ``known`` (with ``title``), or ``refused`` (with ``code``,
    ``message`` and ``context``). ``tell`` is called with the number of files done and their total.

    Workers on this machine read the files themselves; a cluster elsewhere gets the bytes, a bound
    at a time. All of them write in the database, so a cluster elsewhere needs DATABASE_URL.
    """
    told: dict[int, dict[str, Any]] = {}
    known = {} if again else _known(study)
    waiting: list[int] = []
    for at, file in enumerate(files):
        answer = _passed_over(file, known)
        if answer is None:
            waiting.append(at)
        else:
            told[at] = answer
    plan = {
        "study": study.pk,
        "facts": facts_plain(facts),
        "person": person.pk if person else None,
        "origin": origin,
        "options": asdict(options or Options()),
    }
    bundles = _bundles(waiting, files, files_per_bundle)
    for group in _groups(bundles, files):
        given = [[_given(files[at]) for at in bundle] for bundle in group]
        n_before, n_here = len(told), sum(map(len, group))

        def group_tell(done: int, total: int, before: int = n_before, here: int = n_here) -> None:
            if tell is not None:
                tell(before + here * done // total, len(files))

        parts = map_chunks(
            files_work, len(given), given, plan, chunk_size=1, seed=0, tell=group_tell
        )
        for bundle, contents, answers in zip(group, given, parts, strict=True):
            for at, (_, content), answer in zip(bundle, contents, answers, strict=True):
                if isinstance(content, bytes) and answer["state"] == "added":
                    original_keep(content)  # the worker has another disk
                told[at] = answer
    added = [answer["source"] for answer in told.values() if answer["state"] == "added"]
    if added:
        keys = Source.objects.filter(study=study, uuid__in=added).values_list("pk", flat=True)
        likeness_find(study, list(keys))
    return [told[at] for at in range(len(files))]


def files_write(files: Sequence[Given], plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Extract and write a part of the files; runs in a thread or process of its own.

    The files are written in one transaction: it is the waiting for the disk at the end of each
    that would keep several workers from being quicker than one.
    """
    try:
        options = Options(**plan["options"])
        found = [_taken(name, content, options) for name, content in files]
        with transaction.atomic():
            sources = iter(_written([file for file in found if isinstance(file, Taken)], plan))
        return [_added(file, next(sources)) if isinstance(file, Taken) else file for file in found]
    finally:
        connection.close()


def _written(files: Sequence[Taken], plan: Mapping[str, Any]) -> list[Source]:
    return sources_write(
        Study.objects.get(pk=plan["study"]),
        [Taken(PurePath(file.name).name, file.content, file.found) for file in files],
        facts_of(plan["facts"]),
        person=Person.objects.filter(pk=plan["person"]).first(),
        origin=plan["origin"],
    )


def _taken(name: str, content: bytes | str, options: Options) -> Taken | dict[str, Any]:
    """Return a file with its text, its bytes kept; or why there is none."""
    try:
        read = Path(content).read_bytes() if isinstance(content, str) else content
        found = extract(read, PurePath(name).name, options)
        original_keep(read)
    except Refusal as refusal:
        return refused_answer(name, refusal)
    except OSError:
        return refused_answer(name, _gone_refusal())
    return Taken(name, read, found)


def _added(file: Taken, source: Source) -> dict[str, Any]:
    return {
        "file": file.name,
        "state": "added",
        "source": str(source.uuid),
        "title": source.title,
        "characters": len(file.found.text),
        "paragraphs": len(file.found.passages),
        "notices": [dict(notice) for notice in file.found.notices],
    }


def _passed_over(file: Incoming, known: dict[str, str]) -> dict[str, Any] | None:
    """Return what becomes of a file without reading its text; none when it is to be added.

    ``known`` then knows it.
    """
    try:
        size = file.path.stat().st_size
        if size > LIMITS.file_bytes:
            return refused_answer(file.name, too_large_refusal(size))
        with file.path.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return refused_answer(file.name, _gone_refusal())
    if sha256 in known:
        return {"file": file.name, "state": "known", "title": known[sha256]}
    known[sha256] = Path(file.name).stem
    return None


def _bundles(waiting: Sequence[int], files: Sequence[Incoming], most: int) -> list[list[int]]:
    """Give the files to read in bundles, each written at once; those with most work come first.

    So no worker still has much to do when the others are done.
    """
    bundles: list[list[int]] = []
    sizes: list[int] = []
    for at in waiting:
        if not bundles or sizes[-1] >= BUNDLE_BYTES or len(bundles[-1]) >= most:
            bundles.append([])
            sizes.append(0)
        bundles[-1].append(at)
        sizes[-1] += files[at].path.stat().st_size
    order = sorted(range(len(bundles)), key=lambda n: -sizes[n])
    return [bundles[n] for n in order]


def _groups(bundles: list[list[int]], files: Sequence[Incoming]) -> Iterator[list[list[int]]]:
    """Give the bundles that may be in memory together; all of them when workers read files."""
    if _workers_are_here():
        if bundles:
            yield bundles
        return
    group: list[list[int]] = []
    size = 0
    for bundle in bundles:
        group.append(bundle)
        size += sum(files[at].path.stat().st_size for at in bundle)
        if size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _given(file: Incoming) -> Given:
    return file.name, str(file.path) if _workers_are_here() else file.path.read_bytes()


def _workers_are_here() -> bool:
    address = os.environ.get(SETTING, "").strip()
    return not address or address.startswith("local:")


def _gone_refusal() -> Refusal:
    return Refusal(
        "The file cannot be read any more. See whether it is still there and may be read, and add "
        "it again.",
        code="file_gone",
    )


def facts_plain(facts: SourceFacts) -> dict[str, Any]:
    """Return facts as a worker can receive them before it knows our models."""
    given = facts.fields()
    keys = {name: given[name].pk if given[name] else None for name in ("case", "wave")}
    return given | keys | {name: str(given[name]) for name in ("kind", "confidentiality")}


def facts_of(plain: Mapping[str, Any]) -> SourceFacts:
    """Return the facts that ``facts_plain`` made plain."""
    case = Case.objects.filter(pk=plain["case"]).first()
    wave = Wave.objects.filter(pk=plain["wave"]).first()
    day = plain["date"]
    date = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    return SourceFacts(**{**plain, "case": case, "wave": wave, "date": date})


def _known(study: Study) -> dict[str, str]:
    """Return the titles of what is in the study, by the SHA-256 of its bytes."""
    sources = Source.objects.filter(study=study, removed_at=None)
    return dict(sources.values_list("sha256", "title"))


def refused_answer(name: str, refusal: Refusal) -> dict[str, Any]:
    """Return what is told of a file that did not come in."""
    return {
        "file": name,
        "state": "refused",
        "code": refusal.code,
        "message": refusal.message,
        "context": dict(refusal.context),
    }
