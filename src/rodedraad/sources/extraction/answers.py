"""Which open answers are in a table, and who gave each?"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from rodedraad.sources.extraction.cleaning import pieces_join, text_clean
from rodedraad.sources.extraction.decoding import text_decode
from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.extraction.model import ExtractionRefused, Found, Options, Piece
from rodedraad.sources.extraction.packed import Packed

RESPONDENT_NAMES = ("respondent", "respondent_id", "respondentnummer", "pseudoniem", "id", "nr")
SEPARATORS = ",;\t|"
FIELD_CHARACTERS = 1_000_000
NAMES_CHARACTERS = 1_000
Rows = list[list[str]]
NumberedRows = list[tuple[int, list[str]]]


def csv_read(content: bytes, options: Options) -> Found:
    """Return the answers of a CSV file; see ``answers_find``."""
    text, notices = text_decode(content)
    pieces, more = answers_find(csv_rows(text_clean(text)[0]), options)
    return _found(pieces, [*notices, *more])


def workbook_read(content: bytes, options: Options) -> Found:
    """Return the answers on the first sheet of a workbook: values as stored, nothing computed."""
    rows, first, others = workbook_rows(content)
    if others and len(rows) < 2:
        raise ExtractionRefused(
            f"Only the first sheet is read, and '{first}' has no rows under its heading. Move the "
            f"sheet with the answers to the front. Other sheets: {names_joined(others)}.",
            code="first_sheet_empty",
            sheet=first,
            sheets=names_joined(others),
        )
    pieces, notices = answers_find(rows, options)
    if others:
        left_out = {"code": "sheets_left_out", "n": len(others), "sheets": names_joined(others)}
        notices.append(left_out)
    return _found(pieces, notices)


def _found(pieces: list[Piece], notices: list[Mapping[str, Any]]) -> Found:
    text, passages, more = pieces_join(pieces)
    return text, passages, [*notices, *more]


def csv_rows(text: str) -> Rows:
    """Return the rows of a CSV file, whose separator is the one that its first line has most of."""
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(FIELD_CHARACTERS)
    try:
        return _bounded(_rows_fitting(text, separator))
    except csv.Error as fault:
        raise ExtractionRefused(
            f"The table cannot be read: {fault}. Save it again as CSV with quotes round the "
            "answers, or as XLSX.",
            code="table_damaged",
        ) from fault


def _rows_fitting(text: str, separator: str) -> Iterator[list[str]]:
    """Give each row, as long as its values have a place under the heading."""
    reader = csv.reader(StringIO(text), delimiter=separator)
    columns = line = 0
    for row in reader:
        columns = columns or len(row)
        if any(value.strip() for value in row[columns:]):
            raise ExtractionRefused(
                f"Line {line + 1} of the table has {len(row)} values and the heading has "
                f"{columns}. Put quotes round an answer with '{separator}' in it, or save the "
                "table as XLSX.",
                code="table_row_too_wide",
                line=line + 1,
                values=len(row),
                columns=columns,
                separator=separator,
            )
        line = reader.line_num
        yield row


def workbook_rows(content: bytes) -> tuple[Rows, str, list[str]]:
    """Return the rows of the first sheet, its name, and the names of other sheets with values.

    All that is packed in the workbook is looked at first. What a sheet says of its own size is not
    believed.
    """
    Packed(content, "xlsx").xml_check()
    load_workbook = import_module("openpyxl").load_workbook  # heavy, and CSV does without
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
    if not book.worksheets:
        return [], "", []
    first, *others = book.worksheets
    rows = _bounded([_shown(value) for value in row] for row in first.iter_rows(values_only=True))
    return rows, first.title, [sheet.title for sheet in others if _has_values(sheet)]


def _has_values(sheet: Any) -> bool:
    rows = sheet.iter_rows(values_only=True)
    return any(_shown(value).strip() for row in rows for value in row)


def answers_find(rows: Rows, options: Options) -> tuple[list[Piece], list[Mapping[str, Any]]]:
    """Return one paragraph for each answer, with the respondent as its label.

    Without a chosen column, the answers are those of the column with the most text in words, which
    a notice names; another notice names the columns with words that were not taken. A respondent
    without a column is known by the number of the row.
    """
    top = next((n for n, row in enumerate(rows) if any(map(str.strip, row))), 0)
    if len(rows) < top + 2:
        raise ExtractionRefused(
            "The table has no rows under its heading. The first row names the columns, each next "
            "row is one respondent.",
            code="table_empty",
        )
    names = [name.strip() for name in rows[top]]
    names += [""] * (max(map(len, rows)) - len(names))
    body = [
        (number, row)
        for number, row in enumerate(rows[top + 1 :], top + 2)
        if any(map(str.strip, row))
    ]
    notices: list[Mapping[str, Any]] = []
    lengths = [_words_length(body, n) for n in range(len(names))]
    at, who = _column(names, options.answers), _column(names, options.respondent)
    if who is None:
        who = next(
            (n for n, name in enumerate(names) if name.lower() in RESPONDENT_NAMES and n != at),
            None,
        )
    if at is None:
        at = _longest(lengths, who)
        notices.append({"code": "answers_column_taken", "column": _name(names, at)})
    who = None if who == at else who
    if who is None:
        notices.append({"code": "respondents_by_row"})
    left = [_name(names, n) for n, length in enumerate(lengths) if length and n not in {at, who}]
    if left:
        joined = names_joined(left)
        notices.append({"code": "answers_columns_left_out", "n": len(left), "columns": joined})
    pieces = list(_pieces(body, at, who))
    empty = len(body) - len(pieces)
    if empty:
        notices.append({"code": "answers_empty", "n": empty})
    return pieces, notices


def names_joined(names: list[str]) -> str:
    """Return the names of columns or sheets as one text, cut off when it would be endless."""
    joined = ", ".join(names)
    return joined if len(joined) <= NAMES_CHARACTERS else f"{joined[:NAMES_CHARACTERS]}…"


def _pieces(body: NumberedRows, at: int, who: int | None) -> Iterator[Piece]:
    for number, row in body:
        answer = _value(row, at)
        if answer:
            yield Piece(answer, "answer", str(number) if who is None else _value(row, who))


def _longest(lengths: list[int], who: int | None) -> int:
    """Return the column with the most text in words; who answered is not an answer."""
    at = max((n for n in range(len(lengths)) if n != who), key=lengths.__getitem__, default=None)
    if at is None or not lengths[at]:
        raise ExtractionRefused(
            "No column of the table has answers in words. Choose the column with the answers, or "
            "add a table that has one.",
            code="answers_missing",
        )
    return at


def _words_length(body: NumberedRows, at: int) -> int:
    """Return how many characters stand in a column, in cells with a letter."""
    values = (_value(row, at) for _, row in body)
    return sum(len(value) for value in values if any(map(str.isalpha, value)))


def _name(names: list[str], at: int) -> str:
    return names[at] or f"#{at + 1}"


def _value(row: list[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _column(names: list[str], asked: str) -> int | None:
    if not asked:
        return None
    if asked in names:
        return names.index(asked)
    raise ExtractionRefused(
        f"The table has no column '{asked}'. Its columns are: {', '.join(names)[:300]}.",
        code="answers_column_unknown",
        column=asked,
        columns=", ".join(names)[:300],
    )


def _bounded(rows: Iterable[list[str]]) -> Rows:
    taken = list(islice(rows, LIMITS.rows + 1))
    if len(taken) > LIMITS.rows:
        raise ExtractionRefused(
            f"The table has more than {LIMITS.rows:,} rows. Split it, and add the parts.",
            code="table_too_long",
            most=LIMITS.rows,
        )
    return taken


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
