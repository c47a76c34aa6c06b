"""What surveys keep: questionnaires in versions, ways in, responses, answers and quotas."""

from rodedraad.surveys.models.answering import AnswerEvent, Response, ResponseLink, ResponseState
from rodedraad.surveys.models.asking import Invitation, OwnQuestion, Quota, StratumLink
from rodedraad.surveys.models.questionnaire import EditStep, Survey, SurveyVersion
from rodedraad.surveys.models.results import (
    AnswersSource,
    ItemStatistics,
    LeftOut,
    SurveyWeights,
)

__all__ = [
    "AnswerEvent",
    "AnswersSource",
    "EditStep",
    "Invitation",
    "ItemStatistics",
    "LeftOut",
    "OwnQuestion",
    "Quota",
    "Response",
    "ResponseLink",
    "ResponseState",
    "StratumLink",
    "Survey",
    "SurveyVersion",
    "SurveyWeights",
]
