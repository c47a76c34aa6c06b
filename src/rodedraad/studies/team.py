"""How people come into the team of a study, change role and leave it."""

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study, TeamMember

Role = TeamMember.Role


@transaction.atomic
def member_set(study: Study, person: Person, *, role: str, by: Person, origin: str) -> TeamMember:
    """Give ``person`` a role in the study, in place of the one there was.

    Raises
    ------
    Refusal
        When the last lead would get another role.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    if role != Role.LEAD:
        _refuse_last_lead(study, person)
    member, _ = TeamMember.objects.update_or_create(
        study=study, person=person, defaults={"role": role}
    )
    audit_record(
        person=by,
        action="team_role_given",
        object=f"study:{study.slug} person:{person.pk} {role}",
        origin=origin,
    )
    return member


@transaction.atomic
def member_remove(study: Study, person: Person, *, by: Person, origin: str) -> None:
    """Take ``person`` out of the team: from now on the study is closed to them.

    Raises
    ------
    Refusal
        When it is the last lead.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    _refuse_last_lead(study, person)
    TeamMember.objects.filter(study=study, person=person).delete()
    audit_record(
        person=by,
        action="team_member_removed",
        object=f"study:{study.slug} person:{person.pk}",
        origin=origin,
    )


def _refuse_last_lead(study: Study, person: Person) -> None:
    leads = TeamMember.objects.filter(study=study, role=Role.LEAD)
    if list(leads.values_list("person", flat=True)) == [person.pk]:
        raise Refusal(
            "This is the last lead of the study. Make someone else lead first.", code="last_lead"
        )
