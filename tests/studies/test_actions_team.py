"""Whether a team changes as the lead says, is audited, and never loses its last lead."""

from collections.abc import Callable

import pytest

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study
from rodedraad.studies.team import member_remove, member_set


def test_a_person_has_one_role_and_every_change_is_audited(
    study: Study, lead: Person, person: Callable[[str], Person]
) -> None:
    colleague = person("collega")
    for role in ("researcher", "lead", "client"):
        member_set(study, colleague, role=role, by=lead, origin="test")
    assert list(study.team.filter(person=colleague).values_list("role", flat=True)) == ["client"]
    member_remove(study, colleague, by=lead, origin="test")
    assert not study.team.filter(person=colleague).exists()
    events = AuditEvent.objects.filter(object__contains=f"person:{colleague.pk}").order_by("pk")
    assert list(events.values_list("action", flat=True)) == [
        "team_role_given", "team_role_given", "team_role_given", "team_member_removed",
    ]  # fmt: skip
    assert all(event.person == lead for event in events)


def test_the_last_lead_is_neither_removed_nor_given_another_role(
    study: Study, lead: Person, person: Callable[[str], Person]
) -> None:
    for change in (
        lambda: member_remove(study, lead, by=lead, origin="test"),
        lambda: member_set(study, lead, role="client", by=lead, origin="test"),
    ):
        with pytest.raises(Refusal) as caught:
            change()
        assert caught.value.code == "last_lead"
    member_set(study, person("opvolger"), role="lead", by=lead, origin="test")
    member_remove(study, lead, by=lead, origin="test")
    assert study.team.count() == 1
