"""What is a table of numbers that is also a picture and a file: rows, columns, cells, material?"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

N_SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the number, as text, its shade 1-5 (0: none), and what it stands for.

    ``state`` is ``seen``, ``unseen`` (there is no material to look in) or ``hidden`` (too few
    people stand behind it); ``url`` leads to the quotes.
    """

    value: float | None = None
    text: str = ""
    shade: int = 0
    state: str = "seen"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a row or column is about: a label, how deep it stands in a tree, its key in a query."""

    label: str
    depth: int = 0
    key: str = ""


@dataclass(frozen=True)
class Part:
    """Some rows and columns of a grid, as a page, a picture or a file shows them."""

    rows: list[Heading]
    columns: list[Heading]
    cells: list[list[Cell]]
    below: list[tuple[str, list[Cell]]]
    rows_name: str
    measure: str

    @property
    def lines(self) -> list[tuple[Heading, list[Cell]]]:
        """Every row with its cells."""
        return list(zip(self.rows, self.cells, strict=True))


@dataclass(frozen=True)
class Grid:
    """Rows by columns; a cell is made when it is shown. ``below``: lines of cells per column.

    ``rows_name`` and ``measure`` say in words what the rows and the numbers are.
    """

    rows: list[Heading]
    columns: list[Heading]
    cell_at: Callable[[int, int], Cell]
    rows_name: str
    measure: str
    below: list[tuple[str, list[Cell]]] = field(default_factory=list)

    def part(self, rows: slice = slice(None), columns: slice = slice(None)) -> Part:
        """Return some rows and columns; without a choice all of them."""
        across = range(len(self.columns))[columns]
        cells = [[self.cell_at(i, j) for j in across] for i in range(len(self.rows))[rows]]
        below = [(label, line[columns]) for label, line in self.below]
        return Part(
            self.rows[rows], self.columns[columns], cells, below, self.rows_name, self.measure
        )


def shade_of(share: float | None) -> int:
    """Return the shade of a number of 0 to 1: none for 0 or not known, then five equal steps.

    >>> shade_of(0.0), shade_of(0.01), shade_of(0.5), shade_of(1.0), shade_of(None)
    (0, 1, 3, 5, 0)
    """
    if not share:
        return 0
    return min(N_SHADES, int(share * N_SHADES) + 1)


def hidden_cell() -> Cell:
    """The cell of a number that too few people stand behind."""
    return Cell(text=_("too few"), state="hidden")


def unseen_cell() -> Cell:
    """The cell of what could not be looked for: there is no source."""
    return Cell(text=_("no sources"), state="unseen")


def cell_value(cell: Cell) -> object:
    """What stands in a file: the number, or why there is none."""
    return cell.text if cell.value is None else cell.value
