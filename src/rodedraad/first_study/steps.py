"""What the first study needs before it can conclude: frame, cases, arrangements and evidence."""

from datetime import date

from rodedraad.assessment.evidence import figure_rows_write, tie_rows_write
from rodedraad.assessment.register_figures import (
    BACKGROUND,
    INHABITANTS,
    SPENDING,
    background_figures,
    centre_figures,
    figure_facts,
    inhabitant_figures,
    spending_figures,
)
from rodedraad.country.history import Country
from rodedraad.networks.actions import arrangements_write
from rodedraad.studies.actions import frame_fill, study_create, wave_freeze
from rodedraad.studies.models import Case, SelectionPlan, Study
from rodedraad.studies.planned import selection_as_planned, template_of
from rodedraad.studies.template import template_load

SLUG = "netwerken-sociaal-domein"
TEMPLATE = "network-development"
ORIGIN = "command"
FRAME_BEGINS = date(2015, 1, 1)
SELECTION_SEED = 2015


def study_get() -> tuple[Study, bool]:
    """Return the first study, made from its template when absent, and whether it is new."""
    found = Study.objects.filter(slug=SLUG).first()
    if found is not None:
        return found, False
    return study_create(
        template=template_load(TEMPLATE), slug=SLUG, person=None, origin=ORIGIN
    ), True


def frame_get(study: Study, country: Country) -> int:
    """Add every municipality that existed at any time since 2015; return how many were new."""
    return frame_fill(
        study,
        sorted(
            (each.code, each.name)
            for each in country.municipalities.values()
            if each.end_date is None or each.end_date >= FRAME_BEGINS
        ),
    )


def selection_get(study: Study, country: Country) -> tuple[SelectionPlan, bool]:
    """Return the newest selection plan, made as the template says when there is none."""
    plan = study.selection_plans.order_by("-number").first()
    if plan is not None:
        return plan, False
    plan = selection_as_planned(study, country, seed=SELECTION_SEED, origin=ORIGIN)
    return plan, True


def networks_get(study: Study, country: Country) -> int:
    """Add arrangements and memberships of every wave, then freeze it; return new memberships."""
    added = 0
    for wave in study.waves.all():
        added += arrangements_write(wave, country)
        wave_freeze(wave, person=None, origin=ORIGIN)
    return added


def evidence_get(study: Study, country: Country) -> int:
    """Write the evidence rows that are not there yet, and return how many."""
    case_of = dict(Case.objects.filter(study=study).values_list("unit_code", "pk"))
    plan = template_of(study).cases
    added = sum(tie_rows_write(wave) for wave in study.waves.all())
    for construct, figures in (
        (INHABITANTS, inhabitant_figures(country)),
        (SPENDING, spending_figures(country)),
        (BACKGROUND, background_figures(country, plan.indicators, plan.frame_date.year)),
        *((BACKGROUND, centre_figures(country, wave.reference_date)) for wave in study.waves.all()),
    ):
        added += figure_rows_write(study, None, figure_facts(figures, construct, case_of))
    return added
