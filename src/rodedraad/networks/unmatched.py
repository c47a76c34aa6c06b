"""Which members of joint arrangements could not be matched to a municipality, and why?"""

from collections import Counter
from dataclasses import dataclass

import polars as pl

from rodedraad.country.history import Country
from rodedraad.country.queries.record_values import participant_words, reason_words


@dataclass(frozen=True)
class Unmatched:
    """One published member without a municipality, and the record that names it."""

    participant: str
    kind: str
    arrangement: str
    why: str
    source: str
    source_row: str


@dataclass(frozen=True)
class MatchCounts:
    """How the published members were matched."""

    published: int
    exact: int
    variant: int
    predecessor: int
    unmatched: int
    by_kind: tuple[tuple[str, str, int], ...]


def match_counts(country: Country) -> MatchCounts:
    """Count the published members by how they were matched, and the unmatched by kind."""
    joint = country.table("joint_arrangements")
    how = Counter(joint["match"])
    kinds = Counter(joint.filter(pl.col("match") == "unmatched")["participant_kind"])
    return MatchCounts(
        published=joint.height,
        exact=how["exact"],
        variant=how["variant"],
        predecessor=how["predecessor"],
        unmatched=how["unmatched"],
        by_kind=tuple((kind, participant_words(kind), n) for kind, n in sorted(kinds.items())),
    )


def unmatched_members(country: Country, kind: str = "") -> list[Unmatched]:
    """Return the members without a municipality, of one kind when it is given, by name."""
    rows = country.table("joint_arrangements").filter(pl.col("match") == "unmatched")
    if kind:
        rows = rows.filter(pl.col("participant_kind") == kind)
    return [
        Unmatched(
            participant=row["participant"],
            kind=participant_words(row["participant_kind"]),
            arrangement=row["arrangement"],
            why=reason_words(row["why"]),
            source=row["source"],
            source_row=row["source_row"],
        )
        for row in rows.sort("participant", "arrangement", "source_row").iter_rows(named=True)
    ]
