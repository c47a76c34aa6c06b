"""What did people answer, as one table: a row for each complete response?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import polars as pl
from django.db.models import TextField
from django.db.models.functions import Cast

from rodedraad.studies.models import Case
from rodedraad.surveys.models import OwnQuestion, Response, Survey, SurveyVersion
from rodedraad.surveys.questionnaire.merged import own_name
from rodedraad.surveys.results.columns import Column, columns_of

AT_ONCE = 5_000
FETCHED = 500
"""Rows that come from the database at once: with their answers, each takes some 50 kB."""
NEAR = 50
PLAIN = frozenset({type(None), str, int, float, bool})
"""Types of answers of which few differ, so that each is looked at once."""
ABOUT = pl.Schema(
    {
        "pseudonym": pl.String(),
        "case": pl.String(),
        "role": pl.String(),
        "version": pl.Int64(),
        "language": pl.String(),
        "day": pl.Date(),
        "seconds": pl.Int64(),
    }
)
CASE, ROLE, VERSION = (list(ABOUT).index(name) for name in ("case", "role", "version"))
ANSWERED, UNANSWERED, NOT_ASKED = "", "unanswered", "not_asked"
MISSINGS = (ANSWERED, UNANSWERED, "dont_know", "not_applicable", "refused", NOT_ASKED)
MISSING = pl.Enum(MISSINGS)
TYPES: Mapping[str, pl.DataType] = {
    "number": pl.Float64(),
    "text": pl.String(),
    "open": pl.String(),
    "flag": pl.Boolean(),
    "json": pl.String(),
}
Answers = Mapping[str, Any]
Versions = Mapping[int, Mapping[str, Column]]


def answers_frame(survey: Survey) -> pl.DataFrame:
    """Return the complete responses of a survey: who in general terms, and every answer.

    The columns of ``ABOUT``, then two for each column of ``survey_columns``: the answer as it was
    given (a reversed item is not turned), and ``<name>__missing`` with why there is none:
    unanswered, dont_know, not_applicable, refused or not_asked; "" when there is an answer.
    Rows stand in the order of random keys. Responses that a person left out of results are here.
    """
    frames = list(answers_frames(survey))
    return pl.concat(frames) if frames else _Given(survey_columns(survey), {}).frame()


def answers_frames(survey: Survey, at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Return the same in parts of so many rows, for what must not stand in memory as a whole."""
    columns = survey_columns(survey)
    by_version: Versions = {
        number: {column.name: column for column in columns_of(definition)}
        for number, definition in _versions(survey).items()
    }
    rows = (
        Response.objects.filter(survey=survey, state=Response.State.COMPLETE)
        .order_by("pk")
        .values_list(
            "pseudonym", "case__unit_code", "role", "version__number", "language", "day",
            "seconds", "answers__data", Cast("answers__asked", TextField()),
        )
    )  # fmt: skip
    coming = rows.iterator(chunk_size=FETCHED)
    given = _Given(columns, by_version)
    while part := list(islice(coming, min(NEAR, at_once - len(given.about)))):
        given.take(part)
        if len(given.about) == at_once:
            yield given.frame()
            given = _Given(columns, by_version)
    if given.about:
        yield given.frame()


def survey_columns(survey: Survey) -> list[Column]:
    """Return the columns of all versions that went out, in the order of the newest.

    A question that only an older version asked comes at the end, then what cases asked
    themselves, under ``<case>_<name>``. Three queries.
    """
    found: dict[str, Column] = {}
    for _number, definition in sorted(_versions(survey).items(), reverse=True):
        for column in columns_of(definition):
            found.setdefault(column.name, column)
    own = OwnQuestion.objects.filter(survey=survey).order_by("case__unit_code", "order")
    codes = dict(Case.objects.filter(study=survey.study_id).values_list("pk", "unit_code"))
    for question in own:
        element = {**question.element, "name": own_name(question.order)}
        for column in columns_of({"elements": [element]}, codes[question.case_id]):
            found.setdefault(column.name, column)
    return list(found.values())


def _versions(survey: Survey) -> dict[int, Mapping[str, Any]]:
    """The definitions that went out; the draft when none did, so that there is something to see."""
    versions = SurveyVersion.objects.filter(survey=survey).order_by("number")
    frozen = dict(versions.exclude(frozen_at=None).values_list("number", "definition"))
    return frozen or dict(versions.values_list("number", "definition"))


