"""Which questionnaire does someone of a case get? The version, with its case's own questions.

Own questions stand on a page of their own, just before the last. A case cannot change them once
the survey is open, so what comes out here is the same for every response of a version.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rodedraad.studies.models import Case
from rodedraad.surveys.building import text_of
from rodedraad.surveys.engine.pool import guard_derive
from rodedraad.surveys.models import OwnQuestion, SurveyVersion

OWN_PAGE = "eigen"
OWN_TITLE = text_of("Vragen van uw eigen gemeente", "Questions of your own municipality")
Definition = dict[str, Any]


def definition_for(version: SurveyVersion, case: Case | int) -> Definition:
    """Return the definition that people of a case answer; the version's own when nothing is added.

    ``case`` is a case or its key. One query.
    """
    return _with_own(version.definition, _own(version, case))


def guard_for(version: SurveyVersion, case: Case | int) -> dict[str, Any]:
    """Return the JSON Schema of answers to ``definition_for``.

    A case without own questions has the guard of the version. Another is derived once in each
    process of the server (some 0.1 s) and remembered.
    """
    own = _own(version, case)
    if not own:
        return version.guard
    return json.loads(_guard_remembered(json.dumps(_with_own(version.definition, own))))


def own_name(order: int) -> str:
    """Return the name under which answers to an own question are kept."""
    return f"eigen{order}"


def _own(version: SurveyVersion, case: Case | int) -> list[Definition]:
    questions = OwnQuestion.objects.filter(survey_id=version.survey_id, case=case)
    return [{**one.element, "name": own_name(one.order)} for one in questions.order_by("order")]


def _with_own(definition: Mapping[str, Any], own: list[Definition]) -> Definition:
    if not own:
        return dict(definition)
    page = {"name": OWN_PAGE, "title": dict(OWN_TITLE), "elements": own}
    pages = list(definition.get("pages") or [])
    return {**definition, "pages": [*pages[:-1], page, *pages[-1:]]}


@lru_cache(maxsize=256)
def _guard_remembered(definition: str) -> str:
    return json.dumps(guard_derive(json.loads(definition)))
