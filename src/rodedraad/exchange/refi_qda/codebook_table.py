"""How does a codebook stand in a table (CSV), and in text for people (Markdown)?

A table has a row per code in the order of the tree: ``level`` (1 at the top), ``name``,
``description``, ``color``, ``codable`` and ``guid``. Only ``name`` is required; a code without a
GUID gets one made from its place among the names, so the same table gives the same codes.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO

from rodedraad.exchange.refi_qda.model import Code, Codebook
from rodedraad.exchange.refi_qda.refusals import TableRefused
from rodedraad.exchange.refi_qda.report import Loss, LossLog
from rodedraad.exchange.refi_qda.shape import Kind
from rodedraad.exchange.refi_qda.text_bytes import text_decode
from rodedraad.exchange.refi_qda.values import guid_made, value_read

COLUMNS = ("level", "name", "description", "color", "codable", "guid")
SEPARATORS = ",;\t"
FORMULA = re.compile(r"'*[=+\-@\t\r]|''")
CODABLE = {"": True, "yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
SHOWN = 10
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
LIST_MARK = re.compile(r"^([+-]|[0-9]+(?=[.)]))")
DEEPEST = 6


@dataclass(slots=True)
class _Row:
    """A row of the table while its codes are gathered."""

    level: int
    code: Code
    below: "list[_Row]"


def codebook_csv(codebook: Codebook) -> tuple[str, tuple[Loss, ...]]:
    """Return the codes as CSV, and what a table has no place for: sets and notes.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    log = LossLog()
    table = StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for level, code in _levels(codebook.codes, 1):
        codable = "yes" if code.is_codable else "no"
        texts = (code.name, code.description or "", code.color or "")
        writer.writerow([level, *map(_guarded, texts), codable, code.guid])
        if code.notes:
            log.add("Code/NoteRef", "not-in-table", code.name, len(code.notes))
    for one in codebook.sets:
        log.add("Set", "not-in-table", one.name)
    return table.getvalue(), log.losses()


def codebook_from_csv(content: bytes) -> tuple[Codebook, tuple[Loss, ...]]:
    """Return the codebook that a CSV holds, and the columns that were not read.

    Comma, semicolon or tab, whichever the headings have most of; UTF-8 or Windows-1252.

    Raises
    ------
    TableRefused: no heading ``name``, no codes, or rows that are wrong: all of them are named.
    """
    rows, separator = _rows(content)
    headings = [heading.strip().lower() for heading in rows[0]] if rows else []
    if "name" not in headings:
        raise TableRefused("The table has no heading 'name'. Give the column with names that.")
    log = LossLog()
    for heading in headings:
        if heading not in COLUMNS:
            log.add(f"column {heading!r}", "not-in-standard", "row 1", max(len(rows) - 1, 1))
    faults: list[str] = []
    top: list[_Row] = []
    way: list[_Row] = []
    seen: set[str] = set()
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        given = {heading: _unguarded(cell) for heading, cell in zip(headings, cells, strict=False)}
        row = _row(given, number, way, faults)
        if row is None:
            continue
        way = way[: row.level - 1]
        siblings = way[-1].below if way else top
        if not row.code.guid:
            row.code = replace(row.code, guid=_guid_by_place(row.code.name, way, siblings))
        if row.code.guid in seen:
            faults.append(f"row {number}: the guid {row.code.guid} is there twice")
        seen.add(row.code.guid)
        siblings.append(row)
        way.append(row)
    if not top and not faults:
        faults.append("there is no row with a code")
    if faults:
        more = f" (and {len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
        raise TableRefused(
            f"The table cannot be read: {'; '.join(faults[:SHOWN])}{more}. Mend these rows "
            f"(cells are separated by {separator!r}).",
            faults=tuple(faults),
        )
    return Codebook(codes=tuple(map(_gathered, top))), log.losses()


def codebook_markdown(codebook: Codebook, *, title: str, sets_title: str) -> str:
    """Return a codebook as Markdown: a heading per code, in italics when it only groups others."""
    blocks = [f"# {_escaped(title)}"]
    names: dict[str, str] = {}
    for level, code in _levels(codebook.codes, 2):
        name = _escaped(code.name)
        names.setdefault(code.guid, name)
        marked = name if code.is_codable or not name.strip() else f"*{name.strip()}*"
        blocks.append(f"{'#' * min(level, DEEPEST)} {marked}")
        if code.description and code.description.strip():
            paragraphs = re.split(r"\r?\n\s*\r?\n", code.description.strip())
            blocks += ["  \n".join(map(_escaped, one.splitlines())) for one in paragraphs]
    if codebook.sets:
        blocks.append(f"## {_escaped(sets_title)}")
        for one in codebook.sets:
            members = ", ".join(names.get(guid, guid) for guid in one.codes)
            blocks.append(f"- **{_escaped(one.name)}**: {members}")
    return "\n\n".join(blocks) + "\n"


def _levels(codes: Sequence[Code], level: int) -> list[tuple[int, Code]]:
    found: list[tuple[int, Code]] = []
    for code in codes:
        found.append((level, code))
        found += _levels(code.codes, level + 1)
    return found


def _rows(content: bytes) -> tuple[list[list[str]], str]:
    text = text_decode(content)[0].removeprefix("\ufeff")
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator)), separator


def _row(given: dict[str, str], number: int, way: list[_Row], faults: list[str]) -> _Row | None:
    """Return a row of the table, or None when it has a fault, which is noted."""
    wrong: list[str] = []
    level_text = given.get("level", "").strip() or "1"
    level = int(level_text) if level_text.isdecimal() and len(level_text) < 4 else 0
    if not 1 <= level <= len(way) + 1:
        wrong.append(f"level {level_text!r} must be 1 to {len(way) + 1} here")
    if not given.get("name", "").strip():
        wrong.append("the name is blank")
    guid, color = given.get("guid", "").strip(), given.get("color", "").strip()
    if guid and value_read(Kind.GUID, guid) is None:
        wrong.append(f"{guid!r} is no GUID")
    if color and value_read(Kind.COLOUR, color) is None:
        wrong.append(f"color {color!r} must be like #1A2B3C")
    codable = given.get("codable", "").strip().lower()
    if codable not in CODABLE:
        wrong.append(f"codable {codable!r} must be yes or no")
    faults += [f"row {number}: {one}" for one in wrong]
    if wrong:
        return None
    code = Code(
        guid=value_read(Kind.GUID, guid) if guid else "",
        name=given["name"],
        is_codable=CODABLE[codable],
        color=color or None,
        description=given.get("description") or None,
    )
    return _Row(level, code, [])


def _guid_by_place(name: str, way: list[_Row], siblings: list[_Row]) -> str:
    """Return a GUID that follows from the names above a code and its number among equals."""
    equals = Counter(row.code.name for row in siblings)[name]
    above = way[-1].code.guid if way else "codebook"
    return guid_made(f"{above}\n{name}\n{equals}")


def _gathered(row: _Row) -> Code:
    return replace(row.code, codes=tuple(map(_gathered, row.below)))


def _guarded(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    plain = SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return LIST_MARK.sub(lambda mark: f"\\{mark[0]}" if mark[0] in "+-" else f"{mark[0]}\\", plain)
