"""What the report is made from: runs, the selection plan and the words of the country tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Run
from rodedraad.country.history import Country
from rodedraad.networks.legal import JOINT_ARRANGEMENT, legal_basis_of
from rodedraad.networks.models import Arrangement
from rodedraad.reports.words import Words, words
from rodedraad.studies.models import Case, SelectionPlan, Study

BEFORE, AFTER = "2016", "2022"
# The conclusions that the report needs, in the order in which it lists them.
RUNS = (
    "inhabitants",
    "spending",
    "kinds_2016",
    "kinds_2022",
    "participation",
    "participation_social",
    "participation_joint",
    "drive",
    "congruence",
    "complexity",
    "change",
    "communities",
    "alike_spending",
    "selection",
)
SOCIAL = "social"
JOINT_TITLE = words("Gemeenschappelijke regelingen", "Joint arrangements")
DOMAINS: Mapping[str, Words] = {
    "social": words("sociaal", "social"),
    "safety": words("veiligheid", "safety"),
    "physical": words("fysiek", "physical"),
}


@dataclass(frozen=True)
class KindLaw:
    """What the law says about one kind of cooperation in the earlier wave."""

    drive_class: str
    domain: str
    refs: tuple[Mapping[str, str], ...]
    municipal_part: str


@dataclass(frozen=True)
class Material:
    """The newest runs of a study by kind, its selection plan, and the country it is about."""

    study: Study
    runs: Mapping[str, Run]
    plan: SelectionPlan
    country: Country

    @cached_property
    def kind_titles(self) -> Mapping[str, Words]:
        """Title of every kind of arrangement in both languages."""
        types = self.country.table("region_types").iter_rows(named=True)
        return {
            JOINT_ARRANGEMENT: JOINT_TITLE,
            **{row["key"]: words(row["title_nl"], row["title_en"]) for row in types},
        }

    @cached_property
    def kind_law(self) -> Mapping[str, KindLaw]:
        """Class and articles of every kind of region that is a cooperation; social kinds first."""
        rows = Arrangement.objects.filter(
            study=self.study, wave__label=BEFORE, is_cooperation=True
        ).exclude(kind=JOINT_ARRANGEMENT)
        found = {
            row.kind: KindLaw(
                drive_class=row.drive_class,
                domain=row.domain,
                refs=tuple(_refs(row.kind, row.legal_refs)),
                municipal_part=legal_basis_of(row.kind).municipal_part,
            )
            for row in rows.order_by("kind", "key").distinct("kind")
        }
        titles = self.kind_titles
        return {
            kind: found[kind]
            for kind in sorted(found, key=lambda k: (found[k].domain != SOCIAL, titles[k]["nl"]))
        }

    @cached_property
    def social_kinds(self) -> tuple[str, ...]:
        """The kinds of cooperation in the social domain."""
        return tuple(kind for kind, law in self.kind_law.items() if law.domain == SOCIAL)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The chosen cases in order of rank."""
        chosen = Case.objects.filter(study=self.study, role=Case.Role.MAIN)
        return tuple(chosen.order_by("rank"))

    @cached_property
    def last_day(self) -> date:
        """The last 1 January of which the country tables know the municipalities."""
        return date(int(self.country.table("population")["year"].to_numpy().max()), 1, 1)

    def names(self, codes: Iterable[str]) -> list[str]:
        """Return the names of municipalities, in alphabetical order."""
        return sorted(self.country.municipalities[code].name for code in codes)

    def facts(self) -> dict[str, Any]:
        """Return what the texts take from outside the runs, to see whether they would differ."""
        return {
            "study": [self.study.slug, self.study.title_nl, self.study.title_en],
            "plan": [self.plan.number, self.plan.seed, self.plan.code_version, self.plan.result],
            "cases": [[case.unit_code, case.name, case.stratum] for case in self.cases],
            "law": [[kind, repr(law)] for kind, law in self.kind_law.items()],
            "sources": [[key, repr(source)] for key, source in self.country.sources.items()],
        }


def _refs(kind: str, refs: Iterable[Mapping[str, str]]) -> Iterable[Mapping[str, str]]:
    does = {(ref.act, ref.article): ref.what for ref in legal_basis_of(kind).refs_of(int(BEFORE))}
    for ref in refs:
        yield {**ref, "does": does.get((ref["act"], ref["article"]), "")}


def rows_of_cases(filters: Iterable[RowFilter], codes: Iterable[str]) -> tuple[RowFilter, ...]:
    """Return the filters narrowed to the rows of these municipalities."""
    cases = tuple(sorted(codes))
    return tuple(replace(row_filter, cases=cases) for row_filter in filters)


def tie_rows(kinds: Iterable[str], wave: str = BEFORE) -> tuple[RowFilter, ...]:
    """Return the filters of the ties in arrangements of ``kinds``."""
    return tuple(RowFilter(wave=wave, kind="tie", about_prefix=f"{kind}/") for kind in kinds)
