"""Which answers leave in a file, and what of who gave them: the promise of the survey decides."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from rodedraad.errors import Refusal
from rodedraad.exchange.survey_data.variables import DataFile, Variable, combinations_counted
from rodedraad.jobs.kinds import Progress
from rodedraad.overviews.disclosure import LEAST
from rodedraad.overviews.files import simulated_words
from rodedraad.surveys.exchange_marks import (
    ALL,
    LEFT_OUT,
    MARKS,
    about_variables,
    marks_on,
    weights_for,
)
from rodedraad.surveys.exchange_variables import Coded, coded_of, columns_with_all_choices
from rodedraad.surveys.models import Response, Survey, SurveyWeights
from rodedraad.surveys.results.columns import Column
from rodedraad.surveys.results.flags import flags_counted
from rodedraad.surveys.results.frame import answers_frames, survey_columns
from rodedraad.surveys.results.weighting import weights_stale
from rodedraad.surveys.wording import MODES

KEEP, SMALL, OUT = "keep", "small", "out"
COARSENINGS = (KEEP, SMALL, OUT)
OTHERS = "overig"
KNOWN = ("case", "role")
BESIDE = ("case", "role", "version", "language", "day", "seconds")
MARKED, WITHOUT = "marked", "without"
PART = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is in the file besides the answers.

    ``case`` and ``role``: as they are, small groups together, or not at all. ``left_out``:
    responses that a team left out of results stand in it with a mark, or not. ``marks``: which of
    version, flags and weight are in it.
    """

    case: str = KEEP
    role: str = KEEP
    language: str = "nl"
    left_out: str = MARKED
    marks: tuple[str, ...] = MARKS

    def __post_init__(self) -> None:
        fits = (
            {self.case, self.role} <= set(COARSENINGS)
            and self.language in ("nl", "en")
            and self.left_out in (MARKED, WITHOUT)
            and set(self.marks) <= set(MARKS)
        )
        if not fits:
            raise Refusal(
                "Choose for case and role: as it is, small groups together, or left out; and "
                "what else is in the file from the list.",
                code="survey_file_choice",
            )


