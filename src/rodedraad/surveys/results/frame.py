"""What did people answer, as one table: a row for each complete response?"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import polars as pl

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


def answers_frame(survey: Survey) -> pl.DataFrame:
    """Return the complete responses of a survey: who in general terms, and every answer.

    The columns of ``ABOUT``, then two for each column of ``survey_columns``: the answer as it was
    given (a reversed item is not turned), and ``<name>__missing`` with why there is none:
    unanswered, dont_know, not_applicable, refused or not_asked; "" when there is an answer.
    Rows stand in the order of random keys. Responses that a person left out of results are here.
    """
    frames = list(answers_frames(survey))
    return pl.concat(frames) if frames else _frame([], survey_columns(survey), {})


def answers_frames(survey: Survey, at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Return the same in parts of so many rows, for what must not stand in memory as a whole."""
    columns = survey_columns(survey)
    by_version = {
        number: {column.name: column for column in columns_of(definition)}
        for number, definition in _versions(survey).items()
    }
    rows = (
        Response.objects.filter(survey=survey, state=Response.State.COMPLETE)
        .order_by("pk")
        .values_list(
            "pseudonym", "case__unit_code", "role", "version__number", "language", "day",
            "seconds", "answers__data", "answers__asked",
        )
    )  # fmt: skip
    coming = rows.iterator(chunk_size=FETCHED)
    while part := list(islice(coming, at_once)):
        yield _frame(part, columns, by_version)


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


def _frame(
    rows: Sequence[tuple[Any, ...]],
    columns: Iterable[Column],
    by_version: Mapping[int, Mapping[str, Column]],
) -> pl.DataFrame:
    series = [
        pl.Series(name, [row[i] for row in rows], dtype)
        for i, (name, dtype) in enumerate(ABOUT.items())
    ]
    answers = [row[7] or {} for row in rows]
    asked = [None if row[8] is None else frozenset(row[8]) for row in rows]
    columns = list(columns)
    groups = {(row[2], row[3]) for row in rows}
    for column, given in zip(columns, _given(columns, answers), strict=True):
        states = {
            (role, version): _state(column, role, by_version.get(version, {}))
            for role, version in groups
        }
        series += _two(column, given, _why(column, states, rows, asked))
    return pl.DataFrame(series)


def _state(column: Column, role: str, version: Mapping[str, Column]) -> str:
    """Whether this version asks it of the role: always, never, or as other answers decide."""
    here = column if column.case else version.get(column.name)
    if here is None or not here.is_asked(role):
        return "never"
    return "asked" if here.conditional else "always"


def _why(
    column: Column,
    states: Mapping[tuple[str, int], str],
    rows: Sequence[tuple[Any, ...]],
    asked: Sequence[frozenset[str] | None],
) -> list[str]:
    """Why there is no answer, of each response: as it would be without one."""
    known = set(states.values())
    if not column.case and known == {"always"}:
        return [UNANSWERED] * len(rows)
    if not column.case and known == {"asked"}:
        place = column.place
        return [UNANSWERED if told is not None and place in told else NOT_ASKED for told in asked]
    return [
        _without(column, states[row[2], row[3]], row[1], told)
        for row, told in zip(rows, asked, strict=True)
    ]


def _without(column: Column, state: str, case: str, asked: frozenset[str] | None) -> str:
    if state == "never" or (column.case and column.case != case):
        return NOT_ASKED
    if state == "always" or (asked is not None and column.place in asked):
        return UNANSWERED
    return NOT_ASKED


def _given(columns: Sequence[Column], answers: Sequence[Answers]) -> list[list[Any]]:
    """Return what was answered, in a list for each column.

    Some respondents at a time: their answers then stay where the processor reaches them soon.
    """
    found: list[list[Any]] = [[] for _ in columns]
    for start in range(0, len(answers), NEAR):
        some = answers[start : start + NEAR]
        insides: dict[str, list[Answers]] = {}
        for given, column in zip(found, columns, strict=True):
            name, row = column.question, column.row
            if not row:
                given += [one.get(name) for one in some]
                continue
            if name not in insides:
                insides[name] = [one.get(name) or {} for one in some]
            given += [one.get(row) for one in insides[name]]
    return found


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
