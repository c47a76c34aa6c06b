"""How do the users and codes of a project become coders and codes of the study?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from rodedraad.coding.actions.codes import NAME_AT_MOST
from rodedraad.coding.codebook_exchange import code_fields, code_words
from rodedraad.coding.models import Code, Coder
from rodedraad.exchange.refi_qda import model
from rodedraad.exchange.refi_qda.values import guid_made
from rodedraad.transfer.copying import keys_give, rows_copy
from rodedraad.transfer.refi.incoming import Incoming


def users_in(into: Incoming) -> None:
    """Make each user a coder; one whose identity the study has is that coder."""
    here = {str(one.uuid): one for one in Coder.objects.filter(study=into.study)}
    into.coders.update(here)
    seen: set[str] = set()
    for user in into.project.users:
        if user.guid in seen:
            into.account.lose(user, "twice")
            continue
        seen.add(user.guid)
        into.account.keep(user)
        name = " ".join((user.name or user.guid[:8]).split())
        if user.guid in here:
            into.known["coders"] += 1
            if user.name is not None and here[user.guid].name != name[:200]:
                into.account.lose_field(user, "name", "differs-here")
            continue
        if len(name) > 200:
            into.account.lose_field(user, "name", "name-changed")
        into.coders[user.guid] = into.coder_make(user.guid, name[:200])


class CodesIn:
    """Brings the tree of codes in; names are made different among neighbours."""

    def __init__(self, into: Incoming) -> None:
        self._into = into
        self._here = {str(one.uuid): one for one in Code.objects.filter(study=into.study)}
        self._names: dict[int | None, set[str]] = defaultdict(set)
        self._orders: dict[int | None, int] = defaultdict(lambda: -1)
        for one in self._here.values():
            if one.retired_at is None:
                self._names[one.parent_id].add(one.name)
                self._orders[one.parent_id] = max(self._orders[one.parent_id], one.order)
        self._revived: list[Code] = []

    def bring(self) -> None:
        """Bring all codes in, and write the new ones."""
        every = list(_numbered(self._into.project.codes))
        new = [Code() for _ in every]
        spare = iter(keys_give(new))
        made: list[Code] = []
        parents: list[Code] = []
        for one, level in every:
            del parents[level:]
            parent = next((up for up in reversed(parents) if up.retired_at is None), None)
            code = self._code(one, parent, spare, made)
            parents.append(code)
        rows_copy(made)
        for code in made:
            self._into.note_added(code)
        for code in self._revived:
            code.save(update_fields=["retired_at", "parent", "name", "row_version"])
            self._into.note_added(code)

    def _code(
        self, one: model.Code, parent: Code | None, spare: Iterator[Code], made: list[Code]
    ) -> Code:
        into, guid = self._into, one.guid
        into.account.keep(one)
        if guid in into.codes:
            guid = guid_made(f"{one.guid}|{parent.uuid if parent else ''}|{one.name}")
            into.account.lose_field(one, "guid", "guid-repeated")
        if guid in self._here:
            code = self._here[guid]
            if code.retired_at is not None and into.is_back(code, "retired_at"):
                code.retired_at = None
                code.parent = parent
                code.name = self._free_name(parent, code.name)
                code.row_version += 1
                self._revived.append(code)
            else:
                into.known["codes"] += 1
                self._differences(one, code, parent)
        else:
            code = next(spare)
            code.study, code.uuid, code.parent = into.study, UUID(guid), parent
            for name, value in code_fields(one).items():
                setattr(code, name, value)
            code.name = self._free_name(parent, code.name)
            at = parent.pk if parent else None
            self._orders[at] += 1
            code.order = self._orders[at]
            made.append(code)
            if code.name != " ".join(one.name.split()):
                into.account.lose_field(one, "name", "name-changed")
            if (one.color or None) and not code.colour:
                into.account.lose_field(one, "color", "invalid-value")
        into.codes[guid] = code
        into.codes.setdefault(one.guid, code)
        return code

    def _free_name(self, parent: Code | None, name: str) -> str:
        """Return a name that no neighbour has."""
        taken = self._names[parent.pk if parent else None]
        free, number = name, 1
        while free in taken:
            number += 1
            end = f" ({number})"
            free = name[: NAME_AT_MOST - len(end)] + end
        taken.add(free)
        return free

    def _differences(self, one: model.Code, code: Code, parent: Code | None) -> None:
        """Report what the file says otherwise of a code that the study has."""
        account = self._into.account
        theirs = code_fields(one)
        if theirs["name"] != code.name:
            account.lose_field(one, "name", "differs-here")
        if theirs["is_codable"] != code.is_codable:
            account.lose_field(one, "is_codable", "differs-here")
        if one.color is not None and theirs["colour"].lower() != code.colour.lower():
            account.lose_field(one, "color", "differs-here")
        if one.description is not None and code_words(theirs) != code_words(vars(code)):
            account.lose_field(one, "description", "differs-here")
        if code.retired_at is not None:
            account.lose_field(one, "guid", "removed-here")
        elif code.parent_id != (parent.pk if parent else None):
            account.log.add("Code", "differs-here", code.name[:80], 0)


def _numbered(codes: Sequence[model.Code], level: int = 0) -> Iterator[tuple[model.Code, int]]:
    for one in codes:
        yield one, level
        yield from _numbered(one.codes, level + 1)
