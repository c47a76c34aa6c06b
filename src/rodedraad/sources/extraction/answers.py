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
Rows = list[list[str]]


def csv_read(content: bytes, options: Options) -> Found:
    """Return the answers of a CSV file; see ``answers_find``."""
    text, notices = text_decode(content)
    pieces, more = answers_find(csv_rows(text_clean(text)[0]), options)
    return _found(pieces, [*notices, *more])


def workbook_read(content: bytes, options: Options) -> Found:
    """Return the answers on the first sheet of a workbook: values as stored, nothing computed."""
    return _found(*answers_find(workbook_rows(content), options))


def _found(pieces: list[Piece], notices: list[Mapping[str, Any]]) -> Found:
    text, passages, more = pieces_join(pieces)
    return text, passages, [*notices, *more]


def csv_rows(text: str) -> Rows:
    """Return the rows of a CSV file, whose separator is the one that its first line has most of."""
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(FIELD_CHARACTERS)
    try:
        return _bounded(csv.reader(StringIO(text), delimiter=separator))
    except csv.Error as fault:
        raise ExtractionRefused(
            f"The table cannot be read: {fault}. Save it again as CSV with quotes round the "
            "answers, or as XLSX.",
            code="table_damaged",
        ) from fault


def workbook_rows(content: bytes) -> Rows:
    """Return the rows of the first sheet of a workbook, after a look at what is packed in it."""
    Packed(content, "xlsx").xml_check()
    load_workbook = import_module("openpyxl").load_workbook  # heavy, and CSV does without
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    rows = book.worksheets[0].iter_rows(values_only=True) if book.worksheets else iter(())
    return _bounded([_shown(value) for value in row] for row in rows)


def answers_find(rows: Rows, options: Options) -> tuple[list[Piece], list[Mapping[str, Any]]]:
    """Return one paragraph for each answer, with the respondent as its label.

    Without a chosen column, the answers are those of the column with the most text, which the
    notice names; a respondent without a column is known by the number of the row.
    """
    if len(rows) < 2:
        raise ExtractionRefused(
            "The table has no rows under its heading. The first row names the columns, each next "
            "row is one respondent.",
            code="table_empty",
        )
    names = [name.strip() for name in rows[0]]
    body = [row for row in rows[1:] if any(value.strip() for value in row)]
    notices: list[Mapping[str, Any]] = []
    at = _column(names, options.answers)
    if at is None:
        at = max(range(len(names)), key=lambda n: sum(len(_value(row, n)) for row in body))
        notices.append({"code": "answers_column_taken", "column": names[at]})
    who = _column(names, options.respondent)
    if who is None:
        who = next((n for n, name in enumerate(names) if name.lower() in RESPONDENT_NAMES), None)
    who = None if who == at else who
    if who is None:
        notices.append({"code": "respondents_by_row"})
    pieces = list(_pieces(body, at, who))
    empty = len(body) - len(pieces)
    if empty:
        notices.append({"code": "answers_empty", "n": empty})
    return pieces, notices


def _pieces(body: Rows, at: int, who: int | None) -> Iterator[Piece]:
    for number, row in enumerate(body, start=2):
        answer = _value(row, at)
        if answer:
            yield Piece(answer, "answer", str(number) if who is None else _value(row, who))


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
