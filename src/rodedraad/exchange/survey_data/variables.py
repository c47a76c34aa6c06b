"""What is a variable of a file with answers: its name, labels, values, and why one is missing?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

Kind = Literal["code", "number", "text", "day"]
Measure = Literal["nominal", "ordinal", "scale"]

LABEL_BYTES = 254
"""SPSS keeps no more of the label of a variable."""
VALUE_LABEL_BYTES = 120
NAME_BYTES = 60
REASONS: Mapping[str, int] = {
    "dont_know": 1,
    "not_applicable": 2,
    "refused": 3,
    "unanswered": 8,
    "not_asked": 9,
}
"""Why there is no answer, and which place below the base the code of it has."""
LOWEST_OF_NUMBERS = -999_900
"""Open numbers can be anything, so codes of missing are far below what people fill in."""
RESERVED = frozenset(
    "ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH".split()  # noqa: SIM905 as SPSS lists them
)
NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True, slots=True)
class Variable:
    """One column of a file.

    ``label`` is the whole text; writers cut it where their format has a limit. ``values`` are the
    codes with their labels, ``missing`` the codes that say why there is no answer. ``about`` tells
    whom it was asked, and whether it is turned. ``is_weight`` says that it is the weight of a row.
    """

    name: str
    label: str
    kind: Kind
    measure: Measure
    values: tuple[tuple[float, str], ...] = ()
    missing: tuple[tuple[float, str], ...] = ()
    group: str = ""
    about: str = ""
    is_weight: bool = False

    @property
    def dtype(self) -> pl.DataType:
        """The type of its column in a frame of coded answers: the smallest that has its codes."""
        if self.kind == "code":
            return pl.Int16() if all(abs(code) < 2**15 for code in self.labels) else pl.Int32()
        return {"number": pl.Float64(), "text": pl.String(), "day": pl.Date()}[self.kind]

    @property
    def labels(self) -> dict[float, str]:
        """All codes with their labels, those of missing too."""
        return dict((*self.values, *self.missing))


@dataclass(frozen=True, slots=True)
class DataFile:
    """What a file with answers says about itself, in one language."""

    title: str
    version: str
    notes: tuple[str, ...]
    variables: tuple[Variable, ...]
    n_rows: int = 0


def missing_code(reason: str, kind: Kind) -> int:
    """Return the code of a reason: -1 to -9, and far below for numbers that people fill in.

    >>> missing_code("dont_know", "code"), missing_code("not_asked", "number")
    (-1, -999909)
    """
    base = LOWEST_OF_NUMBERS if kind == "number" else 0
    return base - REASONS[reason]


def names_given(wanted: Iterable[str]) -> list[str]:
    """Return a name for each that SPSS, R and others can use, and that no other has.

    >>> names_given(["F5.1", "f5.1", "2e vraag", "and", "naïef."])
    ['F5.1', 'f5.1_2', 'v_2e_vraag', 'and_', 'na_ef']
    """
    taken: set[str] = set()
    found: list[str] = []
    for name in wanted:
        plain = NOT_IN_NAMES.sub("_", name).strip("._") or "v"
        if not plain[0].isalpha():
            plain = f"v_{plain}"
        if plain.upper() in RESERVED:
            plain = f"{plain}_"
        plain = plain[:NAME_BYTES]
        one, number = plain, 1
        while one.lower() in taken:
            number += 1
            one = f"{plain}_{number}"
        taken.add(one.lower())
        found.append(one)
    return found


def shortened(text: str, most: int = LABEL_BYTES) -> str:
    """Return a text of at most so many bytes, cut between words, with a sign that it is cut.

    >>> shortened("één twee drie", 14)
    'één twee…'
    """
    plain = " ".join(text.split())
    if len(plain.encode()) <= most:
        return plain
    room = most - len("…".encode())
    cut = plain.encode()[:room].decode(errors="ignore")
    words = cut.rsplit(" ", 1)[0] if " " in cut[room // 2 :] else cut
    return f"{words.rstrip(' ,.;:')}…"


def combinations_counted(frame: pl.DataFrame, by: Sequence[str]) -> dict[str, int]:
    """Return how unique people are by what is known about them.

    ``combinations``: how many there are; ``unique``: of one person only; ``below_five``: people in
    groups of fewer than five; ``smallest``: size of the smallest group (k-anonymity).

    >>> f = pl.DataFrame({"case": ["A", "A", "B"], "role": ["U", "U", "D"]})
    >>> combinations_counted(f, ["case", "role"])
    {'combinations': 2, 'unique': 1, 'below_five': 3, 'smallest': 1}
    """
    if frame.is_empty():
        return {"combinations": 0, "unique": 0, "below_five": 0, "smallest": 0}
    sizes = frame.group_by(list(by)).len()["len"] if by else pl.Series("len", [frame.height])
    return {
        "combinations": sizes.len(),
        "unique": int((sizes == 1).sum()),
        "below_five": int(sizes.filter(sizes < 5).sum()),
        "smallest": int(str(sizes.min())),
    }
