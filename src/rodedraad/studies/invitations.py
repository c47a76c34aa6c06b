"""How invitations, acceptances, refusals and replacements are logged, and a step is undone."""

from django.db import transaction
from django.db.models import QuerySet

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan, Study

Kind = SelectionEvent.Kind


def events_standing(plan: SelectionPlan) -> QuerySet[SelectionEvent]:
    """Return the lines of the log that were not undone, oldest first."""
    return SelectionEvent.objects.filter(plan=plan, corrected_by=None).exclude(kind=Kind.UNDONE)


@transaction.atomic
def case_invite(plan: SelectionPlan, case: Case, *, person: Person | None) -> SelectionEvent:
    """Log that a chosen case was invited.

    Raises
    ------
    Refusal
        When it is not one of the chosen, was invited already, or the plan is not the newest.
    """
    case = _case_locked(plan, case)
    if _said(plan, case, Kind.INVITED):
        raise _out_of_order(case, "was invited already")
    return SelectionEvent.objects.create(plan=plan, case=case, kind=Kind.INVITED, person=person)


@transaction.atomic
def case_accept(plan: SelectionPlan, case: Case, *, person: Person | None) -> SelectionEvent:
    """Log that an invited case takes part.

    Raises
    ------
    Refusal
        When it was not invited or accepted already; and as ``case_invite``.
    """
    case = _case_locked(plan, case)
    if not _said(plan, case, Kind.INVITED):
        raise _out_of_order(case, "was not invited yet")
    if _said(plan, case, Kind.ACCEPTED):
        raise _out_of_order(case, "takes part already")
    return SelectionEvent.objects.create(plan=plan, case=case, kind=Kind.ACCEPTED, person=person)


@transaction.atomic
def case_refuse(
    plan: SelectionPlan, case: Case, *, reason: str, person: Person | None
) -> Case | None:
    """Log a refusal with its reason; the first reserve takes the place and is returned.

    Returns null when no reserve is left: then the place stays empty and the log says so. A case
    that accepted earlier may still withdraw.

    Raises
    ------
    Refusal
        When the reason is empty; and as ``case_invite``.
    """
    case = _case_locked(plan, case)
    if not reason.strip():
        raise Refusal(
            f"Say why {case.name} does not take part: the method annex reports every refusal.",
            code="refusal_without_reason",
            name=case.name,
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


def step_last(plan: SelectionPlan) -> SelectionEvent | None:
    """Return the last step that can be undone: the choice itself is not a step."""
    return (
        events_standing(plan)
        .exclude(kind=Kind.CHOSEN)
        .select_related("case", "replaced_by")
        .order_by("-pk")
        .first()
    )


@transaction.atomic
def step_undo(
    plan: SelectionPlan, *, person: Person | None, seen: int | None = None
) -> SelectionEvent:
    """Take back the last step by adding lines that correct it; return the step.

    ``seen`` is the key of the step that was shown as the last one, so that clicking twice does
    not undo two.

    After a refusal the case has its place again and its reserve is a reserve again. Nothing is
    removed from the log.

    Raises
    ------
    Refusal
        When there is no step to take back, another was ``seen``, or the plan is not the newest.
    """
    _require_newest(plan)
    last = step_last(plan)
    if last is None:
        raise Refusal("There is no step to undo.", code="nothing_to_undo")
    if seen not in {None, last.pk}:
        raise _out_of_order(last.case, "had another last step")
    undone = [last]
    if last.kind == Kind.REPLACED:
        undone.append(events_standing(plan).get(case=last.case, kind=Kind.REFUSED))
    if last.kind in {Kind.REPLACED, Kind.REFUSED}:
        _place_back(plan, last.case, last.replaced_by)
    SelectionEvent.objects.bulk_create(
        SelectionEvent(plan=plan, case=event.case, kind=Kind.UNDONE, corrects=event, person=person)
        for event in undone
    )
    return last


def _place_back(plan: SelectionPlan, case: Case, reserve: Case | None) -> None:
    """Give ``case`` its place again, as the plan has it, and ``reserve`` its rank."""
    reserves_of: dict[str, list[str]] = plan.result["reserves"]
    first = next(
        (code for code, reserves in reserves_of.items() if case.unit_code in reserves),
        case.unit_code,
    )
    if reserve is not None:
        reserve.reserves.update(reserve_for=case)
        reserve.role, reserve.reserve_for = Case.Role.RESERVE, case
        reserve.rank = reserves_of[first].index(reserve.unit_code) + 1
        reserve.save(update_fields=["role", "rank", "reserve_for"])
    case.role, case.rank = Case.Role.MAIN, plan.result["cases"].index(first) + 1
    case.save(update_fields=["role", "rank"])


def _case_locked(plan: SelectionPlan, case: Case) -> Case:
    """Return the chosen case as it is now, after whoever was busy with the study is done."""
    _require_newest(plan)
    case = Case.objects.get(pk=case.pk)
    if case.study_id != plan.study_id or case.role != Case.Role.MAIN:
        raise Refusal(
            f"{case.name} is not one of the chosen cases. Choose a municipality from the list of "
            "cases.",
            code="case_not_chosen",
            name=case.name,
        )
    return case


def _require_newest(plan: SelectionPlan) -> None:
    Study.objects.select_for_update().get(pk=plan.study_id)
    if SelectionPlan.objects.filter(study=plan.study_id, number__gt=plan.number).exists():
        raise Refusal(
            f"Plan {plan.number} was followed by a newer choice. Open the log again.",
            code="plan_superseded",
            number=plan.number,
        )


def _said(plan: SelectionPlan, case: Case, kind: str) -> bool:
    return events_standing(plan).filter(case=case, kind=kind).exists()


def _out_of_order(case: Case, why: str) -> Refusal:
    return Refusal(
        f"{case.name} {why}. Open the log again to see where it stands.",
        code="step_out_of_order",
        name=case.name,
    )
