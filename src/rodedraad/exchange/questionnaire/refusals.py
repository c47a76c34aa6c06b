"""What can be wrong with a questionnaire of another program that a person can mend?"""

from rodedraad.errors import Refusal


class SurveyFileRefused(Refusal):
    """A file with a questionnaire cannot be read; the code says why."""

    code = "survey_file"


def too_large(what: str, most: int) -> SurveyFileRefused:
    """Return the refusal of a file that is, or unpacks to, more than is read."""
    megabytes = most // 1_000_000
    return SurveyFileRefused(
        f"{what} is larger than {megabytes} MB, which no questionnaire is. Look whether this is "
        "the right file.",
        code="survey_file_large",
        megabytes=megabytes,
    )


def unreadable(told: str) -> SurveyFileRefused:
    """Return the refusal of a file that is damaged or something else than it says."""
    return SurveyFileRefused(
        f"The file cannot be read: {told}. Open it in the program that made it, and save it again.",
        code="survey_file_unreadable",
    )


def unsafe(told: str) -> SurveyFileRefused:
    """Return the refusal of a file that holds what a questionnaire never needs."""
    return SurveyFileRefused(
        f"The file holds {told}, which a questionnaire does not need and which can hide an attack. "
        "Save it again without, or ask who made it.",
        code="survey_file_unsafe",
        told=told,
    )


def unknown(told: str) -> SurveyFileRefused:
    """Return the refusal of a file that is no questionnaire that we know."""
    return SurveyFileRefused(
        f"This is no questionnaire that can be read: {told}. Give an XLSForm (.xlsx or .xls), a "
        "LimeSurvey survey, group or question (.lss, .lsg, .lsq), or SurveyJS (.json).",
        code="survey_file_unknown",
    )
