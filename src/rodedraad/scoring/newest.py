"""Which scores hold now: the newest of each coder, seen by whom, agreed, settled or differing?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
from django.db.models import Exists, OuterRef, QuerySet

from rodedraad.assessment.queries import values_frame
from rodedraad.coding.models import Coder, Round
from rodedraad.coding.visible import shown_to
from rodedraad.scoring.models import Score, Settlement
from rodedraad.studies.models import Study

FRAME: Mapping[str, tuple[str, pl.DataType]] = {
    "score": ("pk", pl.Int64()),
    "uuid": ("uuid", pl.String()),
    "source_pk": ("source_id", pl.Int64()),
    "kind": ("kind", pl.String()),
    "construct": ("construct", pl.String()),
    "coder": ("coder_id", pl.Int64()),
    "raw": ("raw", pl.Float64()),
    "missing": ("missing", pl.String()),
    "anchor": ("anchor", pl.String()),
}
"""Columns of ``scores_frame``: field and type."""

Place = tuple[int, str, str]
"""A source, a kind, and a construct or measure."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What coders say of one construct by one source, each with their newest score."""

    scores: tuple[Score, ...]
    settlement: Settlement | None = None

    @property
    def between(self) -> dict[str, str]:
        """What each coder says, by key of the coder."""
        return {str(one.coder_id): said(one) for one in self.scores}

    @property
    def is_agreed(self) -> bool:
        """Whether everybody who scored says the same."""
        return len(set(self.between.values())) == 1

    @property
    def chosen(self) -> Score | None:
        """The score that holds: what all say, or what a person chose; else none does yet."""
        if self.is_agreed:
            return min(self.scores, key=lambda one: one.coder_id)
        settled = self.settlement
        if settled is None or settled.coder_id is None or settled.between != self.between:
            return None
        return next(one for one in self.scores if one.coder_id == settled.coder_id)


def said(score: Score) -> str:
    """What a score says, as text that can be compared and kept."""
    return score.missing or str(score.raw)


def scores_now(rows: QuerySet[Score]) -> QuerySet[Score]:
    """Return of these rows the newest of every coder, source and construct.

    Some of them take a score away.
    """
    return Score.objects.filter(pk__in=_newest(rows).values("pk"))


def scores_visible(coder: Coder | None, study: Study) -> QuerySet[Score]:
    """Return the scores of now that a coder may see: in a blind round, only their own."""
    rows = Score.objects.filter(study=study)
    return scores_now(rows.filter(shown_to(coder, "coder", "round", "source")))


def scores_frame(rows: QuerySet[Score]) -> pl.DataFrame:
    """Return the newest scores of these rows that say something, with whether all say the same.

    What is made in open blind rounds is not among it. ``is_first`` is true for one row of each
    source and construct. For who reads a whole study: quick, without texts.
    """
    counted = _newest(rows.exclude(round__in=_blind_rounds()))
    frame = values_frame(counted.values_list(*(name for name, _dtype in FRAME.values())), _schema())
    frame = frame.filter(pl.col("raw").is_not_null() | (pl.col("missing") != ""))
    said = pl.when(pl.col("raw").is_null()).then("missing").otherwise(pl.col("raw").cast(pl.String))
    place = ("source_pk", "kind", "construct")
    return frame.sort(*place, "coder").with_columns(
        is_agreed=said.n_unique().over(place) == 1,
        is_first=pl.struct(place).is_first_distinct(),
    )


def scores_differing(rows: QuerySet[Score]) -> dict[Place, Scored]:
    """Return where scorers differ by these rows, settled or not."""
    same = {name: OuterRef(name) for name in ("study", "source", "kind", "construct")}
    others = Score.objects.filter(**same).exclude(coder=OuterRef("coder"))
    frame = scores_frame(rows.filter(Exists(others)))
    pks = frame.filter(~pl.col("is_agreed"))["score"].to_list()
    return scored_places(Score.objects.filter(pk__in=pks)) if pks else {}


def scored_places(rows: QuerySet[Score]) -> dict[Place, Scored]:
    """Return who says what by these rows; what is made in open blind rounds is not among it."""
    counted = rows.exclude(round__in=_blind_rounds())
    scores = scores_now(counted).order_by("pk").select_related("coder")
    found = by_place(one for one in scores if one.is_given)
    order = ("source_id", "kind", "construct")
    settled = Settlement.objects.filter(source__in={place[0] for place in found})
    newest = settled.order_by(*order, "-pk").distinct(*order)
    choices = {(one.source_id, one.kind, one.construct): one for one in newest}
    return {place: Scored(tuple(some), choices.get(place)) for place, some in found.items()}


def by_place(scores: Iterable[Score]) -> Mapping[Place, list[Score]]:
    """Return scores by what they are about."""
    found: dict[Place, list[Score]] = defaultdict(list)
    for one in scores:
        found[(one.source_id, one.kind, one.construct)].append(one)
    return found


def _newest(rows: QuerySet[Score]) -> QuerySet[Score]:
    order = ("study_id", "kind", "source_id", "construct", "coder_id")
    return rows.order_by(*order, "-pk").distinct(*order)


def _blind_rounds() -> QuerySet[Round]:
    return Round.objects.filter(kind=Round.Kind.BLIND, closed_at=None)


def _schema() -> dict[str, pl.DataType]:
    return {name: dtype for name, (_field, dtype) in FRAME.items()}
