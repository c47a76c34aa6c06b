"""How does a coder score a source, undo that, and who chooses where scorers differ?"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codings import QUOTE_AT_MOST
from rodedraad.coding.changes import changed_by_other
from rodedraad.coding.models import Coder, Round
from rodedraad.coding.rounds import round_require
from rodedraad.errors import Refusal
from rodedraad.scoring.models import Score, Settlement
from rodedraad.scoring.newest import scored_places
from rodedraad.scoring.scale import EVIDENCE_FROM, levels_of, lines_of
from rodedraad.sources.anchors import CONTEXT
from rodedraad.sources.models import Source, SourceVersion

STATE = ("raw", "missing", "reason", "date", "version_id", "start", "end", "quote", "before",
         "after", "anchor")  # fmt: skip
REASON_AT_MOST = 2_000
Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a coder says: a level or why there is none, in short why, and where it can be read.

    ``date`` says since when a measure has its status. Without ``raw`` and ``missing`` an earlier
    score is taken away.
    """

    kind: str
    construct: str
    raw: int | None = None
    missing: str = ""
    reason: str = ""
    date: datetime.date | None = None
    place: Range | None = None


@transaction.atomic
def score_give(
    coder: Coder,
    source: Source,
    given: Given,
    *,
    in_round: Round | None = None,
    seen: int | None = None,
) -> Score:
    """Add what a coder says of one construct or measure by a source; the newest holds.

    ``seen`` is the key of the score of this coder that the page showed, 0 when it showed none:
    when another came since, nothing is written.

    Raises
    ------
    Refusal
        When the construct is not in the framework, the score is not on the scale, the date is
        after today, a measure from status 2 lacks its date or passage, the passage is not in the
        text, or the round does not allow it.
    """
    Coder.objects.select_for_update(no_key=True).get(pk=coder.pk)
    round_require(in_round, coder, source)
    _known_require(coder, source, given)
    line = _line(coder, source, given.kind, given.construct)
    now = line.order_by("-pk").first()
    if seen is not None and seen != (now.pk if now else 0):
        raise changed_by_other(str(now.uuid) if now else "")
    version = source.versions.defer("text").order_by("-number").first()
    if version is None:
        raise Refusal("This source has no text to score.", code="score_no_text")
    made = Score(
        study_id=coder.study_id, source=source, coder=coder, round=in_round, kind=given.kind,
        construct=given.construct, raw=given.raw, missing=given.missing,
        reason=given.reason.strip(), date=given.date, version=version,
        **_passage(version, given.place),
    )  # fmt: skip
    _evidence_require(made, source)
    if now is not None and _same(now, made):
        return now
    made.save(force_insert=True)
    return made


@transaction.atomic
def score_undo(coder: Coder, source: Source, *, in_round: Round | None = None) -> Score:
    """Turn the newest step of a coder in a source back; a new row says so."""
    return _turn(coder, source, undo_next(coder, source), Score.Step.UNDO, in_round)


@transaction.atomic
def score_redo(coder: Coder, source: Source, *, in_round: Round | None = None) -> Score:
    """Do again what was undone last, when nothing new was done since."""
    return _turn(coder, source, redo_next(coder, source), Score.Step.REDO, in_round)


def undo_next(coder: Coder, source: Source) -> Score | None:
    """Return the step that undo would turn back."""
    steps = Score.objects.filter(coder=coder, source=source, turned_by=None)
    return steps.filter(step__in=(Score.Step.SCORE, Score.Step.REDO)).order_by("-pk").first()


def redo_next(coder: Coder, source: Source) -> Score | None:
    """Return the undoing that redo would turn back: the newest since the last new step."""
    mine = Score.objects.filter(coder=coder, source=source)
    newest = mine.filter(step=Score.Step.SCORE).order_by("-pk").values("pk")[:1]
    undone = mine.filter(step=Score.Step.UNDO, turned_by=None, pk__gt=Coalesce(newest, 0))
    return undone.order_by("-pk").first()


