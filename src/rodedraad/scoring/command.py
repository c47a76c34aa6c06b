"""What does ``rodedraad evidence from-texts`` do: find the study, take over, tell the counts?"""

from typing import Any

from rodedraad.errors import Refusal
from rodedraad.scoring.actions import texts_to_evidence
from rodedraad.scoring.difference import texts_difference
from rodedraad.studies.models import Study

ORIGIN = "command"


def texts_take_over(slug: str, *, check: bool) -> dict[str, Any]:
    """Take over what the texts of the study ``slug`` say, or only tell what that would do.

    Raises
    ------
    Refusal
        When there is no such study.
    """
    study = Study.objects.filter(slug=slug).first()
    if study is None:
        raise Refusal(
            f"There is no study '{slug}'. Look up its short name in its address.",
            code="study_unknown",
            slug=slug,
        )
    if check:
        counts = texts_difference(study).counts()
    else:
        counts = texts_to_evidence(study, person=None, origin=ORIGIN)
    return {"study": slug, "taken_over": not check, **counts}
