"""Which words stand behind a row of evidence that a coding or a score gave?"""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from rodedraad.assessment.evidence.facts import FROM_CODING, FROM_SCORE
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.passages import Passage
from rodedraad.coding.models import Coder, Coding
from rodedraad.coding.visible import shown_to
from rodedraad.scoring.models import Score
from rodedraad.sources.access import sources_for
from rodedraad.sources.models import Source
from rodedraad.studies.access import StudyAccess


def passages_of(access: StudyAccess, rows: Iterable[Evidence]) -> dict[int, Passage]:
    """Return the words behind each row, by its key, as far as this person may see them.

    The words are those of now: of a coding that was carried to a new text, or a score that was
    given anew, the newest.
    """
    of = _records(rows)
    places: dict[str, Coding | Score] = {
        **_codings(access, [one for one in of if one.startswith(FROM_CODING)]),
        **_scores(access, [one for one in of if one.startswith(FROM_SCORE)]),
    }
    seen = {
        source.pk: source
        for source in sources_for(access).filter(
            pk__in={one.version.source_id for one in places.values()}
        )
    }
    return {
        pk: _passage(access, place, seen[place.version.source_id])
        for record, pks in of.items()
        for pk in pks
        if (place := places.get(record)) is not None and place.version.source_id in seen
    }


def _records(rows: Iterable[Evidence]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        if row.source_id.startswith((FROM_CODING, FROM_SCORE)):
            found.setdefault(row.source_id, []).append(row.pk)
    return found


def _codings(access: StudyAccess, records: Iterable[str]) -> dict[str, Coding]:
    """Return the codings by record; of one that was carried, the newest that was not removed."""
    uuids = [record.removeprefix(FROM_CODING) for record in records]
    seen = shown_to(_coder(access), "coder", "round", "version__source")
    codings = Coding.objects.filter(seen, study=access.study).defer("version__text")
    codings = codings.select_related("version", "code", "coder")
    now = {f"{FROM_CODING}{one.uuid}": one for one in codings.filter(uuid__in=uuids)}
    open_ones = dict(now)
    while open_ones:
        older = {one.pk: record for record, one in open_ones.items()}
        carried = codings.filter(carried_from__in=older, removed_at=None)
        open_ones = {older[one.carried_from_id or 0]: one for one in carried}
        now |= open_ones
    return now


def _scores(access: StudyAccess, records: Iterable[str]) -> dict[str, Score]:
    """Return the scores by record; one that was carried keeps its uuid, and the newest holds."""
    uuids = [record.removeprefix(FROM_SCORE) for record in records]
    seen = shown_to(_coder(access), "coder", "round", "source")
    scores = Score.objects.filter(seen, study=access.study, uuid__in=uuids).order_by("uuid", "-pk")
    found = scores.distinct("uuid").select_related("version", "coder").defer("version__text")
    return {f"{FROM_SCORE}{one.uuid}": one for one in found}


def _coder(access: StudyAccess) -> Coder | None:
    """Return which coder this person is: who codes a source blind sees nothing of others in it."""
    return Coder.objects.filter(study=access.study, person=access.person).first()


def _passage(access: StudyAccess, place: Coding | Score, source: Source) -> Passage:
    args = [access.study.slug, source.uuid]
    address = reverse("sources:source", args=args)
    if access.may_design:
        at = "" if place.start is None else f"?plek={place.start}"
        address = f"{reverse('coding:reader', args=args)}{at}"
    return Passage(
        source=source,
        version=place.version,
        address=address,
        before=place.before,
        quote=place.quote,
        after=place.after,
        is_lost=place.anchor == Coding.Anchor.LOST,
        by=place.coder.name,
        what=place.code.name if isinstance(place, Coding) else "",
        reason="" if isinstance(place, Coding) else place.reason,
    )
