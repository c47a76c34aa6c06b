"""Whether invitations, refusals, replacements and corrections keep places and log right."""

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_making import plan_make

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.studies.invitations import (
    case_accept,
    case_invite,
    case_refuse,
    events_standing,
    step_last,
    step_undo,
)
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan

Places = dict[str, tuple[str, int | None, str | None]]


def case_at(plan: SelectionPlan, rank: int) -> Case:
    return Case.objects.get(study=plan.study, role=Case.Role.MAIN, rank=rank)


def places(plan: SelectionPlan) -> Places:
    """Return role, rank and whom it stands in for of every case outside the frame."""
    cases = Case.objects.filter(study=plan.study).exclude(role=Case.Role.FRAME)
    return {
        case.unit_code: (case.role, case.rank, case.reserve_for and case.reserve_for.unit_code)
        for case in cases.select_related("reserve_for")
    }


def test_a_refusal_gives_the_place_to_the_first_reserve_and_then_to_the_second(
    plan: SelectionPlan, lead: Person
) -> None:
    first = case_at(plan, 3)
    reserves = plan.result["reserves"][first.unit_code]
    case_invite(plan, first, person=lead)
    reserve = case_refuse(plan, first, reason="Geen tijd", person=lead)
    assert reserve.unit_code == reserves[0]
    assert case_at(plan, 3) == reserve
    assert Case.objects.get(pk=first.pk).role == Case.Role.WITHDRAWN
    again = case_refuse(plan, reserve, reason="Ook niet", person=lead)
    assert again.unit_code == reserves[1]
    assert case_refuse(plan, again, reason="Nee", person=lead) is None
    assert not Case.objects.filter(study=plan.study, role=Case.Role.MAIN, rank=3).exists()
    kinds = SelectionEvent.objects.filter(plan=plan).exclude(kind="chosen")
    assert list(kinds.values_list("kind", flat=True)) == [
        "invited", "refused", "replaced", "refused", "replaced", "refused",
    ]  # fmt: skip


def test_undoing_a_refusal_gives_back_place_and_reserves_and_keeps_every_line(
    plan: SelectionPlan, lead: Person
) -> None:
    before = places(plan)
    first = case_at(plan, 2)
    reserve = case_refuse(plan, first, reason="Vergissing", person=lead)
    case_refuse(plan, reserve, reason="Vergissing", person=lead)
    assert places(plan) != before
    step_undo(plan, person=lead)
    assert case_at(plan, 2) == reserve
    step_undo(plan, person=lead)
    assert places(plan) == before
    events = SelectionEvent.objects.filter(plan=plan).exclude(kind="chosen")
    assert events.count() == 8
    undone = events.filter(kind="undone")
    assert undone.count() == 4
    assert all(event.person == lead for event in undone)
    assert step_last(plan) is None


def test_the_last_refusal_without_a_reserve_can_be_undone_too(
    plan: SelectionPlan, lead: Person
) -> None:
    case = case_at(plan, 1)
    while case is not None:
        last = case
        case = case_refuse(plan, case, reason="Nee", person=lead)
    step_undo(plan, person=lead)
    assert case_at(plan, 1) == last


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_undoing_every_step_always_leads_back_to_the_choice(
    plan: SelectionPlan, lead: Person, data: st.DataObject
) -> None:
    with transaction.atomic():
        before, refused = places(plan), set()
        for _ in range(data.draw(st.integers(1, 8))):
            ranks = Case.objects.filter(study=plan.study, role=Case.Role.MAIN)
            rank = data.draw(st.sampled_from(sorted(ranks.values_list("rank", flat=True))))
            case, step = case_at(plan, rank), data.draw(st.sampled_from("iar"))
            try:
                if step == "i":
                    case_invite(plan, case, person=lead)
                elif step == "a":
                    case_accept(plan, case, person=lead)
                else:
                    case_refuse(plan, case, reason="r", person=lead)
            except Refusal as refusal:
                refused.add(refusal.code)
            main = Case.objects.filter(study=plan.study, role=Case.Role.MAIN)
            assert main.values("rank").distinct().count() == main.count()
        assert refused <= {"step_out_of_order"}
        while step_last(plan) is not None:
            step_undo(plan, person=lead)
        assert places(plan) == before
        assert set(events_standing(plan).values_list("kind", flat=True)) == {"chosen"}
        transaction.set_rollback(True)


def test_steps_come_in_order(plan: SelectionPlan, lead: Person) -> None:
    case = case_at(plan, 1)
    with pytest.raises(Refusal) as caught:
        case_accept(plan, case, person=lead)
    assert caught.value.code == "step_out_of_order"
    case_invite(plan, case, person=lead)
    with pytest.raises(Refusal) as caught:
        case_invite(plan, case, person=lead)
    assert caught.value.code == "step_out_of_order"
    case_accept(plan, case, person=lead)
    with pytest.raises(Refusal) as caught:
        case_accept(plan, case, person=lead)
    assert caught.value.code == "step_out_of_order"
    assert case_refuse(plan, case, reason="Trekt zich terug", person=lead) is not None


def test_who_was_not_chosen_takes_no_step(plan: SelectionPlan, lead: Person) -> None:
    for case in plan.study.cases.filter(role__in=["frame", "reserve"])[:2]:
        with pytest.raises(Refusal) as caught:
            case_invite(plan, case, person=lead)
        assert caught.value.code == "case_not_chosen"


def test_a_refusal_has_a_reason(plan: SelectionPlan, lead: Person) -> None:
    with pytest.raises(Refusal) as caught:
        case_refuse(plan, case_at(plan, 1), reason="  ", person=lead)
    assert caught.value.code == "refusal_without_reason"
    assert step_last(plan) is None


def test_an_old_plan_takes_no_steps_any_more(plan: SelectionPlan, lead: Person) -> None:
    plan_make(plan.study, seed=8)
    with pytest.raises(Refusal) as caught:
        case_invite(plan, case_at(plan, 1), person=lead)
    assert caught.value.code == "plan_superseded"


def test_clicking_undo_twice_undoes_one_step(plan: SelectionPlan, lead: Person) -> None:
    case_invite(plan, case_at(plan, 1), person=lead)
    case_invite(plan, case_at(plan, 2), person=lead)
    seen = step_last(plan).pk
    step_undo(plan, person=lead, seen=seen)
    with pytest.raises(Refusal) as caught:
        step_undo(plan, person=lead, seen=seen)
    assert caught.value.code == "step_out_of_order"
    assert events_standing(plan).filter(kind="invited").count() == 1


def test_there_is_nothing_to_undo_before_the_first_step(plan: SelectionPlan, lead: Person) -> None:
    with pytest.raises(Refusal) as caught:
        step_undo(plan, person=lead)
    assert caught.value.code == "nothing_to_undo"


@pytest.mark.parametrize("way", ["update", "delete"])
def test_the_database_refuses_to_change_the_log(plan: SelectionPlan, way: str) -> None:
    events = SelectionEvent.objects.filter(plan=plan)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        events.update(reason="anders") if way == "update" else events._raw_delete(events.db)
    assert events.filter(kind="chosen").count() == 8
