"""How are coded answers written for SPSS, as CSV, and as Parquet?

Each takes a frame with a column for each variable, of the type that the variable says.
"""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from rodedraad.exchange.survey_data.variables import (
    VALUE_LABEL_BYTES,
    DataFile,
    Variable,
    shortened,
)

NOTE_BYTES = 80
FILE_LABEL_BYTES = 64
SECTION_ROWS = 10_000
FORMULA_STARTS = r"^[=+\-@\t\r\n|%]"
EPOCH_FORMAT = "SDATE10"


def sav_write(file: DataFile, frame: pl.DataFrame, path: Path) -> None:
    """Write SPSS: labels, values, user-missing values, measures, and notes about the file."""
    variables = file.variables
    pyreadstat.write_sav(
        frame,  # pyright: ignore[reportArgumentType] its protocol lags behind polars
        str(path),
        file_label=shortened(file.title, FILE_LABEL_BYTES),
        column_labels=[shortened(one.label) for one in variables],
        row_compress=True,
        note=[line for note in file.notes for line in note_lines(note)],
        variable_value_labels={
            one.name: {
                _number(one, code): shortened(text, VALUE_LABEL_BYTES)
                for code, text in one.labels.items()
            }
            for one in variables
            if one.labels
        },  # type: ignore[arg-type]
        missing_ranges={one.name: _missing(one) for one in variables if one.missing},
        variable_measure={one.name: one.measure for one in variables},
        variable_format={one.name: "F8.0" for one in variables if one.kind == "code"},
    )


def note_lines(note: str) -> list[str]:
    """Return a note in lines as SPSS keeps them: at most 80 bytes each.

    >>> note_lines("een twee")
    ['een twee']
    """
    lines: list[str] = []
    for word in note.split():
        if lines and len(f"{lines[-1]} {word}".encode()) <= NOTE_BYTES:
            lines[-1] += f" {word}"
        else:
            lines.append(shortened(word, NOTE_BYTES))
    return lines


def csv_write(file: DataFile, frame: pl.DataFrame, path: Path, *, labels: bool) -> None:
    """Write CSV in UTF-8: codes, or the labels of codes. A text cannot become a formula."""
    with path.open("wb") as target:
        for start in range(0, max(frame.height, 1), SECTION_ROWS):
            part = frame.slice(start, SECTION_ROWS)
            shown = part.select(_labelled(one, labels=labels) for one in file.variables)
            shown.write_csv(target, include_header=start == 0)


def parquet_write(file: DataFile, frame: pl.DataFrame, path: Path) -> None:
    """Write Parquet with the codes, and what they mean as JSON in the metadata of the file."""
    told: dict[str, Any] = {
        "title": file.title,
        "version": file.version,
        "notes": list(file.notes),
        "variables": [
            {
                "name": one.name, "label": one.label, "measure": one.measure,
                "about": one.about, "values": [[code, text] for code, text in one.values],
                "missing": [[code, text] for code, text in one.missing],
            }
            for one in file.variables
        ],
    }  # fmt: skip
    metadata = {"rodedraad": json.dumps(told, ensure_ascii=False)}
    frame.write_parquet(path, metadata=metadata, row_group_size=SECTION_ROWS)


def _labelled(variable: Variable, *, labels: bool) -> pl.Expr:
    column = pl.col(variable.name)
    if labels and variable.kind in ("code", "number") and variable.labels:
        told = {_number(variable, code): text for code, text in variable.labels.items()}
        words = column.replace_strict(told, default=None, return_dtype=pl.String)
        said = pl.when(column.is_in(list(told))).then(_safe(words)).otherwise(_plain_number(column))
        return said.alias(variable.name)
    if variable.kind == "text":
        return _safe(column).alias(variable.name)
    if variable.kind == "number":
        return _plain_number(column).alias(variable.name)
    return column


def _plain_number(column: pl.Expr) -> pl.Expr:
    """Write 3.0 as 3: nobody filled in a decimal."""
    return column.cast(pl.String).str.replace(r"\.0$", "")


def _safe(column: pl.Expr) -> pl.Expr:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    risky = column.str.contains(FORMULA_STARTS)
    return pl.when(risky).then(pl.lit("'") + column).otherwise(column)


def _number(variable: Variable, code: float) -> int | float:
    return int(code) if variable.kind == "code" else float(code)


def _missing(variable: Variable) -> list[Any]:
    codes = [_number(variable, code) for code, _ in variable.missing]
    return codes if len(codes) <= 3 else [{"lo": min(codes), "hi": max(codes)}]
