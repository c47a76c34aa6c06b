"""What is written down about the law behind one kind of cooperation? The shapes of that table."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints
from pydantic.dataclasses import dataclass

Year = Literal[2016, 2022]
YEARS: tuple[Year, ...] = (2016, 2022)
What = Literal["prescribes", "asks", "allows", "defines_area"]
Kind = Literal["cooperation", "no_cooperation"]
MunicipalPart = Literal["member", "consulted", "none"]
ReadIn = Literal["law_files", "law_collection", "official_journal"]
Scale = Literal["sub_regional", "regional", "supra_regional"]
Confidence = Literal["high", "medium", "low"]
Provision = Literal["not_applicable", "not_established", "none", "asks_or_allows", "prescribes"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
BwbId = Annotated[str, StringConstraints(pattern=r"^BWB[RV]\d{7}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_STRICT)
class Words:
    """The same words in Dutch and in English."""

    nl: Line
    en: Line


@dataclass(frozen=True, config=_STRICT)
class Named:
    """A word of the table with its names: a party, or a body of texts."""

    key: str
    nl: Line
    en: Line


@dataclass(frozen=True, config=_STRICT)
class TextSource:
    """A body of legal texts in which articles were read, and in what state it is."""

    key: ReadIn
    title: Words
    state: Words


@dataclass(frozen=True, config=_STRICT)
class LegalRef:
    """One article: what it does for this cooperation, to whom, and in which text it was read."""

    act: Line
    bwb_id: BwbId
    article: Line
    what: What
    prescribed_parties: tuple[str, ...]
    tasks: Words | None
    applies_to: tuple[Year, ...]
    read_in: ReadIn
    read_version: Line | None
    text_version_date: date | None
    note: Words

    @property
    def url(self) -> str:
        """Where the act stands in the national database of legislation."""
        return f"https://wetten.overheid.nl/{self.bwb_id}"


@dataclass(frozen=True, config=_STRICT)
class Evidence:
    """A published source that shows whether the law held in a year."""

    year: Year
    url: Line
    shows: Words


@dataclass(frozen=True, config=_STRICT)
class LegalForm:
    """In which legal shape people cooperate, and whether the law prescribes that shape."""

    prescribed: bool | None
    form: Words


@dataclass(frozen=True, config=_STRICT)
class LegalBasis:
    """The legal facts of one kind of arrangement; null means: the texts did not settle it."""

    key: Slug
    title: Words
    kind: Kind
    researched: bool
    prescribes_cooperation: bool | None
    prescribed_parties: tuple[str, ...]
    covers_all_municipalities: bool
    municipal_part: MunicipalPart
    legal_form: LegalForm | None
    in_force_2016: bool | None
    in_force_2022: bool | None
    scale_hint: Scale
    legal_refs: tuple[LegalRef, ...]
    evidence: tuple[Evidence, ...]
    reasoning: Words
    confidence: Confidence
    established_on: date
    who: Line

    def in_force(self, year: int) -> bool | None:
        """Whether the provisions held on 1 January of the year; None when that is not known."""
        return {2016: self.in_force_2016, 2022: self.in_force_2022}.get(year)

    def provision(self, year: int) -> Provision:
        """What the law does for this cooperation on 1 January of the year: input of the drive rule.

        ``not_applicable`` for what is no cooperation of municipalities, ``not_established`` (the
        label *onbepaald*) where the texts do not tell for that year.
        """
        if self.kind != "cooperation":
            return "not_applicable"
        if not self.researched or self.in_force(year) is None:
            return "not_established"
        refs = [ref for ref in self.legal_refs if year in ref.applies_to]
        if not self.in_force(year) or all(ref.what == "defines_area" for ref in refs):
            return "none"
        return "prescribes" if self.prescribes_cooperation else "asks_or_allows"

    def refs_of(self, year: int) -> tuple[LegalRef, ...]:
        """The articles that hold for the year."""
        return tuple(ref for ref in self.legal_refs if year in ref.applies_to)


@dataclass(frozen=True, config=_STRICT)
class PrescribedName:
    """A name by which a joint arrangement shows that it is one of the prescribed kinds."""

    pattern: Line
    basis: str

    def fits(self, name: str) -> bool:
        """Whether the name of an arrangement shows this kind."""
        return re.search(self.pattern, name.strip(), re.IGNORECASE) is not None


@dataclass(frozen=True, config=_STRICT)
class LegalTable:
    """The whole table."""

    texts: tuple[TextSource, ...]
    parties: tuple[Named, ...]
    prescribed_names: tuple[PrescribedName, ...]
    entries: tuple[LegalBasis, ...]

    def by_key(self) -> Mapping[str, LegalBasis]:
        """The entries by region type."""
        return MappingProxyType({entry.key: entry for entry in self.entries})
