"""What changed in the municipalities, in a year or around one municipality?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from rodedraad.country.history import Country, Link, Municipality
from rodedraad.country.wording import Shown


@dataclass(frozen=True)
class Origin:
    """One municipality that went (in part) into another, and the record that says so."""

    municipality: Municipality
    partial: bool
    share: float | None
    record: Shown


@dataclass(frozen=True)
class Change:
    """On a day, one municipality received others or parts of others."""

    date: date
    kind: str
    to: Municipality
    origins: tuple[Origin, ...]
    legal_basis_urls: tuple[str, ...]

    @property
    def kind_words(self) -> str:
        """What kind of change it was."""
        return kind_words(self.kind)


def kind_words(kind: str) -> str:
    """The name of a kind of change in the language of the page."""
    return {"merger": _("merger"), "enlargement": _("enlargement"), "recoding": _("new code")}[kind]


def changes_of_year(country: Country, year: int) -> list[Change]:
    """All changes of a calendar year, by date and name of the municipality that received."""
    return _changes(country, pl.col("date").dt.year() == year)


def changes_around(country: Country, codes: Iterable[str]) -> list[Change]:
    """All changes in which these municipalities gave or received."""
    named = list(codes)
    return _changes(country, pl.col("from_code").is_in(named) & pl.col("to_code").is_in(named))


def _changes(country: Country, wanted: pl.Expr) -> list[Change]:
    rows = country.table("events").filter(wanted).sort("date", "to_code", "from_code")
    grouped: dict[tuple[date, str, str], list[dict[str, object]]] = {}
    for row in rows.iter_rows(named=True):
        grouped.setdefault((row["date"], row["kind"], row["to_code"]), []).append(row)
    made = [
        Change(
            date=when,
            kind=kind,
            to=country.municipalities[to_code],
            origins=tuple(_origin(country, row) for row in group),
            legal_basis_urls=tuple(
                dict.fromkeys(
                    str(row["legal_basis_url"]) for row in group if row["legal_basis_url"]
                )
            ),
        )
        for (when, kind, to_code), group in grouped.items()
    ]
    return sorted(made, key=lambda change: (change.date, change.to.name))


def _origin(country: Country, row: dict[str, object]) -> Origin:
    share = row["share"]
    return Origin(
        municipality=country.municipalities[str(row["from_code"])],
        partial=bool(row["partial"]),
        share=share if isinstance(share, float) else None,
        record=Shown("", str(row["source"]), str(row["source_row"])),
    )


def family(country: Country, code: str) -> list[Municipality]:
    """The municipality with all it comes from and all it went into, oldest first."""
    codes = {code} | _reached(country, code, back=True) | _reached(country, code, back=False)
    members = [country.municipalities[each] for each in codes]
    return sorted(members, key=lambda each: (each.begin_date or date.min, each.name))


def links_within(country: Country, codes: Iterable[str]) -> list[Link]:
    """The steps of change of which both ends are among these municipalities."""
    named = set(codes)
    return [link for link in country.links if link.from_code in named and link.to_code in named]


def _reached(country: Country, code: str, *, back: bool) -> set[str]:
    found: set[str] = set()
    waiting = [code]
    while waiting:
        here = waiting.pop()
        for link in country.links:
            begin, end = (link.to_code, link.from_code) if back else (link.from_code, link.to_code)
            if begin == here and end not in found:
                found.add(end)
                waiting.append(end)
    return found
