"""What do people answer now? Read once, and again only when an answer changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from django.db import connection

from rodedraad.surveys.models import Survey
from rodedraad.surveys.results.columns import Column
from rodedraad.surveys.results.flags import flags_frame
from rodedraad.surveys.results.frame import answers_frame, survey_columns
from rodedraad.surveys.results.leaving_out import counting, flags_left_out

CLOCK = """
select
    (select row(count(*), sum(hashtextextended(concat_ws('|', response.uuid, response.state,
         response.case_id, response.role, response.version_id, answers.sequence,
         answers.asked is null), 1)))::text
     from surveys_response response
     left join surveys_responsestate answers on answers.response_id = response.uuid
     where response.survey_id = %(survey)s),
    (select max(id)::text from surveys_leftout where survey_id = %(survey)s),
    (select row(count(*), count(frozen_at))::text from surveys_surveyversion
     where survey_id = %(survey)s),
    (select count(*)::text from surveys_ownquestion where survey_id = %(survey)s)
"""
"""What changes when an answer does, or what is asked, or what counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All complete responses (``frame``), what was noticed about them (``flags``, in the same
    order), and those that count in results (``counted``)."""

    frame: pl.DataFrame
    flags: pl.DataFrame
    counted: pl.DataFrame
    columns: tuple[Column, ...]
    left_out: tuple[str, ...]

    @property
    def n_left_out(self) -> int:
        """How many complete responses do not count."""
        return self.frame.height - self.counted.height

    @property
    def items(self) -> list[Column]:
        """The statements of the framework, in the order of the questionnaire."""
        return [one for one in self.columns if one.is_scale and one.shape == "number"]

    def by_case(self) -> Mapping[str, int]:
        """How many responses that count each case has."""
        return dict(self.counted.group_by("case").len().sort("case").iter_rows())


def answers_now(survey: Survey) -> Answers:
    """Return the answers to a survey; two queries when nothing changed since the last time."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK, {"survey": survey.pk})
        clock = cursor.fetchone()
    return _answers(survey.pk, clock)


@lru_cache(maxsize=4)
def _answers(survey_id: int, _clock: tuple[object, ...]) -> Answers:
    survey = Survey.objects.get(pk=survey_id)
    frame, columns = answers_frame(survey), survey_columns(survey)
    flags = flags_frame(frame, columns)
    left_out = flags_left_out(survey)
    return Answers(frame, flags, counting(frame, flags, left_out), tuple(columns), left_out)
