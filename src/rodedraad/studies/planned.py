"""How does a study get the cases that its template plans, without anyone filling in a form?"""

from datetime import date

from rodedraad.country.history import Country
from rodedraad.studies.models import SelectionPlan, Study
from rodedraad.studies.selection import selection_plan_make
from rodedraad.studies.template import StudyTemplate


def template_of(study: Study) -> StudyTemplate:
    """Return the template as it was when the study was made."""
    return StudyTemplate.model_validate(study.template, strict=False)


def selection_as_planned(
    study: Study,
    country: Country,
    *,
    seed: int,
    origin: str,
    n_cases: int | None = None,
    everyone: bool = False,
    reference_date: date | None = None,
) -> SelectionPlan:
    """Choose the cases as the template says; ``n_cases`` and ``everyone`` override it."""
    cases = template_of(study).cases
    return selection_plan_make(
        study=study,
        country=country,
        method="all" if everyone else cases.method,
        n_cases=n_cases or cases.n,
        reference_date=reference_date or cases.frame_date,
        strata=() if everyone else cases.strata,
        indicators=() if everyone else cases.indicators,
        seed=seed,
        person=None,
        origin=origin,
    )
