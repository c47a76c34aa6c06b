"""How the cases of a study are chosen, and how that choice is kept."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction

import rodedraad
from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.methods.selection import (
    Selection,
    StandardisedFigures,
    Stratum,
    matched_pairs,
    quota_largest_remainder,
    select_diverse,
    select_extreme,
    select_random,
    select_typical,
    standardise,
    unit_distances,
)
from rodedraad.studies.actions import frame_fill
from rodedraad.studies.frame import CaseFrame, case_frame, stratum_order
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan, Study
from rodedraad.studies.selection_result import (
    RANDOM_DRAWS,
    Choice,
    Distances,
    choice_of,
    choice_of_all,
)

__all__ = [
    "METHODS",
    "RANDOM_DRAWS",
    "selection_plan_make",
    "selection_quota",
    "selection_sizes",
    "under_way",
]

ALL = "all"
METHODS = (ALL, "random", "most_diverse", "typical", "extreme", "matched_pairs")
WITH_FIGURES = METHODS[2:]
Kind = SelectionEvent.Kind


def under_way(study: Study) -> bool:
    """Tell whether cases of the study were invited, steps that were undone not counted."""
    return SelectionEvent.objects.filter(
        plan__study=study, kind=Kind.INVITED, corrected_by=None
    ).exists()


def selection_quota(frame: CaseFrame, n_cases: int) -> tuple[Stratum, ...]:
    """Return the places per stratum by the largest remainder, with at least one in each."""
    if frame.strata is None:
        return ()
    sizes = Counter(frame.strata)
    quota = quota_largest_remainder(sizes, n_cases)
    return tuple(
        Stratum(name, sizes[name], quota[name]) for name in sorted(sizes, key=stratum_order)
    )


def selection_sizes(frame: CaseFrame) -> tuple[Stratum, ...]:
    """Return the strata with all their units as places, for a choice that takes everyone."""
    sizes = Counter(frame.strata or ())
    return tuple(
        Stratum(name, sizes[name], sizes[name]) for name in sorted(sizes, key=stratum_order)
    )


@transaction.atomic
def selection_plan_make(
    *,
    study: Study,
    country: Country,
    method: str,
    n_cases: int,
    reference_date: date,
    strata: Sequence[str],
    indicators: Sequence[str],
    seed: int,
    person: Person | None,
    origin: str,
) -> SelectionPlan:
    """Choose cases, mark them with their reserves in the study, and return the plan.

    With the method ``all`` every unit takes part and ``n_cases`` does not count. An earlier plan
    stays as it was; its cases go back to the frame, but only as long as nobody was invited.

    Raises
    ------
    Refusal
        When units were invited already, or the choice cannot be made as asked.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    if under_way(study):
        raise Refusal(
            "Municipalities were invited under the plan there is, so the cases cannot be chosen "
            "anew. Replace a municipality that refuses by its reserve.",
            code="selection_under_way",
        )
    frame = case_frame(study, country, reference_date, strata=strata, indicators=indicators)
    choice = _choose(study, frame, method, n_cases, reference_date, strata, seed)
    plan = SelectionPlan.objects.create(
        study=study,
        number=study.selection_plans.count() + 1,
        method=method,
        n_cases=len(choice.result["cases"]),
        reference_date=reference_date,
        strata=list(strata),
        indicators=list(indicators),
        seed=seed,
        quota=choice.quota,
        result=choice.result,
        code_version=f"{rodedraad.__version__} {choice.version}",
        created_by=person,
    )
    frame_fill(study, ((unit.code, unit.name) for unit in frame.units))
    _mark(plan)
    audit_record(
        person=person, action="selection_plan_make", object=f"plan:{plan.pk}", origin=origin
    )
    return plan


def _choose(
    study: Study,
    frame: CaseFrame,
    method: str,
    n_cases: int,
    reference_date: date,
    strata: Sequence[str],
    seed: int,
) -> Choice:
    if method == ALL:
        return choice_of_all(frame, unit_kind=study.unit_kind, reference_date=reference_date)
    standard = None
    if frame.indicators:
        standard = standardise(frame.figures, frame.indicators, log=frame.skewed)
    distances = unit_distances(standard.z) if standard else None
    chosen = _select(study, frame, standard, distances, method, n_cases, seed)
    return choice_of(
        chosen,
        frame,
        standard=standard,
        distances=distances,
        unit_kind=study.unit_kind,
        reference_date=reference_date,
        strata=strata,
        seed=seed,
    )


def _select(
    study: Study,
    frame: CaseFrame,
    standard: StandardisedFigures | None,
    distances: Distances | None,
    method: str,
    n_cases: int,
    seed: int,
) -> Selection:
    if method == "random":
        return select_random(
            len(frame.units), n_cases, seed=seed, strata=frame.strata, distances=distances
        )
    if method not in METHODS:
        raise Refusal(
            f"There is no way of choosing cases called '{method}'. Choose {', '.join(METHODS)}.",
            code="selection_method",
            method=method,
        )
    if standard is None or distances is None:
        raise Refusal(
            f"Choosing '{method}' compares units on background figures. Name at least one.",
            code="selection_without_figures",
            method=method,
        )
    match method:
        case "most_diverse":
            return select_diverse(distances, n_cases, seed=seed, strata=frame.strata)
        case "typical":
            return select_typical(standard.z, n_cases, strata=frame.strata)
        case "extreme":
            return select_extreme(standard.z, n_cases, strata=frame.strata)
        case _:
            return _pairs(study, frame, distances, n_cases)


def _pairs(study: Study, frame: CaseFrame, distances: Distances, n_cases: int) -> Selection:
    if n_cases % 2:
        raise Refusal(
            f"Matched pairs need an even number of cases. Got {n_cases}.",
            code="selection_odd",
            n=n_cases,
        )
    forerunners = set(
        Case.objects.filter(study=study, forerunner=True).values_list("unit_code", flat=True)
    )
    labels = [unit.code in forerunners for unit in frame.units]
    return matched_pairs(distances, labels, n_cases // 2, strata=frame.strata)


def _mark(plan: SelectionPlan) -> None:
    """Set the roles of the cases as the plan says, and log each chosen case."""
    case_of = {case.unit_code: case for case in Case.objects.filter(study=plan.study)}
    for code, case in case_of.items():
        case.role, case.rank, case.reserve_for = Case.Role.FRAME, None, None
        case.stratum = plan.result["stratum_of"].get(code, "")
    for rank, code in enumerate(plan.result["cases"], start=1):
        case_of[code].role, case_of[code].rank = Case.Role.MAIN, rank
        for place, reserve in enumerate(plan.result["reserves"].get(code, []), start=1):
            case_of[reserve].role, case_of[reserve].rank = Case.Role.RESERVE, place
            case_of[reserve].reserve_for = case_of[code]
    Case.objects.bulk_update(
        case_of.values(), ["role", "rank", "reserve_for", "stratum"], batch_size=1000
    )
    SelectionEvent.objects.bulk_create(
        SelectionEvent(plan=plan, case=case_of[code], kind=Kind.CHOSEN, person=plan.created_by)
        for code in plan.result["cases"]
    )
