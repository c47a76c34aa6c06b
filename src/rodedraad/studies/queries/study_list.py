"""In which studies is a person, with which role, and how far are they?"""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rodedraad.accounts.models import Person
from rodedraad.studies.access import studies_for
from rodedraad.studies.models import Case, Study, TeamMember


def studies_listed(person: Person) -> QuerySet[Study]:
    """Return the studies of ``person``, newest first, with ``my_role`` and ``n_chosen``."""
    mine = TeamMember.objects.filter(study=OuterRef("pk"), person=person)
    chosen = (
        Case.objects.filter(study=OuterRef("pk"), role=Case.Role.MAIN)
        .order_by()
        .values("study")
        .annotate(n=Count("pk"))
    )
    return studies_for(person).annotate(
        my_role=Subquery(mine.values("role")),
        n_chosen=Coalesce(Subquery(chosen.values("n")), 0),
    )
