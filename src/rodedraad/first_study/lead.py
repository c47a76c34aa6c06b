"""Who leads the first study, which a command made: the first person who can sign in."""

from rodedraad.accounts.models import Person
from rodedraad.first_study.steps import SLUG
from rodedraad.studies.actions import lead_ensure
from rodedraad.studies.models import Study


def first_study_lead(email: str) -> None:
    """Make the person with this address lead of the first study, when it has no lead yet."""
    study = Study.objects.filter(slug=SLUG).first()
    if study is not None:
        lead_ensure(study, Person.objects.get(email=email))
