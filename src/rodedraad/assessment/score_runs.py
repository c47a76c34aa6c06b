"""How are the scores of all constructs worked out, each kept as a run, and only where needed?"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from rodedraad.accounts.models import Person
from rodedraad.assessment.actions import code_version, run_make
from rodedraad.assessment.conclusions.scores import (
    BOOTSTRAPS,
    MAX_GAP,
    MIN_PER_ROLE,
    MIN_PUBLISHED,
    construct_scores,
)
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.queries import evidence_change, evidence_table, rows_state
from rodedraad.studies.models import Construct, Study, Wave

KIND = "scores"
SEED = 1
ROWS_USED = (Evidence.Kind.ANSWER, Evidence.Kind.RUBRIC)
COLUMNS = (
    "id", "case", "construct", "kind", "about", "source", "source_id", "role", "respondent",
    "value", "missing",
)  # fmt: skip
TOGETHER = 0.2
"""From this share of the rows on, all are read at once instead of construct by construct."""

SHORTENED = """
(select (whole - 'cases' || jsonb_build_object('cases', coalesce(
    (select jsonb_object_agg(code, cases -> code) from unnest(%s::text[]) as code
     where cases ? code), '{}')))::text
from (select result as whole, result -> 'cases' as cases offset 0) as unpacked)
"""

Made = tuple[Run, bool]
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """What gets one score: a construct, or a part of one that is not a single scale.

    ``subject`` names its runs: the code of the construct, or code, point and key of the part.
    """

    subject: str
    construct: str
    part: str
    items: tuple[str, ...]

    def filters(self, wave: Wave) -> tuple[RowFilter, ...]:
        """Return which rows its score rests on; a part rests on answers only."""
        kinds = ROWS_USED[:1] if self.part else ROWS_USED
        return tuple(
            RowFilter(wave=wave.label, kind=kind, construct=self.construct) for kind in kinds
        )


def scales_of(wave: Wave) -> tuple[Scale, ...]:
    """Return what gets a score in the framework of a wave, in its order."""
    constructs = wave.framework.constructs.prefetch_related("items")
    return tuple(scale for construct in constructs for scale in construct_scales(construct))


def construct_scales(construct: Construct) -> tuple[Scale, ...]:
    """Return what gets a score of a construct.

    One that the framework says is no scale has a score per part, and none when it has no parts.
    """
    if construct.details.get("is_scale", True):
        items = tuple(item.code for item in construct.items.all())
        return (Scale(construct.code, construct.code, "", items),)
    return tuple(
        Scale(f"{construct.code}.{part['key']}", construct.code, part["key"], (*part["items"],))
        for part in construct.details.get("parts") or ()
    )


def scores_make(
    study: Study, wave: Wave, person: Person | None = None, tell: Tell | None = None
) -> list[Made]:
    """Work out the scores of every construct that has answers or rubric scores.

    One run per construct; a run whose rows did not change is not made again. The bootstrap has a
    fixed seed, so the same rows give the same numbers. Returns the runs and whether each is new.
    """
    change = evidence_change(study)
    wanted = [
        (scale, state)
        for scale in scales_of(wave)
        if (state := rows_state(study, scale.filters(wave), change)).n_rows
    ]
    there = set(
        Run.objects.filter(study=study, kind=KIND, code_version=code_version()).values_list(
            "subject", "fingerprint"
        )
    )
    to_read = sum(
        state.n_rows for scale, state in wanted if (scale.subject, state.fingerprint) not in there
    )
    n_rows = sum(state.n_rows for _, state in wanted)
    read = _reader(study, wave, together=to_read >= TOGETHER * n_rows)
    made: list[Made] = []
    for done, (scale, state) in enumerate(wanted):
        if tell:
            tell(done, len(wanted), scale.subject)
        run, is_new = run_make(
            study=study,
            kind=KIND,
            subject=scale.subject,
            inputs=scale.filters(wave),
            conclude=lambda rows, scale=scale: scale_scores(rows, scale),
            parameters=_parameters(scale),
            seed=SEED,
            person=person,
            fingerprint=state.fingerprint,
            read=lambda scale=scale: read(scale),
        )
        if is_new:
            del run.result  # sixty results are large: who wants one, reads it again
        made.append((run, is_new))
    if tell:
        tell(len(wanted), len(wanted), "")
    return made


def scale_scores(rows: pl.DataFrame, scale: Scale) -> dict[str, Any]:
    """Work out the scores of one scale from the rows of its construct."""
    if scale.part:
        rows = rows.filter(pl.col("about").is_in(scale.items))
    found = construct_scores(rows, construct=scale.construct, items=scale.items, seed=SEED)
    return found | {"part": scale.part}


def scores_latest(study: Study, wave: Wave) -> dict[str, Run]:
    """Return the newest run of scores of every scale in this wave, by subject."""
    return {run.subject: run for run in _newest(study, wave).select_related("person")}


def score_latest(study: Study, wave: Wave, subject: str) -> Run | None:
    """Return the newest run of scores of one scale in this wave; null when there is none."""
    return _newest(study, wave).filter(subject=subject).select_related("person").first()


def scores_of_cases(study: Study, wave: Wave, cases: Sequence[str]) -> dict[str, Run]:
    """Return the same, with only these cases in the results: 60 results of a country are large."""
    shortened = RawSQL(SHORTENED, [[*cases]])  # noqa: S611 a text of our own, codes as parameter
    runs = _newest(study, wave).defer("result").annotate(shortened=shortened)
    found: dict[str, Run] = {}
    for run in runs.select_related("person"):
        run.result = json.loads(run.shortened)
        found[run.subject] = run
    return found


def scored_cases(study: Study, wave: Wave) -> set[str]:
    """Return the codes of the cases that have a score on anything."""
    keys = RawSQL("jsonb_object_keys(result -> 'cases')", [])
    found = _newest(study, wave).annotate(key=keys).values_list("key", flat=True)
    return set(found.distinct())


def _newest(study: Study, wave: Wave) -> QuerySet[Run]:
    runs = Run.objects.filter(study=study, kind=KIND, inputs__contains=[{"wave": wave.label}])
    newest = runs.order_by("subject", "-pk").distinct("subject")
    return Run.objects.filter(pk__in=newest.values("pk")).order_by()


def scored_waves(study: Study) -> list[Wave]:
    """Return the waves that have answers or rubric scores, newest first."""
    rows = Evidence.objects.filter(study=study, kind__in=ROWS_USED, wave=OuterRef("pk"))
    waves = study.waves.filter(Exists(rows.order_by()))
    return list(waves.select_related("framework").order_by("-reference_date"))


def _parameters(scale: Scale) -> dict[str, Any]:
    return {
        "items": list(scale.items),
        "min_per_role": MIN_PER_ROLE,
        "min_published": MIN_PUBLISHED,
        "max_gap": MAX_GAP,
        "bootstraps": BOOTSTRAPS,
    }


def _reader(study: Study, wave: Wave, *, together: bool) -> Callable[[Scale], pl.DataFrame]:
    """Return what reads the rows of a scale: each its own, or all at once when that pays."""

    @cache
    def everything() -> dict[Any, pl.DataFrame]:
        filters = [RowFilter(wave=wave.label, kind=kind) for kind in ROWS_USED]
        rows = evidence_table(study, *filters, columns=COLUMNS)
        return rows.partition_by("construct", as_dict=True)

    def read(scale: Scale) -> pl.DataFrame:
        if not together:
            return evidence_table(study, *scale.filters(wave), columns=COLUMNS)
        rows = everything()[(scale.construct,)]
        return rows.filter(pl.col("kind") == Evidence.Kind.ANSWER) if scale.part else rows

    return read
