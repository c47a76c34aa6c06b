"""Which questions does a form have, in which groups, and by what names are they asked for?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rodedraad.exchange.questionnaire.names import Names
from rodedraad.exchange.questionnaire.result import Account
from rodedraad.exchange.questionnaire.texts import language_code
from rodedraad.exchange.xlsform.rows import (
    BEGINS,
    ENDS,
    MEDIA,
    TEXTS,
    YES,
    Kind,
    Row,
    kind_of,
    rows_of,
)
from rodedraad.exchange.xlsform.sheets import Sheet

DEVICE = frozenset({
    "start", "end", "start time", "end time", "deviceid", "device id", "imei", "subscriberid",
    "subscriber id", "simserial", "sim id", "phonenumber", "username", "email", "audit",
    "start-geopoint", "background-audio", "background-geopoint", "uri:subscriberid",
    "uri:phonenumber", "uri:simserial", "uri:deviceid", "uri:username", "uri:email",
})  # fmt: skip
NUMBERS = frozenset({"integer", "int", "decimal", "percentage", "range"})
ELEMENTS = {
    "text": "text", "string": "text", "integer": "number", "int": "number", "decimal": "number",
    "percentage": "number", "number of days in last month": "number",
    "number of days in last six months": "number", "number of days in last year": "number",
    "range": "range", "date": "date", "time": "time", "datetime": "datetime",
    "date time": "datetime", "note": "note", "acknowledge": "acknowledge",
    "trigger": "acknowledge", "photo": "file", "picture": "file", "image": "file",
    "audio": "file", "video": "file", "file": "file", "phone number": "phone",
    "calculate": "calculate", "today": "today", "one": "one", "several": "several",
    "rank": "rank",
}  # fmt: skip
KNOWN_COLUMNS = frozenset({
    "type", "name", "relevant", "constraint", "required", "calculation", "choice_filter",
    "default", "readonly", "appearance", "parameters", "repeat_count", "disabled", "rows",
    *TEXTS, *MEDIA,
}) - {"guidance_hint"}  # fmt: skip


@dataclass(slots=True)
class Asked:
    """A row that asks or shows something; ``element`` is empty when it cannot be carried over."""

    row: Row
    kind: Kind
    element: str
    name: str
    repeat: "Block | None" = None


@dataclass(slots=True)
class Block:
    """A group or a repeat, with what is in it."""

    row: Row
    what: str
    name: str
    repeat: "Block | None" = None
    inside: "list[Asked | Block]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list: its value, its texts, and the other columns of its row."""

    value: str
    texts: Mapping[str, str]
    columns: Mapping[str, str]


@dataclass(slots=True)
class Form:
    """A whole form as it stands in the sheets."""

    top: Block
    asked: dict[str, Asked]
    lists: Mapping[str, list[Choice]]
    settings: Mapping[str, str]
    language: str


def form_read(sheets: Mapping[str, Sheet], account: Account) -> Form:
    """Return the tree of a form; what cannot be in it is noted in the account."""
    for name, sheet in sheets.items():
        for heading in sheet.twice:
            account.note(name, "heading", heading)
    settings = _settings(sheets.get("settings"), account)
    for name in ("entities", "osm"):
        if name in sheets and sheets[name].rows:
            account.note(name, "attribute", f"sheet {name}")
    reader = _Reader(account)
    top = reader.read(sheets["survey"])
    lists = _lists(sheets, account)
    language = settings.get("default_language", "")
    return Form(top, reader.asked, lists, settings, language_code(language) if language else "")


def _settings(sheet: Sheet | None, account: Account) -> dict[str, str]:
    rows = list(rows_of(sheet)) if sheet else []
    found = {**rows[0].values} if rows else {}
    for name, value in found.items():
        if name not in ("title", "default_language", "form_id", "set_form_id", "id_string",
                        "version", "allow_choice_duplicates"):  # fmt: skip
            account.note("settings", "attribute", f"{name}: {value}")
    return found


def _lists(sheets: Mapping[str, Sheet], account: Account) -> dict[str, list[Choice]]:
    lists: dict[str, list[Choice]] = {}
    for name in ("choices", "external_choices"):
        for row in rows_of(sheets[name]) if name in sheets else ():
            listed = row["list_name"]
            if not listed or not row["name"]:
                account.note(listed, "choices", f"row {row.number} of {name}")
                continue
            if any(column in row.texts for column in MEDIA):
                account.note(listed, "media", row["name"])
            lists.setdefault(listed, []).append(
                Choice(row["name"], row.texts.get("label", {}), row.values)
            )
    return lists


class _Reader:
    def __init__(self, account: Account) -> None:
        self.account = account
        self.names = Names()
        self.asked: dict[str, Asked] = {}

    def read(self, sheet: Sheet) -> Block:
        top = Block(Row(0), "group", "")
        open_blocks = [top]
        strange: set[str] = set()
        for row in rows_of(sheet):
            if not row["type"] or row["disabled"].lower() in YES:
                continue
            strange |= set(row.values) - KNOWN_COLUMNS
            kind = kind_of(row["type"])
            if kind.word == BEGINS:
                open_blocks.append(self._block(row, kind, open_blocks[-1]))
            elif kind.word == ENDS:
                self._end(row, open_blocks)
            else:
                self._ask(row, kind, open_blocks[-1])
        if len(open_blocks) > 1:
            self.account.note(open_blocks[-1].name, "form", "a group is not closed")
        for column in sorted(one for one in strange if not one.startswith("_")):
            self.account.note("survey", "attribute", f"column {column}")
        return top

    def _end(self, row: Row, open_blocks: list[Block]) -> None:
        if len(open_blocks) > 1:
            open_blocks.pop()
        else:
            self.account.note("", "form", f"row {row.number} closes a group that is not open")

    def _block(self, row: Row, kind: Kind, inside: Block) -> Block:
        name = self.names.give(row["name"] or f"groep_{row.number}", inside.name)
        block = Block(row, kind.about, name)
        block.repeat = block if kind.about in ("repeat", "loop") else inside.repeat
        inside.inside.append(block)
        return block

    def _ask(self, row: Row, kind: Kind, inside: Block) -> None:
        wanted = row["name"] or f"{kind.word}_{row.number}"
        if not _can_be(kind) or (inside.repeat is not None and inside.repeat.what == "loop"):
            self._lose(row, kind, wanted, inside)
            return
        name = self.names.give(wanted, inside.name)
        if name != wanted and row["name"]:
            self.account.note(name, "renamed", wanted)
        one = Asked(row, kind, ELEMENTS.get(kind.word, "hidden"), name, inside.repeat)
        self.asked.setdefault(wanted, one)
        inside.inside.append(one)

    def _lose(self, row: Row, kind: Kind, name: str, inside: Block) -> None:
        if kind.word in DEVICE:
            reason = "device"
        elif inside.repeat is not None and inside.repeat.what == "loop":
            reason = "no-place"
        else:
            reason = "kind"
        self.account.lose(name, reason, f"row {row.number}: {row['type']}")


def _can_be(kind: Kind) -> bool:
    return kind.word in ELEMENTS or kind.word == "hidden"


def asked_all(block: Block) -> Iterator[Asked]:
    """Return all rows that ask something, in order."""
    for one in block.inside:
        if isinstance(one, Asked):
            yield one
        else:
            yield from asked_all(one)
