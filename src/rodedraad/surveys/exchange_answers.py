"""Which answers leave in a file, and what of who gave them: the promise of the survey decides."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from django.utils import translation
from django.utils.translation import gettext as _

from rodedraad.errors import Refusal
from rodedraad.exchange.survey_data.variables import DataFile, Variable, combinations_counted
from rodedraad.jobs.kinds import Progress
from rodedraad.overviews.disclosure import LEAST
from rodedraad.overviews.files import simulated_words
from rodedraad.surveys.exchange_variables import coded_of
from rodedraad.surveys.models import Survey
from rodedraad.surveys.results.frame import answers_frames, survey_columns
from rodedraad.surveys.wording import MODES

KEEP, SMALL, OUT = "keep", "small", "out"
COARSENINGS = (KEEP, SMALL, OUT)
OTHERS = "overig"
KNOWN = ("case", "role")
PART = 5_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of case and role is in the file: as it is, small groups together, or not at all."""

    case: str = KEEP
    role: str = KEEP
    language: str = "nl"

    def __post_init__(self) -> None:
        if not {self.case, self.role} <= set(COARSENINGS) or self.language not in ("nl", "en"):
            raise Refusal(
                "Choose for case and role: as it is, small groups together, or left out.",
                code="survey_file_choice",
            )


@dataclass(frozen=True, slots=True)
class Answers:
    """A file with the coded answers that go in it, and how unique people are by case and role."""

    file: DataFile
    frame: pl.DataFrame
    unique: dict[str, int]


def answers_coded(survey: Survey, wanted: Wanted, tell: Progress | None = None) -> Answers:
    """Return the answers of a survey, coded, with what may be known of who gave them.

    In an anonymous survey the rows are shuffled anew each time, without pseudonym, day, duration
    and language. In the other modes rows stand in the order of the pseudonyms.
    """
    with translation.override(wanted.language):
        return _coded(survey, wanted, tell)


def _coded(survey: Survey, wanted: Wanted, tell: Progress | None) -> Answers:
    is_anonymous = survey.mode == Survey.Mode.ANONYMOUS
    about = _about(wanted, is_anonymous=is_anonymous)
    columns = coded_of(survey_columns(survey), wanted.language, [one.name for one in about])
    parts: list[pl.DataFrame] = []
    for part in answers_frames(survey, PART):
        kept = [part["pseudonym"].alias("respondent"), *(part[one.name] for one in about[1:])]
        coded = [made for column in columns for made in column.series(part)]
        parts.append(pl.DataFrame([*kept, *coded]))
        if tell is not None:
            tell(sum(one.height for one in parts), 0)
    variables = (*about, *(one for column in columns for one in column.variables))
    frame = pl.concat(parts) if parts else _empty(variables)
    parts.clear()
    frame = _coarsened(frame, wanted)
    frame = _shuffled(frame) if is_anonymous else frame.sort("respondent")
    frame = frame.cast({one.name: one.dtype for one in about})
    unique = combinations_counted(frame, [name for name in KNOWN if name in frame.columns])
    file = DataFile(
        title=survey.title_en if wanted.language == "en" and survey.title_en else survey.title_nl,
        version=_version(frame),
        notes=_notes(survey, unique),
        variables=variables,
        n_rows=frame.height,
    )
    return Answers(file, frame.select(one.name for one in variables), unique)


def combinations_by(frame: pl.DataFrame, wanted: Wanted) -> dict[str, int]:
    """Return how unique people are in a frame of case and role under a choice."""
    coarse = _coarsened(frame, wanted)
    names = [name for name in KNOWN if getattr(wanted, name) != OUT]
    return combinations_counted(coarse, names)


def _about(wanted: Wanted, *, is_anonymous: bool) -> list[Variable]:
    found = [
        Variable("respondent", _("Number of the response, not of a person"), "text", "nominal"),
    ]
    if wanted.case != OUT:
        found.append(Variable("case", _("Code of the case (municipality)"), "text", "nominal"))
    if wanted.role != OUT:
        found.append(Variable("role", _("Letter of the role"), "text", "nominal"))
    found.append(Variable("version", _("Version of the questionnaire"), "number", "nominal"))
    if not is_anonymous:
        found += [
            Variable("language", _("Language in which was answered"), "text", "nominal"),
            Variable("day", _("Day of the answers"), "day", "scale"),
            Variable("seconds", _("Seconds that it took"), "number", "scale"),
        ]
    return found


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
    return frame[order].with_columns(numbered)


def _empty(variables: Sequence[Variable]) -> pl.DataFrame:
    return pl.DataFrame(schema={one.name: one.dtype for one in variables})


def _version(frame: pl.DataFrame) -> str:
    numbers = sorted({int(one) for one in frame["version"].unique()}) if frame.height else []
    return ", ".join(str(one) for one in numbers)


def _notes(survey: Survey, unique: dict[str, int]) -> tuple[str, ...]:
    found = [
        simulated_words(survey.study),
        _("Study: %(study)s. Survey: %(survey)s (%(slug)s). Mode: %(mode)s.")
        % {
            "study": survey.study.title_nl, "survey": survey.title_nl, "slug": survey.slug,
            "mode": MODES[survey.mode],
        },
        _("Complete responses only. Answers as they were given: no statement is turned."),
        _("Negative codes say why there is no answer; texts have a variable beside them for it."),
        _("By case and role there are %(combinations)s groups, the smallest of %(smallest)s; "
          "%(unique)s people are alone in theirs.") % unique,
    ]  # fmt: skip
    return tuple(one for one in found if one)
