"""What the report is made from: runs, the selection plan and the words of the country tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rodedraad.assessment.models import Run
from rodedraad.country.history import Country
from rodedraad.networks.legal import JOINT_ARRANGEMENT
from rodedraad.networks.models import Arrangement
from rodedraad.studies.models import Case, SelectionPlan, Study

BEFORE, AFTER = "2016", "2022"
JOINT_TITLES = {"nl": "Gemeenschappelijke regelingen", "en": "Joint arrangements"}


@dataclass(frozen=True)
class Material:
    """The newest runs of a study by kind, its selection plan, and the country it is about."""

    study: Study
    runs: Mapping[str, Run]
    plan: SelectionPlan
    country: Country

    @cached_property
    def kind_titles(self) -> Mapping[str, Mapping[str, str]]:
        """Title of every kind of arrangement in both languages."""
        types = self.country.table("region_types").iter_rows(named=True)
        return {
            JOINT_ARRANGEMENT: JOINT_TITLES,
            **{row["key"]: {"nl": row["title_nl"], "en": row["title_en"]} for row in types},
        }

    @cached_property
    def kind_law(self) -> Mapping[str, Mapping[str, object]]:
        """For every kind that is a cooperation in the earlier wave: its class and its articles."""
        rows = Arrangement.objects.filter(
            study=self.study, wave__label=BEFORE, is_cooperation=True
        ).exclude(kind=JOINT_ARRANGEMENT)
        return {
            row["kind"]: {"class": row["drive_class"], "refs": row["legal_refs"]}
            for row in rows.order_by("kind", "key")
            .distinct("kind")
            .values("kind", "drive_class", "legal_refs")
        }

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The chosen cases in order of rank."""
        chosen = Case.objects.filter(study=self.study, role=Case.Role.MAIN)
        return tuple(chosen.order_by("rank"))
