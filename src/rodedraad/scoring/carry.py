"""Where do the passages of scores stand in a new version of a text?"""

from django.db.models import Exists, OuterRef, QuerySet

from rodedraad.scoring.models import Score
from rodedraad.scoring.newest import scores_now
from rodedraad.sources.anchors import Anchored, context_of, reanchor
from rodedraad.sources.following_rooms import NewText
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Study

COPIED = ("uuid", "study_id", "source_id", "coder_id", "round_id", "kind", "construct", "raw",
          "missing", "reason", "date", "quote", "before", "after", "anchor")  # fmt: skip


def scores_follow(new: NewText) -> None:
    """Put the scores of a text on its new version."""
    scores_carry(new.version.source.study, new.version.source, new)


def scores_carry(study: Study, source: Source | None = None, new: NewText | None = None) -> int:
    """Put the newest scores on the newest version of their text; return how many had to be.

    A row is added for each, with the uuid of what it carries: it is the same judgement. A passage
    that is not found any more is lost, and a score with a lost passage is no evidence until a
    person looks again.
    """
    old = list(scores_outdated(study, source).select_related("version"))
    newest = {
        one.source_id: one
        for one in SourceVersion.objects.filter(source__in={score.source_id for score in old})
        .order_by("source_id", "-number")
        .distinct("source_id")
    }
    Score.objects.bulk_create(_carried(score, newest[score.source_id], new) for score in old)
    return len(old)


def scores_outdated(study: Study, source: Source | None = None) -> QuerySet[Score]:
    """Return the newest scores that stand on an earlier version of their text."""
    rows = Score.objects.filter(study=study)
    rows = rows if source is None else rows.filter(source=source)
    newer = SourceVersion.objects.filter(
        source=OuterRef("source"), number__gt=OuterRef("version__number")
    )
    return scores_now(rows).filter(Exists(newer))


def _carried(score: Score, version: SourceVersion, new: NewText | None) -> Score:
    made = Score(step=Score.Step.CARRY, version=version)
    for name in COPIED:
        setattr(made, name, getattr(score, name))
    if version.deidentified and not score.version.deidentified:
        made.quote = made.before = made.after = ""  # the words of the raw text stay there
    if score.start is None or score.end is None:
        return made
    known = new.range_of(score.version_id, (score.start, score.end)) if new else None
    found = (
        Anchored("exact", *known, 1.0) if known
        else reanchor(score.version.text, version.text, score.start, score.end)
    )  # fmt: skip
    was_unsure = score.anchor == Score.Anchor.UNSURE
    made.anchor = Score.Anchor.UNSURE if was_unsure and found.is_sure else found.state
    if found.start is not None and found.end is not None:
        made.start, made.end = found.start, found.end
        made.quote = version.text[found.start : found.end]
        made.before, made.after = context_of(version.text, found.start, found.end)
    return made
