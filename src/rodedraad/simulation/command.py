"""What does ``rodedraad simulate`` do: read a template, make the study, say what was drawn?"""

from collections.abc import Callable
from datetime import date

from rodedraad.country.current import current_country
from rodedraad.simulation.study import StudySimulated, simulation_lead, study_simulate
from rodedraad.studies.template import template_load


def simulation_make(
    template: str,
    slug: str,
    *,
    seed: int,
    n_cases: int | None,
    everyone: bool,
    invited: int,
    reference_date: date | None,
    lead: str | None,
    tell: Callable[[str], None],
) -> StudySimulated:
    """Make a simulated study and, when an address is given, its lead."""
    made = study_simulate(
        template=template_load(template),
        slug=slug,
        country=current_country(),
        seed=seed,
        n_cases=n_cases,
        everyone=everyone,
        invited=invited,
        reference_date=reference_date,
        tell=tell,
    )
    if lead:
        simulation_lead(made.study, lead)
    return made
