"""What does each row of an XLSForm say? Headings and types under one name each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rodedraad.exchange.xlsform.sheets import Sheet

ALIASES = {
    "caption": "label", "command": "type", "tag": "name", "value": "name",
    "relevance": "relevant", "constraintmsg": "constraint_message",
    "constraint_msg": "constraint_message", "constraining_message": "constraint_message",
    "requiredmsg": "required_message", "calculate": "calculation", "read_only": "readonly",
    "count": "repeat_count", "form_title": "title", "set_form_title": "title",
}  # fmt: skip
PREFIXES = ("bind", "media", "control", "body", "jr")
TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
MEDIA = ("image", "big_image", "audio", "video")
SELECTS = (
    ("select_one_external", "one"),
    ("select one external", "one"),
    ("select_one_from_file", "file"),
    ("select_multiple_from_file", "file"),
    ("select one from file", "file"),
    ("select multiple from file", "file"),
    ("add select one prompt using", "one"),
    ("add select multiple prompt using", "several"),
    ("select all that apply from", "several"),
    ("select all that apply", "several"),
    ("select one using", "one"),
    ("select multiple using", "several"),
    ("select multiple from", "several"),
    ("select one from", "one"),
    ("select_one", "one"),
    ("select one", "one"),
    ("select1", "one"),
    ("select_multiple", "several"),
    ("select multiple", "several"),
    ("rank", "rank"),
)
OTHER = re.compile(r"\s+(?:or[ _]other|or[ _]specify[ _]other)$", re.IGNORECASE)
BEGIN = re.compile(r"^begin[ _](group|repeat|loop|looped group|lgroup)\b\s*(?:over\s+)?(.*)$", re.I)
END = re.compile(r"^end[ _](group|repeat|loop|looped group|lgroup)\b", re.IGNORECASE)
WORDS_AROUND = re.compile(r"^(?:q|add|get)\s+|\s+prompt$", re.IGNORECASE)
BEGINS, ENDS = "begin of a group", "end of a group"
YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"no", "false", "false()", "0", ""})


@dataclass(slots=True)
class Row:
    """A row: its number in the sheet, values by column, and texts by column and language."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a type says: ``BEGINS``, ``ENDS``, ``one``, ``several``, ``rank``, ``file``, or a word.

    ``about`` is the list of choices, or the kind of group; ``other`` that people may add theirs.
    """

    word: str
    about: str = ""
    other: bool = False


def column_of(heading: str) -> tuple[str, str]:
    """Return the name of a column and its language, from a heading however it is written."""
    parts = [part.strip() for part in re.split(r"::?", heading)]
    while len(parts) > 1 and parts[0].lower() in PREFIXES:
        parts.pop(0)
    base = re.sub(r"[\s-]+", "_", parts[0].lower())
    return ALIASES.get(base, base), ":".join(parts[1:])


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """Return the rows that say something, numbered as the sheet shows them."""
    columns = {heading: column_of(heading) for heading in sheet.headings}
    for number, line in enumerate(sheet.rows, start=2):
        if line:
            yield _row(number, line, columns)


def _row(number: int, line: Mapping[str, str], columns: Mapping[str, tuple[str, str]]) -> Row:
    row = Row(number)
    for heading, value in line.items():
        column, language = columns[heading]
        if column in TEXTS or column in MEDIA:
            row.texts.setdefault(column, {}).setdefault(language or "default", value)
        else:
            row.values.setdefault(column, value)
    return row


def kind_of(told: str) -> Kind:
    """Return what the type of a row says."""
    plain = " ".join(told.split())
    if begun := BEGIN.match(plain):
        word = begun.group(1).lower()
        return Kind(BEGINS, "repeat" if word in ("looped group", "lgroup") else word)
    if END.match(plain):
        return Kind(ENDS)
    low = plain.lower()
    for start, word in SELECTS:
        if low == start or low.startswith(f"{start} "):
            about = plain[len(start) :].strip()
            bare = OTHER.sub("", about)
            return Kind(word, bare.strip(), other=bare != about)
    return Kind(WORDS_AROUND.sub("", low).strip())
