"""Which names stay in the texts of a study: those of what it is about, and those a person adds."""

import re
from datetime import date

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.country.current import current_country
from rodedraad.deidentification.models import StayingName
from rodedraad.errors import Refusal
from rodedraad.networks.models import Arrangement
from rodedraad.studies.models import Case, Study

SHORTEST = 2
LONGEST = 200
IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")


def names_staying(study: Study) -> set[str]:
    """Return every name that stays: municipalities, cases, arrangements, and those added."""
    added = StayingName.objects.filter(study=study).values_list("name", flat=True)
    names = {*_municipalities(study), *_cases(study), *_arrangements(study), *added}
    return {name for name in (*names, *map(_plain, names)) if len(name) >= SHORTEST}


def staying_counts(study: Study) -> dict[str, int]:
    """Return how many names stay for each reason but the list that a person keeps."""
    return {
        "municipalities": len(_municipalities(study)),
        "cases": len(_cases(study)),
        "arrangements": len(_arrangements(study)),
    }


@transaction.atomic
def staying_add(study: Study, lines: str, *, person: Person, origin: str) -> int:
    """Add names, one on each line, and return how many are new.

    Raises
    ------
    Refusal
        When a line is too short or too long to be a name; then none is added.
    """
    names = {" ".join(line.split()) for line in lines.splitlines() if line.strip()}
    for name in sorted(names):
        if not SHORTEST <= len(name) <= LONGEST:
            raise Refusal(
                f"A name has {SHORTEST} to {LONGEST} characters. Mend the line that begins with "
                f"'{name[:20]}'.",
                code="staying_name_length",
                line=name[:20],
            )
    known = set(StayingName.objects.filter(study=study).values_list("name", flat=True))
    new = sorted(names - known)
    StayingName.objects.bulk_create(
        [StayingName(study=study, name=name, added_by=person) for name in new],
        ignore_conflicts=True,
    )
    if new:
        _record(study, person, origin)
    return len(new)


@transaction.atomic
def staying_remove(study: Study, pk: int, *, person: Person, origin: str) -> None:
    """Take a name off the list of a study; the next look for people finds it again."""
    if StayingName.objects.filter(study=study, pk=pk).delete()[0]:
        _record(study, person, origin)


def _record(study: Study, person: Person, origin: str) -> None:
    audit_record(person=person, action="staying_names", object=f"study:{study.slug}", origin=origin)


def _municipalities(study: Study) -> set[str]:
    """The names of the year of the frame, and of each wave."""
    country = current_country()
    days = {wave.reference_date for wave in study.waves.all()}
    asked = study.template.get("cases", {}).get("frame_date")
    days |= {date.fromisoformat(asked)} if asked else set()
    return {
        found.name
        for found in country.municipalities.values()
        if any(found.existed_on(day) for day in days)
    }


def _cases(study: Study) -> set[str]:
    return set(Case.objects.filter(study=study).values_list("name", flat=True))


def _arrangements(study: Study) -> set[str]:
    return set(Arrangement.objects.filter(study=study).values_list("name", flat=True).distinct())


def _plain(name: str) -> str:
    """A name without what stands in brackets after it: 'Bergen (L.)' is said as 'Bergen'."""
    return IN_BRACKETS.sub("", name)
