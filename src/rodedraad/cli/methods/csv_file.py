"""What stands in a CSV file that a person hands to a method, and where is it wrong?"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.errors import Refusal

NAMES = "(names)"
MISSING = ("", "NA")
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


def table_read(path: Path, *, names_first: bool = False) -> pl.DataFrame:
    """Read a CSV file as text, one column per heading; blank and NA become null.

    Comma, semicolon or tab, whichever the first line has most of; with a semicolon or tab, a
    decimal comma is read as a point. ``names_first``: the first column holds names and may do
    without a heading, as in the tables that R writes; it is then called (names).

    Raises
    ------
    Refusal: not UTF-8, no rows, a heading that is blank or twice there, a row with more or fewer
        cells than there are headings (rows are counted as in a spreadsheet: headings are row 1).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal(
            f"{path.name} is not UTF-8. Save it as CSV UTF-8.", code="csv_encoding", file=path.name
        ) from fault
    separator = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(text.splitlines(), delimiter=separator))
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) < 2:
        raise Refusal(
            f"{path.name} has no rows below its headings. Give at least one.",
            code="csv_empty",
            file=path.name,
        )
    headings = [heading.strip() for heading in rows[0]]
    if names_first and not headings[0]:
        headings[0] = NAMES
    twice = [heading for heading, n in Counter(headings).items() if n > 1 or not heading]
    if twice:
        raise Refusal(
            f"{path.name}: the heading {twice[0]!r} is blank or stands there twice. Give each "
            "column its own heading.",
            code="csv_heading",
            file=path.name,
        )
    for number, row in enumerate(rows, 1):
        if len(row) != len(headings):
            raise Refusal(
                f"{path.name}, row {number}: {len(row)} cells, where the headings are "
                f"{len(headings)}. Mend that row (a {separator!r} inside a cell needs quotes).",
                code="csv_row_length",
                file=path.name,
                row=number,
            )
    cells = [[_cell(cell, separator) for cell in row] for row in rows[1:]]
    return pl.DataFrame(
        dict(zip(headings, zip(*cells, strict=True), strict=True)),
        schema=dict.fromkeys(headings, pl.String),
    )


def column_of(frame: pl.DataFrame, name: str, path: Path) -> pl.Series:
    """One column by its heading.

    Raises
    ------
    Refusal: there is no such column; the message lists those that are there.
    """
    if name not in frame.columns:
        raise Refusal(
            f"{path.name} has no column {name!r}. Its columns are: {', '.join(frame.columns)}.",
            code="csv_column",
            file=path.name,
            column=name,
        )
    return frame[name]


def labels_of(frame: pl.DataFrame, name: str, path: Path) -> list[str]:
    """One column of labels without gaps.

    Raises
    ------
    Refusal: no such column, or a row without label.
    """
    column = column_of(frame, name, path)
    if column.null_count():
        row = int(column.is_null().arg_true()[0]) + 2
        raise Refusal(
            f"{path.name}, row {row}, column {name!r}: nothing is filled in. Fill it in, or leave "
            "the row out.",
            code="csv_cell_empty",
            file=path.name,
            row=row,
            column=name,
        )
    return [str(label) for label in column.to_list()]


def numbers_of(frame: pl.DataFrame, name: str, path: Path) -> npt.NDArray[np.float64]:
    """One column as numbers, NaN where nothing is filled in.

    Raises
    ------
    Refusal: no such column, or a cell that is no number.
    """
    column = column_of(frame, name, path)
    read = column.cast(pl.Float64, strict=False)
    wrong = read.is_null() & column.is_not_null()
    if wrong.any():
        row = int(wrong.arg_true()[0])
        raise Refusal(
            f"{path.name}, row {row + 2}, column {name!r}: {column[row]!r} is no number. Correct "
            "it, or leave the cell blank when it is not known.",
            code="csv_cell_not_number",
            file=path.name,
            row=row + 2,
            column=name,
        )
    return read.fill_null(float("nan")).to_numpy()


@contextmanager
def rows_of(path: Path) -> Iterator[None]:
    """Tell in which row of the file a refusal about a respondent lies."""
    try:
        yield
    except Refusal as refusal:
        row = refusal.context.get("row")
        if not isinstance(row, int):
            raise
        context = {**refusal.context, "file": path.name, "row": row + 1}
        raise Refusal(
            f"{path.name}, row {row + 1}: {refusal}", code=refusal.code, **context
        ) from refusal


def words_of(text: str) -> Sequence[str]:
    """The words of an option that takes several, separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def _cell(cell: str, separator: str) -> str | None:
    text = cell.strip()
    if text in MISSING:
        return None
    if separator != "," and DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    return text
