"""Which sources may a person of the team see, and when is reading one written down?"""

from django.db.models import QuerySet
from django.http import Http404

from rodedraad.accounts.audit import audit_record
from rodedraad.sources.models import Source
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for
from rodedraad.studies.models import TeamMember

Level = Source.Confidentiality
READERS = (*DESIGNERS, TeamMember.Role.PRIVACY_OFFICER)
SEEN = {
    TeamMember.Role.LEAD: tuple(Level),
    TeamMember.Role.RESEARCHER: tuple(Level),
    TeamMember.Role.PRIVACY_OFFICER: (Level.OPEN, Level.PROJECT, Level.TEAM),
}
"""What each role sees; a client sees no raw text, and who is not named here neither."""


def sources_asked(user: object, slug: str) -> StudyAccess:
    """Return the study for who may see sources in it; 404 for who may not know there are any."""
    return access_for(user, slug, *READERS)  # type: ignore[arg-type]


def sources_for(access: StudyAccess) -> QuerySet[Source]:
    """Return the sources of a study that this person may see, without those taken out."""
    return Source.objects.filter(
        study=access.study,
        removed_at=None,
        confidentiality__in=SEEN.get(TeamMember.Role(access.role), ()),
    )


def source_for(access: StudyAccess, uuid: object) -> Source:
    """Return one source of a study when this person may see it.

    Raises
    ------
    Http404
        When there is no such source, or the person may not know that there is.
    """
    source = sources_for(access).select_related("study", "case", "wave").filter(uuid=uuid).first()
    if source is None:
        raise Http404("There is no such source, or you may not see it.")
    return source


def reading_record(access: StudyAccess, source: Source, *, origin: str) -> None:
    """Write in the audit log that a person read a source about people; other sources: nothing."""
    if source.confidentiality == Level.PERSONAL:
        audit_record(
            person=access.person,
            action="source_read",
            object=f"study:{access.study.slug} source:{source.uuid}",
            origin=origin,
        )
