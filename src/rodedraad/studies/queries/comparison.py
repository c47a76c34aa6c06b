"""In what do two choices of the same study differ?"""

from dataclasses import dataclass

from rodedraad.studies.models import Case, SelectionPlan


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Cases in both choices and in only one of them, by name."""

    both: tuple[Case, ...]
    first_only: tuple[Case, ...]
    second_only: tuple[Case, ...]


def plans_compared(first: SelectionPlan, second: SelectionPlan) -> PlanComparison:
    """Compare the cases of two plans of one study."""
    one, other = set(first.result["cases"]), set(second.result["cases"])
    cases = list(Case.objects.filter(study=first.study, unit_code__in=one | other).order_by("name"))
    return PlanComparison(
        both=tuple(case for case in cases if case.unit_code in one & other),
        first_only=tuple(case for case in cases if case.unit_code in one - other),
        second_only=tuple(case for case in cases if case.unit_code in other - one),
    )
