"""Which studies a person may reach: the only way from a person to study data."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Study, TeamMember

Role = TeamMember.Role
DESIGNERS = (Role.LEAD, Role.RESEARCHER)
User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class StudyAccess:
    """A person in the team of a study, and what their role lets them do."""

    person: Person
    study: Study
    role: str
    reads_raw: bool = False
    reads_contacts: bool = False

    @property
    def may_read_raw(self) -> bool:
        """Whether this person may read talks as they were said: the lead, and who is named."""
        return self.may_lead or (self.role == Role.RESEARCHER and self.reads_raw)

    @property
    def may_read_contacts(self) -> bool:
        """Whether this person may see who participants are: the lead, and who is named."""
        return self.may_lead or (self.role == Role.RESEARCHER and self.reads_contacts)

    @property
    def may_lead(self) -> bool:
        """Whether this person decides on team and waves."""
        return self.role == Role.LEAD

    @property
    def may_design(self) -> bool:
        """Whether this person may change the design and the log."""
        return self.role in DESIGNERS


def studies_for(person: Person) -> QuerySet[Study]:
    """Return the studies in whose team ``person`` is; being administrator gives none."""
    return Study.objects.filter(Q(team__person=person)).distinct()


def access_for(user: User, slug: str, *roles: str) -> StudyAccess:
    """Return the study called ``slug`` with the role in it of who is signed in.

    Without ``roles`` every role will do.

    Raises
    ------
    Http404
        When there is no such study, or the person may not know that there is.
    """
    team = TeamMember.objects.filter(study__slug=slug, person=user.pk).select_related("study")
    if roles:
        team = team.filter(role__in=roles)
    member = team.first()
    if member is None or not isinstance(user, Person):
        raise Http404("There is no such study, or you are not in its team.")
    return StudyAccess(
        person=user,
        study=member.study,
        role=member.role,
        reads_raw=member.reads_raw,
        reads_contacts=member.reads_contacts,
    )


def study_for(person: Person, slug: str, *roles: str) -> Study:
    """Return the study called ``slug`` when ``person`` is in its team; see ``access_for``."""
    return access_for(person, slug, *roles).study


def maker_for(user: User) -> Person:
    """Return who is signed in when they may make studies: an administrator.

    Raises
    ------
    PermissionDenied
        For everyone else.
    """
    if not isinstance(user, Person) or not user.is_administrator:
        raise PermissionDenied
    return user


def may_design(person: Person, study: Study) -> bool:
    """Tell whether ``person`` may change the design of ``study``: lead or researcher."""
    return TeamMember.objects.filter(study=study, person=person, role__in=DESIGNERS).exists()
