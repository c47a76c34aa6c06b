"""What does ``rodedraad survey to-evidence`` do: find the survey, take over, tell the counts?"""

from typing import Any

from rodedraad.errors import Refusal
from rodedraad.surveys.models import Survey
from rodedraad.surveys.results.evidence import answers_difference, responses_to_evidence


def answers_take_over(slug: str, survey: str, *, check: bool) -> dict[str, Any]:
    """Take over the answers to a survey, or only tell what that would do.

    Raises
    ------
    Refusal
        When there is no such survey, and what ``responses_to_evidence`` refuses.
    """
    found = (
        Survey.objects.filter(study__slug=slug, slug=survey)
        .select_related("study", "wave", "wave__framework")
        .first()
    )
    if found is None:
        raise Refusal(
            f"There is no survey '{survey}' in a study '{slug}'. Look up the short names in its "
            "address.",
            code="survey_unknown",
            slug=slug,
            survey=survey,
        )
    if check:
        counts = answers_difference(found).counts()
    else:
        counts = responses_to_evidence(found, person=None, origin="command")
    return {"study": slug, "survey": survey, "taken_over": not check, **counts}
