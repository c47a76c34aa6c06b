"""What does the page of answers show: one construct or question at a time, whole or by group?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rodedraad.assessment.people_rows import role_words
from rodedraad.assessment.type_decisions import decisions_holding
from rodedraad.assessment.type_runs import CHANGE_TYPE
from rodedraad.assessment.types_shown import type_words, types_newest
from rodedraad.methods.rulesets.change_types import TYPE_LABELS
from rodedraad.surveys.models import Survey, SurveyWeights
from rodedraad.surveys.results.answers_now import Answers
from rodedraad.surveys.results.columns import Column
from rodedraad.surveys.results.counted import Distribution, closed_columns, distribution
from rodedraad.surveys.results.weighting import weights_on

ROLE, TYPE = "rol", "type"


@dataclass(frozen=True, slots=True)
class Block:
    """The questions that stand together: the statements of a construct, or one question."""

    key: str
    title: Mapping[str, str]
    construct: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what answers are divided: the group of each response, and the groups in words."""

    group_of: Sequence[str | None]
    groups: Mapping[str, str]


def blocks_of(answers: Answers) -> list[Block]:
    """Return what can be counted, in the order of the questionnaire."""
    found: dict[str, list[Column]] = {}
    for column in closed_columns(answers.columns):
        found.setdefault(column.question, []).append(column)
    return [
        Block(key, columns[0].title, columns[0].construct, tuple(columns))
        for key, columns in found.items()
    ]


def grouping_of(survey: Survey, answers: Answers, by: str) -> Grouping:
    """Return how answers are divided: by role, by type of the case, or not."""
    if by == ROLE:
        roles = answers.counted["role"].to_list()
        return Grouping(roles, {role: role_words(role) for role in sorted(set(roles)) if role})
    if by == TYPE:
        label_of = types_of(survey)
        groups = {label: type_words(label) for label in TYPE_LABELS if label in label_of.values()}
        return Grouping([label_of.get(case) for case in answers.counted["case"]], groups)
    return Grouping([None] * answers.counted.height, {})


def types_of(survey: Survey) -> dict[str, str]:
    """Return the type of each case in the wave of the survey: as decided, else by the rule."""
    wave, shown = types_newest(survey.study, survey.wave.label)
    if wave is None or shown is None:
        return {}
    held = decisions_holding(survey.study, wave, CHANGE_TYPE)
    found = {code: case["label"] for code, case in shown.run.result["cases"].items()}
    return found | {code: one.label for code, one in held.items()}


def block_counted(
    answers: Answers,
    block: Block,
    grouping: Grouping,
    weights: SurveyWeights | None,
    *,
    outside: bool,
) -> list[Distribution]:
    """Count the questions of a block."""
    values = weights_on(answers.counted, weights)
    return [
        distribution(
            answers.counted, column, values, grouping.group_of, list(grouping.groups),
            outside=outside,
        )
        for column in block.columns
    ]  # fmt: skip
