"""Which questionnaire is in a file, whichever program made it?"""

import json
from pathlib import Path
from typing import Any

from rodedraad.exchange.limesurvey.reading import limesurvey_read
from rodedraad.exchange.questionnaire.definition import elements_all
from rodedraad.exchange.questionnaire.refusals import too_large, unknown, unreadable
from rodedraad.exchange.questionnaire.result import Account, ReadSurvey
from rodedraad.exchange.xlsform.reading import xlsform_read
from rodedraad.exchange.xlsform.sheets import OLE, ZIP

MOST_BYTES = 20_000_000


def survey_read(file: Path) -> ReadSurvey:
    """Return the questionnaire in a file: XLSForm, LimeSurvey or SurveyJS.

    Raises
    ------
    SurveyFileRefused
        When it is none of these, damaged, too large, or holds what can do harm.
    """
    if file.stat().st_size > MOST_BYTES:
        raise too_large("The file", MOST_BYTES)
    return survey_of(file.read_bytes())


def survey_of(content: bytes) -> ReadSurvey:
    """Return the questionnaire in what a file holds; see ``survey_read``."""
    if len(content) > MOST_BYTES:
        raise too_large("The file", MOST_BYTES)
    if content.startswith((ZIP, OLE)):
        return xlsform_read(content)
    start = content[:2_000].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00")
    if start.startswith(b"<"):
        return limesurvey_read(content)
    if start.startswith(b"{"):
        return _surveyjs(content)
    raise unknown("it is no workbook, no XML and no JSON")


def _surveyjs(content: bytes) -> ReadSurvey:
    try:
        definition: Any = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise unreadable("the JSON is damaged") from fault
    if not isinstance(definition, dict) or not isinstance(
        definition.get("pages", definition.get("elements")), list
    ):
        raise unknown("the JSON has no pages")
    if "pages" not in definition:
        definition = {**definition, "pages": [{"name": "p1", "elements": definition["elements"]}]}
        del definition["elements"]
    account = Account()
    for _ in elements_all(definition):
        account.carry()
    for _ in definition.get("calculatedValues", []):
        account.carry()
    return account.read("surveyjs", definition)
