"""What is there in a study: waves, rulesets, team, and how many cases, constructs and items?"""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from rodedraad.studies.models import Case, Construct, Framework, Item, Study, TeamMember, Wave


@dataclass(frozen=True, slots=True)
class StudyCounts:
    """How many of each thing a study has."""

    n_frame: int
    n_chosen: int
    n_constructs: int
    n_items: int


def study_counts(study: Study) -> StudyCounts:
    """Count cases, and the constructs and items of the newest framework."""
    of_role = dict(
        Case.objects.filter(study=study)
        .order_by()
        .values_list("role")
        .annotate(n=Count("pk"))
        .values_list("role", "n")
    )
    framework = framework_newest(study)
    return StudyCounts(
        n_frame=sum(of_role.values()),
        n_chosen=of_role.get(Case.Role.MAIN, 0),
        n_constructs=Construct.objects.filter(framework=framework).count(),
        n_items=Item.objects.filter(construct__framework=framework).count(),
    )


def framework_newest(study: Study) -> Framework:
    """Return the newest version of the framework; every study has one."""
    return study.frameworks.order_by("-version")[:1].get()


def waves_of(study: Study) -> QuerySet[Wave]:
    """Return the waves of a study by date, with their framework."""
    return Wave.objects.filter(study=study).select_related("framework")


def team_of(study: Study) -> list[TeamMember]:
    """Return the team: leads first, then by role and name."""
    order = list(TeamMember.Role.values)
    members = TeamMember.objects.filter(study=study).select_related("person")
    return sorted(
        members, key=lambda member: (order.index(member.role), str(member.person).casefold())
    )
