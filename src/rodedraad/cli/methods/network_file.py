"""Which nodes and ties does a file hold, and what do refusals about them call them?"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rodedraad.cli.methods.csv_file import labels_of, numbers_of, table_read
from rodedraad.errors import Refusal
from rodedraad.methods.notices import Notice
from rodedraad.methods.positions.networks import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class TieTable:
    """The table of one file: ``values`` (rows, columns), NaN where nothing is filled in."""

    file: str
    rows: list[str]
    columns: list[str]
    values: FloatArray


def ties_read(path: Path, *, square: bool) -> TieTable:
    """Read a table with names in its first column and row; the cell above the names may be blank.

    Raises
    ------
    Refusal: what :func:`rodedraad.cli.methods.csv_file.table_read` refuses; ``square`` and the
        names of rows and columns differ.
    """
    frame = table_read(path, names_first=True)
    nodes, *others = frame.columns
    names = labels_of(frame, nodes, path)
    if square and names != others:
        raise Refusal(
            f"{path.name}: the names in the first column and in the first row must be the same, "
            "in the same order. Sort one as the other.",
            code="csv_network_names",
            file=path.name,
        )
    values = np.column_stack([numbers_of(frame, name, path) for name in others])
    return TieTable(path.name, names, others, values)


def self_ties(table: TieTable) -> list[Notice]:
    """A notice that names the nodes with a tie to themselves, which no measure counts."""
    ties = np.nan_to_num(np.diagonal(table.values))
    nodes = [name for name, tie in zip(table.rows, ties, strict=True) if tie]
    return [Notice("self_ties", {"nodes": nodes})] if nodes else []


@contextmanager
def nodes_named(
    table: TieTable, predictors: Mapping[str, TieTable] | None = None
) -> Iterator[None]:
    """Say in refusals which nodes and which option of the command they are about."""
    try:
        yield
    except Refusal as refusal:
        matrix = refusal.context.get("matrix")
        about = (predictors or {}).get(str(matrix), table)
        context = {"file": about.file, **refusal.context}
        raise Refusal(_in_words(refusal, about), code=refusal.code, **context) from refusal


def _in_words(refusal: Refusal, table: TieTable) -> str:
    context = refusal.context
    row, column = (
        context.get("row", context.get("unit")),
        context.get("column", context.get("group")),
    )
    node = context.get("node")
    if isinstance(node, int):
        return str(refusal).replace(f"Node {node} ", f"Node {table.rows[node]!r} ")
    if isinstance(row, int) and isinstance(column, int):
        return f"{table.file}: {_about_tie(refusal, table, row, column)}"
    if "matrix" in context:
        text = str(refusal).replace(f"Matrix '{context['matrix']}'", table.file)
        return text.replace("Use NaN for", "Leave blank")
    return str(refusal)


def _about_tie(refusal: Refusal, table: TieTable, row: int, column: int) -> str:
    one, other = table.rows[row], table.columns[column]
    value = _cell(table, row, column)
    match refusal.code:
        case "network_matrix_missing":
            return (
                f"the tie from {one!r} to {other!r} is {value}. Fill in a number of 0 or more, or "
                "leave out the node; when some did not answer, give --nodes and --responded."
            )
        case "network_matrix_asymmetric":
            return (
                f"the network is not symmetric: {one!r} to {other!r} is {value} and {other!r} to "
                f"{one!r} is {_cell(table, column, row)}. Give --directed when ties run from row "
                "to column, or mend the file; when rows are reports of actors, give --nodes and "
                "--responded."
            )
        case "network_report_missing":
            return f"{one!r} answered, but not about {other!r}. Fill in the answer (0 or 1)."
        case "two_mode_value":
            return (
                f"a membership is 0 or 1, and of {one!r} in {other!r} it is {value}. Correct the "
                "cell."
            )
        case _:
            return f"{one!r} and {other!r}: {refusal}"


def _cell(table: TieTable, row: int, column: int) -> str:
    value = float(table.values[row, column])
    return "blank" if np.isnan(value) else f"{value:g}"
