"""How are newer published rows laid over the rows of a table, with nothing changed silently?"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Laid:
    """What one newer source did to a table: rows that are new, changed, or no longer published."""

    source: str
    new: int = 0
    changed: int = 0
    gone: int = 0
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The outcome, for a person."""
        line = f"{self.source}: {self.new:,} new rows"
        if self.changed:
            line += f", {self.changed:,} changed (the newer value is kept)"
        if self.gone:
            line += f", {self.gone:,} no longer published (taken out)"
        return [line, *(f"  {note}" for note in self.notes)]


def lay_over(
    old: pl.DataFrame,
    fresh: pl.DataFrame,
    *,
    source: str,
    series: Sequence[str],
    keys: Sequence[str],
    values: Sequence[str],
) -> tuple[pl.DataFrame, Laid]:
    """``old`` with every series that ``fresh`` has replaced as a whole, and what that changed.

    ``series`` are the columns that name what is published together (all of the table when
    empty), ``keys`` those that name a row, ``values`` those that are compared. Rows from an
    earlier edition of ``source`` go too.
    """
    kept = old.filter(pl.col("source") != source)
    if series:
        kept = kept.join(fresh, on=series, how="anti", maintain_order="left")
    else:
        kept = kept.clear()
    before = old.join(kept, on=keys, how="anti")
    new = fresh.join(before, on=keys, how="anti").height
    same = fresh.join(before, on=[*keys, *values], how="semi", nulls_equal=True).height
    gone = before.join(fresh, on=keys, how="anti").height
    laid = Laid(source, new=new, changed=fresh.height - new - same, gone=gone)
    return pl.concat([kept, fresh]), laid
