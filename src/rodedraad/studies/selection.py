"""How the cases of a study are chosen, kept and logged."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

import rodedraad
from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.methods.selection import (
    Selection,
    StandardisedFigures,
    balance_table,
    matched_pairs,
    method_sentence,
    random_spread,
    select_diverse,
    select_extreme,
    select_random,
    select_typical,
    standardise,
    unit_distances,
)
from rodedraad.methods.selection.sentence import Language
from rodedraad.studies.frame import CaseFrame, case_frame
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan, Study

RANDOM_DRAWS = 1000
STRATA_NL = {"size": "grootte", "part_of_country": "landsdeel", "forerunner": "koploper"}
STRATA_EN = {"size": "size", "part_of_country": "part of the country", "forerunner": "forerunner"}
LANGUAGES: tuple[Language, ...] = ("nl", "en")
AND: dict[Language, str] = {"nl": " en ", "en": " and "}
Kind = SelectionEvent.Kind


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

    An earlier plan stays as it was; its cases go back to the frame, but only as long as nobody was
    invited under it.

    Raises
    ------
    Refusal
        When municipalities were invited already, or the choice cannot be made as asked.
    """
    if SelectionEvent.objects.filter(plan__study=study, kind=Kind.INVITED).exists():
        raise Refusal(
            "Municipalities were invited under the plan there is, so the cases cannot be chosen "
            "anew. Replace a municipality that refuses by its reserve.",
            code="selection_under_way",
        )
    frame = case_frame(study, country, reference_date, strata=strata, indicators=indicators)
    standard = standardise(frame.figures, frame.indicators, log=frame.skewed)
    chosen = _select(study, frame, standard, method, n_cases, seed)
    plan = SelectionPlan.objects.create(
        study=study,
        number=study.selection_plans.count() + 1,
        method=method,
        n_cases=n_cases,
        reference_date=reference_date,
        strata=list(strata),
        indicators=list(indicators),
        seed=seed,
        quota=chosen.quota,
        result=_result(frame, standard, chosen, reference_date, strata, seed),
        code_version=f"{rodedraad.__version__} {chosen.version}",
        created_by=person,
    )
    _mark(plan, frame)
    audit_record(
        person=person, action="selection_plan_make", object=f"plan:{plan.pk}", origin=origin
    )
    return plan


