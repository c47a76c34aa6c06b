"""What does the file of a rule hold: its rows, and the columns that must and may be there?"""

from collections.abc import Sequence
from pathlib import Path

from rodedraad.cli.methods.csv_file import column_of, labels_of, table_read
from rodedraad.cli.methods.row import Row, rows_of_table
from rodedraad.errors import Refusal


def case_rows(
    path: Path, case: str, columns: Sequence[str], *, optional: Sequence[str] = ()
) -> dict[str, list[Row]]:
    """The rows of each case, in the order of the file.

    Raises
    ------
    Refusal: a column is missing that must be there (cells may be blank, for "not known"), a case
        has no name, or a column is there that the rule does not know, so that a heading with a
        slip of the pen cannot pass for something unknown.
    """
    frame = table_read(path)
    for column in columns:
        column_of(frame, column, path)
    known = {case, *columns, *optional}
    strange = [column for column in frame.columns if column not in known]
    if strange:
        raise Refusal(
            f"{path.name}: the rule has no column {strange[0]!r}. Correct the heading or leave the "
            f"column out; it may be {', '.join((case, *columns, *optional))}.",
            code="rule_column",
            file=path.name,
            column=strange[0],
        )
    found: dict[str, list[Row]] = {}
    for name, row in zip(labels_of(frame, case, path), rows_of_table(frame, path), strict=True):
        found.setdefault(name, []).append(row)
    return found


def one_row_each(
    path: Path, case: str, columns: Sequence[str], *, optional: Sequence[str] = ()
) -> dict[str, Row]:
    """The only row of each case.

    Raises
    ------
    Refusal: as :func:`case_rows`, or a case has two rows.
    """
    found: dict[str, Row] = {}
    for name, rows in case_rows(path, case, columns, optional=optional).items():
        if len(rows) > 1:
            raise Refusal(
                f"{path.name}, rows {rows[0].number} and {rows[1].number}, column {case!r}: "
                f"{name!r} stands there more than once. Give each its own name, or one row.",
                code="rule_case_twice",
                file=path.name,
                row=rows[1].number,
                column=case,
            )
        found[name] = rows[0]
    return found
