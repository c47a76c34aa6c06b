"""Which codebook was a coding made under, what differs between two versions, what to recode?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Subquery, Sum

from rodedraad.accounts.models import Person
from rodedraad.coding.changes import UNDO, codebook_lock
from rodedraad.coding.models import Change, Code, CodebookVersion, Coding
from rodedraad.coding.visible import codings_now
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study

MEANING = ("definition", "include", "exclude", "example", "construct", "is_codable")
PLACE = ("parent", "order")
LOOK = ("colour", "pattern")
KEPT = ("name", *PLACE, *MEANING, *LOOK)
WHY = {"code_split": "split", "code_merge": "merged", "code_retire": "retired"}

Codes = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CodeDifference:
    """What became of one code between two versions.

    ``kinds`` holds ``added``, ``removed``, ``renamed``, ``moved``, ``meaning`` and ``look``;
    ``fields`` gives before and after of each field that differs.
    """

    uuid: str
    name: str
    kinds: tuple[str, ...]
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Recode:
    """A coding to look at again, and why: ``split``, ``merged``, ``retired`` or ``meaning``."""

    coding: Coding
    why: str
    fields: Mapping[str, tuple[Any, Any]]


def codebook_codes(study: Study) -> dict[str, dict[str, Any]]:
    """Return every living code by uuid, in the order of the tree, as a version keeps it."""
    codes = Code.objects.filter(study=study, retired_at=None).select_related("parent")
    return {
        str(code.uuid): {
            "name": code.name,
            "parent": str(code.parent.uuid) if code.parent else None,
            "order": code.order,
            **{name: getattr(code, name) for name in (*MEANING, *LOOK)},
        }
        for code in codes
    }


def codebook_freeze(study: Study, *, person: Person | None, note: str = "") -> CodebookVersion:
    """Keep the codes as they are now as a new version.

    Raises
    ------
    Refusal
        ``codebook_same`` when the newest version holds exactly these codes.
    """
    version, made = _version_now(study, person, note)
    if not made:
        raise Refusal(
            f"The codes are the same as in version {version.number}, so there is nothing new to "
            "keep.",
            code="codebook_same",
            number=version.number,
        )
    return version


def codebook_current(study: Study, *, person: Person | None) -> CodebookVersion:
    """Return the version with the codes as they are now, made when there is none yet."""
    return _version_now(study, person, "")[0]


def codebook_diff(older: Codes, newer: Codes) -> list[CodeDifference]:
    """Return what differs between the codes of two versions, in the order of the newer one."""
    found: list[CodeDifference] = []
    for uuid in [*newer, *(uuid for uuid in older if uuid not in newer)]:
        before, after = older.get(uuid), newer.get(uuid)
        if before is None or after is None:
            shown: Mapping[str, Any] = after or before or {}
            found.append(
                CodeDifference(uuid, shown["name"], ("added" if after else "removed",), {})
            )
            continue
        fields = _different(before, after, KEPT)
        if fields:
            found.append(CodeDifference(uuid, after["name"], _kinds(fields), fields))
    return found


def recode_list(study: Study, codings: QuerySet[Coding] | None = None) -> list[Recode]:
    """Return the codings to look at again, because their code is not what it was.

    Codings of closed rounds are not in it: these stay as they are. A coder who changes or
    confirms a coding brings it under the codebook of now, and off this list.
    """
    whole = codings_now(study) if codings is None else codings
    alive = (
        whole.filter(removed_at=None, round__closed_at=None)
        .select_related("code", "codebook_version", "version__source", "coder")
        .defer("codebook_version__codes", "version__text")
    )
    now = codebook_codes(study)
    then = dict(study.codebook_versions.values_list("pk", "codes"))
    steps = _standing_steps(study)
    merged = _merged(steps)
    ended = _ended(steps)
    found: list[Recode] = []
    for coding in alive:
        uuid = str(coding.code.uuid)
        before = then[coding.codebook_version_id].get(uuid)
        fields = _different(before, now[uuid], MEANING) if before and uuid in now else {}
        if uuid not in now:
            found.append(Recode(coding, ended.get(uuid, "retired"), {}))
        elif merged.get(str(coding.uuid)) and (
            merged[str(coding.uuid)] > coding.codebook_version.made_at
        ):
            found.append(Recode(coding, "merged", fields))
        elif fields:
            found.append(Recode(coding, "meaning", fields))
    return found


def code_history(code: Code) -> QuerySet[Change]:
    """Return every step that touched a code, oldest first: its names, places and ends."""
    touched = [{"kind": "code", "uuid": str(code.uuid)}]
    return Change.objects.filter(study=code.study_id, things__contains=touched).select_related(
        "coder"
    )


def _version_now(study: Study, person: Person | None, note: str) -> tuple[CodebookVersion, bool]:
    rows = study.codebook_versions.order_by("-number").defer("codes")
    newest = rows.annotate(now=Subquery(_clocks(study))).first()
    if newest is not None and newest.clock == (newest.now or 0):
        return newest, False
    return _version_made(study, person, note)


@transaction.atomic
def _version_made(study: Study, person: Person | None, note: str) -> tuple[CodebookVersion, bool]:
    codebook_lock(study)
    newest = study.codebook_versions.order_by("-number").first()
    clock, codes = _clock(study), codebook_codes(study)
    if newest is not None and newest.codes == codes:
        return newest, False
    number = newest.number + 1 if newest else 1
    version = CodebookVersion.objects.create(
        study=study, number=number, codes=codes, clock=clock, note=note, made_by=person
    )
    return version, True


def _clock(study: Study) -> int:
    """Return a number that goes up with every change of a code of the study."""
    return next(iter(_clocks(study).values_list("clock", flat=True)), 0)


def _clocks(study: Study) -> QuerySet[Code, dict[str, int]]:
    codes = Code.objects.filter(study=study).order_by()
    return codes.values("study").annotate(clock=Sum("row_version")).values("clock")


def _different(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]
) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _kinds(fields: Mapping[str, Any]) -> tuple[str, ...]:
    named = {"renamed": ("name",), "moved": PLACE, "meaning": MEANING, "look": LOOK}
    return tuple(kind for kind, names in named.items() if any(name in fields for name in names))


def _standing_steps(study: Study) -> list[Change]:
    """Return the splits, merges and retirings that were not undone, oldest first."""
    steps = Change.objects.filter(study=study, action__in=WHY, undone_by=None)
    return list(steps.exclude(action__startswith=UNDO).order_by("pk"))


def _merged(steps: Iterable[Change]) -> dict[str, Any]:
    """Return when each coding got another code in a merge, by its uuid."""
    return {
        one["uuid"]: step.at
        for step in steps
        if step.action == "code_merge"
        for one in step.things
        if one["kind"] == "coding"
    }


def _ended(steps: Iterable[Change]) -> dict[str, str]:
    """Return why each retired code ended, by its uuid."""
    return {
        one["uuid"]: WHY[step.action]
        for step in steps
        for one in step.things
        if one["kind"] == "code" and (one["after"] or {}).get("retired_at")
    }
