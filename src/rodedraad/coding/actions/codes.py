"""How do codes come, change, move, end, split and merge, with their history kept?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from rodedraad.coding.changes import codebook_lock, step_write, thing_locked
from rodedraad.coding.models import Code, Coder, Coding
from rodedraad.errors import Refusal

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
NAME_AT_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFacts:
    """What a code says and how it looks, besides its place in the tree."""

    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    colour: str = ""
    pattern: str = Code.Pattern.SOLID
    construct: str = ""
    is_codable: bool = True

    def checked(self) -> dict[str, Any]:
        """Return the facts by name of field.

        Raises
        ------
        Refusal
            ``code_name_missing``, ``code_name_long`` or ``code_colour``.
        """
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        given["name"] = " ".join(self.name.split())
        if not given["name"]:
            raise Refusal("A code needs a name. Give one.", code="code_name_missing")
        if len(given["name"]) > NAME_AT_MOST:
            raise Refusal(
                f"The name of a code has at most {NAME_AT_MOST} characters. Shorten it, and put "
                "the rest in the definition.",
                code="code_name_long",
            )
        if self.colour and not COLOUR.fullmatch(self.colour):
            raise Refusal("Write a colour as # and six digits, like #1A2B3C.", code="code_colour")
        return given


@transaction.atomic
def code_add(coder: Coder, facts: CodeFacts, *, parent: Code | None = None) -> Code:
    """Add a code as the last one under ``parent``, or at the top."""
    given = facts.checked()
    codebook_lock(coder.study)
    _alive_require(coder, parent)
    code = Code(study=coder.study, parent=parent, order=_next_order(coder, parent), **given)
    step_write(coder, "code_add", added=[code])
    return code


@transaction.atomic
def code_change(coder: Coder, code: Code, facts: CodeFacts, *, row_version: int) -> Code:
    """Change what a code says and how it looks, unless somebody did since ``row_version``."""
    given = facts.checked()
    now = _code_locked(coder, code, row_version)
    if any(getattr(now, name) != value for name, value in given.items()):
        step_write(coder, "code_change", changed=[(now, given)])
    return now


@transaction.atomic
def code_rename(coder: Coder, code: Code, name: str, *, row_version: int) -> Code:
    """Give a code another name; its codings and its identity stay."""
    given = {"name": CodeFacts(name=name).checked()["name"]}
    now = _code_locked(coder, code, row_version)
    if now.name != given["name"]:
        step_write(coder, "code_rename", changed=[(now, given)])
    return now


@transaction.atomic
def code_move(
    coder: Coder, code: Code, *, parent: Code | None, position: int, row_version: int
) -> Code:
    """Put a code with all under it at a place among the codes under ``parent``; 0 is first.

    Raises
    ------
    Refusal
        ``changed_by_other``, ``code_retired``, ``code_under_itself`` or ``code_name_taken``.
    """
    now = _code_locked(coder, code, row_version)
    _alive_require(coder, parent)
    around = list(
        Code.objects.select_for_update(of=("self",))
        .filter(study=coder.study, parent=parent, retired_at=None)
        .exclude(pk=now.pk)
    )
    around.insert(max(0, min(position, len(around))), now)
    parent_id = parent.pk if parent else None
    places = [
        (one, {"order": order} | ({"parent_id": parent_id} if one is now else {}))
        for order, one in enumerate(around)
    ]
    if now.parent_id != parent_id or any(one.order != put["order"] for one, put in places):
        step_write(coder, "code_move", changed=places)
    return now


@transaction.atomic
def code_retire(coder: Coder, code: Code, *, row_version: int) -> Code:
    """End a code: nothing new gets it. What was coded with it stays, on the list to recode."""
    now = _code_locked(coder, code, row_version)
    step_write(coder, "code_retire", changed=[(now, {"retired_at": timezone.now()})])
    return now


@transaction.atomic
def code_split(
    coder: Coder, code: Code, parts: Sequence[CodeFacts], *, row_version: int
) -> list[Code]:
    """End a code and put two or more at its place; its codings wait on the list to recode.

    Which part a passage belongs to is for a person to say, so no coding is touched.
    """
    given = [part.checked() for part in parts]
    if len(given) < 2:
        raise Refusal("Name at least two codes to split into.", code="code_split_few")
    now = _code_locked(coder, code, row_version)
    made = [
        Code(study=coder.study, parent_id=now.parent_id, order=now.order, **part) for part in given
    ]
    step_write(coder, "code_split", added=made, changed=[(now, {"retired_at": timezone.now()})])
    return made


@transaction.atomic
def code_merge(
    coder: Coder, codes: Sequence[Code], into: Code, *, row_versions: Mapping[int, int]
) -> Code:
    """End codes and bring their codings under another one; the list to recode names these.

    Codings of closed rounds stay where they are, so that what was agreed on stays as it was.
    ``row_versions`` gives by primary key how each code, ``into`` too, was when it was read.
    """
    codebook_lock(coder.study)
    target = _code_locked(coder, into, row_versions.get(into.pk))
    ending = [_code_locked(coder, code, row_versions.get(code.pk)) for code in codes]
    if not ending or target.pk in {code.pk for code in ending}:
        raise Refusal("Choose codes to merge, and another one to merge them into.",
                      code="code_merge_itself")  # fmt: skip
    if not target.is_codable:
        raise not_codable(target)
    moving = (
        Coding.objects.select_for_update(of=("self",))
        .filter(Q(round=None) | Q(round__closed_at=None), code__in=ending, removed_at=None)
        .order_by("pk")
    )
    ended_at = timezone.now()
    changed: list[tuple[Any, dict[str, Any]]] = [
        (code, {"retired_at": ended_at}) for code in ending
    ]
    changed += [(coding, {"code_id": target.pk}) for coding in moving]
    step_write(coder, "code_merge", changed=changed)
    return target


@transaction.atomic
def codes_add(coder: Coder, given: Iterable[tuple[Code, Code | None]]) -> list[Code]:
    """Add codes that were read elsewhere, each with its parent, as one step; parents first."""
    codebook_lock(coder.study)
    made: list[Code] = []
    for code, parent in given:
        code.study, code.parent = coder.study, parent
        made.append(code)
    if made:
        step_write(coder, "codes_add", added=made)
    return made


def not_codable(code: Code) -> Refusal:
    """Return the refusal to code with a heading of the tree."""
    return Refusal(
        f"'{code.name}' is a heading in the codebook. Choose a code under it.",
        code="code_not_codable",
        name=code.name,
    )


def retired(code: Code) -> Refusal:
    """Return the refusal to work with a code that ended."""
    return Refusal(
        f"The code '{code.name}' is not in use any more. Choose another one.",
        code="code_retired",
        name=code.name,
    )


def _code_locked(coder: Coder, code: Code, row_version: int | None) -> Code:
    codebook_lock(coder.study)
    now = thing_locked(code, row_version)
    _alive_require(coder, now)
    return now


def _alive_require(coder: Coder, code: Code | None) -> None:
    if code is None:
        return
    if code.study_id != coder.study_id:
        raise Refusal("Choose a code of this study.", code="code_other_study")
    if code.retired_at is not None:
        raise retired(code)


def _next_order(coder: Coder, parent: Code | None) -> int:
    orders = Code.objects.filter(study=coder.study, parent=parent, retired_at=None)
    return max(orders.values_list("order", flat=True), default=-1) + 1
