"""A selection plan made with few words, for tests that need one."""

from datetime import date

from rodedraad.country.current import current_country
from rodedraad.studies.models import SelectionPlan, Study
from rodedraad.studies.selection import selection_plan_make


def plan_make(study: Study, **changes: object) -> SelectionPlan:
    """Choose eight municipalities by lot over the sizes, unless told otherwise."""
    given = {
        "study": study,
        "country": current_country(),
        "method": "random",
        "n_cases": 8,
        "reference_date": date(2015, 1, 1),
        "strata": ("size",),
        "indicators": (),
        "seed": 7,
        "person": None,
        "origin": "test",
    }
    return selection_plan_make(**{**given, **changes})
