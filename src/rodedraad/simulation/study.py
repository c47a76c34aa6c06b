"""How is a simulated study made: from a template, with its cases, and with drawn evidence?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from django.db import transaction

from rodedraad.accounts.models import Person
from rodedraad.assessment.evidence import (
    answer_rows_write,
    measure_rows_write,
    rubric_rows_write,
)
from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.simulation.design import Design, SimulatedConstruct, SimulatedItem
from rodedraad.simulation.model import simulate
from rodedraad.studies.actions import (
    frame_fill,
    frame_fill_from_country,
    lead_ensure,
    study_create,
)
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.labels import forerunners_label
from rodedraad.studies.models import Construct, Study, Wave
from rodedraad.studies.planned import selection_as_planned, template_of
from rodedraad.studies.selection_result import UNIT_WORDS
from rodedraad.studies.template import StudyTemplate

ORIGIN = "command"
INVITED = 60
FORERUNNER_SHARE = 0.15
FORERUNNER_SOURCE = "simulation: drawn by lot"
AGAINST = {"waiting", "doubt"}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class StudySimulated:
    """A simulated study and how much was drawn for it."""

    study: Study
    n_cases: int
    n_people: int
    n_interviews: int
    n_answers: int
    n_rubric: int
    n_measures: int


@transaction.atomic
def study_simulate(
    *,
    template: StudyTemplate,
    slug: str,
    country: Country,
    seed: int,
    n_cases: int | None = None,
    everyone: bool = False,
    invited: int = INVITED,
    reference_date: date | None = None,
    tell: Tell = lambda _: None,
) -> StudySimulated:
    """Make a study from ``template`` whose cases are real and whose evidence is drawn.

    ``everyone`` takes all units that exist on the day of the frame; ``reference_date`` replaces
    the dates of the template. ``invited`` people are asked in every case; fewer respond.

    Raises
    ------
    Refusal
        When there is a study with this ``slug``, or its template asks nothing.
    """
    tell("Cases ...")
    study, cases = study_with_cases(
        template=template,
        slug=slug,
        country=country,
        seed=seed,
        n_cases=n_cases,
        everyone=everyone,
        reference_date=reference_date,
    )
    tell(f"{len(cases)} cases. Answers ...")
    evidence = evidence_simulate(_newest(study), cases, invited=invited, seed=seed)
    tell("Evidence is written.")
    return evidence


@transaction.atomic
def study_with_cases(
    *,
    template: StudyTemplate,
    slug: str,
    country: Country,
    seed: int,
    n_cases: int | None = None,
    everyone: bool = False,
    reference_date: date | None = None,
) -> tuple[Study, tuple[str, ...]]:
    """Make the study and choose its cases, without evidence; return it with their codes."""
    study = study_create(
        template=_dated(template, reference_date),
        slug=slug,
        person=None,
        title_nl=f"{template.title.nl} (simulatie)",
        title_en=f"{template.title.en} (simulation)",
        simulated=True,
        origin=ORIGIN,
    )
    return study, _cases(study, country, seed, n_cases, everyone=everyone)


def _newest(study: Study) -> Wave:
    return study.waves.latest("reference_date")


@transaction.atomic
def evidence_simulate(
    wave: Wave, cases: tuple[str, ...], *, invited: int = INVITED, seed: int
) -> StudySimulated:
    """Draw answers, scores and statuses for ``cases`` of a simulated study and write them."""
    if not wave.study.simulated:
        raise Refusal(
            f"The study '{wave.study.slug}' is about what people said. Facts are drawn for "
            "simulated studies only.",
            code="not_simulated",
        )
    drawn = simulate(design_of(wave, cases, invited), seed)
    return StudySimulated(
        study=wave.study,
        n_cases=len(cases),
        n_people=drawn.n_people,
        n_interviews=drawn.n_interviews,
        n_answers=answer_rows_write(wave, drawn.answers).new,
        n_rubric=rubric_rows_write(wave, drawn.rubric).new,
        n_measures=measure_rows_write(wave, drawn.measures).new,
    )


def simulation_lead(study: Study, email: str) -> None:
    """Make the person with this address lead of the study, when it has no lead yet."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise Refusal(
            f"Nobody has an account with the address {email}. Make the account first, or leave "
            "--lead out.",
            code="person_unknown",
        )
    lead_ensure(study, person)


def design_of(wave: Wave, cases: tuple[str, ...], invited: int) -> Design:
    """Return what the framework of ``wave`` asks of whom."""
    template = template_of(wave.study)
    constructs = Construct.objects.filter(framework=wave.framework_id).prefetch_related("items")
    asked = tuple(_simulated(each) for each in constructs)
    roles = {role for each in asked for item in each.items for role in item.roles}
    if not roles:
        raise Refusal(
            f"The template '{template.key}' asks nobody anything, so there is nothing to draw. "
            "Choose a template with items.",
            code="nothing_to_simulate",
        )
    return Design(
        cases=cases,
        constructs=asked,
        measures=template.measures,
        roles=tuple(role for role in template.respondents if role in roles) or tuple(sorted(roles)),
        invited=invited,
    )


def _simulated(construct: Construct) -> SimulatedConstruct:
    details = construct.details
    if details.get("descriptive_only"):
        direction = 0
    else:
        against = details.get("obstacle") or details.get("rule_name") in AGAINST
        direction = -1 if against else 1
    evidence = details.get("evidence", ())
    return SimulatedConstruct(
        code=construct.code,
        kind=construct.kind,
        direction=direction,
        items=tuple(
            SimulatedItem(item.code, tuple(item.roles), item.reversed)
            for item in construct.items.all()
        ),
        in_documents="document" in evidence,
        in_interviews="passage" in evidence,
    )


def _dated(template: StudyTemplate, day: date | None) -> StudyTemplate:
    if day is None:
        return template
    wave = template.waves[-1].model_copy(update={"label": str(day.year), "reference_date": day})
    cases = template.cases.model_copy(update={"frame_date": day})
    return template.model_copy(update={"waves": (wave,), "cases": cases})


def _cases(
    study: Study, country: Country, seed: int, n_cases: int | None, *, everyone: bool
) -> tuple[str, ...]:
    """Fill the frame, label forerunners by lot when they divide it, choose; return the codes."""
    plan = template_of(study).cases
    if study.unit_kind != MUNICIPALITY:
        n = n_cases or plan.n
        word = UNIT_WORDS[study.unit_kind].nl[0].capitalize()
        frame_fill(study, [(f"S{i:03}", f"{word} {i} (simulatie)") for i in range(1, n + 1)])
    else:
        frame_fill_from_country(study, country)
        if "forerunner" in plan.strata and not everyone:
            codes = [each.code for each in country.municipalities_on(plan.frame_date)]
            drawn = np.random.default_rng(seed).random(len(codes)) < FORERUNNER_SHARE
            lines = "\n".join(pl.Series(codes).filter(pl.Series(drawn)))
            forerunners_label(
                study, lines, label=True, source=FORERUNNER_SOURCE, person=None, origin=ORIGIN
            )
    chosen = selection_as_planned(
        study, country, seed=seed, origin=ORIGIN, n_cases=n_cases, everyone=everyone
    )
    return tuple(chosen.result["cases"])
