"""How is a pseudonym opened, and what of it is written down?"""

from django.db import transaction
from django.db.models import Count, QuerySet

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.deidentification.models import KeyOpening, Pseudonym
from rodedraad.deidentification.pseudonyms import names_of
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study

SHORTEST_REASON = 10
LONGEST_REASON = 200


def persons_listed(study: Study) -> QuerySet[Pseudonym]:
    """Return the pseudonyms of a study that stand for somebody, with in how many sources."""
    found = Pseudonym.objects.filter(study=study).annotate(
        n_sources=Count("names__source", distinct=True)
    )
    return found.filter(n_sources__gt=0).order_by("number")


@transaction.atomic
def pseudonym_open(pseudonym: Pseudonym, reason: str, *, person: Person, origin: str) -> list[str]:
    """Return the names behind one pseudonym, after writing down who asked and why.

    Raises
    ------
    Refusal
        ``reason_missing`` without a reason in words; ``pseudonym_key_missing`` and
        ``pseudonym_damaged`` when the names cannot be opened.
    """
    told = " ".join(reason.split())
    if not SHORTEST_REASON <= len(told) <= LONGEST_REASON:
        raise Refusal(
            f"Say in {SHORTEST_REASON} to {LONGEST_REASON} characters why you must know who this "
            "is. Others can read the reason later.",
            code="reason_missing",
            least=SHORTEST_REASON,
            most=LONGEST_REASON,
        )
    names = names_of(pseudonym)
    KeyOpening.objects.create(pseudonym=pseudonym, reason=told, person=person)
    audit_record(
        person=person,
        action="pseudonym_open",
        object=f"study:{pseudonym.study.slug} pseudonym:{pseudonym.number}",
        origin=origin,
    )
    return names