class _Given:
    """What respondents answered, in a list for each column: of themselves little is kept.

    Some respondents at a time: their answers then stay where the processor reaches them soon.
    """

    def __init__(self, columns: Sequence[Column], by_version: Versions) -> None:
        self.columns, self.by_version = columns, by_version
        self.about: list[tuple[Any, ...]] = []
        self.answers: list[list[Any]] = [[] for _ in columns]
        known = [column for version in by_version.values() for column in version.values()]
        self.asked: dict[str, list[bool]] = {
            column.place: [] for column in (*columns, *known) if column.conditional
        }
        self._asked_by: dict[str | None, tuple[bool, ...]] = {}

    def take(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take what some respondents answered, and what their answers let them be asked."""
        self.about += [row[: len(ABOUT)] for row in rows]
        by_place = zip(*map(self._asked, rows), strict=True)
        for asked, some in zip(self.asked.values(), by_place, strict=True):
            asked.extend(some)
        answers: list[Answers] = [row[-2] or {} for row in rows]
        insides: dict[str, list[Answers]] = {}
        for given, column in zip(self.answers, self.columns, strict=True):
            name, row = column.question, column.row
            if not row:
                given += [one.get(name) for one in answers]
                continue
            if name not in insides:
                insides[name] = [one.get(name) or {} for one in answers]
            given += [one.get(row) for one in insides[name]]

    def _asked(self, row: tuple[Any, ...]) -> tuple[bool, ...]:
        """Which places were asked: many respondents go the same way, so each way is read once."""
        text = row[-1]
        if text not in self._asked_by:
            told = frozenset(json.loads(text) or ()) if text else frozenset()
            self._asked_by[text] = tuple(place in told for place in self.asked)
        return self._asked_by[text]

    def frame(self) -> pl.DataFrame:
        """Return all that was taken."""
        series = [
            pl.Series(name, [row[i] for row in self.about], dtype)
            for i, (name, dtype) in enumerate(ABOUT.items())
        ]
        groups = {(row[ROLE], row[VERSION]) for row in self.about}
        for column, given in zip(self.columns, self.answers, strict=True):
            states = {
                (role, version): _state(column, role, self.by_version.get(version, {}))
                for role, version in groups
            }
            series += _two(column, given, self._why(column, states))
        return pl.DataFrame(series)

    def _why(self, column: Column, states: Mapping[tuple[str, int], str]) -> list[str]:
        """Why there is no answer, of each response: as it would be without one."""
        known = set(states.values())
        if not column.case and known == {"always"}:
            return [UNANSWERED] * len(self.about)
        asked = self.asked.get(column.place) or [False] * len(self.about)
        if not column.case and known == {"asked"}:
            return [UNANSWERED if was else NOT_ASKED for was in asked]
        return [
            _without(column, states[row[ROLE], row[VERSION]], row[CASE], was)
            for row, was in zip(self.about, asked, strict=True)
        ]


def _state(column: Column, role: str, version: Mapping[str, Column]) -> str:
    """Whether this version asks it of the role: always, never, or as other answers decide."""
    here = column if column.case else version.get(column.name)
    if here is None or not here.is_asked(role):
        return "never"
    return "asked" if here.conditional else "always"


def _without(column: Column, state: str, case: str, was_asked: bool) -> str:
    if state == "never" or (column.case and column.case != case):
        return NOT_ASKED
    return UNANSWERED if state == "always" or was_asked else NOT_ASKED


def _two(column: Column, given: list[Any], why: list[str]) -> tuple[pl.Series, pl.Series]:
    kinds = set(map(type, given))
    is_one_kind = bool not in kinds and (column.shape == "number" or not {int, float} <= kinds)
    if column.choice is None and kinds <= PLAIN and is_one_kind:
        return _two_of_few(column, given, why)
    special = {choice.value: choice.missing for choice in column.choices if choice.missing}
    missing = [
        without if value is None else special.get(value, ANSWERED) if special and
        not isinstance(value, list | dict) else ANSWERED
        for value, without in zip(given, why, strict=True)
    ]  # fmt: skip
    values = [
        None if no or value is None else _value(column, value)
        for value, no in zip(given, missing, strict=True)
    ]
    return (
        pl.Series(column.name, values, TYPES[column.shape]),
        pl.Series(f"{column.name}__missing", missing, MISSING),
    )


def _two_of_few(column: Column, given: list[Any], why: list[str]) -> tuple[pl.Series, pl.Series]:
    """The same as ``_two``, of answers that are equal when Python says so: each is read once."""
    special = {choice.value: choice.missing for choice in column.choices if choice.missing}
    known = [None, *(set(given) - {None})]
    place = {value: number for number, value in enumerate(known)}
    places = pl.Series(list(map(place.__getitem__, given)), dtype=pl.UInt32())
    missing = [special.get(value, ANSWERED) for value in known]
    values = [
        None if no or value is None else _value(column, value)
        for value, no in zip(known, missing, strict=True)
    ]
    reasons = pl.Series(f"{column.name}__missing", missing, MISSING).gather(places)
    if None in given:
        reasons = reasons.zip_with(places != 0, pl.Series(why, dtype=MISSING))
    return pl.Series(column.name, values, TYPES[column.shape]).gather(places), reasons


def _value(column: Column, value: Any) -> object:
    if column.shape == "number":
        if column.choice is not None:  # the place in a ranking
            return float(value.index(column.choice) + 1) if column.choice in value else None
        return float(value)
    if column.shape == "flag":
        return value is True if column.choice is None else column.choice in value
    if column.shape == "json":
        return json.dumps(value, ensure_ascii=False)
    return str(value)
