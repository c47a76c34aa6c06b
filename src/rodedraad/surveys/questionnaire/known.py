"""Which properties does survey-core know of a kind of question, and which may a questionnaire use?

The list is the one that survey-core ships (``surveyjs_definition.json``), plus our own, minus what
reaches outside the site, runs code of others, or breaks a promise to respondents.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

OWN = frozenset({"construct", "item", "reversed", "roles", "missing"})
"""Properties of ours, on questions, rows and choices."""
OLD = frozenset(
    {
        "hasOther", "hasNone", "hasComment", "hasSelectAll", "isAllRowRequired", "rateMax",
        "rateMin", "rateStep", "minRateDescription", "maxRateDescription", "isExclusive",
        "showOtherItem", "showNoneItem", "storeOthersAsComment", "titleTrue", "titleFalse",
        "requiredText", "isRequired", "visible", "name", "value", "text", "title",
        "showPrevButton", "goNextPageAutomatic", "panelCount", "focusFirstQuestionAutomatic",
        "focusOnFirstError", "showNavigationButtons", "sendResultOnPageNext",
    }
)  # fmt: skip
"""Names that older questionnaires use and survey-core still reads."""
FORBIDDEN = frozenset(
    {
        "choicesByUrl", "imageLink", "logo", "backgroundImage", "navigateToUrl",
        "navigateToUrlOnCondition", "surveyId", "surveyPostId", "cookieName", "videoLink",
        "itemComponent", "cellComponent", "tocItemComponent", "rowComponent", "loadingHtml",
        "contentMode", "sourceType", "dataSource", "partialSendEnabled", "sendResultOnPageNext",
        "completedHtmlOnCondition", "themeVariables", "customCss", "cssClasses",
    }
)  # fmt: skip
TYPES = frozenset(
    {
        "text", "comment", "radiogroup", "checkbox", "dropdown", "tagbox", "buttongroup", "rating",
        "boolean", "ranking", "matrix", "matrixdropdown", "matrixdynamic", "multipletext",
        "paneldynamic", "panel", "html", "expression", "slider", "file", "empty",
    }
)  # fmt: skip
"""Kinds that everybody can answer: each is tested in ``tests/browser/test_question_kinds.py``."""
PICTURED = frozenset({"image", "imagepicker", "imagemap"})
"""Kinds that show a picture, which comes from elsewhere; refused."""
BY_HAND = frozenset({"signaturepad"})
"""Kinds that one cannot answer with a keyboard or a screen reader; refused."""
FILE = Path("node_modules") / "survey-core" / "surveyjs_definition.json"


@lru_cache(maxsize=1)
def properties_known() -> frozenset[str]:
    """Return every name of a property that survey-core knows of any part of a questionnaire."""
    said = json.loads((Path(settings.REPOSITORY) / FILE).read_text(encoding="utf-8"))
    names = set(said["properties"])
    for part in said["definitions"].values():
        names |= _named(part)
    return frozenset((names | OLD | OWN | {"type"}) - FORBIDDEN)


@lru_cache(maxsize=1)
def functions_known() -> frozenset[str]:
    """Return the functions that conditions may use: those that survey-core has itself."""
    return frozenset(
        {
            "iif", "isContainerReady", "isDisplayMode", "age", "today", "getDate", "currentDate",
            "dateDiff", "dateAdd", "year", "month", "day", "weekday", "currentYear", "sum", "min",
            "max", "avg", "count", "sumInArray", "countInArray", "minInArray", "maxInArray",
            "avgInArray", "round", "trunc", "displayValue", "propertyValue", "substring",
            "diffDays", "getYear", "isString", "isNumber", "getComment", "compare",
        }
    )  # fmt: skip


def _named(part: Mapping[str, Any]) -> set[str]:
    names: set[str] = set(part.get("properties") or ())
    for inner in part.get("allOf") or ():
        names |= _named(inner)
    return names
