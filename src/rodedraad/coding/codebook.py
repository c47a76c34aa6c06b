"""Which codebook was a coding made under, what differs between two versions, what to recode?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from django.db import transaction
from django.db.models import Q, QuerySet, Subquery, Sum

from rodedraad.accounts.models import Person
from rodedraad.coding.changes import UNDO, codebook_lock
from rodedraad.coding.models import Change, Code, CodebookVersion, Coding, Round
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


class RecodeList(Sequence[Recode]):
    """The codings to look at again, in the order of the texts: read are those that are asked."""

    def __init__(
        self,
        rows: QuerySet[Coding],
        gone: Mapping[int, str],
        different: Mapping[tuple[int, int], Mapping[str, Any]],
        merged: Mapping[str, Any],
    ) -> None:
        self._rows = rows
        shown = Coding.objects.select_related(
            "code", "codebook_version", "version__source", "coder"
        )
        self._shown = shown.defer("codebook_version__codes", "version__text")
        self._gone, self._different, self._merged = gone, different, merged

    @cached_property
    def _n(self) -> int:
        return self._rows.count()

    def __len__(self) -> int:
        return self._n

    def __iter__(self) -> Iterator[Recode]:
        return iter(self[:])

    @overload
    def __getitem__(self, place: int) -> Recode: ...

    @overload
    def __getitem__(self, place: slice) -> list[Recode]: ...

    def __getitem__(self, place: int | slice) -> Recode | list[Recode]:
        if isinstance(place, slice):
            asked = self._rows.values("pk")[place]  # put in order without what is shown of each
            return [self._told(coding) for coding in self._shown.filter(pk__in=asked)]
        return self[place : place + 1][0]

    def _told(self, coding: Coding) -> Recode:
        if coding.code_id in self._gone:
            return Recode(coding, self._gone[coding.code_id], {})
        fields = self._different.get((coding.codebook_version_id, coding.code_id), {})
        at = self._merged.get(str(coding.uuid))
        is_merged = at is not None and at > coding.codebook_version.made_at
        return Recode(coding, "merged" if is_merged else "meaning", fields)


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


def recode_list(study: Study, codings: QuerySet[Coding] | None = None) -> RecodeList:
    """Return the codings to look at again, because their code is not what it was.

    Codings of closed rounds are not in it: these stay as they are. A coder who changes or
    confirms a coding brings it under the codebook of now, and off this list.
    """
    whole = codings_now(study) if codings is None else codings
    closed = Round.objects.filter(study=study, closed_at__isnull=False)
    alive = whole.filter(removed_at=None).exclude(round__in=closed)
    steps = _standing_steps(study)
    merged, ended = _merged(steps), _ended(steps)
    now = codebook_codes(study)
    uuids = {
        pk: str(uuid) for pk, uuid in Code.objects.filter(study=study).values_list("pk", "uuid")
    }
    different: dict[tuple[int, int], Mapping[str, Any]] = {}
    for version, then in study.codebook_versions.values_list("pk", "codes"):
        for code, uuid in uuids.items():
            if uuid in now and (
                fields := _different(then.get(uuid, now[uuid]), now[uuid], MEANING)
            ):
                different[version, code] = fields
    gone = {code: ended.get(uuid, "retired") for code, uuid in uuids.items() if uuid not in now}
    return RecodeList(alive.filter(_asked(gone, different, merged)), gone, different, merged)


def _asked(
    gone: Collection[int], different: Iterable[tuple[int, int]], merged: Mapping[str, Any]
) -> Q:
    """Return which codings are of a code that is gone, that differs, or that they were moved to."""
    asked = Q(code__in=list(gone))
    codes_of: dict[int, list[int]] = defaultdict(list)
    for version, code in different:
        codes_of[version].append(code)
    for version, codes in codes_of.items():
        asked |= Q(codebook_version=version, code__in=codes)
    moved: dict[Any, list[str]] = defaultdict(list)
    for uuid, at in merged.items():
        moved[at].append(uuid)
    for at, moved_then in moved.items():
        asked |= Q(uuid__in=moved_then, codebook_version__made_at__lt=at)
    return asked


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
