"""How do closed answers become rows of evidence, and how are these taken back?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.assessment.evidence import answer_rows_write
from rodedraad.assessment.evidence.checking import rows_first_fault
from rodedraad.assessment.evidence.facts import FACT_SCHEMA, Kind
from rodedraad.assessment.evidence.known import known_in
from rodedraad.assessment.evidence.withdrawing import rows_withdraw
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import rows_frame
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study
from rodedraad.surveys.models import Response, Survey
from rodedraad.surveys.results.columns import REFUSED
from rodedraad.surveys.results.flags import flags_frame
from rodedraad.surveys.results.frame import NOT_ASKED, UNANSWERED, answers_frame, survey_columns
from rodedraad.surveys.results.leaving_out import counting, flags_left_out

LEAST_AT_ONCE = 5
"""Fewer new responses of an open anonymous survey would show whose they are by when they came."""
RECORD = ["respondent", "about"]
SAID = ("case", "role", "raw", "missing", "construct")
STATES = ("new", "changed", "kept", "gone", "left_out")
TAKEN_BACK = {"changed": "answers_changed", "gone": "answers_gone"}
"""Why rows are taken back, as codes; pages put them in words."""


@dataclass(frozen=True, slots=True, eq=False)
class AnswersDifference:
    """What the answers say beside what the evidence has of them; see ``counts``."""

    facts: pl.DataFrame
    stored: pl.DataFrame
    n_responses: int
    n_flagged: int
    n_new_responses: int

    @property
    def n_to_do(self) -> int:
        """How many rows would be written or taken back."""
        counts = self.counts()
        return counts["new"] + counts["changed"] + counts["gone"]

    def counts(self) -> dict[str, Any]:
        """Return how many rows there are of each state, and why how many are left out."""
        by_state = dict(self.facts.group_by("state").len().iter_rows())
        left = self.facts.filter(pl.col("state") == "left_out")
        return {
            **{state: by_state.get(state, 0) for state in STATES},
            "gone": self.stored.filter(pl.col("state") == "gone").height,
            "left_out_why": dict(sorted(left.group_by("why").len().iter_rows())),
            "responses": self.n_responses,
            "responses_left_out": self.n_flagged,
            "responses_new": self.n_new_responses,
        }


def answers_difference(survey: Survey) -> AnswersDifference:
    """Return what taking over would change now."""
    frame, columns = answers_frame(survey), survey_columns(survey)
    counted = counting(frame, flags_frame(frame, columns), flags_left_out(survey))
    items = [column for column in columns if column.is_scale and not column.case]
    facts = pl.concat(list(_facts(survey, counted, items)) or [_no_facts()])
    why = rows_first_fault(facts, known_in(survey.wave), [Kind.ANSWER])
    facts = facts.with_columns(why=why)
    stored = _stored(survey)
    both = facts.join(
        stored.select(*RECORD, "id", *(pl.col(name).alias(f"{name}_there") for name in SAID)),
        on=RECORD,
        how="left",
        maintain_order="left",
    )
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"{name}_there")) for name in SAID if name != "construct"
    )
    both = both.with_columns(
        state=pl.when(pl.col("why").is_not_null())
        .then(pl.lit("left_out"))
        .when(pl.col("id").is_null())
        .then(pl.lit("new"))
        .when(same)
        .then(pl.lit("kept"))
        .otherwise(pl.lit("changed"))
    )
    held = both.filter(pl.col("state").is_in(["kept", "changed"])).select("id", "state")
    stored = stored.join(held, on="id", how="left").with_columns(pl.col("state").fill_null("gone"))
    fresh = set(both.filter(pl.col("state") == "new")["respondent"]) - set(stored["respondent"])
    return AnswersDifference(
        facts=both.select(*FACT_SCHEMA, "why", "state"),
        stored=stored,
        n_responses=frame.height,
        n_flagged=frame.height - counted.height,
        n_new_responses=len(fresh),
    )


@transaction.atomic
def responses_to_evidence(survey: Survey, *, person: Person | None, origin: str) -> dict[str, Any]:
    """Make the evidence say what the complete responses of a survey say now.

    A row for each item that was asked; none for what was not. Rows of answers that changed, of
    withdrawn responses and of those that a person left out are taken back, never erased. Done
    twice, the second time changes nothing. Lead and researchers may.

    Returns
    -------
    How many rows are ``new``, ``changed``, ``kept``, ``gone`` (taken back) and ``left_out`` (with
    ``left_out_why``), and of how many ``responses``.

    Raises
    ------
    Refusal
        ``evidence_too_few`` when an anonymous survey is open and fewer than five responses are
        new: the moment of their rows would tell whose they are.
    """
    Study.objects.select_for_update().only("pk").get(pk=survey.study_id)
    difference = answers_difference(survey)
    counts = difference.counts()
    if not difference.n_to_do:
        return counts
    _enough_require(survey, difference)
    for state, reason in TAKEN_BACK.items():
        pks = difference.stored.filter(pl.col("state") == state)["id"].to_list()
        if pks:
            rows_withdraw(
                survey.study, pks, what=survey.slug, reason=reason, person=person, origin=origin
            )
    new = difference.facts.filter(pl.col("state").is_in(["new", "changed"]))
    answer_rows_write(survey.wave, new.select(*FACT_SCHEMA))
    _days_write(survey, set(difference.facts["respondent"]))
    audit_record(
        person=person, action="answers_to_evidence", origin=origin,
        object=f"study:{survey.study.slug} survey:{survey.slug}",
    )  # fmt: skip
    return counts


def _enough_require(survey: Survey, difference: AnswersDifference) -> None:
    anonymous = survey.mode == Survey.Mode.ANONYMOUS and survey.state != Survey.State.CLOSED
    if anonymous and 0 < difference.n_new_responses < LEAST_AT_ONCE:
        raise Refusal(
            f"This survey is anonymous and open, and {difference.n_new_responses} responses are "
            f"new. Wait until there are {LEAST_AT_ONCE}, or close the survey first: else the "
            "moment would tell whose answers these are.",
            code="evidence_too_few",
            n=difference.n_new_responses,
            least=LEAST_AT_ONCE,
        )


def _facts(survey: Survey, frame: pl.DataFrame, items: list[Any]) -> Iterator[pl.DataFrame]:
    for item in items:
        reason = pl.col(f"{item.name}__missing").cast(pl.String)
        asked = frame.filter(reason != NOT_ASKED)
        yield asked.select(
            kind=pl.lit(str(Kind.ANSWER)),
            case="case",
            construct=pl.lit(""),
            about=pl.lit(item.item),
            role="role",
            respondent="pseudonym",
            raw=pl.col(item.name).cast(pl.Float64, strict=False),
            missing=reason.replace(REFUSED, UNANSWERED),
            source=pl.lit(survey.slug),
            source_id=pl.lit(_mark(survey)) + pl.col("version").cast(pl.String),
            unit=pl.lit(""),
        ).cast(dict(FACT_SCHEMA))  # type: ignore[arg-type]


def _no_facts() -> pl.DataFrame:
    return pl.DataFrame(schema=FACT_SCHEMA)


def _mark(survey: Survey) -> str:
    """How the record of a row begins: the survey, and then the version of the questionnaire."""
    return f"survey:{str(survey.uuid)[:8]} v"


def _rows(survey: Survey) -> Any:
    return Evidence.objects.filter(
        study=survey.study_id, wave=survey.wave_id, kind=Kind.ANSWER,
        source_id__startswith=_mark(survey),
    )  # fmt: skip


def _stored(survey: Survey) -> pl.DataFrame:
    return rows_frame(_rows(survey), ["id", *RECORD, *SAID])


def _days_write(survey: Survey, pseudonyms: set[str]) -> None:
    """Write since when a response stands in the evidence; none for one that does not."""
    complete = Response.objects.filter(survey=survey, state=Response.State.COMPLETE)
    there = complete.filter(pseudonym__in=pseudonyms)
    there.filter(evidence_on=None).update(evidence_on=timezone.localdate())
    gone = Response.objects.filter(survey=survey).exclude(evidence_on=None)
    gone.exclude(pk__in=there.values("pk")).update(evidence_on=None)
