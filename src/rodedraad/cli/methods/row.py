"""What stands in one row of a CSV file, and which cell has to be mended?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Never, TypeVar

import polars as pl

from rodedraad.errors import Refusal

YES = ("yes", "ja", "true", "1")
NO = ("no", "nee", "false", "0")
SEPARATOR = re.compile(r"[|,]")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file; ``number`` counts as a spreadsheet does: the headings are row 1.

    A cell that is blank, or whose column is not there, is ``None``: not known.
    """

    file: str
    number: int
    cells: Mapping[str, str | None]

    def word(self, column: str) -> str | None:
        """The text of a cell."""
        return self.cells.get(column)

    def words(self, column: str) -> frozenset[str]:
        """The words of a cell that holds several, separated by | or a comma."""
        parts = SEPARATOR.split(self.word(column) or "")
        return frozenset(part.strip() for part in parts if part.strip())

    def yes_no(self, column: str) -> bool | None:
        """Yes, no or not known."""
        text = self.word(column)
        if text is None:
            return None
        if text.lower() not in (*YES, *NO):
            self.refuse(column, "Write yes or no, or leave the cell blank when it is not known.")
        return text.lower() in YES

    def number_of(self, column: str) -> float | None:
        """A number."""
        text = self.word(column)
        try:
            return None if text is None else float(text)
        except ValueError:
            self.refuse(column, "Write a number, or leave the cell blank when it is not known.")

    def share(self, column: str) -> float | None:
        """A number from 0 to 1."""
        value = self.number_of(column)
        if value is not None and not 0 <= value <= 1:
            self.refuse(
                column, "Write a number from 0 to 1, or leave the cell blank when it is not known."
            )
        return value

    def count(self, column: str, *, least: int = 0, most: int | None = None) -> int | None:
        """A whole number from ``least`` up to ``most``."""
        text = self.word(column)
        if text is None:
            return None
        number = int(text) if text.isascii() and text.isdigit() else -1
        if number < least or (most is not None and number > most):
            size = f"of {least} or more" if most is None else f"from {least} to {most}"
            self.refuse(
                column,
                f"Write a whole number {size}, or leave the cell blank when it is not known.",
            )
        return number

    def day(self, column: str) -> date | None:
        """A date, written as 2024-12-31."""
        text = self.word(column)
        try:
            return None if text is None else date.fromisoformat(text)
        except ValueError:
            self.refuse(column, "Write a date as 2024-12-31, or leave the cell blank.")

    def refuse(self, column: str, cure: str) -> Never:
        """Refuse the cell in a column, with its cure."""
        found = self.word(column)
        wrong = "nothing is filled in" if found is None else f"{found!r} cannot be used here"
        raise Refusal(
            f"{self.file}, row {self.number}, column {column!r}: {wrong}. {cure}",
            code="csv_cell",
            file=self.file,
            row=self.number,
            column=column,
        )


def filled(row: Row, column: str, value: Value | None) -> Value:
    """A value that may not be unknown.

    Raises
    ------
    Refusal: it is not filled in.
    """
    if value is None:
        row.refuse(column, "Fill it in, or leave the row out.")
    return value


def rows_of_table(frame: pl.DataFrame, path: Path) -> list[Row]:
    """All rows of a table that was read."""
    return [Row(path.name, number, cells) for number, cells in enumerate(frame.to_dicts(), 2)]
