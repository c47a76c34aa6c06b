"""What did a refresh find, per part of the country tables?"""

from dataclasses import dataclass
from pathlib import Path

SHOWN = 5


@dataclass(frozen=True)
class PartReport:
    """One part: rows that are new or differ from the country tables, and what was not there.

    ``missing_columns`` are columns that we use and the source no longer has;
    ``empty_columns`` stand in the source but hold no figure yet.
    """

    name: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    files: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    empty_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    failure: str | None = None

    @property
    def state(self) -> str:
        """``failed``, ``updated`` (there are new or changed rows) or ``unchanged``."""
        if self.failure is not None:
            return "failed"
        return "updated" if self.new or self.changed else "unchanged"

    def line(self) -> str:
        """The outcome in one line."""
        if self.failure is not None:
            return f"{self.name}: failed. {self.failure}"
        line = f"{self.name}: {self.state}; {self.rows:,} rows, {self.new:,} new"
        return f"{line}, {self.changed:,} changed"

    def lines(self) -> list[str]:
        """The outcome with everything that a reader must know."""
        lines = [self.line()]
        lines += [f"  file: {file}" for file in self.files]
        lines += [f"  missing column: {column}" for column in self.missing_columns]
        if self.empty_columns:
            listed = ", ".join(self.empty_columns[:SHOWN])
            listed += " ..." if len(self.empty_columns) > SHOWN else ""
            lines.append(f"  {len(self.empty_columns)} columns without figures yet: {listed}")
        return lines + [f"  note: {note}" for note in self.notes]


@dataclass(frozen=True)
class RefreshReport:
    """All parts that were asked, and the folder in which their files lie."""

    parts: tuple[PartReport, ...]
    source: Path

    @property
    def failed(self) -> tuple[PartReport, ...]:
        """The parts that could not be fetched."""
        return tuple(part for part in self.parts if part.failure is not None)

    def __str__(self) -> str:
        lines = [line for part in self.parts for line in part.lines()]
        return "\n".join([*lines, f"Files in {self.source}"])