@dataclass(frozen=True, slots=True)
class Answers:
    """A file with the coded answers that go in it, and how unique people are by case and role."""

    file: DataFile
    frame: pl.DataFrame
    unique: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which variables the file has: what stands before the answers, and the answers."""

    columns: tuple[Column, ...]
    about: tuple[Variable, ...]
    coded: tuple[Coded, ...]
    weights: SurveyWeights | None

    @property
    def variables(self) -> tuple[Variable, ...]:
        return (*self.about, *(one for column in self.coded for one in column.variables))


def answers_coded(survey: Survey, wanted: Wanted, tell: Progress | None = None) -> Answers:
    """Return the answers of a survey, coded, with what may be known of who gave them.

    In an anonymous survey the rows are shuffled anew each time, without pseudonym, day, duration
    and language. In the other modes rows stand in the order of the pseudonyms.
    """
    with translation.override(wanted.language):
        return _coded(survey, wanted, tell)


def answers_described(survey: Survey, wanted: Wanted) -> Answers:
    """Return the same file without its answers: what the variables are, and how many responded.

    Reads no answer, so it costs the same however many people responded.
    """
    with translation.override(wanted.language):
        layout = _layout(survey, wanted)
        known = known_of(survey)
        unique = combinations_by(known, wanted)
        file = _file(survey, wanted, layout, known.height, unique)
        return Answers(file, _empty(layout.variables), unique)


def known_of(survey: Survey) -> pl.DataFrame:
    """Return case and role of each complete response, and nothing else."""
    return pl.DataFrame(
        list(_complete(survey).values_list("case__unit_code", "role")),
        schema={"case": pl.String, "role": pl.String},
        orient="row",
    )


def _complete(survey: Survey) -> QuerySet[Response]:
    return Response.objects.filter(survey=survey, state=Response.State.COMPLETE)


def _layout(survey: Survey, wanted: Wanted) -> _Layout:
    weights = weights_for(survey, wanted.marks, case=wanted.case == KEEP)
    about = about_variables(
        survey, case=wanted.case != OUT, role=wanted.role != OUT, marks=wanted.marks,
        weights=weights,
    )  # fmt: skip
    columns = columns_with_all_choices(survey, survey_columns(survey))
    coded = coded_of(columns, wanted.language, ALL)
    return _Layout(tuple(columns), tuple(about), tuple(coded), weights)


def _coded(survey: Survey, wanted: Wanted, tell: Progress | None) -> Answers:
    layout = _layout(survey, wanted)
    is_anonymous = survey.mode == Survey.Mode.ANONYMOUS
    total = 0 if tell is None else _complete(survey).count()
    parts: list[pl.DataFrame] = []
    noticed: list[pl.DataFrame] = []
    for part in answers_frames(survey, PART):
        beside = [part["pseudonym"].alias("respondent"), *(part[name] for name in BESIDE)]
        noticed.append(flags_counted(part, layout.columns))
        coded = [made for column in layout.coded for made in column.series(part)]
        parts.append(pl.DataFrame([*beside, *coded]))
        if tell is not None:
            tell(sum(one.height for one in parts), total)
    frame = _empty(layout.variables)
    if parts:
        frame = marks_on(pl.concat(parts), pl.concat(noticed), survey, layout.weights)
    parts.clear()
    stale = layout.weights is not None and weights_stale(layout.weights, _counting_by_case(frame))
    if wanted.left_out == WITHOUT:
        frame = frame.filter(pl.col(LEFT_OUT) == 0)
    frame = _coarsened(frame, wanted)
    frame = _shuffled(frame) if is_anonymous else _taken(frame, frame["respondent"].arg_sort())
    frame = frame.cast({one.name: one.dtype for one in layout.about})
    unique = combinations_counted(frame, [n for n in KNOWN if getattr(wanted, n) != OUT])
    file = _file(survey, wanted, layout, frame.height, unique, stale=stale)
    return Answers(file, frame.select(one.name for one in layout.variables), unique)


def _file(
    survey: Survey,
    wanted: Wanted,
    layout: _Layout,
    n_rows: int,
    unique: dict[str, int],
    *,
    stale: bool = False,
) -> DataFile:
    is_english = wanted.language == "en" and survey.title_en
    return DataFile(
        title=survey.title_en if is_english else survey.title_nl,
        version=_versions(survey),
        notes=_notes(survey, wanted, unique, stale=stale),
        variables=layout.variables,
        n_rows=n_rows,
    )


def combinations_by(frame: pl.DataFrame, wanted: Wanted) -> dict[str, int]:
    """Return how unique people are in a frame of case and role under a choice."""
    coarse = _coarsened(frame, wanted)
    names = [name for name in KNOWN if getattr(wanted, name) != OUT]
    return combinations_counted(coarse, names)


def _coarsened(frame: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    for name in KNOWN:
        if getattr(wanted, name) == SMALL and name in frame.columns:
            large = pl.len().over(name) >= LEAST
            frame = frame.with_columns(
                pl.when(large).then(pl.col(name)).otherwise(pl.lit(OTHERS)).alias(name)
            )
    return frame


def _shuffled(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in an order that nobody can work out, numbered in that order."""
    order = np.random.default_rng(secrets.randbits(128)).permutation(frame.height)
    numbered = pl.Series("respondent", [str(n) for n in range(1, frame.height + 1)], pl.String)
    return _taken(frame, pl.Series(order)).with_columns(numbered)


def _taken(frame: pl.DataFrame, order: pl.Series) -> pl.DataFrame:
    """Return the rows in this order, column by column: all at once takes twice the memory."""
    columns = list(frame.columns)
    return pl.DataFrame([frame.drop_in_place(name).gather(order) for name in columns])


def _empty(variables: Iterable[Variable]) -> pl.DataFrame:
    return pl.DataFrame(schema={one.name: one.dtype for one in variables})


def _versions(survey: Survey) -> str:
    """The versions that went out, as one reads them."""
    numbers = survey.versions.exclude(frozen_at=None).order_by("number")
    return ", ".join(str(one) for one in numbers.values_list("number", flat=True))


def _counting_by_case(frame: pl.DataFrame) -> dict[str, int]:
    """How many responses that count each case has, in the order of cases."""
    counting = frame.filter(pl.col(LEFT_OUT) == 0)
    return dict(counting.group_by("case").len().sort("case").iter_rows())


def _notes(
    survey: Survey, wanted: Wanted, unique: dict[str, int], *, stale: bool
) -> tuple[str, ...]:
    left = {
        MARKED: _("Responses that the team left out of results are in it, with a mark."),
        WITHOUT: _("Responses that the team left out of results are not in it."),
    }[wanted.left_out]
    old = _("The weights were made of other responses than count now. Make them anew first.")
    found = [
        simulated_words(survey.study),
        _("Study: %(study)s. Survey: %(survey)s (%(slug)s). Mode: %(mode)s.")
        % {
            "study": survey.study.title_nl, "survey": survey.title_nl, "slug": survey.slug,
            "mode": MODES[survey.mode],
        },
        _("Complete responses only. Answers as they were given: no statement is turned."),
        left,
        old if stale else "",
        _("Negative codes say why there is no answer; texts have a variable beside them for it."),
        _("By case and role there are %(combinations)s groups, the smallest of %(smallest)s; "
          "%(unique)s people are alone in theirs.") % unique,
    ]  # fmt: skip
    return tuple(one for one in found if one)
