"""What stands in the sheets of a workbook? Read within bounds, and nothing of it is run."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl
import xlrd
from pyxform.xls2json_backends import xls_value_to_unicode, xlsx_value_to_str

from rodedraad.exchange.questionnaire.refusals import too_large, unknown, unreadable, unsafe
from rodedraad.exchange.refi_qda.refusals import XmlRefused
from rodedraad.exchange.refi_qda.safe_xml import doctype_refuse
from rodedraad.exchange.zip_faults import ZIP_FAULTS

MOST_BYTES = 20_000_000
MOST_UNPACKED = 80_000_000
MOST_MEMBERS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 400
MOST_EMPTY = 60
SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
REACHES_OUT = re.compile(
    rb"<f\b[^>]*>[^<]*(?:\||webservice|hyperlink|importxml|importdata|rtd\s*\(|call\s*\(|"
    rb"register\.id|filterxml|cmd|!\s*[A-Za-z_]+\s*\|)",
    re.IGNORECASE,
)
PARTS_REFUSED = ("externallinks/", "vbaproject", "activex/", "embeddings/", "connections.xml")
TOLD = {
    "externallinks/": "links to other workbooks",
    "vbaproject": "macros",
    "activex/": "controls that run",
    "embeddings/": "other files inside",
    "connections.xml": "connections to outside data",
}


@dataclass(slots=True)
class Sheet:
    """A sheet: its headings, and a dictionary for each row below these, empty rows too."""

    headings: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


def sheets_read(content: bytes) -> dict[str, Sheet]:
    """Return the sheets of a workbook (.xlsx or .xls) that an XLSForm has, by name.

    Raises
    ------
    SurveyFileRefused
        When it is too large, damaged, no workbook, or holds what can do harm.
    """
    if len(content) > MOST_BYTES:
        raise too_large("The workbook", MOST_BYTES)
    if content.startswith(ZIP):
        found = _xlsx(content)
    elif content.startswith(OLE):
        found = _xls(content)
    else:
        raise unknown("it is no workbook")
    named = [(name.strip().lower(), sheet) for name, sheet in found]
    if len(named) == 1:
        return {"survey": named[0][1]}
    sheets = {name: sheet for name, sheet in named if name in SHEETS}
    if "survey" not in sheets:
        raise unknown("the workbook has no sheet called 'survey'")
    return sheets


def _xlsx(content: bytes) -> list[tuple[str, Sheet]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _archive_checked(archive)
    except (*ZIP_FAULTS, OSError) as fault:
        raise unreadable("the workbook is damaged") from fault
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
            try:
                return [
                    (sheet.title, _sheet(_xlsx_rows(sheet)))
                    for sheet in book.worksheets
                    if len(book.worksheets) == 1 or sheet.title.strip().lower() in SHEETS
                ]
            finally:
                book.close()
    except (KeyError, ValueError, TypeError, OSError, AttributeError, SyntaxError) as fault:
        raise unreadable("the workbook is damaged") from fault


def _archive_checked(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise too_large("What is in the workbook", MOST_UNPACKED)
    left = MOST_UNPACKED
    for member in members:
        name = member.filename.lower()
        if refused := next((part for part in PARTS_REFUSED if part in name), None):
            raise unsafe(TOLD[refused])
        left -= _member_checked(archive, member, left)


def _member_checked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Unpack a member within bounds, whatever it declares, and look whether it is safe."""
    with archive.open(member) as file:
        inside = file.read(left + 1)
    if len(inside) > left:
        raise too_large("What is in the workbook", MOST_UNPACKED)
    if member.filename.lower().endswith((".xml", ".rels")):
        try:
            doctype_refuse(inside)
        except XmlRefused as fault:
            raise unsafe("a document type (DOCTYPE)") from fault
        if REACHES_OUT.search(inside):
            raise unsafe("formulas that reach outside the workbook")
    return len(inside)


def _xlsx_rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2, values_only=True):
        yield ["" if value is None else xlsx_value_to_str(value).strip() for value in row]


def _xls(content: bytes) -> list[tuple[str, Sheet]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = xlrd.open_workbook(file_contents=content, logfile=BytesLog(), on_demand=True)
            return [
                (name, _sheet(_xls_rows(book, book.sheet_by_name(name))))
                for name in book.sheet_names()
                if book.nsheets == 1 or name.strip().lower() in SHEETS
            ]
    except Exception as fault:  # xlrd falls over damaged bytes in every way there is
        if isinstance(fault, RecursionError | MemoryError):
            raise
        raise unreadable("the workbook is damaged, locked or very old") from fault


class BytesLog:
    """Where the reader of old workbooks writes its remarks: nowhere."""

    def write(self, _told: str) -> int:
        """Forget it."""
        return 0

    def flush(self) -> None:
        """Do nothing."""


def _xls_rows(book: Any, sheet: Any) -> Iterator[list[str]]:
    for number in range(min(sheet.nrows, MOST_ROWS + 2)):
        cells = sheet.row(number)[:MOST_COLUMNS]
        yield [_xls_value(book, cell) for cell in cells]


def _xls_value(book: Any, cell: Any) -> str:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    try:
        return str(xls_value_to_unicode(cell.value, cell.ctype, book.datemode)).strip()
    except (xlrd.xldate.XLDateError, ValueError):
        return str(cell.value)


def _sheet(rows: Iterable[Sequence[str]]) -> Sheet:
    sheet = Sheet()
    lines = iter(rows)
    places = _headings(next(lines, []), sheet)
    empty = 0
    for line in lines:
        row = {name: line[at] for at, name in places if at < len(line) and line[at].strip()}
        sheet.rows.append(row)
        empty = 0 if row else empty + 1
        if empty > MOST_EMPTY:
            break
        if len(sheet.rows) > MOST_ROWS:
            raise too_large("A sheet", MOST_BYTES)
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    return sheet


def _headings(line: Sequence[str], sheet: Sheet) -> list[tuple[int, str]]:
    places: list[tuple[int, str]] = []
    for at, told in enumerate(line):
        name = " ".join(told.split())
        if not name:
            continue
        if name in sheet.headings:
            sheet.twice.append(name)
            continue
        sheet.headings.append(name)
        places.append((at, name))
    return places
