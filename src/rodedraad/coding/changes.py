"""How does every change in coding become a row that can be undone and redone?

A step names each thing it touches with its fields before and after; ``None`` stands for a thing
that was not there. Undoing writes the step the other way round, as a new row; redoing undoes that.
Nothing is deleted: what is not there any more is removed (codings, memos) or retired (codes).
"""

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from rodedraad.coding.models import Change, Code, Coder, Coding, Memo, Round
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study

UNDO = "undo:"
KINDS: dict[str, Any] = {"code": Code, "coding": Coding, "memo": Memo}
NAMES = {model: kind for kind, model in KINDS.items()}
END = {"code": "retired_at", "coding": "removed_at", "memo": "removed_at"}
NOT_KEPT = ("id", "uuid", "study_id", "row_version")
FIELDS = {
    kind: {field.attname: field for field in model._meta.concrete_fields
           if field.attname not in NOT_KEPT}
    for kind, model in KINDS.items()
}  # fmt: skip
NAME_RULE = "code_name_once_among_siblings"
MOST_ROWS = 2_000

Thing = Code | Coding | Memo
T = TypeVar("T", Code, Coding, Memo)
State = dict[str, Any]


def step_write(
    coder: Coder,
    action: str,
    *,
    added: Sequence[Thing] = (),
    changed: Iterable[tuple[Thing, Mapping[str, Any]]] = (),
) -> Change:
    """Write one step of a coder with its row of history; all of it or nothing.

    ``changed`` gives each thing with the fields it gets; the things are locked by the caller.

    Raises
    ------
    Refusal
        When a coding stands in a closed round, or the tree of codes would not be in order.
    """
    things: list[dict[str, Any]] = []
    before_after: list[tuple[Thing, State]] = []
    for thing, fields in changed:
        given = {name: _plain(value) for name, value in fields.items()}
        before = {name: _plain(getattr(thing, name)) for name in given}
        if different := {name: value for name, value in given.items() if before[name] != value}:
            old = {name: before[name] for name in different}
            things.append(_entry(thing, old, different))
            before_after.append((thing, different))
    return _write(coder, action, things, before_after, added=added)


def change_undo(coder: Coder) -> Change:
    """Undo the newest step of a coder that stands; a new row of history says so.

    Raises
    ------
    Refusal
        When there is none (``nothing_to_undo``), when somebody changed the same thing since
        (``changed_by_other``), or what came back would not fit (closed round, tree of codes).
    """
    return _turned(coder, undo_next, Refusal("There is no step to undo.", code="nothing_to_undo"))


def change_redo(coder: Coder) -> Change:
    """Do again what a coder undid last, when nothing new was done since; refuses as undo does."""
    return _turned(
        coder, redo_next, Refusal("There is no step to do again.", code="nothing_to_redo")
    )


def undo_next(coder: Coder) -> Change | None:
    """Return the step that undo would undo."""
    return undo_steps(coder).order_by("-pk").first()


def redo_next(coder: Coder) -> Change | None:
    """Return the undoing that redo would undo: the newest after the coder's last new step."""
    return redo_steps(coder).order_by("-pk").first()


def undo_steps(coder: Coder) -> QuerySet[Change]:
    """Return the steps of a coder that stand, which undo takes back from the newest on."""
    steps = Change.objects.filter(coder=coder, undone_by=None)
    return steps.exclude(action__startswith=UNDO)


def redo_steps(coder: Coder) -> QuerySet[Change]:
    """Return the undoings since the coder's last new step that were not redone."""
    newest = Change.objects.filter(coder=coder, undoes=None).order_by("-pk").values("pk")[:1]
    undone = Change.objects.filter(coder=coder, undone_by=None, action__startswith=UNDO)
    return undone.filter(pk__gt=Coalesce(Subquery(newest), 0))


def thing_locked(thing: T, row_version: int | None) -> T:
    """Return the thing as it is now, locked until the end of the transaction.

    Raises
    ------
    Refusal
        ``changed_by_other`` when it is not what it was when it was read as ``row_version``.
    """
    now = type(thing).objects.select_for_update(of=("self",)).get(pk=thing.pk)
    if row_version is not None and now.row_version != row_version:
        raise changed_by_other(str(now.uuid))
    return now


def changed_by_other(uuid: str) -> Refusal:
    """Return the refusal that keeps one person from writing over another's work."""
    return Refusal(
        "Somebody changed this since you opened it, so nothing was written. Look at how it is "
        "now, and make your change again if it is still needed.",
        code="changed_by_other",
        uuid=uuid,
    )


def round_closed() -> Refusal:
    """Return the refusal to write in a closed round."""
    return Refusal(
        "This round of coding is closed, so its codings stay as they are. Work on in another "
        "round.",
        code="round_closed",
    )


def state_of(thing: Thing) -> State:
    """Return all fields of a thing that history keeps, as JSON can hold them."""
    return {name: _plain(getattr(thing, name)) for name in FIELDS[NAMES[type(thing)]]}


def state_hash(study: Study) -> str:
    """Return a fingerprint of all codes, codings and memos of a study that are there now."""
    whole = [
        [kind, str(thing.uuid), state_of(thing)]
        for kind, model in KINDS.items()
        for thing in model.objects.filter(study=study, **{END[kind]: None}).order_by("uuid")
    ]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def _turned(coder: Coder, next_of: Callable[[Coder], Change | None], none: Refusal) -> Change:
    Coder.objects.select_for_update().get(pk=coder.pk)
    step = next_of(coder)
    if step is None:
        raise none
    codebook_lock(coder.study, any(one["kind"] == "code" for one in step.things))
    now = _locked(coder.study_id, step.things)
    turned: list[dict[str, Any]] = []
    before_after: list[tuple[Thing, State]] = []
    for one in step.things:
        thing = now[one["uuid"]]
        end = END[one["kind"]]
        before, after = one["after"], one["before"]
        if not _stands(thing, before, end):
            raise changed_by_other(one["uuid"])
        turned.append(one | {"before": before, "after": after})
        before_after.append((thing, after or {end: _plain(timezone.now())}))
    plain = step.action.removeprefix(UNDO)
    action = plain if step.action.startswith(UNDO) else f"{UNDO}{plain}"
    return _write(coder, action, turned, before_after, undoes=step)


