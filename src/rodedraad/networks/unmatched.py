"""Which members of joint arrangements could not be matched to a municipality, and why?"""

import re
from collections import Counter
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from rodedraad.country.history import Country

_DIVIDED = re.compile(r"ended on (?P<date>[0-9-]+), divided over (?P<heirs>.+)")


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
        by_kind=tuple((kind, kind_words(kind), n) for kind, n in sorted(kinds.items())),
    )


def unmatched_members(country: Country, kind: str = "") -> list[Unmatched]:
    """Return the members without a municipality, of one kind when it is given, by name."""
    rows = country.table("joint_arrangements").filter(pl.col("match") == "unmatched")
    if kind:
        rows = rows.filter(pl.col("participant_kind") == kind)
    return [
        Unmatched(
            participant=row["participant"],
            kind=kind_words(row["participant_kind"]),
            arrangement=row["arrangement"],
            why=reason_words(row["why"]),
            source=row["source"],
            source_row=row["source_row"],
        )
        for row in rows.sort("participant", "arrangement", "source_row").iter_rows(named=True)
    ]


def kind_words(kind: str) -> str:
    """What kind of member it is."""
    return {
        "municipality": _("municipality"),
        "province": _("province"),
        "water_board": _("water board"),
        "foreign": _("member abroad"),
    }.get(kind, _("other body"))


def reason_words(why: str) -> str:
    """Why it could not be matched, in the language of the page; an unknown reason as it is."""
    if divided := _DIVIDED.fullmatch(why):
        return _("ended on %(date)s and was divided over %(heirs)s") % divided.groupdict()
    return {
        "province": _("a province is no municipality"),
        "water board": _("a water board is no municipality"),
        "German member": _("a member in Germany"),
        "piece of a name that the source cut": _("piece of a name that the source cut"),
        "no municipality of this name": _("no municipality of this name"),
    }.get(why, why)
