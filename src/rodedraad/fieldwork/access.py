"""Who may work on the fieldwork of a study, and who may see who participants are?"""

from django.http import Http404

from rodedraad.accounts.audit import audit_record
from rodedraad.fieldwork.models import Participation
from rodedraad.studies.access import DESIGNERS, StudyAccess, User, access_for
from rodedraad.studies.models import TeamMember


def fieldwork_asked(user: User, slug: str) -> StudyAccess:
    """Return the study for who does its fieldwork: lead and researchers; 404 for others."""
    return access_for(user, slug, *DESIGNERS)


def may_read_contacts(access: StudyAccess) -> bool:
    """Tell whether this person may see contact data: the lead, and a researcher named for it."""
    return access.may_read_contacts


def contacts_asked(user: User, slug: str) -> StudyAccess:
    """Return the study for who may see and change contact data; 404 for others."""
    access = fieldwork_asked(user, slug)
    if not may_read_contacts(access):
        raise Http404("There is no such study, or you may not see who its participants are.")
    return access


def participation_for(access: StudyAccess, uuid: object) -> Participation:
    """Return a participation of the study, with its case and wave; 404 for another study's."""
    found = Participation.objects.filter(study=access.study, uuid=uuid)
    participation = found.select_related("case", "wave", "study").first()
    if participation is None:
        raise Http404("There is no such participation in this study.")
    return participation


def contact_reading_set(access: StudyAccess, pk: int, *, allowed: bool, origin: str) -> TeamMember:
    """Let a researcher see contact data, or not any more; only the lead may."""
    member = TeamMember.objects.filter(
        study=access.study, pk=pk, role=TeamMember.Role.RESEARCHER
    ).first()
    if member is None or not access.may_lead:
        raise Http404("There is no such researcher in this study, or you do not lead it.")
    if member.reads_contacts != allowed:
        member.reads_contacts = allowed
        member.save(update_fields=["reads_contacts"])
        audit_record(
            person=access.person,
            action="contact_reading_given" if allowed else "contact_reading_taken",
            object=f"study:{access.study.slug} person:{member.person_id}",
            origin=origin,
        )
    return member
