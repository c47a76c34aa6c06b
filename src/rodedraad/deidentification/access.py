"""Who may make people unknown in a text, and who may open the key to the pseudonyms?"""

from django.http import Http404

from rodedraad.accounts.audit import audit_record
from rodedraad.sources.access import may_read_raw, source_for
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for
from rodedraad.studies.models import TeamMember

KEY_HOLDERS = (TeamMember.Role.LEAD, TeamMember.Role.PRIVACY_OFFICER)


def review_asked(user: object, slug: str, uuid: object) -> tuple[StudyAccess, Source]:
    """Return the study and the source for who may read it as it was said; 404 for others."""
    access = access_for(user, slug, *DESIGNERS)  # type: ignore[arg-type]
    source = source_for(access, uuid)
    if not may_read_raw(access, source):
        raise Http404("There is no such source, or you may not read it as it was said.")
    return access, source


def key_asked(user: object, slug: str) -> StudyAccess:
    """Return the study for who may open the key: the lead and the privacy officer."""
    return access_for(user, slug, *KEY_HOLDERS)  # type: ignore[arg-type]


def raw_reading_record(access: StudyAccess, version: SourceVersion, *, origin: str) -> None:
    """Write in the audit log that somebody read a talk as it was said."""
    audit_record(
        person=access.person,
        action="source_read",
        object=f"study:{access.study.slug} source:{version.source.uuid} v{version.number}",
        origin=origin,
    )


def raw_reading_set(access: StudyAccess, pk: int, *, allowed: bool, origin: str) -> TeamMember:
    """Let a researcher read talks as they were said, or not any more; only the lead may."""
    member = TeamMember.objects.filter(
        study=access.study, pk=pk, role=TeamMember.Role.RESEARCHER
    ).first()
    if member is None or not access.may_lead:
        raise Http404("There is no such researcher in this study, or you do not lead it.")
    if member.reads_raw != allowed:
        member.reads_raw = allowed
        member.save(update_fields=["reads_raw"])
        audit_record(
            person=access.person,
            action="raw_reading_given" if allowed else "raw_reading_taken",
            object=f"study:{access.study.slug} person:{member.person_id}",
            origin=origin,
        )
    return member
