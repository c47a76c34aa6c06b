"""Which studies a person may reach: the only way from a person to study data."""

from django.db.models import Q, QuerySet
from django.http import Http404

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Study, TeamMember

Role = TeamMember.Role
DESIGNERS = (Role.LEAD, Role.RESEARCHER)


def studies_for(person: Person) -> QuerySet[Study]:
    """Return the studies in whose team ``person`` is; being administrator gives none."""
    return Study.objects.filter(Q(team__person=person)).distinct()


def study_for(person: Person, slug: str, *roles: str) -> Study:
    """Return the study called ``slug`` when ``person`` is in its team, in one of ``roles``.

    Without ``roles`` every role will do.

    Raises
    ------
    Http404
        When there is no such study, or the person may not know that there is.
    """
    team = TeamMember.objects.filter(study__slug=slug, person=person).select_related("study")
    if roles:
        team = team.filter(role__in=roles)
    member = team.first()
    if member is None:
        raise Http404("There is no such study, or you are not in its team.")
    return member.study


def may_design(person: Person, study: Study) -> bool:
    """Tell whether ``person`` may change the design of ``study``: lead or researcher."""
    return TeamMember.objects.filter(study=study, person=person, role__in=DESIGNERS).exists()
