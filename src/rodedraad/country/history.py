"""Which municipalities were there on a date, and what became of a municipality through time?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import polars as pl

from rodedraad.country.codes import municipality_code
from rodedraad.country.tables import CARRIED, Source, sources_read, table_read
from rodedraad.errors import Refusal

REGISTER_BEGINS = date(2000, 1, 1)


class MunicipalityUnknown(Refusal):
    """A code that no municipality has had since the register begins."""

    code = "municipality-unknown"


class MunicipalityAbsent(Refusal):
    """A municipality that did not exist on the date asked."""

    code = "municipality-absent"


class DateBeforeRegister(Refusal):
    """A date before the register of municipalities begins."""

    code = "date-before-register"


@dataclass(frozen=True)
class Municipality:
    """A municipality under one code, with the first and last day on which it existed.

    ``begin_date`` is None when it existed before the register begins, ``end_date`` when it
    exists still.
    """

    code: str
    name: str
    begin_date: date | None
    end_date: date | None
    province_code: str
    province: str

    def existed_on(self, when: date) -> bool:
        """Whether it existed on that day."""
        begun = self.begin_date is None or self.begin_date <= when
        return begun and (self.end_date is None or when <= self.end_date)


@dataclass(frozen=True)
class Link:
    """One step of change: on ``date`` (a part of) ``from_code`` became part of ``to_code``.

    ``share`` (0-1) is 1 unless the municipality was divided (``partial``); None is unknown.
    """

    event_id: str
    date: date
    kind: str
    from_code: str
    to_code: str
    partial: bool
    share: float | None
    legal_basis_url: str | None


@dataclass(frozen=True)
class Relative:
    """A predecessor or successor, with the links between, oldest first; none for itself."""

    municipality: Municipality
    links: tuple[Link, ...]

    @property
    def partial(self) -> bool:
        """Whether only a part of the one went to the other."""
        return any(link.partial for link in self.links)

    @property
    def share(self) -> float | None:
        """Share of the older municipality that went this way; None when nobody published it."""
        product = 1.0
        for link in self.links:
            if link.share is None:
                return None
            product *= link.share
        return product


@dataclass(frozen=True, eq=False)
class Country:
    """The tables about the country and the questions about municipalities through time."""

    folder: Path
    municipalities: Mapping[str, Municipality]
    links: tuple[Link, ...]
    _read: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> pl.DataFrame:
        """One of the tables of ``docs/reference/country-tables.md``, read once."""
        if name not in self._read:
            self._read[name] = table_read(name, self.folder)
        return self._read[name]

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The published sources by key."""
        return sources_read(self.folder)

    @cached_property
    def _links_from(self) -> Mapping[str, list[Link]]:
        grouped = defaultdict(list)
        for link in self.links:
            grouped[link.from_code].append(link)
        return grouped

    @cached_property
    def _links_to(self) -> Mapping[str, list[Link]]:
        grouped = defaultdict(list)
        for link in self.links:
            grouped[link.to_code].append(link)
        return grouped

    def municipality(self, code: str) -> Municipality:
        """The municipality of this code, in any accepted spelling, of any year since 2000."""
        found = self.municipalities.get(municipality_code(code))
        if found is None:
            message = (
                f"No municipality has had the code {municipality_code(code)} since "
                f"{REGISTER_BEGINS}. Check the code in the list of municipalities."
            )
            raise MunicipalityUnknown(message, code_given=code)
        return found

    def municipalities_on(self, when: date) -> tuple[Municipality, ...]:
        """All municipalities of that day, by code. Later than the register: those known last."""
        _within_register(when)
        return tuple(each for each in self.municipalities.values() if each.existed_on(when))

    def municipality_on(self, code: str, when: date) -> Municipality:
        """The municipality, which must have existed on that day.

        Raises ``MunicipalityAbsent`` naming those that were there in its place.
        """
        _within_register(when)
        found = self.municipality(code)
        if found.existed_on(when):
            return found
        ended = found.end_date is not None and found.end_date < when
        others = self.successors(code, when) if ended else self.predecessors(code, when)
        names = ", ".join(f"{o.municipality.name} ({o.municipality.code})" for o in others)
        life = f"ended on {found.end_date}" if ended else f"began on {found.begin_date}"
        word = "successor" if ended else "predecessor"
        message = (
            f"{found.name} ({found.code}) did not exist on {when}: it {life}. "
            f"Use its {word}{'s' if len(others) > 1 else ''} of that date: {names}."
        )
        codes = tuple(other.municipality.code for other in others)
        raise MunicipalityAbsent(message, municipality=found.code, date=when, instead=codes)

    def predecessors(self, code: str, when: date) -> tuple[Relative, ...]:
        """The municipalities of the earlier day from which this one, as it is last, comes.

        Itself is among them when it existed that day. Raises ``MunicipalityAbsent`` when it
        had ended by then.
        """
        _within_register(when)
        found = self.municipality(code)
        if found.end_date is not None and found.end_date < when:
            message = (
                f"{found.name} ({found.code}) ended on {found.end_date}, before {when}. "
                f"Ask for its successors, or for an earlier date."
            )
            raise MunicipalityAbsent(message, municipality=found.code, date=when, instead=())
        return tuple(self._back(found.code, when, ()))

    def successors(self, code: str, when: date) -> tuple[Relative, ...]:
        """The municipalities of the later day into which this one went, or itself.

        Raises ``MunicipalityAbsent`` when it had not begun by then.
        """
        _within_register(when)
        found = self.municipality(code)
        if found.begin_date is not None and when < found.begin_date:
            message = (
                f"{found.name} ({found.code}) began on {found.begin_date}, after {when}. "
                f"Ask for its predecessors, or for a later date."
            )
            raise MunicipalityAbsent(message, municipality=found.code, date=when, instead=())
        return tuple(self._on(found.code, when, ()))

    def origins(self, code: str, when: date, since: date) -> tuple[Relative, ...]:
        """From which municipalities of day ``since`` the municipality of day ``when`` comes."""
        self.municipality_on(code, when)
        relatives = self._back(municipality_code(code), since, ())
        return tuple(each for each in relatives if not each.links or each.links[-1].date <= when)

    def _back(self, code: str, when: date, path: tuple[Link, ...]) -> list[Relative]:
        found = self.municipalities[code]
        itself = [Relative(found, path)] if found.existed_on(when) else []
        before = path[0].date if path else date.max
        older = [
            relative
            for link in self._links_to.get(code, ())
            if when < link.date <= before
            for relative in self._back(link.from_code, when, (link, *path))
        ]
        return itself + older

    def _on(self, code: str, when: date, path: tuple[Link, ...]) -> list[Relative]:
        found = self.municipalities[code]
        if found.existed_on(when):
            return [Relative(found, path)]
        return [
            relative
            for link in self._links_from.get(code, ())
            for relative in self._on(link.to_code, when, (*path, link))
        ]


def country_tables(path: Path | None = None) -> Country:
    """The tables in ``path`` (those carried by the product when None), read once."""
    return _country(path or CARRIED)


@cache
def _country(folder: Path) -> Country:
    return country_from(table_read("municipalities", folder), table_read("events", folder), folder)


def country_from(municipalities: pl.DataFrame, events: pl.DataFrame, folder: Path) -> Country:
    """A country from its two tables of history; the other tables are read from ``folder``."""
    unnamed = [column for column in municipalities.columns if not column.startswith("source")]
    lives = municipalities.sort("code").select(unnamed)
    steps = events.sort("date", "event_id", "from_code", "to_code")
    steps = steps.select(column for column in steps.columns if not column.startswith("source"))
    return Country(
        folder=folder,
        municipalities={row["code"]: Municipality(**row) for row in lives.iter_rows(named=True)},
        links=tuple(Link(**row) for row in steps.iter_rows(named=True)),
    )


def _within_register(when: date) -> None:
    if when < REGISTER_BEGINS:
        message = (
            f"The register of municipalities begins on {REGISTER_BEGINS}; {when} lies before it. "
            f"Choose a later date."
        )
        raise DateBeforeRegister(message, date=when, begins=REGISTER_BEGINS)