@transaction.atomic
def score_settle(
    source: Source,
    kind: str,
    construct: str,
    coder: Coder | None,
    *,
    reason: str,
    person: Person,
    origin: str,
) -> Settlement:
    """Choose whose score holds where scorers differ; without a coder, take a choice away.

    Raises
    ------
    Refusal
        When there is no reason, nobody differs, or this coder did not score.
    """
    _reason_require(reason, needed=True)
    rows = Score.objects.filter(source=source, kind=kind, construct=construct)
    scored = scored_places(rows).get((source.pk, kind, construct))
    if scored is None or scored.is_agreed:
        raise Refusal("Nobody differs about this any more.", code="score_agreed")
    if coder is not None and str(coder.pk) not in scored.between:
        raise Refusal("Choose one of the scores that stand there.", code="score_not_given")
    made = Settlement.objects.create(
        study_id=source.study_id, source=source, kind=kind, construct=construct, coder=coder,
        between=scored.between, reason=reason.strip(), person=person,
    )  # fmt: skip
    audit_record(
        person=person, action="score_settle", origin=origin,
        object=f"study:{source.study.slug} source:{source.uuid} {kind}:{construct}",
    )  # fmt: skip
    return made


def _line(coder: Coder, source: Source, kind: str, construct: str) -> QuerySet[Score]:
    return Score.objects.filter(coder=coder, source=source, kind=kind, construct=construct)


def _turn(
    coder: Coder, source: Source, step: Score | None, how: str, in_round: Round | None
) -> Score:
    Coder.objects.select_for_update(no_key=True).get(pk=coder.pk)
    if step is None:
        raise Refusal("There is no step to undo or do again.", code="score_no_step")
    round_require(in_round, coder, source)
    line = _line(coder, source, step.kind, step.construct)
    before = line.filter(pk__lt=step.pk).order_by("-pk").first()
    made = Score(
        study_id=coder.study_id, source=source, coder=coder, round=in_round, kind=step.kind,
        construct=step.construct, version_id=step.version_id, step=how, turns=step,
    )  # fmt: skip
    if before is not None:
        for name in STATE:
            setattr(made, name, getattr(before, name))
    made.save(force_insert=True)
    return made


def _known_require(coder: Coder, source: Source, given: Given) -> None:
    if source.study_id != coder.study_id:
        raise Refusal("Choose a source of this study.", code="score_other_study")
    if (given.kind, given.construct) not in {
        (line.kind, line.code) for line in lines_of(coder.study, source)
    }:
        raise Refusal(
            f"'{given.construct}' is not scored in this source. Choose one from the list.",
            code="score_construct",
            construct=given.construct,
        )
    on_scale = {None} | {value for value, _words in levels_of(given.kind)}
    if given.raw not in on_scale or given.missing not in {"", *Score.Missing.values}:
        raise Refusal("Choose one of the levels that the page shows.", code="score_level")
    if given.raw is not None and given.missing:
        raise Refusal("Choose a level, or say why there is none; not both.", code="score_both")
    _reason_require(given.reason)
    if given.date is not None and given.date > timezone.localdate():
        raise Refusal(
            "The date is after today. Fill in since when it is so.", code="score_date_future"
        )


def _reason_require(reason: str, *, needed: bool = False) -> None:
    if (needed and not reason.strip()) or len(reason) > REASON_AT_MOST:
        raise Refusal(
            f"Say why, in at most {REASON_AT_MOST} characters.",
            code="score_reason",
            most=REASON_AT_MOST,
        )


def _evidence_require(score: Score, source: Source) -> None:
    if score.kind != Score.Kind.MEASURE or score.raw is None or score.raw < EVIDENCE_FROM:
        return
    if score.start is None or (score.date is None and source.date is None):
        raise Refusal(
            "From a pilot on, a measure needs a passage that says so and a date. Choose a passage "
            "and fill in the date.",
            code="score_evidence",
        )


def _passage(version: SourceVersion, place: Range | None) -> dict[str, Any]:
    if place is None:
        return {}
    start, end = place
    if not 0 <= start < end <= min(version.n_characters, start + QUOTE_AT_MOST):
        raise Refusal(
            f"The text has no passage from {start} to {end}. Choose it once more.",
            code="score_passage",
            start=start,
            end=end,
        )
    first = max(0, start - CONTEXT)
    around = (
        SourceVersion.objects.filter(pk=version.pk)
        .annotate(around=Substr(F("text"), first + 1, end + CONTEXT - first))
        .values_list("around", flat=True)
        .get()
    )
    return {
        "start": start,
        "end": end,
        "quote": around[start - first : end - first],
        "before": around[: start - first],
        "after": around[end - first :],
    }


def _same(one: Score, other: Score) -> bool:
    return one.round_id == other.round_id and all(
        getattr(one, name) == getattr(other, name) for name in STATE
    )
