"""Who takes part, as the list shows it: without names, and in few questions to the database."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression

from rodedraad.fieldwork.models import ContactLink, Participation
from rodedraad.fieldwork.vault import contacts_by_mail
from rodedraad.studies.models import Case, Study, TeamMember, Wave
from rodedraad.studies.queries.study_page import team_of

NO_MAIL = ("opted_out", "bounced")


def people_of(study: Study, asked: Mapping[str, str]) -> QuerySet[Participation]:
    """Return the participations of a study that fit a filter, by pseudonym."""
    found = Participation.objects.filter(study=study).select_related("case", "wave")
    if asked.get("case", "").isdecimal():
        found = found.filter(case=int(asked["case"]))
    if asked.get("wave", "").isdecimal():
        found = found.filter(wave=int(asked["wave"]))
    if asked.get("role"):
        found = found.filter(role=asked["role"])
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if asked.get("reach") in NO_MAIL:
        links = ContactLink.objects.exclude(**{f"contact__{asked['reach']}_on": None})
        found = found.filter(uuid__in=links.values("participation"))
    return found.order_by("pseudonym")


def reach_of(participations: Sequence[Participation]) -> dict[str, str]:
    """Return how far people can be reached, by their uuid as text; no contact data are opened.

    ``opted_out``, ``bounced``, ``known``; one without contact data is left out.
    """
    links = ContactLink.objects.filter(participation__in=[each.uuid for each in participations])
    told = links.values_list(
        "participation", "contact__opted_out_on", "contact__bounced_on", "contact__mark"
    )
    return {
        str(uuid): "opted_out" if out else "bounced" if bounced else "mail" if mark else "known"
        for uuid, out, bounced, mark in told
    }


def participation_with(study: Study, mail: str) -> Participation | None:
    """Return who takes part in a study with a mail address, in the newest wave; None when nobody.

    The vault is asked by the mark of the address, so no contact data are opened.
    """
    contacts = contacts_by_mail([mail]).values()
    links = ContactLink.objects.filter(contact__in=[one.pk for one in contacts])
    found = Participation.objects.filter(study=study, uuid__in=links.values("participation"))
    return found.order_by("wave__reference_date", "pk").last()


def cases_of(study: Study) -> list[Case]:
    """Return the cases of a study, by name."""
    return list(Case.objects.filter(study=study).order_by("name"))


def waves_of(study: Study, **told: BaseExpression) -> list[Wave]:
    """Return the waves of a study, the newest first; each with what is ``told`` by name."""
    waves = Wave.objects.filter(study=study).annotate(**told)
    return list(waves.order_by("-reference_date", "-pk"))


def readers_of(study: Study) -> list[TeamMember]:
    """Return the leads and researchers of a study, who may be named to see contact data."""
    roles = (TeamMember.Role.LEAD, TeamMember.Role.RESEARCHER)
    return [member for member in team_of(study) if member.role in roles]
