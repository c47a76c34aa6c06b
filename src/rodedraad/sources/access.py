"""Which sources may a person of the team see, and when is reading one written down?"""

from django.db.models import Q, QuerySet
from django.http import Http404

from rodedraad.accounts.audit import audit_record
from rodedraad.sources.models import Source, SourceVersion
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
    found = Source.objects.filter(
        study=access.study,
        removed_at=None,
        confidentiality__in=SEEN.get(TeamMember.Role(access.role), ()),
    )
    if access.may_read_raw:
        return found
    return found.filter(~Q(confidentiality=Level.PERSONAL) | Q(added_by=access.person))


def source_for(access: StudyAccess, uuid: object) -> Source:
    """Return one source of a study when this person may see it.

    Raises
    ------
    Http404
        When there is no such source, or the person may not know that there is.
    """
    return _one(access, sources_for(access).select_related("case", "wave"), uuid)


def source_named(access: StudyAccess, uuid: object) -> Source:
    """Return one source as ``source_for`` does, for what shows nothing of it but its address."""
    return _one(access, sources_for(access).only("uuid", "study"), uuid)


def _one(access: StudyAccess, sources: QuerySet[Source], uuid: object) -> Source:
    source = sources.order_by().filter(uuid=uuid).first()
    if source is None:
        raise Http404("There is no such source, or you may not see it.")
    source.study = access.study
    return source


def may_read_raw(access: StudyAccess, source: Source) -> bool:
    """Tell whether a person may read a source as it was said: who is named, or brought it in."""
    return access.may_read_raw or (access.may_design and source.added_by_id == access.person.pk)


def is_deidentified(source: Source) -> bool:
    """Tell whether a version of the source has people made unknown: then the others are raw."""
    return source.versions.filter(deidentified=True).exists()


def raw_hidden(access: StudyAccess, source: Source, version: SourceVersion) -> bool:
    """Tell whether a version is one from before people were made unknown that one may not read."""
    is_raw = not version.deidentified and is_deidentified(source)
    return is_raw and not may_read_raw(access, source)


def reading_record(
    access: StudyAccess, source: Source, version: SourceVersion | None = None, *, origin: str
) -> None:
    """Write in the audit log that a person read a talk as it was said; other texts: nothing.

    That is a source about people, or a ``version`` from before people were made unknown in it.
    """
    raw = version is not None and not version.deidentified and is_deidentified(source)
    if raw or source.confidentiality == Level.PERSONAL:
        read = f" v{version.number}" if raw and version is not None else ""
        audit_record(
            person=access.person,
            action="source_read",
            object=f"study:{access.study.slug} source:{source.uuid}{read}",
            origin=origin,
        )