def _select(
    study: Study,
    frame: CaseFrame,
    standard: StandardisedFigures,
    method: str,
    n_cases: int,
    seed: int,
) -> Selection:
    distances = unit_distances(standard.z)
    match method:
        case "random":
            return select_random(
                len(frame.units), n_cases, seed=seed, strata=frame.strata, distances=distances
            )
        case "most_diverse":
            return select_diverse(distances, n_cases, seed=seed, strata=frame.strata)
        case "typical":
            return select_typical(standard.z, n_cases, strata=frame.strata)
        case "extreme":
            return select_extreme(standard.z, n_cases, strata=frame.strata)
        case "matched_pairs":
            if n_cases % 2:
                raise Refusal(
                    f"Matched pairs need an even number of cases. Got {n_cases}.",
                    code="selection_odd",
                )
            label_of = dict(Case.objects.filter(study=study).values_list("unit_code", "forerunner"))
            labels = [bool(label_of.get(unit.code)) for unit in frame.units]
            return matched_pairs(distances, labels, n_cases // 2, strata=frame.strata)
        case _:
            raise Refusal(
                f"There is no way of choosing cases called '{method}'. Choose random, "
                "most_diverse, typical, extreme or matched_pairs.",
                code="selection_method",
            )


def _result(
    frame: CaseFrame,
    standard: StandardisedFigures,
    chosen: Selection,
    reference_date: date,
    strata: Sequence[str],
    seed: int,
) -> dict[str, Any]:
    codes = [unit.code for unit in frame.units]
    random = random_spread(
        unit_distances(standard.z),
        len(chosen.chosen),
        seed=seed,
        strata=frame.strata,
        quota=chosen.quota if frame.strata else None,
        draws=RANDOM_DRAWS,
        against=chosen.chosen,
    )
    words: dict[Language, dict[str, str]] = {"nl": STRATA_NL, "en": STRATA_EN}
    return {
        "cases": [codes[i] for i in chosen.chosen],
        "reserves": {codes[i]: [codes[r] for r in r_of] for i, r_of in chosen.reserves.items()},
        "n_frame": chosen.n_frame,
        "stratum_of": dict(zip(codes, frame.strata or (), strict=False)),
        "strata": [asdict(stratum) for stratum in chosen.strata],
        "proven": chosen.proven,
        "notices": [notice.message for notice in (*standard.notices, *chosen.notices)],
        "indicators_used": list(standard.names),
        "indicators_logged": list(standard.logged),
        "spread": None if chosen.spread is None else asdict(chosen.spread),
        "random_draws": random.draws,
        "random_spread": {
            name: {
                "mean": getattr(random, name).mean,
                "n_at_least": getattr(random, name).n_at_least,
                "p": getattr(random, name).p,
            }
            for name in ("smallest", "mean_nearest", "mean_pairwise")
        },
        "balance": [
            asdict(row)
            for row in balance_table(frame.figures, frame.indicators, chosen.chosen).rows
        ],
        "sentence": {
            language: method_sentence(
                chosen,
                language,
                frame_date=reference_date,
                strata_by=AND[language].join(words[language][name] for name in strata),
                figures=len(standard.names),
            )
            for language in LANGUAGES
        },
    }


def _mark(plan: SelectionPlan, frame: CaseFrame) -> None:
    """Set the roles of the cases as the plan says, and log each chosen case."""
    case_of = {case.unit_code: case for case in Case.objects.filter(study=plan.study)}
    stratum_of = dict(zip((u.code for u in frame.units), frame.strata or (), strict=False))
    for code, case in case_of.items():
        case.role, case.rank, case.reserve_for = Case.Role.FRAME, None, None
        case.stratum = stratum_of.get(code, "")
    for rank, code in enumerate(plan.result["cases"], start=1):
        case_of[code].role, case_of[code].rank = Case.Role.MAIN, rank
        for place, reserve in enumerate(plan.result["reserves"].get(code, []), start=1):
            case_of[reserve].role, case_of[reserve].rank = Case.Role.RESERVE, place
            case_of[reserve].reserve_for = case_of[code]
    Case.objects.bulk_update(case_of.values(), ["role", "rank", "reserve_for", "stratum"])
    SelectionEvent.objects.bulk_create(
        SelectionEvent(plan=plan, case=case_of[code], kind=Kind.CHOSEN, person=plan.created_by)
        for code in plan.result["cases"]
    )


@transaction.atomic
def case_invite(plan: SelectionPlan, case: Case, *, person: Person | None) -> SelectionEvent:
    """Log that a chosen municipality was invited."""
    _require_role(case, Case.Role.MAIN)
    return SelectionEvent.objects.create(plan=plan, case=case, kind=Kind.INVITED, person=person)


@transaction.atomic
def case_accept(plan: SelectionPlan, case: Case, *, person: Person | None) -> SelectionEvent:
    """Log that an invited municipality takes part."""
    _require_role(case, Case.Role.MAIN)
    return SelectionEvent.objects.create(plan=plan, case=case, kind=Kind.ACCEPTED, person=person)


@transaction.atomic
def case_refuse(
    plan: SelectionPlan, case: Case, *, reason: str, person: Person | None
) -> Case | None:
    """Log a refusal with its reason; the first reserve takes the place and is returned.

    Returns null when no reserve is left: then the place stays empty and the log says so.

    Raises
    ------
    Refusal
        When the reason is empty or the municipality is not one of the chosen.
    """
    _require_role(case, Case.Role.MAIN)
    if not reason.strip():
        raise Refusal(
            f"Say why {case.name} does not take part: the method annex reports every refusal.",
            code="refusal_without_reason",
        )
    reserve = case.reserves.filter(role=Case.Role.RESERVE).order_by("rank").first()
    SelectionEvent.objects.create(
        plan=plan, case=case, kind=Kind.REFUSED, reason=reason.strip(), person=person
    )
    if reserve is not None:
        reserve.role, reserve.rank, reserve.reserve_for = Case.Role.MAIN, case.rank, None
        reserve.save(update_fields=["role", "rank", "reserve_for"])
        case.reserves.update(reserve_for=reserve)
        SelectionEvent.objects.create(
            plan=plan, case=case, kind=Kind.REPLACED, replaced_by=reserve, person=person
        )
    case.role, case.rank = Case.Role.WITHDRAWN, None
    case.save(update_fields=["role", "rank"])
    return reserve


def _require_role(case: Case, role: str) -> None:
    if case.role != role:
        raise Refusal(
            f"{case.name} is not one of the chosen cases. Choose a municipality from the list of "
            "cases.",
            code="case_not_chosen",
            case=case.unit_code,
        )