def codebook_lock(study: Study, needed: bool = True) -> None:
    """Let one change of the tree of codes of a study wait for another."""
    if needed:
        Study.objects.select_for_update(no_key=True).only("pk").get(pk=study.pk)


def _write(
    coder: Coder,
    action: str,
    things: list[dict[str, Any]],
    states: Sequence[tuple[Thing, State]],
    *,
    added: Sequence[Thing] = (),
    undoes: Change | None = None,
) -> Change:
    touched = [thing for thing, _ in states] + list(added)
    _rounds_require([one for one in touched if isinstance(one, Coding)])
    for thing, state in states:
        fields = FIELDS[NAMES[type(thing)]]
        for name, value in state.items():
            setattr(thing, name, fields[name].to_python(value))
        thing.row_version += 1
    codes = [one for one in touched if isinstance(one, Code)]
    if codes:
        _save_codes(states, added)
        codes_require(coder.study, [code.pk for code in codes])
    else:
        _save(states, added)
    things = things + [_entry(thing, None, state_of(thing)) for thing in added]
    return Change.objects.create(
        study_id=coder.study_id, coder=coder, action=action, things=things, undoes=undoes
    )


def _save_codes(states: Sequence[tuple[Thing, State]], added: Sequence[Thing]) -> None:
    try:
        with transaction.atomic():
            _save(states, added)
    except IntegrityError as error:
        if NAME_RULE not in str(error):
            raise
        raise Refusal(
            "There is a code of that name at the same place in the tree. Choose another name.",
            code="code_name_taken",
        ) from error


def _save(states: Sequence[tuple[Thing, State]], added: Sequence[Thing]) -> None:
    """Write what leaves first: the name of a retired code is free for another."""
    batches: dict[tuple[bool, type[Any], tuple[str, ...]], list[Thing]] = defaultdict(list)
    for thing, state in states:
        kind = NAMES[type(thing)]
        stays = getattr(thing, END[kind]) is None
        batches[(stays, type(thing), tuple(sorted(state)))].append(thing)
    for (_, model, names), batch in sorted(batches.items(), key=lambda item: item[0][0]):
        columns = [FIELDS[NAMES[model]][name].name for name in names]
        model.objects.bulk_update(batch, [*columns, "row_version"], batch_size=MOST_ROWS)
    for thing in added:
        if isinstance(thing, Code):
            thing.save(force_insert=True)
    codings = [thing for thing in added if isinstance(thing, Coding)]
    memos = [thing for thing in added if isinstance(thing, Memo)]
    Coding.objects.bulk_create(codings, batch_size=MOST_ROWS)
    Memo.objects.bulk_create(memos, batch_size=MOST_ROWS)


def codes_require(study: Study, touched: Sequence[int]) -> None:
    """Refuse a tree in which a code stands under itself, or a living one under a retired one.

    Raises
    ------
    Refusal
        ``code_under_itself`` or ``code_has_children``.
    """
    if not touched:
        return
    rows = Code.objects.filter(study=study).order_by().values_list("pk", "parent_id", "retired_at")
    tree = {pk: (parent, retired) for pk, parent, retired in rows}
    for pk in touched:
        seen: set[int] = set()
        at: int | None = pk
        while at is not None:
            if at in seen:
                raise Refusal(
                    "A code cannot stand under itself. Choose another place in the tree.",
                    code="code_under_itself",
                )
            seen.add(at)
            at = tree[at][0]
    for parent, retired in tree.values():
        if retired is None and parent is not None and tree[parent][1] is not None:
            raise Refusal(
                "There are codes under this code. Move or retire these first.",
                code="code_has_children",
            )


def _rounds_require(codings: Sequence[Coding]) -> None:
    of_rounds = {coding.round_id for coding in codings} - {None}
    if of_rounds and Round.objects.filter(pk__in=of_rounds, closed_at__isnull=False).exists():
        raise round_closed()


def _stands(thing: Thing, state: State | None, end: str) -> bool:
    """Tell whether a thing is as a step left it, and nobody rests on what would go."""
    if state is None:
        return getattr(thing, end) is not None
    if isinstance(thing, Code) and len(state) == len(FIELDS["code"]):
        _unused_require(thing)
    return all(_plain(getattr(thing, name)) == value for name, value in state.items())


def _unused_require(code: Code) -> None:
    if code.codings.filter(removed_at=None).exists():
        raise Refusal(
            f"Passages are coded with '{code.name}', so it cannot be undone. Retire the code, or "
            "merge it with another.",
            code="code_in_use",
            name=code.name,
        )


def _locked(study_id: int, things: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the things of a step as they are now, by uuid, locked in one order."""
    found: dict[str, Any] = {}
    for kind, model in KINDS.items():
        uuids = [one["uuid"] for one in things if one["kind"] == kind]
        rows = model.objects.select_for_update(of=("self",)).filter(study=study_id, uuid__in=uuids)
        found |= {str(row.uuid): row for row in rows.order_by("pk")}
    return found


def _entry(thing: Thing, before: State | None, after: State | None) -> dict[str, Any]:
    kind = NAMES[type(thing)]
    return {"kind": kind, "uuid": str(thing.uuid), "before": before, "after": after}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.datetime) else value
